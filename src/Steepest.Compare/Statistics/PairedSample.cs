namespace Steepest.Compare.Statistics;

/// <summary>The differences that pairs of repeats are informative about.</summary>
/// <param name="Differences">One for each informative pair; ±∞ where one side was censored.</param>
/// <param name="AtLeast">The same, but where one side was censored only what is known: the true difference is at least as far from 0.</param>
/// <param name="LeftOut">Pairs that say nothing: both sides were censored, or one before the time of the other.</param>
public sealed record PairedSample(ValueList<double> Differences, ValueList<double> AtLeast, int LeftOut)
{
    /// <summary>Whether a difference is only known to be beyond what is known.</summary>
    public bool IsCensored => !Differences.Equals(AtLeast);

    /// <summary>Logarithms of how many times longer the other took: positive where the contender was faster.</summary>
    /// <param name="contender">The contender's times by repeat.</param>
    /// <param name="other">The other's times of the same repeats.</param>
    public static PairedSample OfTimes(IReadOnlyList<ReachTime> contender, IReadOnlyList<ReachTime> other)
    {
        CheckPaired(contender.Count, other.Count);
        double[] differences = new double[contender.Count], atLeast = new double[contender.Count];
        var count = 0;
        for (var repeat = 0; repeat < contender.Count; repeat++)
        {
            var (mine, its) = (contender[repeat], other[repeat]);
            var isLonger = mine.IsCensored && !its.IsCensored && mine.Count >= its.Count;
            var isShorter = its.IsCensored && !mine.IsCensored && its.Count >= mine.Count;
            if (!isLonger && !isShorter && (mine.IsCensored || its.IsCensored)) continue;
            atLeast[count] = Math.Log(its.Count) - Math.Log(mine.Count);
            differences[count] = isShorter ? double.PositiveInfinity : isLonger ? double.NegativeInfinity : atLeast[count];
            count++;
        }

        return new PairedSample(ValueList.Create<double>(differences.AsSpan(0, count)), ValueList.Create<double>(atLeast.AsSpan(0, count)), contender.Count - count);
    }

    /// <summary>How much better the contender's metric was at the end: positive where it was better. A trial that diverged is worse than any that did not.</summary>
    /// <param name="contender">The contender's final metrics by repeat; not finite where it diverged.</param>
    /// <param name="other">The other's of the same repeats.</param>
    /// <param name="isHigherBetter">Whether a higher metric is the better one.</param>
    public static PairedSample OfMetrics(IReadOnlyList<double> contender, IReadOnlyList<double> other, bool isHigherBetter)
    {
        CheckPaired(contender.Count, other.Count);
        double[] differences =
        [
            .. contender.Zip(other).Where(pair => double.IsFinite(pair.First) || double.IsFinite(pair.Second)).Select(pair =>
                !double.IsFinite(pair.First) ? double.NegativeInfinity
                : !double.IsFinite(pair.Second) ? double.PositiveInfinity
                : isHigherBetter ? pair.First - pair.Second
                : pair.Second - pair.First),
        ];
        return new PairedSample([.. differences], [.. differences], contender.Count - differences.Length);
    }

    internal PairedSample Mirrored() => new([.. Differences.Select(difference => -difference)], [.. AtLeast.Select(difference => -difference)], LeftOut);

    private static void CheckPaired(int mine, int its)
    {
        if (mine != its) throw new ArgumentException($"There are {mine} repeats of one contender and {its} of the other, but they are compared in pairs.", nameof(its));
    }
}
