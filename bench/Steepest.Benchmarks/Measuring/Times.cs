namespace Steepest.Benchmarks;

/// <summary>One figure for every round: seconds, or ratios of seconds of the same round.</summary>
internal sealed class Times
{
    private readonly double[] perRound;
    private readonly double[] sorted;

    public Times(double[] perRound)
    {
        this.perRound = perRound;
        sorted = [.. perRound.Order()];
    }

    public double Least => sorted[0];

    public double Median => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    public double Most => sorted[^1];

    public IReadOnlyList<double> PerRound => perRound;

    /// <summary>Each round's quotient: what both saw of the machine's noise cancels out.</summary>
    public Times Over(Times other) => new([.. perRound.Zip(other.perRound, (a, b) => a / b)]);

    /// <summary>The quotient a number: operations per second from seconds.</summary>
    public Times Rate(double operations) => new([.. perRound.Select(seconds => operations / seconds)]);

    public Times Scaled(double factor) => new([.. perRound.Select(seconds => seconds * factor)]);
}
