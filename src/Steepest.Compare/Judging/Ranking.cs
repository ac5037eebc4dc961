using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>What settings are ordered by.</summary>
internal static class Ranking
{
    /// <summary>The median time of a setting's starts to the target, a miss counting as ∞; where that is equal, their median metric at the end.</summary>
    /// <param name="starts">The curves of its starts; at least one.</param>
    /// <param name="reach">The target.</param>
    /// <returns>Less is better, the time first.</returns>
    public static (double Time, double Loss) Of(IReadOnlyList<Curve> starts, Reach reach) => (
        Median.Of(starts.Select(start => start.TimeTo(reach).OrInfinity)).Value,
        Median.Of(starts.Select(start => LossOf(start, reach))).Value);

    /// <summary>The metric at the end, turned so that less is better; +∞ for a run that diverged.</summary>
    private static double LossOf(Curve curve, Reach reach) => curve.HasDiverged ? double.PositiveInfinity : reach.IsHigherBetter ? -curve.Final : curve.Final;
}
