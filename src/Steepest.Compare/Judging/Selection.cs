using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>What one contender did in one repeat: its tries, and the run that counts.</summary>
/// <param name="Final">The run that counts.</param>
/// <param name="Tries">The tries before it, in order; empty where nothing was tuned.</param>
/// <param name="Chosen">The setting that was selected; <see langword="null"/> where there are no tries or settings were not told.</param>
/// <param name="IsOwnChoice">Whether the run that counts is itself one of those among which was selected: then it owes something to luck.</param>
public sealed record Selection(Trial Final, ValueList<Trial> Tries, string? Chosen, bool IsOwnChoice)
{
    /// <summary>
    /// Selects. Runs of one setting are starts of it. Of the settings with most starts, for the best were confirmed on fresh ones, the one with the least
    /// median time to the target is taken, a miss counting as ∞, and of equal ones that with the best median metric at the end. The final run is the one
    /// that is no try; where there is none, the start of the selected setting that is the median of its starts.
    /// </summary>
    /// <param name="trials">All trials of a contender in a repeat; at least one.</param>
    /// <param name="reach">The target.</param>
    /// <exception cref="SteepestException">There are several final runs.</exception>
    public static Selection Of(IReadOnlyList<Trial> trials, Reach reach)
    {
        if (trials is [var only]) return new Selection(only, [], null, false);
        var finals = trials.Where(IsFinal).ToArray();
        var isTold = finals.Length < trials.Count;
        if (isTold && finals.Length > 1)
        {
            var (one, other) = (finals[0], finals[1]);
            throw new SteepestException($"Repeat {one.Repeat} of {one.Contender} has more than one final run, with the settings {one.Setting} and {other.Setting}; give all but one a try.");
        }

        // Without any word on tries, runs of several settings are tries.
        Trial[] tries = isTold ? [.. trials.Where(trial => !IsFinal(trial))] : [.. trials];
        var settings = tries.GroupBy(trial => trial.Setting ?? $"try {trial.Try}", StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        var most = settings.Max(starts => starts.Length);
        var chosen = settings.Where(starts => starts.Length == most).OrderBy(starts => MedianTime(starts, reach)).ThenBy(starts => MedianLoss(starts, reach)).First();
        var final = isTold && finals.Length == 1 ? finals[0] : chosen.OrderBy(start => start.Curve.TimeTo(reach).OrInfinity).ThenBy(start => Loss(start, reach)).ElementAt((most - 1) / 2);
        return new Selection(final, [.. tries], chosen[0].Setting, !isTold || finals.Length == 0);
    }

    private static bool IsFinal(Trial trial) => trial.Try is null or "final";

    private static double MedianTime(Trial[] starts, Reach reach) => Median.Of(starts.Select(start => start.Curve.TimeTo(reach).OrInfinity)).Value;

    private static double MedianLoss(Trial[] starts, Reach reach) => Median.Of(starts.Select(start => Loss(start, reach))).Value;

    private static double Loss(Trial trial, Reach reach) =>
        trial.Curve.HasDiverged ? double.PositiveInfinity : reach.IsHigherBetter ? -trial.Curve.Final : trial.Curve.Final;
}
