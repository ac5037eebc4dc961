namespace Steepest.Compare.Statistics;

/// <summary>The differences that pairs of repeats are informative about.</summary>
/// <param name="Differences">One for each informative pair; ±∞ where one side was censored.</param>
/// <param name="AtLeast">The same, but where one side was censored only what is known: the true difference is at least as far from 0.</param>
/// <param name="LeftOut">Pairs that say nothing: both sides were censored, or one before the time of the other.</param>
public sealed record PairedSample(ValueList<double> Differences, ValueList<double> AtLeast, int LeftOut)
{
    /// <summary>Logarithms of how many times longer the other took: positive where the contender was faster.</summary>
    /// <param name="contender">The contender's times by repeat.</param>
    /// <param name="other">The other's times of the same repeats.</param>
    public static PairedSample OfTimes(IReadOnlyList<ReachTime> contender, IReadOnlyList<ReachTime> other)
    {
        var pairs = new List<(double, double)>();
        foreach (var (mine, its) in Paired(contender, other))
        {
            var known = Math.Log(its.Count) - Math.Log(mine.Count);
            if (!mine.IsCensored && !its.IsCensored) pairs.Add((known, known));
            else if (!mine.IsCensored && its.Count >= mine.Count) pairs.Add((double.PositiveInfinity, known));
            else if (!its.IsCensored && mine.Count >= its.Count) pairs.Add((double.NegativeInfinity, known));
        }

        return Of(pairs, contender.Count);
    }

    /// <summary>How much better the contender's metric was at the end: positive where it was better. A trial that diverged is worse than any that did not.</summary>
    /// <param name="contender">The contender's final metrics by repeat; not finite where it diverged.</param>
    /// <param name="other">The other's of the same repeats.</param>
    /// <param name="isHigherBetter">Whether a higher metric is the better one.</param>
    public static PairedSample OfMetrics(IReadOnlyList<double> contender, IReadOnlyList<double> other, bool isHigherBetter)
    {
        var pairs = new List<(double, double)>();
        foreach (var (mine, its) in Paired(contender, other))
        {
            var difference = isHigherBetter ? mine - its : its - mine;
            if (double.IsFinite(mine) && double.IsFinite(its)) pairs.Add((difference, difference));
            else if (double.IsFinite(mine)) pairs.Add((double.PositiveInfinity, double.PositiveInfinity));
            else if (double.IsFinite(its)) pairs.Add((double.NegativeInfinity, double.NegativeInfinity));
        }

        return Of(pairs, contender.Count);
    }

    private static PairedSample Of(List<(double Difference, double AtLeast)> pairs, int all) =>
        new([.. pairs.Select(pair => pair.Difference)], [.. pairs.Select(pair => pair.AtLeast)], all - pairs.Count);

    private static IEnumerable<(T Mine, T Its)> Paired<T>(IReadOnlyList<T> mine, IReadOnlyList<T> its) => mine.Count == its.Count
        ? mine.Zip(its)
        : throw new ArgumentException($"There are {mine.Count} repeats of one contender and {its.Count} of the other, but they are compared in pairs.", nameof(its));
}
