using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>What one contender did in one repeat: its tries, and the run that counts.</summary>
/// <param name="Final">The run that counts.</param>
/// <param name="Tries">The tries before it, in order; empty where nothing was tuned.</param>
/// <param name="Chosen">The setting that was selected; <see langword="null"/> where there are no tries or settings were not told.</param>
/// <param name="IsOwnChoice">Whether the run that counts is itself one of those among which was selected: then it owes something to luck.</param>
public sealed record Selection(Trial Final, ValueList<Trial> Tries, string? Chosen, bool IsOwnChoice)
{
    /// <summary>The fresh starts of the settings that did best as tries; empty where there were none.</summary>
    public ValueList<Trial> Confirmations { get; init; } = [];

    /// <summary>The run with the settings that the contender has where nobody tunes it; <see langword="null"/> where there is none.</summary>
    public Trial? AsSet { get; init; }

    /// <summary>All that tuning used: the budgets of tries and confirmations together.</summary>
    public long Budget => Tries.Concat(Confirmations).Sum(trial => trial.Curve.Budget);

    /// <summary>
    /// Selects. Runs of one setting are starts of it. Where settings were confirmed, only the confirmations count, for a try that did best was lucky; else,
    /// of the settings with most starts, for the best were tried again. The one with the least median time to the target is taken, a miss counting as ∞,
    /// and of equal ones that with the best median metric at the end. Neither the final run nor the one as set is ever selected from. Where there is no
    /// final run, it is the start of the selected setting that is the median of its starts; where there is nothing else, the run as set.
    /// </summary>
    /// <param name="trials">All trials of a contender in a repeat; at least one.</param>
    /// <param name="reach">The target.</param>
    /// <exception cref="SteepestException">There are several final runs, or several as set.</exception>
    public static Selection Of(IReadOnlyList<Trial> trials, Reach reach)
    {
        Trial[] asSet = [.. trials.Where(trial => trial.Role == TrialRole.AsSet)], others = [.. trials.Where(trial => trial.Role != TrialRole.AsSet)];
        if (asSet.Length > 1) throw Several("run as set", asSet);
        var selection = others.Length == 0 ? new Selection(asSet[0], [], null, false) : Among(others, reach);
        return asSet.Length == 0 ? selection : selection with { AsSet = asSet[0] };
    }

    /// <summary>The starts of the setting to select, of runs among which each setting has one or more; the settings with most starts are looked at.</summary>
    internal static Trial[] Best(IEnumerable<Trial> runs, Reach reach)
    {
        var settings = runs.GroupBy(trial => trial.Setting ?? $"try {trial.Try}", StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        var most = settings.Max(starts => starts.Length);
        return settings.Where(starts => starts.Length == most).MinBy(starts => Ranking.Of([.. starts.Select(start => start.Curve)], reach))!;
    }

    private static Selection Among(Trial[] trials, Reach reach)
    {
        if (trials is [var only]) return new Selection(only, [], null, false);
        var finals = trials.Where(trial => trial.Role == TrialRole.Final).ToArray();
        var isTold = finals.Length < trials.Length;
        if (isTold && finals.Length > 1) throw Several("final run", finals);

        // Without any word on tries, runs of several settings are tries.
        Trial[] confirmations = [.. trials.Where(trial => trial.Role == TrialRole.Confirmation)];
        var tries = isTold ? trials.Where(trial => trial.Role == TrialRole.Try).ToArray() : trials;
        var chosen = Best(confirmations.Length > 0 ? confirmations : tries, reach);
        var hasFinal = isTold && finals.Length == 1;
        var final = hasFinal ? finals[0] : chosen.OrderBy(start => Ranking.Of([start.Curve], reach)).ElementAt((chosen.Length - 1) / 2);

        // With another target another setting might have been selected; what counts is the one that ran.
        return new Selection(final, [.. tries], (hasFinal ? final.Setting : null) ?? chosen[0].Setting, !hasFinal) { Confirmations = [.. confirmations] };
    }

    private static SteepestException Several(string what, Trial[] trials)
    {
        var (one, other) = (trials[0], trials[1]);
        return new SteepestException($"Repeat {one.Repeat} of {one.Contender} has more than one {what}, with the settings {one.Setting} and {other.Setting}; give all but one a try.");
    }
}
