namespace Steepest.Compare.Statistics;

/// <summary>What tuning with a smaller budget would have given.</summary>
/// <remarks>Source: Dodge et al., "Show Your Work: Improved Reporting of Experimental Results" (2019), equation 7.</remarks>
public static class ExpectedBest
{
    /// <summary>The expected best of n tries drawn from those that were made, for n = 1 … N.</summary>
    /// <param name="values">What each try came to, N of them; NaN and infinite, of a try that diverged, count as the worst that is finite.</param>
    /// <param name="isHigherBetter">Whether a higher value is the better one.</param>
    /// <returns>N values; the last is short of the best, for a try may be drawn twice. All NaN where no try is finite.</returns>
    public static ValueList<double> Of(IReadOnlyList<double> values, bool isHigherBetter)
    {
        var finite = values.Where(double.IsFinite).ToArray();
        if (finite.Length == 0) return [.. values.Select(_ => double.NaN)];
        var worst = isHigherBetter ? finite.Min() : finite.Max();
        var ordered = values.Select(value => double.IsFinite(value) ? value : worst).Order().ToArray();

        // From the worst to the best: the best of n draws is among the first i with probability (i/N)ⁿ.
        if (!isHigherBetter) Array.Reverse(ordered);
        double count = ordered.Length;
        return
        [
            .. Enumerable.Range(1, ordered.Length).Select(n =>
                ordered.Select((value, i) => value * (Math.Pow((i + 1) / count, n) - Math.Pow(i / count, n))).Sum()),
        ];
    }
}
