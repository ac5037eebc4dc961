namespace Steepest;

/// <summary>How a network does on labelled rows.</summary>
/// <param name="Loss">Mean loss over the rows, by their weights.</param>
/// <param name="Right">Rows whose class was predicted; <see langword="null"/> where numbers are predicted.</param>
/// <param name="Rows">Rows in all.</param>
public sealed record Evaluation(double Loss, int? Right, int Rows)
{
    /// <summary>The share of rows whose class was predicted, 0 … 1; NaN where numbers are predicted.</summary>
    public double Accuracy => Right is { } right ? (double)right / Rows : double.NaN;
}
