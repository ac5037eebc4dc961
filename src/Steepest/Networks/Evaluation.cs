namespace Steepest;

/// <summary>How a network does on labelled rows.</summary>
/// <param name="Loss">Mean loss over the rows.</param>
/// <param name="Right">Rows whose class was predicted.</param>
/// <param name="Rows">Rows in all.</param>
public sealed record Evaluation(double Loss, int Right, int Rows)
{
    /// <summary>The share of rows whose class was predicted, 0 … 1.</summary>
    public double Accuracy => (double)Right / Rows;
}
