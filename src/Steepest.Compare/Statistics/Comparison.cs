namespace Steepest.Compare.Statistics;

/// <summary>What can be said of a contender against another.</summary>
public enum Verdict
{
    /// <summary>The interval holds both a difference that matters and none.</summary>
    CannotTell,

    /// <summary>The interval lies within the margin of no difference.</summary>
    PracticallyEqual,

    /// <summary>The interval lies on the contender's side.</summary>
    Better,

    /// <summary>The interval lies on the other's side.</summary>
    Worse,
}

/// <summary>An estimate or a bound.</summary>
/// <param name="Value">Its value; where there is none, infinite.</param>
/// <param name="Beyond">1 where the truth is only known to be above the value, −1 below, for a censored time decides it; else 0.</param>
public readonly record struct Bound(double Value, int Beyond = 0)
{
    /// <summary>Whether there is any; with too few repeats there is none.</summary>
    public bool IsKnown => double.IsFinite(Value);

    internal Bound Map(Func<double, double> function) => IsKnown ? this with { Value = function(Value) } : this;
}

/// <summary>A contender against another over paired repeats.</summary>
/// <param name="Estimate">The Hodges–Lehmann estimate: a ratio of times, above 1 where the contender is faster, or a difference, above 0 where it is better.</param>
/// <param name="Lower">The lower bound of the interval at the family-wise level.</param>
/// <param name="Upper">Its upper bound.</param>
/// <param name="PValue">Of the signed-rank test of no difference, not corrected.</param>
/// <param name="Verdict">What the interval says.</param>
/// <param name="Informative">Pairs of repeats that say something.</param>
/// <param name="LeftOut">Pairs that say nothing, for neither reached the target.</param>
/// <param name="Ahead">Informative pairs in which the contender was ahead.</param>
/// <param name="Level">The level of the comparison.</param>
/// <param name="Advice">How many repeats would decide it; <see langword="null"/> where it is decided, or nothing can be estimated.</param>
public sealed record Comparison(
    Bound Estimate, Bound Lower, Bound Upper, double PValue, Verdict Verdict, int Informative, int LeftOut, int Ahead, Level Level, RepeatsAdvice? Advice)
{
    /// <summary>Ratios of times from 1/1.1 to 1.1 are practically equal unless said otherwise.</summary>
    public const double UsualRatioMargin = 1.1;

    /// <summary>Differences of a metric of one point, 0.01, are practically equal unless said otherwise.</summary>
    public const double UsualMetricMargin = 0.01;

    /// <summary>Whether there were enough informative repeats for any verdict.</summary>
    public bool CanShow => Informative >= Level.FewestRepeats;

    /// <summary>Compares times to the target: ratios of the other's to the contender's.</summary>
    /// <param name="contender">The contender's times by repeat.</param>
    /// <param name="other">The other's times of the same repeats.</param>
    /// <param name="level">The level.</param>
    /// <param name="margin">The largest ratio that makes no practical difference, above 1.</param>
    public static Comparison OfTimes(IReadOnlyList<ReachTime> contender, IReadOnlyList<ReachTime> other, Level level, double margin = UsualRatioMargin)
    {
        var comparison = Of(PairedSample.OfTimes(contender, other), level, Math.Log(margin));
        return comparison with
        {
            Estimate = comparison.Estimate.Map(Math.Exp),
            Lower = comparison.Lower.Map(Math.Exp),
            Upper = comparison.Upper.Map(Math.Exp),
        };
    }

    /// <summary>Compares metrics at the end: differences in the contender's favour.</summary>
    /// <param name="contender">The contender's final metrics by repeat; not finite where it diverged.</param>
    /// <param name="other">The other's of the same repeats.</param>
    /// <param name="isHigherBetter">Whether a higher metric is the better one.</param>
    /// <param name="level">The level.</param>
    /// <param name="margin">The largest difference that makes no practical difference, above 0.</param>
    public static Comparison OfMetrics(
        IReadOnlyList<double> contender, IReadOnlyList<double> other, bool isHigherBetter, Level level, double margin = UsualMetricMargin) =>
        Of(PairedSample.OfMetrics(contender, other, isHigherBetter), level, margin);

    /// <summary>Compares by differences of which 0 is none.</summary>
    internal static Comparison Of(PairedSample sample, Level level, double margin)
    {
        double[] differences = [.. sample.Differences];
        var shift = Shift.Of(differences, level.PerComparison);
        var known = sample.IsCensored ? Shift.Of([.. sample.AtLeast], level.PerComparison) : shift;
        var lower = sample.IsCensored ? LowerOf(sample, shift, known, level) : new Bound(shift.Lower);
        var upper = sample.IsCensored ? Negative(LowerOf(sample.Mirrored(), shift.Mirrored(), known.Mirrored(), level)) : new Bound(shift.Upper);
        var verdict = shift.Lower > 0 ? Verdict.Better
            : shift.Upper < 0 ? Verdict.Worse
            : lower.Beyond == 0 && upper.Beyond == 0 && Math.Max(-lower.Value, upper.Value) <= margin + SignedRank.Tie ? Verdict.PracticallyEqual
            : Verdict.CannotTell;
        return new Comparison(
            Beyond(shift.Estimate, known.Estimate),
            lower,
            upper,
            differences.Length == 0 ? 1 : SignedRank.PValue(differences),
            verdict,
            differences.Length,
            sample.LeftOut,
            differences.Count(difference => difference > 0),
            level,
            verdict == Verdict.CannotTell ? RepeatsAdvice.For([.. sample.AtLeast], sample.LeftOut, level.OfMoreRepeats, margin) : null);
    }

    /// <summary>
    /// As ±L a censored difference decides the verdict, for the test of no difference needs its sign alone. But as a size L is more than is known: the
    /// bound gives way to the one from the budgets, which is surely far enough out, as far as it can without another verdict.
    /// </summary>
    private static Bound LowerOf(PairedSample sample, Shift shift, Shift known, Level level)
    {
        if (double.IsNegativeInfinity(shift.Lower)) return double.IsInfinity(known.Lower) ? new Bound(known.Lower) : new Bound(Math.Min(0, known.Lower), -1);
        var sure = Shift.Of([.. sample.Differences.Zip(sample.AtLeast, (difference, atLeast) => difference > 0 ? atLeast : difference)], level.PerComparison).Lower;
        if (shift.Lower > 0) return sure <= 0 ? new Bound(0, 1) : double.IsPositiveInfinity(shift.Lower) ? new Bound(sure, 1) : new Bound(Math.Min(shift.Lower, sure));
        return double.IsNegativeInfinity(sure) ? new Bound(Math.Min(0, known.Lower), -1) : new Bound(Math.Min(shift.Lower, sure));
    }

    private static Bound Negative(Bound bound) => new(-bound.Value, -bound.Beyond);

    private static Bound Beyond(double value, double known) => double.IsInfinity(value) ? new(known, Math.Sign(value)) : new(value);
}
