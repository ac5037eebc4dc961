using CsCheck;

namespace Steepest.Tests.Metrics;

/// <summary>Random predictions in which equal probabilities, weights of 0 and classes that nobody predicts are common.</summary>
internal static class RandomPredictions
{
    /// <summary>Within ±10, and equal ones are common.</summary>
    private static readonly Gen<double> Numbers = Gen.Int[-160, 160].Select(number => number / 16.0);

    public static readonly Gen<Predictions> OfTwoClasses = OfClasses(2);

    public static readonly Gen<Predictions> OfAnyClasses = Gen.Int[2, 5].SelectMany(OfClasses);

    public static readonly Gen<Predictions> OfNumbers =
        from targets in Gen.Int[1, 3]
        from rows in Gen.Int[2, 30]
        from predicted in Numbers.Array[rows * targets]
        from right in Numbers.Array[rows * targets]
        from weights in Weights(rows, always: 1)
        select Predictions.Regression(predicted, targets, right, weights);

    public static readonly Gen<Predictions> Any = Gen.OneOf(OfAnyClasses, OfNumbers);

    /// <summary>The metrics that suit, with settings that suit.</summary>
    public static IEnumerable<Metric> MetricsFor(Predictions predictions) => predictions.IsClassification
        ? [Metric.Accuracy, Metric.TopAccuracy(2), Metric.MacroF1, Metric.LogLoss, Metric.Auc, Metric.CalibrationError(), Metric.CalibrationError(5)]
        : [Metric.Rmse, Metric.Mae, Metric.R2];

    /// <summary>Some rows in some order with other weights.</summary>
    public static Predictions Take(this Predictions from, int[] rows, double[] weights)
    {
        double[] values = [.. rows.SelectMany(row => from.Values.Slice(row * from.Outputs, from.Outputs).ToArray())];
        return from.IsClassification
            ? Predictions.Classification(values, from.Outputs, [.. rows.Select(row => from.Labels[row])], weights)
            : Predictions.Regression(
                values, from.Outputs, [.. rows.SelectMany(row => from.Targets.Slice(row * from.Outputs, from.Outputs).ToArray())], weights);
    }

    private static Gen<Predictions> OfClasses(int classes) =>
        from rows in Gen.Int[classes, 30]
        from parts in Gen.Int[0, 5].Array[classes].Where(parts => parts.Sum() > 0).Array[rows]
        from labels in Gen.Int[0, classes - 1].Array[rows - classes]
        from weights in Weights(rows, always: classes)
        select Predictions.Classification(
            [.. parts.SelectMany(row => row.Select(part => (double)part / row.Sum()))], classes, [.. Enumerable.Range(0, classes), .. labels], weights);

    /// <summary>Weights 0 to 3, none of them 0 among the first rows.</summary>
    private static Gen<double[]> Weights(int rows, int always) =>
        from first in Gen.Int[1, 3].Array[always]
        from rest in Gen.Int[0, 3].Array[rows - always]
        select first.Concat(rest).Select(weight => (double)weight).ToArray();
}
