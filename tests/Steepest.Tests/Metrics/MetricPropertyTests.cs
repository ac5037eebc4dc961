using CsCheck;

namespace Steepest.Tests.Metrics;

/// <summary>What holds of metrics whatever was predicted.</summary>
public sealed class MetricPropertyTests
{
    // A few roundings of a number of that size.
    private const double Rounding = 1e-14;

    [Fact]
    public void The_order_of_the_rows_does_not_matter() =>
        Gen.Select(RandomPredictions.Any, Gen.Int.Array[30]).Sample((predictions, keys) =>
        {
            int[] order = [.. Enumerable.Range(0, predictions.Rows).OrderBy(row => keys[row])];
            AssertSame(predictions, predictions.Take(order, [.. order.Select(row => predictions.Weights[row])]));
        });

    [Fact]
    public void A_row_of_weight_k_counts_as_k_rows() => RandomPredictions.Any.Sample(predictions =>
    {
        int[] repeated = [.. Enumerable.Range(0, predictions.Rows).SelectMany(row => Enumerable.Repeat(row, (int)predictions.Weights[row]))];
        AssertSame(predictions, predictions.Take(repeated, []));
    });

    [Fact]
    public void Only_the_ratios_of_the_weights_matter() =>
        Gen.Select(RandomPredictions.Any, Gen.OneOf(Gen.Double[0.1, 10], Gen.Const(1e-200), Gen.Const(1e200))).Sample((predictions, unit) =>
            AssertSame(
                predictions,
                predictions.Take([.. Enumerable.Range(0, predictions.Rows)], [.. predictions.Weights.ToArray().Select(weight => weight * unit)])));

    [Fact]
    public void Every_metric_stays_within_its_range() => RandomPredictions.Any.Sample(predictions =>
    {
        foreach (var metric in RandomPredictions.MetricsFor(predictions))
        {
            var high = metric == Metric.LogLoss ? 52 * Math.Log(2) : metric == Metric.Rmse || metric == Metric.Mae ? 20 : 1;
            Assert.InRange(metric.Of(predictions), metric == Metric.R2 ? double.MinValue : 0, high);
        }
    });

    [Fact]
    public void Auc_is_the_share_of_pairs_in_the_right_order() => RandomPredictions.OfAnyClasses.Sample(predictions =>
    {
        var expected = predictions.Outputs == 2
            ? RightPairs(predictions, 1)
            : Enumerable.Range(0, predictions.Outputs).Average(c => RightPairs(predictions, c));
        Assert.Equal(expected, Metric.Auc.Of(predictions), Rounding);
    });

    [Fact]
    public void Auc_sees_only_the_order_of_the_probabilities() => RandomPredictions.OfTwoClasses.Sample(predictions =>
    {
        var cubed = WithProbabilityOf1(predictions, probability => probability * probability * probability);
        Assert.Equal(Metric.Auc.Of(predictions), Metric.Auc.Of(cubed));
    });

    [Fact]
    public void Auc_of_the_opposite_order_is_what_is_left_of_1() => RandomPredictions.OfTwoClasses.Sample(predictions =>
    {
        var opposite = WithProbabilityOf1(predictions, probability => 1 - probability);
        Assert.Equal(1 - Metric.Auc.Of(predictions), Metric.Auc.Of(opposite), Rounding);
    });

    [Fact]
    public void More_classes_looked_at_are_never_less_often_right() => RandomPredictions.OfAnyClasses.Sample(predictions =>
    {
        double[] accuracies = [.. Enumerable.Range(1, predictions.Outputs).Select(k => Metric.TopAccuracy(k).Of(predictions))];
        Assert.Equal(accuracies.Order(), accuracies);
        Assert.Equal(Metric.Accuracy.Of(predictions), accuracies[0]);
        Assert.Equal(1, accuracies[^1]);
    });

    [Fact]
    public void The_calibration_error_of_one_bin_is_that_of_all_rows_and_of_finer_bins_no_smaller() =>
        RandomPredictions.OfAnyClasses.Sample(predictions =>
        {
            double weights = predictions.Weights.ToArray().Sum(), confidence = 0;
            for (var row = 0; row < predictions.Rows; row++)
                confidence += predictions.Weights[row] / weights * predictions.Values.Slice(row * predictions.Outputs, predictions.Outputs).ToArray().Max();
            Assert.Equal(Math.Abs(Metric.Accuracy.Of(predictions) - confidence), Error(1), Rounding);
            Assert.True(Error(1) <= Error(3) + Rounding && Error(3) <= Error(6) + Rounding);

            double Error(int bins) => Metric.CalibrationError(bins).Of(predictions);
        });

    [Fact]
    public void The_mean_absolute_error_never_exceeds_the_root_mean_squared_one() => RandomPredictions.OfNumbers.Sample(predictions =>
        Assert.InRange(Metric.Mae.Of(predictions), 0, Metric.Rmse.Of(predictions) * (1 + Rounding)));

    [Theory]
    [InlineData(1000)]
    [InlineData(-950)]
    public void Numbers_of_any_size_are_measured_alike(int power) => RandomPredictions.OfNumbers.Sample(predictions =>
    {
        double[] Scaled(ReadOnlySpan<double> values) => [.. values.ToArray().Select(value => Math.ScaleB(value, power))];
        var scaled = Predictions.Regression(
            Scaled(predictions.Values), predictions.Outputs, Scaled(predictions.Targets), predictions.Weights);

        Assert.Equal(Math.ScaleB(Metric.Rmse.Of(predictions), power), Metric.Rmse.Of(scaled));
        Assert.Equal(Math.ScaleB(Metric.Mae.Of(predictions), power), Metric.Mae.Of(scaled));
        Assert.Equal(Metric.R2.Of(predictions), Metric.R2.Of(scaled));
    });

    private static void AssertSame(Predictions expected, Predictions actual)
    {
        foreach (var metric in RandomPredictions.MetricsFor(expected))
        {
            var value = metric.Of(expected);
            Assert.Equal(value, metric.Of(actual), Rounding * Math.Max(1, Math.Abs(value)));
        }
    }

    private static double RightPairs(Predictions predictions, int ofClass)
    {
        double right = 0, pairs = 0;
        for (var a = 0; a < predictions.Rows; a++)
        {
            for (var b = 0; b < predictions.Rows; b++)
            {
                if (predictions.Labels[a] != ofClass || predictions.Labels[b] == ofClass)
                    continue;
                var weight = predictions.Weights[a] * predictions.Weights[b];
                pairs += weight;
                right += weight * (1 + Math.Sign(Probability(a) - Probability(b))) / 2;
            }
        }

        return right / pairs;

        double Probability(int row) => predictions.Values[(row * predictions.Outputs) + ofClass];
    }

    private static Predictions WithProbabilityOf1(Predictions predictions, Func<double, double> change)
    {
        double[] ofClass1 = [.. Enumerable.Range(0, predictions.Rows).Select(row => change(predictions.Values[(2 * row) + 1]))];
        return Predictions.Classification([.. ofClass1.SelectMany(p => (double[])[1 - p, p])], 2, predictions.Labels, predictions.Weights);
    }
}
