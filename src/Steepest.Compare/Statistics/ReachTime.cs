using System.Globalization;

namespace Steepest.Compare.Statistics;

/// <summary>How long a trial took to the target: the index of the first evaluation at or past it, counted from 0, plus 1.</summary>
/// <param name="Count">The time; where the target was not reached, the budget, which the time is beyond.</param>
/// <param name="IsCensored">Whether the target was not reached within the budget.</param>
public readonly record struct ReachTime(double Count, bool IsCensored = false)
{
    /// <summary>A trial that diverged: no budget would have been enough.</summary>
    public static ReachTime Never { get; } = Beyond(double.PositiveInfinity);

    /// <summary>The time as it is ranked: a miss is +∞.</summary>
    public double OrInfinity => IsCensored ? double.PositiveInfinity : Count;

    /// <summary>A trial that did not reach the target within its budget.</summary>
    /// <param name="budget">The index of its last evaluation plus 1.</param>
    public static ReachTime Beyond(double budget) => new(budget, IsCensored: true);

    /// <summary>The median of times; where it is a miss, it is known to be beyond the median of times and budgets.</summary>
    /// <param name="times">At least one.</param>
    public static ReachTime Median(IEnumerable<ReachTime> times)
    {
        ReachTime[] all = [.. times];
        var median = Statistics.Median.Of(all.Select(time => time.OrInfinity)).Value;
        return double.IsFinite(median) ? new ReachTime(median) : Beyond(Statistics.Median.Of(all.Select(time => time.Count)).Value);
    }

    /// <summary>The time as it would be known had the budget been no longer.</summary>
    internal ReachTime Within(double budget) => Count <= budget || this == Never ? this : Beyond(budget);

    /// <inheritdoc/>
    public override string ToString() => $"{(IsCensored ? "> " : "")}{Count.ToString(CultureInfo.InvariantCulture)}";
}
