namespace Steepest;

/// <summary>
/// What a network says of labelled rows beside what is true of them: a probability of every class and the right class for every row, or one
/// or more numbers and the right ones. What <see cref="Metric"/>s measure.
/// </summary>
public sealed class Predictions
{
    private readonly double[] values;
    private readonly int[] labels;
    private readonly double[] targets;
    private readonly double[] weights;

    private Predictions(int rows, double[] values, int outputs, int[] labels, double[] targets, double[] weights)
    {
        Rows = rows;
        Outputs = outputs;
        this.values = values;
        this.labels = labels;
        this.targets = targets;
        this.weights = weights;
    }

    /// <summary>The number of rows, at least 1.</summary>
    public int Rows { get; }

    /// <summary>The number of values in a row: classes, at least 2, or targets, at least 1.</summary>
    public int Outputs { get; }

    /// <summary>Whether classes were predicted; otherwise numbers were.</summary>
    public bool IsClassification => labels.Length > 0;

    /// <summary>All predicted values, row after row (rows × outputs): probabilities where classes were predicted.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The right class of every row, 0 … outputs − 1; empty where numbers were predicted.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The right numbers, row after row (rows × outputs); empty where classes were predicted.</summary>
    public ReadOnlySpan<double> Targets => targets;

    /// <summary>How much every row counts; empty where all count alike.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Sets probabilities of classes beside the right classes; everything is copied.</summary>
    /// <param name="probabilities">
    /// The probability of every class, 0 … 1, row after row (rows × classes); a row's may miss the sum of 1 by 0.001, as probabilities in
    /// single precision or of three decimals do.
    /// </param>
    /// <param name="classes">The number of classes, at least 2.</param>
    /// <param name="labels">The right class of every row, 0 … classes − 1.</param>
    /// <param name="weights">How much every row counts, not negative and not all zero; none at all lets all rows count alike.</param>
    /// <exception cref="SteepestException">
    /// There are no rows or fewer than two classes, the lengths disagree, a row's values are no probabilities, a label has no class, or a
    /// weight is negative or not finite, or all are zero.
    /// </exception>
    public static Predictions Classification(
        ReadOnlySpan<double> probabilities, int classes, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
    {
        PredictionChecks.Probabilities(probabilities, classes, labels.Length);
        PredictionChecks.Labels(labels, classes);
        PredictionChecks.Weights(weights, labels.Length, classes);
        return new Predictions(labels.Length, probabilities.ToArray(), classes, labels.ToArray(), targets: [], weights.ToArray());
    }

    /// <summary>Sets predicted numbers beside the right ones; everything is copied.</summary>
    /// <param name="predicted">The predicted numbers, finite, row after row (rows × targets).</param>
    /// <param name="targetCount">The number of targets in a row, at least 1.</param>
    /// <param name="targets">The right numbers, finite, in the same order.</param>
    /// <param name="weights">How much every row counts, not negative and not all zero; none at all lets all rows count alike.</param>
    /// <exception cref="SteepestException">
    /// There are no rows or no targets, the lengths disagree, a number is not finite, or a weight is negative or not finite, or all are zero.
    /// </exception>
    public static Predictions Regression(
        ReadOnlySpan<double> predicted, int targetCount, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights = default)
    {
        var rows = PredictionChecks.RowsOfTargets(targets.Length, targetCount);
        PredictionChecks.Numbers(predicted, targets, rows, targetCount);
        PredictionChecks.Weights(weights, rows, targetCount);
        return new Predictions(rows, predicted.ToArray(), targetCount, labels: [], targets.ToArray(), weights.ToArray());
    }

    /// <summary>
    /// Probabilities beside classes in arrays that the caller keeps and may fill anew before every measurement. Nothing is checked but the
    /// lengths: values may be infinite or NaN, as those of a network that has diverged.
    /// </summary>
    internal static Predictions OverClassification(double[] probabilities, int classes, int[] labels, double[]? weights = null)
    {
        PredictionChecks.Lengths(probabilities.Length, labels.Length, classes);
        return new Predictions(labels.Length, probabilities, classes, labels, targets: [], weights ?? []);
    }

    /// <summary>Numbers beside numbers in arrays that the caller keeps, as with <see cref="OverClassification"/>.</summary>
    internal static Predictions OverRegression(double[] predicted, int targetCount, double[] targets, double[]? weights = null)
    {
        var rows = PredictionChecks.RowsOfTargets(targets.Length, targetCount);
        PredictionChecks.Lengths(predicted.Length, rows, targetCount);
        return new Predictions(rows, predicted, targetCount, labels: [], targets, weights ?? []);
    }

    internal double Weight(int row) => weights.Length == 0 ? 1 : weights[row];

    /// <summary>The class of the largest probability in a row, the first of equals.</summary>
    internal int PredictedClass(int row)
    {
        var ofRow = values.AsSpan(row * Outputs, Outputs);
        var largest = 0;
        for (var c = 1; c < ofRow.Length; c++)
        {
            if (ofRow[c] > ofRow[largest])
                largest = c;
        }

        return largest;
    }
}
