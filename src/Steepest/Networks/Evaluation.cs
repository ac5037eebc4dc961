namespace Steepest;

/// <summary>How a network does on labelled rows.</summary>
/// <param name="Loss">Mean loss over the rows, by their weights.</param>
/// <param name="Right">Rows whose class was predicted, whatever their weights; <see langword="null"/> where numbers are predicted.</param>
/// <param name="Rows">Rows in all.</param>
public sealed record Evaluation(double Loss, int? Right, int Rows)
{
    /// <summary>
    /// The share of rows whose class was predicted, 0 … 1, whatever their weights (<see cref="Metric.Accuracy"/> respects them); NaN where
    /// numbers are predicted.
    /// </summary>
    public double Accuracy => Right is { } right ? (double)right / Rows : double.NaN;
}
