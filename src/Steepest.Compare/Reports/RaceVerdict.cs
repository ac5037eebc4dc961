namespace Steepest.Compare.Reports;

/// <summary>The sentences that the numbers of a race allow, and no more.</summary>
public static class RaceVerdict
{
    /// <summary>The verdict, most important sentence first.</summary>
    /// <param name="race">A race, finished or not.</param>
    public static IReadOnlyList<string> Of(RaceResult race)
    {
        ArgumentNullException.ThrowIfNull(race);
        var sentences = new List<string>();
        if (race.Target is null)
        {
            sentences.Add(WithoutTarget(race));
        }
        else
        {
            if (AtCommonRate(race) is { } common) sentences.Add(common);
            if (AtBestRates(race) is { } best) sentences.Add(best);
            sentences.AddRange(OfFixedLength(race));
        }

        if (!race.IsComplete)
        {
            sentences.Add($"The race was interrupted: {Words.Count(race.Trials.Count)} of {Words.Count(race.Plan.Trials.Count)} runs were finished.");
        }

        sentences.Add("This is one split and one start: how much of it is luck was not measured.");
        return sentences;
    }

    /// <summary>All contenders at the race's common learning rate; <see langword="null"/> if there is none or too few have run.</summary>
    internal static string? AtCommonRate(RaceResult race)
    {
        if (race.Plan.CommonRate is not { } rate) return null;
        var runs = race.RacingTrials.Where(trial => trial.Spec.LearningRate == rate).ToArray();
        return runs.Length < 2 ? null : $"One learning rate for all ({Words.Number(rate)}): {Compared(runs, race.Target!, trial => trial.Spec.Contender.Title)}";
    }

    /// <summary>Each contender at the best of its learning rates; <see langword="null"/> if none had a choice.</summary>
    internal static string? AtBestRates(RaceResult race)
    {
        var byContender = race.RacingTrials.GroupBy(trial => trial.Spec.Contender).ToArray();
        if (byContender.Length == 0 || (byContender.All(rates => rates.Count() == 1) && race.Plan.CommonRate is not null)) return null;
        var choices = byContender.Max(rates => rates.Count());
        var runs = race.BestTrials;
        var title = (TrialResult trial) => $"{trial.Spec.Contender.Title} ({Words.Number(trial.Spec.LearningRate)})";
        var start = choices == 1
            ? "Each at its own learning rate"
            : $"Each at the best of its {Words.Count(choices)} learning rates ({Words.Number(race.RacingTrials.Min(t => t.Spec.LearningRate))} to {Words.Number(race.RacingTrials.Max(t => t.Spec.LearningRate))})";
        var sentence = $"{start}: {Compared(runs, race.Target!, title)}";
        var reached = InOrder(runs);
        return reached.Length == 3 && runs.Count == 3
            ? $"{sentence} {Words.Capital(reached[1].Spec.Contender.Title)} needs {Fewer(reached[1], reached[2])} than {reached[2].Spec.Contender.Title}."
            : sentence;
    }

    private static IEnumerable<string> OfFixedLength(RaceResult race)
    {
        foreach (var trial in race.Trials.Except(race.RacingTrials))
        {
            if (trial.FinalLoss is not { } loss || race.Target is not { Metric: TargetMetric.Loss, Value: var target }) continue;
            var who = $"After the article's {Words.Count(trial.Epochs)} epochs at {Words.Number(trial.Spec.LearningRate)} the loss of {trial.Spec.Contender.Title} is {Words.Loss(loss)}";
            yield return trial.ReachedAt is { } epoch
                ? $"{who}; the target was reached at epoch {Words.Count(epoch)}."
                : $"{who}, {Words.Ratio(loss / target)} times the target: {Words.Count(trial.Epochs)} epochs do not get there.";
        }
    }

    private static string WithoutTarget(RaceResult race) => race.Trials is [{ DivergedAt: { } epoch } pace, ..] && pace.Spec == race.Plan.Trials[0]
        ? $"There is no target: {pace.Spec.Contender.Title} at {Words.Number(pace.Spec.LearningRate)}, whose last loss was to be it, diverged at epoch {Words.Count(epoch)}."
        : "There is no target yet: the run whose last loss is to be it did not finish.";

    private static string Compared(IReadOnlyList<TrialResult> runs, Target target, Func<TrialResult, string> title)
    {
        var reached = InOrder(runs);
        if (reached.Length == 0) return $"none reaches {target} within its budget.";
        var winner = reached[0];
        var sentence = $"{title(winner)} reaches {target} in {Epochs(winner.EpochsToTarget!.Value)}";
        if (reached.Length > 1)
        {
            sentence += $", {Words.List([.. reached.Skip(1).Select(trial => $"{Fewer(winner, trial)} than {title(trial)} with {Words.Count(trial.EpochsToTarget!.Value)}")])}";
        }

        var others = runs.Where(trial => trial.EpochsToTarget is null).Select(trial => trial.DivergedAt is { } epoch
            ? $"{title(trial)} diverges at epoch {Words.Count(epoch)}"
            : $"{title(trial)} does not reach it in {Epochs(trial.Epochs)}").ToArray();
        return others.Length == 0 ? $"{sentence}." : $"{sentence}; {Words.List(others)}.";
    }

    private static TrialResult[] InOrder(IEnumerable<TrialResult> runs) =>
        [.. runs.Where(trial => trial.EpochsToTarget is not null).OrderBy(trial => trial.EpochsToTarget)];

    private static string Fewer(TrialResult winner, TrialResult other)
    {
        var ratio = (double)other.EpochsToTarget!.Value / winner.EpochsToTarget!.Value;
        return ratio == 1 ? "no fewer" : ratio < 1.05 ? "hardly fewer" : $"{Words.Ratio(ratio)} times fewer";
    }

    private static string Epochs(int count) => count == 1 ? "1 epoch" : $"{Words.Count(count)} epochs";
}
