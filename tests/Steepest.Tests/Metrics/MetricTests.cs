namespace Steepest.Tests.Metrics;

public sealed class MetricTests
{
    private static readonly Predictions Numbers = Predictions.Regression([1, 2], 1, [1, 3]);

    private static readonly Predictions ThreeClasses = Predictions.Classification([0.5, 0.3, 0.2, 0.1, 0.6, 0.3, 0.2, 0.4, 0.4], 3, [0, 2, 1]);

    [Fact]
    public void Metrics_are_found_by_name_and_say_their_settings()
    {
        Assert.All(Metric.All, metric => Assert.Equal(metric, Metric.Find(metric.Name.ToUpperInvariant())));
        Assert.Equal(
            ["accuracy", "top-accuracy(5)", "macro-f1", "log-loss", "auc", "calibration-error(15)", "rmse", "mae", "r2"],
            Metric.All.Select(metric => metric.ToString()));
        Assert.Equal([true, true, true, false, true, false, false, false, true], Metric.All.Select(metric => metric.HigherIsBetter));
        Assert.Equal([true, true, true, true, true, true, false, false, false], Metric.All.Select(metric => metric.ForClasses));
        Refuses("There is no metric 'acuracy'; did you mean accuracy?", () => Metric.Find("acuracy"));
    }

    [Fact]
    public void Metrics_with_equal_settings_are_equal()
    {
        Assert.Equal(Metric.TopAccuracy(3), Metric.TopAccuracy(3));
        Assert.NotEqual(Metric.TopAccuracy(3), Metric.TopAccuracy());
        Assert.Equal(Metric.CalibrationError(15), Metric.CalibrationError());
        Assert.NotEqual(Metric.CalibrationError(10), Metric.CalibrationError());
        Assert.NotEqual(Metric.Rmse, Metric.Mae);
    }

    [Fact]
    public void Predictions_of_another_kind_are_refused()
    {
        Assert.All(Metric.All.Where(metric => metric.ForClasses), metric => Refuses(
            $"The metric {metric} measures predicted classes, but here numbers are predicted.", () => metric.Of(Numbers)));
        Assert.All(Metric.All.Where(metric => !metric.ForClasses), metric => Refuses(
            $"The metric {metric} measures predicted numbers, but here classes are predicted.", () => metric.Of(ThreeClasses)));
        Assert.Throws<ArgumentNullException>(() => Metric.Rmse.Of(null!));
    }

    [Fact]
    public void Settings_that_mean_nothing_are_refused()
    {
        Refuses("The k of top-accuracy is 0, but it must be at least 1.", () => Metric.TopAccuracy(0));
        Refuses("The calibration-error has 0 bins, but it needs at least 1.", () => Metric.CalibrationError(0));
        Refuses(
            "The metric top-accuracy(4) looks at the 4 most probable classes, but there are only 3.",
            () => Metric.TopAccuracy(4).Of(ThreeClasses));
    }

    [Fact]
    public void Auc_is_refused_where_a_class_has_no_rows()
    {
        Refuses(
            "The metric auc needs rows of every class with a weight above 0, but found none with label 0.",
            () => Metric.Auc.Of(Predictions.Classification([0.5, 0.5], 2, [1])));
        Refuses(
            "The metric auc needs rows of every class with a weight above 0, but found none with label 2.",
            () => Metric.Auc.Of(Predictions.Classification(ThreeClasses.Values, 3, ThreeClasses.Labels, [1, 0, 1])));
    }

    [Fact]
    public void The_predicted_class_is_the_first_of_equally_probable_ones()
    {
        var tied = Predictions.Classification([0.4, 0.4, 0.2, 0.4, 0.4, 0.2, 0.2, 0.4, 0.4], 3, [0, 1, 2]);

        Assert.Equal(1.0 / 3, Metric.Accuracy.Of(tied));
        Assert.Equal(1, Metric.TopAccuracy(2).Of(tied));
        Assert.Equal(1.0 / 3, Metric.TopAccuracy(1).Of(tied));
    }

    [Fact]
    public void Perfect_predictions_reach_the_best_of_every_range()
    {
        var perfect = Predictions.Classification([1, 0, 0, 0, 1, 0, 0, 0, 1], 3, [0, 1, 2]);
        Assert.Equal(
            [1, 1, 1, 0, 1, 0],
            ((Metric[])[Metric.Accuracy, Metric.TopAccuracy(2), Metric.MacroF1, Metric.LogLoss, Metric.Auc, Metric.CalibrationError()])
                .Select(metric => metric.Of(perfect)));
    }

    [Fact]
    public void A_wholly_wrong_row_costs_52_halvings_of_probability() =>
        Assert.Equal(52 * Math.Log(2), Metric.LogLoss.Of(Predictions.Classification([1, 0], 2, [1])), 1e-14);

    [Fact]
    public void A_class_of_which_only_rows_of_weight_0_tell_is_not_met()
    {
        var predictions = Predictions.Classification([0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8], 3, [0, 1, 0], [1, 2, 0]);

        Assert.Equal(1, Metric.MacroF1.Of(predictions));
    }

    [Fact]
    public void A_confidence_on_an_edge_belongs_to_the_bin_below_it()
    {
        // 0.55 · 100 is rounded to more than 55.
        var predictions = Predictions.Classification([0.55, 0.45, 0.545, 0.455], 2, [0, 1]);

        Assert.Equal((0.545 - (1 - 0.55)) / 2, Metric.CalibrationError(100).Of(predictions), 1e-15);
        Assert.Equal((1 - 0.55 + 0.545) / 2, Metric.CalibrationError(200).Of(predictions), 1e-15);
    }

    [Fact]
    public void Bins_beyond_number_take_no_memory() =>
        Assert.Equal(0.5, Metric.CalibrationError(int.MaxValue).Of(Predictions.Classification([0.5, 0.5, 1, 0], 2, [0, 1])) - 0.25);

    [Fact]
    public void A_constant_target_is_constant_however_its_mean_is_rounded()
    {
        double[] targets = [.. Enumerable.Repeat(0.1, 7)], weights = [0.1, 0.2, 0.3, 0.7, 1.1, 1.3, 1.7];

        Assert.Equal(0, Metric.R2.Of(Predictions.Regression([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2], 1, targets, weights)));
        Assert.Equal(1, Metric.R2.Of(Predictions.Regression(targets, 1, targets, weights)));
        Assert.Equal(0, Metric.R2.Of(Predictions.Regression([1, 2], 1, [3, 4], [1, 0])));
    }

    [Fact]
    public void Numbers_that_add_up_to_more_than_a_double_holds_have_a_mean()
    {
        var far = Predictions.Regression([1.5e308, 1.5e308, -1.5e308, 1e308], 2, [0, 0, 0, 1e308], [1e300, 1e300]);
        var opposite = Predictions.Regression([-1.5e308, 1.5e308], 1, [1.5e308, -1.5e308]);

        Assert.Equal(1.125e308, Metric.Mae.Of(far), 1e294);
        Assert.Equal(Math.Sqrt(0.75) * 1.5e308, Metric.Rmse.Of(far), 1e294);
        Assert.Equal(double.PositiveInfinity, Metric.Mae.Of(opposite));
        Assert.Equal(-3, Metric.R2.Of(opposite));
        Assert.Equal(double.NegativeInfinity, Metric.R2.Of(Predictions.Regression([1e300, 1e300, 1, 2], 2, [1e-300, 1, 2e-300, 2])));
    }

    [Fact]
    public void Predictions_that_diverged_measure_as_NaN()
    {
        double[] probabilities = [double.NaN, double.NaN, 0.5, 0.5], numbers = [double.PositiveInfinity, 1];
        var classes = Predictions.OverClassification(probabilities, 2, [0, 1]);
        var regression = Predictions.OverRegression(numbers, 1, [1, 2]);

        Assert.All(
            Metric.All.Where(metric => metric != Metric.TopAccuracy()),
            metric => Assert.Equal(double.NaN, metric.Of(metric.ForClasses ? classes : regression)));
    }

    [Fact]
    public void Arrays_that_are_filled_anew_are_measured_anew()
    {
        double[] probabilities = [1, 0, 1, 0], weights = [1, 3], numbers = [5, 5];
        var classes = Predictions.OverClassification(probabilities, 2, [0, 1], weights);
        var regression = Predictions.OverRegression(numbers, 1, [5, 7], weights);
        Assert.Equal((0.25, 1.5), (Metric.Accuracy.Of(classes), Metric.Mae.Of(regression)));

        (probabilities[2], probabilities[3], numbers[1]) = (0, 1, 7);

        Assert.Equal((1, 0), (Metric.Accuracy.Of(classes), Metric.Mae.Of(regression)));
    }

    private static void Refuses(string expected, Func<object?> act) => Assert.Equal(expected, Assert.Throws<SteepestException>(act).Message);
}
