namespace Steepest.Tests.Data;

public sealed class PredictingTests
{
    [Theory]
    [InlineData("a", new double[] { 2, 3, 5, 6 }, new double[] { 1, 4 })]
    [InlineData("b", new double[] { 1, 3, 4, 6 }, new double[] { 2, 5 })]
    [InlineData("c", new double[] { 1, 2, 4, 5 }, new double[] { 3, 6 })]
    public void A_feature_becomes_the_target_and_the_others_stay(string feature, double[] others, double[] target)
    {
        var data = Data().Predicting(feature);

        Assert.False(data.IsClassification);
        Assert.Equal([feature], data.TargetNames);
        Assert.Equal([.. Data().FeatureNames.Where(name => name != feature)], data.FeatureNames);
        Assert.Equal(others, data.Values);
        Assert.Equal(target, data.Targets);
        Assert.True(data.Labels.IsEmpty);
        Assert.Empty(data.ClassNames);
        Assert.Equal("d", data.Name);
    }

    [Fact]
    public void Earlier_targets_are_dropped() =>
        Assert.Equal([1, 3], Dataset.Regression("d", [1, 2, 3, 4], ["a", "b"], [7, 8], ["t"]).Predicting("a").Targets);

    [Fact]
    public void It_is_the_same_as_data_made_so() => Assert.Equal(
        Dataset.Regression("d", [1, 3, 4, 6], ["a", "c"], [2, 5], ["b"]).ContentHash,
        Data().Predicting("b").ContentHash);

    [Fact]
    public void Floats_stay_floats()
    {
        var data = Dataset.Classification("d", new[] { 0.1f, 0.2f, 0.3f, 0.4f }, ["a", "b"], [0, 0], ["x"]).Predicting("a");

        Assert.True(data.IsSingle);
        Assert.Equal([0.2f, 0.4f], data.Values);
        Assert.Equal([0.1f, 0.3f], data.Targets);
    }

    [Fact]
    public void An_unknown_feature_is_refused_with_the_nearest() => Refuses(
        "There is no feature 'petal widht (cm)'; did you mean petal width (cm)?",
        () => Datasets.Iris().Predicting("petal widht (cm)"));

    [Fact]
    public void A_feature_without_others_is_refused() => Refuses(
        "Data 'd' has only the feature 'a', expected another to predict it from.",
        () => Dataset.Classification("d", [1, 2], ["a"], [0, 0], ["x"]).Predicting("a"));

    private static Dataset Data() => Dataset.Classification("d", [1, 2, 3, 4, 5, 6], ["a", "b", "c"], [0, 1], ["x", "y"]);

    private static void Refuses(string expected, Func<Dataset> make) =>
        Assert.Equal(expected, Assert.Throws<SteepestException>(make).Message);
}
