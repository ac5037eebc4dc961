namespace Steepest.Tests.Data;

public sealed class DatasetsTests
{
    [Fact]
    public void Iris_has_its_rows_and_names()
    {
        var iris = Datasets.Iris();

        Assert.Equal((150, 4), (iris.Rows, iris.FeatureCount));
        Assert.Equal(["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"], iris.FeatureNames);
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
        Assert.Equal([50, 50, 50], iris.ClassCounts());
        Assert.Equal([5.1, 3.5, 1.4, 0.2], iris.Row(0));
        Assert.Equal([5.9, 3.0, 5.1, 1.8], iris.Row(149));
    }

    [Fact]
    public void Iris_is_as_Fisher_published_it_where_the_UCI_copy_differs()
    {
        Assert.Equal([4.9, 3.1, 1.5, 0.2], Datasets.Iris().Row(34));
        Assert.Equal([4.9, 3.6, 1.4, 0.1], Datasets.Iris().Row(37));
    }

    [Fact]
    public void Wine_has_its_rows_and_names()
    {
        var wine = Datasets.Wine();

        Assert.Equal((178, 13), (wine.Rows, wine.FeatureCount));
        Assert.Equal("alcohol", wine.FeatureNames[0]);
        Assert.Equal("od280/od315_of_diluted_wines", wine.FeatureNames[11]);
        Assert.Equal(["class_0", "class_1", "class_2"], wine.ClassNames);
        Assert.Equal([59, 71, 48], wine.ClassCounts());
        Assert.Equal([14.23, 1.71, 2.43, 15.6, 127, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065], wine.Row(0));
    }

    [Fact]
    public void Breast_cancer_has_its_rows_and_names()
    {
        var cancer = Datasets.BreastCancer();

        Assert.Equal((569, 30), (cancer.Rows, cancer.FeatureCount));
        Assert.Equal("mean radius", cancer.FeatureNames[0]);
        Assert.Equal("fractal dimension error", cancer.FeatureNames[19]);
        Assert.Equal("worst concave points", cancer.FeatureNames[27]);
        Assert.Equal(["malignant", "benign"], cancer.ClassNames);
        Assert.Equal([212, 357], cancer.ClassCounts());
        Assert.Equal([17.99, 10.38, 122.8, 1001], cancer.Row(0)[..4]);
        Assert.Equal(0.1189, cancer.Row(0)[29]);
        Assert.Equal(1, cancer.Labels[568]);
    }

    [Fact]
    public void Digits_has_its_rows_and_names()
    {
        var digits = Datasets.Digits();

        Assert.Equal((1797, 64), (digits.Rows, digits.FeatureCount));
        Assert.Equal("pixel_0_0", digits.FeatureNames[0]);
        Assert.Equal("pixel_7_6", digits.FeatureNames[62]);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.ClassNames);
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], digits.ClassCounts());
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], digits.Row(0)[..8]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], digits.Labels[..10]);
        Assert.Equal((0.0, 16.0), (digits.Values.ToArray().Min(), digits.Values.ToArray().Max()));
    }

    [Fact]
    public void The_list_says_what_the_data_holds()
    {
        Assert.Equal(["iris", "wine", "breast-cancer", "digits"], Datasets.All.Select(listed => listed.Name), StringComparer.Ordinal);
        Assert.All(Datasets.All, listed =>
        {
            var data = listed.Load();
            Assert.Equal(listed.Name, data.Name);
            Assert.Equal((listed.Rows, listed.FeatureCount, listed.Classes), (data.Rows, data.FeatureCount, data.Classes));
        });
    }

    [Fact]
    public void A_set_is_found_in_any_case() => Assert.Equal("wine", Datasets.Find("Wine").Name);

    [Fact]
    public void A_set_is_read_once() => Assert.Same(Datasets.Iris(), Datasets.Find("iris").Load());

    [Fact]
    public void A_name_may_be_typed_in_any_case() => Assert.Same(Datasets.Wine(), Datasets.Find("Wine").Load());

    [Theory]
    [InlineData("irsi", "There is no data set 'irsi'; did you mean iris?")]
    [InlineData("breast_cancer", "There is no data set 'breast_cancer'; did you mean breast-cancer?")]
    [InlineData("houses", "There is no data set 'houses'; there are iris, wine, breast-cancer, digits.")]
    public void A_name_that_no_set_has_is_refused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<SteepestException>(() => Datasets.Find(name)).Message);
}
