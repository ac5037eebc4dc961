namespace Steepest.Tests.Metrics;

public sealed class PredictionsTests
{
    [Fact]
    public void What_is_given_is_copied()
    {
        double[] probabilities = [0.75, 0.25], weights = [2], numbers = [1, 2], targets = [3, 4];
        int[] labels = [1];
        var classes = Predictions.Classification(probabilities, 2, labels, weights);
        var regression = Predictions.Regression(numbers, 2, targets);

        probabilities[0] = weights[0] = numbers[0] = targets[0] = labels[0] = 9;

        Assert.Equal([0.75, 0.25], classes.Values);
        Assert.Equal([1], classes.Labels);
        Assert.Equal([2], classes.Weights);
        Assert.Equal((1, 2, true, 0), (classes.Rows, classes.Outputs, classes.IsClassification, classes.Targets.Length));
        Assert.Equal([1, 2], regression.Values);
        Assert.Equal([3, 4], regression.Targets);
        Assert.Equal((1, 2, false, 0), (regression.Rows, regression.Outputs, regression.IsClassification, regression.Labels.Length));
        Assert.True(regression.Weights.IsEmpty);
    }

    [Fact]
    public void Shapes_that_disagree_are_refused()
    {
        Refuses("Predictions have no rows, expected at least one.", () => Predictions.Classification([], 2, []));
        Refuses("Predictions have no rows, expected at least one.", () => Predictions.Regression([], 2, []));
        Refuses("Predictions: found 1 classes, expected at least 2.", () => Predictions.Classification([1], 1, [0]));
        Refuses("Predictions: found 0 targets in a row, expected at least 1.", () => Predictions.Regression([1], 0, [1]));
        Refuses(
            "Predictions: found 5 predicted values, expected 6 for 3 rows with 2 in each.",
            () => Predictions.Classification([1, 0, 1, 0, 1], 2, [0, 0, 0]));
        Refuses("Predictions: found 3 predicted values, expected 4 for 2 rows with 2 in each.", () => Predictions.Regression([1, 2, 3], 2, [1, 2, 3, 4]));
        Refuses(
            "Predictions: found 3 target values with 2 targets in a row, expected the same number in every row.",
            () => Predictions.Regression([1, 2, 3], 2, [1, 2, 3]));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void A_label_without_a_class_is_refused(int label) => Refuses(
        $"Predictions, row 2: found label {label}, expected one from 0 to 1.",
        () => Predictions.Classification([1, 0, 1, 0], 2, [0, label]));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(1.25, "1.25")]
    public void A_value_that_is_no_probability_is_refused(double value, string text) => Refuses(
        $"Predictions, row 2, column 3: found probability {text}, expected one from 0 to 1.",
        () => Predictions.Classification([1, 0, 0, 0.5, 0.5, value], 3, [0, 1]));

    [Fact]
    public void Probabilities_that_do_not_sum_to_1_are_refused()
    {
        Refuses(
            "Predictions, row 2: found probabilities with the sum 1.25, expected 1.",
            () => Predictions.Classification([1, 0, 0.75, 0.5], 2, [0, 1]));
        Refuses(
            "Predictions, row 1: found probabilities with the sum 0.998, expected 1.",
            () => Predictions.Classification([0.499, 0.499], 2, [0]));
        Assert.Equal(1, Predictions.Classification([0.333, 0.333, 0.333], 3, [0]).Rows);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_refused(double value, string text)
    {
        Refuses(
            $"Predictions, row 2, column 1: found prediction {text}, expected a finite number.",
            () => Predictions.Regression([1, 2, value, 4], 2, [1, 2, 3, 4]));
        Refuses(
            $"Predictions, row 1, column 2: found target {text}, expected a finite number.",
            () => Predictions.Regression([1, 2, 3, 4], 2, [1, value, 3, 4]));
    }

    [Fact]
    public void Weights_that_cannot_weigh_are_refused()
    {
        Refuses("Predictions: found 3 weights for 2 rows, expected one weight for every row.", () => Weighted(1, 1, 1));
        Refuses("Predictions, row 2: found weight -1, expected a finite number that is not negative.", () => Weighted(2, -1));
        Refuses("Predictions, row 1: found weight NaN, expected a finite number that is not negative.", () => Weighted(double.NaN, 1));
        Refuses("Predictions, row 2: found weight Infinity, expected a finite number that is not negative.", () => Weighted(1, double.PositiveInfinity));
        Refuses("Predictions: found only weights of 0, expected at least one above 0.", () => Weighted(0, 0));
        Refuses("Predictions: found weights too large to add up, expected a sum that a double can hold.", () => Weighted(1e308, 1e308));
    }

    [Fact]
    public void Weights_are_checked_for_classes_too() => Refuses(
        "Predictions: found only weights of 0, expected at least one above 0.",
        () => Predictions.Classification([1, 0], 2, [0], [0]));

    private static Predictions Weighted(params double[] weights) => Predictions.Regression([1, 2], 1, [1, 2], weights);

    private static void Refuses(string expected, Func<object> act) => Assert.Equal(expected, Assert.Throws<SteepestException>(act).Message);
}
