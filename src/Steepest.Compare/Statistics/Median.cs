using MathNet.Numerics.Distributions;

namespace Steepest.Compare.Statistics;

/// <summary>A median and its exact interval: two of the sorted values, between which the true median lies with at least the confidence asked for.</summary>
/// <param name="Value">The median of the values.</param>
/// <param name="Interval">The two values; <see langword="null"/> where there are too few for any: 6 are needed for 95 %.</param>
/// <remarks>
/// The l-th value from either end, with the largest l such that fewer than l of n tosses of a coin are heads with probability (1 − confidence)/2 at
/// most. Whatever the distribution (Thompson, "On Confidence Ranges for the Median", 1936).
/// </remarks>
public sealed record Median(double Value, (double Lower, double Upper)? Interval)
{
    /// <summary>The median of values, of which some may be infinite.</summary>
    /// <param name="values">At least one; no NaN.</param>
    /// <param name="confidence">Between 0 and 1.</param>
    public static Median Of(IEnumerable<double> values, double confidence = 0.95)
    {
        double[] sorted = [.. values.Order()];
        var n = sorted.Length;
        var fewer = 0;
        while (fewer < n && Binomial.CDF(0.5, n, fewer) <= (1 - confidence) / 2) fewer++;
        return new Median(Middle(sorted), fewer == 0 ? null : (sorted[fewer - 1], sorted[n - fewer]));
    }

    /// <summary>The mean of the two middle values, or the one there is; between −∞ and +∞ it is 0.</summary>
    internal static double Middle(ReadOnlySpan<double> sorted)
    {
        double low = sorted[(sorted.Length - 1) / 2], high = sorted[sorted.Length / 2];
        return double.IsFinite(low) && double.IsFinite(high) ? low + ((high - low) / 2)
            : double.IsNegativeInfinity(low) && double.IsPositiveInfinity(high) ? 0
            : low + high;
    }
}
