namespace Steepest.Tests.Data;

public sealed class DatasetTests
{
    [Fact]
    public void Arrays_make_datasets_whose_names_are_numbers()
    {
        double[,] features = { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        var classes = Dataset.FromRows("c", features, [0, 2, 1]);
        Assert.Equal(["feature 1", "feature 2"], classes.FeatureNames);
        Assert.Equal(["class 0", "class 1", "class 2"], classes.ClassNames);
        Assert.Equal([1, 2, 3, 4, 5, 6], classes.Values.ToArray());
        Assert.Equal([0, 2, 1], classes.Labels.ToArray());
        Assert.Equal("c: 3 rows, 2 features, 3 classes", classes.ToString());

        var numbers = Dataset.FromRows("n", features, new double[,] { { 7 }, { 8 }, { 9 } });
        Assert.Equal([7, 8, 9], numbers.Targets.ToArray());
        Assert.Equal("n: 3 rows, 2 features, 1 target", numbers.ToString());
        Refused("Data 'c', row 2: found label -1, expected one from 0 to 0.", () => Dataset.FromRows("c", features, [0, -1, 0]));
        Refused("Data 'n': found 2 target values, expected 3 for 3 rows and 1 target name.", () => Dataset.FromRows("n", features, new double[,] { { 7 }, { 8 } }));

        static void Refused(string sentence, Func<object> act) => Assert.Equal(sentence, Assert.Throws<SteepestException>(act).Message);
    }

    [Fact]
    public void Rows_of_which_nothing_is_known_are_there_to_predict()
    {
        var rows = Dataset.FromRows("new", new double[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } });
        var network = NetworkSpec.Mlp(4, [5], 3, Activation.Relu).Build<double>(seed: 1);
        Assert.Equal("new: 2 rows, 4 features", rows.ToString());
        Assert.Equal(2, network.Predict(rows).Length);
        Assert.Equal(rows.Values[4..].ToArray(), rows.Take([1]).Values.ToArray());
        Assert.Equal(
            "new has 0 targets a row, but the network has 3 outputs.", Assert.Throws<SteepestException>(() => network.Evaluate(rows)).Message);
    }

    [Fact]
    public void A_classification_holds_what_it_was_given()
    {
        var data = Pets();

        Assert.Equal("pets", data.Name);
        Assert.True(data.IsClassification);
        Assert.Equal((3, 2, 2, 0), (data.Rows, data.FeatureCount, data.Classes, data.TargetCount));
        Assert.Equal(["height", "weight"], data.FeatureNames);
        Assert.Equal(["cat", "dog"], data.ClassNames);
        Assert.Empty(data.TargetNames);
        Assert.Equal([1, 2, 3, 4, 5, 6], data.Values);
        Assert.Equal([3, 4], data.Row(1));
        Assert.Equal([0, 1, 1], data.Labels);
        Assert.Equal([1, 2], data.ClassCounts());
        Assert.True(data.Targets.IsEmpty);
    }

    [Fact]
    public void A_regression_holds_what_it_was_given()
    {
        var data = Houses();

        Assert.False(data.IsClassification);
        Assert.Equal((3, 1, 0, 2), (data.Rows, data.FeatureCount, data.Classes, data.TargetCount));
        Assert.Equal(["price", "rent"], data.TargetNames);
        Assert.Empty(data.ClassNames);
        Assert.Equal([10, 1, 20, 2, 30, 3], data.Targets);
        Assert.True(data.Labels.IsEmpty);
        Assert.Empty(data.ClassCounts());
    }

    [Fact]
    public void Changing_the_arrays_it_was_made_from_changes_nothing()
    {
        double[] features = [1, 2];
        double[] targets = [3, 4];
        int[] labels = [0, 1];
        string[] featureNames = ["a"];
        string[] others = ["x", "y"];
        var classification = Dataset.Classification("d", features, featureNames, labels, others);
        var regression = Dataset.Regression("d", features, featureNames, targets, [.. others[..1]]);

        features[0] = targets[0] = 99;
        labels[0] = 1;
        featureNames[0] = others[0] = "changed";

        Assert.Equal([1, 2], classification.Values);
        Assert.Equal([0, 1], classification.Labels);
        Assert.Equal(["a"], classification.FeatureNames);
        Assert.Equal(["x", "y"], classification.ClassNames);
        Assert.Equal([1, 2], regression.Values);
        Assert.Equal([3, 4], regression.Targets);
    }

    [Fact]
    public void Changing_returned_class_counts_changes_nothing()
    {
        var data = Pets();

        data.ClassCounts()[0] = 99;

        Assert.Equal([1, 2], data.ClassCounts());
    }

    [Fact]
    public void Names_cannot_be_changed_through_the_list()
    {
        var names = Assert.IsType<IList<string>>(Pets().FeatureNames, exactMatch: false);

        Assert.Throws<NotSupportedException>(() => names[0] = "changed");
    }

    [Fact]
    public void Take_gives_rows_in_the_order_asked_for()
    {
        var pets = Pets().Take([2, 0, 2]);
        var houses = Houses().Take([1]);

        Assert.Equal([5, 6, 1, 2, 5, 6], pets.Values);
        Assert.Equal([1, 0, 1], pets.Labels);
        Assert.Equal(["cat", "dog"], pets.ClassNames);
        Assert.Equal([2], houses.Values);
        Assert.Equal([20, 2], houses.Targets);
    }

    [Fact]
    public void Taking_no_rows_is_refused() => Refuses(
        "Data 'pets' would be left without rows, expected at least one.",
        () => Pets().Take([]));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_row_outside_the_data_is_a_mistake_of_the_program(int row)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(row), () => { _ = Pets().Row(row); });
        Assert.Throws<ArgumentOutOfRangeException>(nameof(row), () => Pets().Take([0, row]));
    }

    [Fact]
    public void An_empty_name_is_refused() => Refuses(
        "Data has an empty name, expected one that messages can call it by.",
        () => Dataset.Classification(" ", [1], ["a"], [0], ["x"]));

    [Fact]
    public void Data_without_rows_is_refused()
    {
        const string expected = "Data 'd' has no rows, expected at least one.";
        Refuses(expected, () => Dataset.Classification("d", [], ["a"], [], ["x"]));
        Refuses(expected, () => Dataset.Regression("d", [], ["a"], [], ["t"]));
    }

    [Fact]
    public void Data_without_names_is_refused()
    {
        Refuses("Data 'd' has no feature names, expected at least one.", () => Dataset.Classification("d", [1], [], [0], ["x"]));
        Refuses("Data 'd' has no class names, expected at least one.", () => Dataset.Classification("d", [1], ["a"], [0], []));
        Refuses("Data 'd' has no target names, expected at least one.", () => Dataset.Regression("d", [1], ["a"], [0], []));
    }

    [Fact]
    public void Names_that_are_empty_or_appear_twice_are_refused()
    {
        Refuses(
            "Data 'd': feature name 2 is empty, expected a name.",
            () => Dataset.Classification("d", [1, 2], ["a", ""], [0], ["x"]));
        Refuses(
            "Data 'd': the class name 'x' appears twice, expected every name once.",
            () => Dataset.Classification("d", [1, 2], ["a", "b"], [0], ["x", "x"]));
        Refuses(
            "Data 'd': the target name 't' appears twice, expected every name once.",
            () => Dataset.Regression("d", [1], ["a"], [1, 2], ["t", "t"]));
    }

    [Fact]
    public void Values_that_do_not_fill_the_rows_are_refused() => Refuses(
        "Data 'd': found 5 feature values and 2 feature names, expected the same number of values in every row.",
        () => Dataset.Classification("d", [1, 2, 3, 4, 5], ["a", "b"], [0, 0], ["x"]));

    [Fact]
    public void Labels_that_do_not_match_the_rows_are_refused() => Refuses(
        "Data 'd': found 2 labels for 3 rows, expected one label for every row.",
        () => Dataset.Classification("d", [1, 2, 3], ["a"], [0, 0], ["x"]));

    [Fact]
    public void Targets_that_do_not_match_the_rows_are_refused() => Refuses(
        "Data 'd': found 3 target values, expected 4 for 2 rows and 2 target names.",
        () => Dataset.Regression("d", [1, 2], ["a"], [1, 2, 3], ["t", "u"]));

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void A_label_outside_the_classes_is_refused_with_its_row(int label) => Refuses(
        $"Data 'd', row 2: found label {label}, expected one from 0 to 2.",
        () => Dataset.Classification("d", [1, 2], ["a"], [0, label], ["x", "y", "z"]));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_value_that_is_no_number_is_refused_with_its_row_and_column(double value, string written)
    {
        Refuses(
            $"Data 'd', row 2, feature 'a': found {written}, expected a finite number.",
            () => Dataset.Classification("d", [1, 2, value, 4], ["a", "b"], [0, 0], ["x"]));
        Refuses(
            $"Data 'd', row 1, target 'u': found {written}, expected a finite number.",
            () => Dataset.Regression("d", [1, 2], ["a"], [1, value, 3, 4], ["t", "u"]));
    }

    [Fact]
    public void Equal_content_has_an_equal_hash_whatever_the_data_is_called()
    {
        Assert.Equal(Pets().ContentHash, Pets("animals").ContentHash);
        Assert.Equal(Pets().ContentHash, Pets().Take([0, 1, 2]).ContentHash);
    }

    [Fact]
    public void The_hash_is_the_same_on_every_machine() =>
        Assert.Equal("c76b8aa7de1a3e8a5516a4f201c4695a62dc02001d03794d223224e8849ffc0f", Pets().ContentHash);

    [Fact]
    public void Whatever_differs_in_content_differs_in_hash()
    {
        Dataset[] all =
        [
            Pets(),
            Houses(),
            Pets().Take([0, 2, 1]),
            Pets().Take([0, 1]),
            Dataset.Classification("pets", [1, 2, 3, 4, 5, 6.000000000000001], ["height", "weight"], [0, 1, 1], ["cat", "dog"]),
            Dataset.Classification("pets", [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 0], ["cat", "dog"]),
            Dataset.Classification("pets", [1, 2, 3, 4, 5, 6], ["heigh", "tweight"], [0, 1, 1], ["cat", "dog"]),
            Dataset.Classification("pets", [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 1], ["dog", "cat"]),
            Dataset.Classification("pets", [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 1], ["cat", "dog", "bird"]),
            Dataset.Regression("pets", [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 1], ["age"]),
            Dataset.Regression("pets", [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 2], ["age"]),
            Dataset.Regression("pets", [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 2], ["years"]),
        ];

        Assert.Distinct(all.Select(data => data.ContentHash), StringComparer.Ordinal);
    }

    private static Dataset Pets(string name = "pets") =>
        Dataset.Classification(name, [1, 2, 3, 4, 5, 6], ["height", "weight"], [0, 1, 1], ["cat", "dog"]);

    private static Dataset Houses() => Dataset.Regression("houses", [1, 2, 3], ["area"], [10, 1, 20, 2, 30, 3], ["price", "rent"]);

    private static void Refuses(string expected, Func<Dataset> make) =>
        Assert.Equal(expected, Assert.Throws<SteepestException>(make).Message);
}
