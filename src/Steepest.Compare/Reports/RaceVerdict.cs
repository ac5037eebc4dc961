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
            if (race.Plan.Target is null) sentences.Add(OriginOf(race.Target, race.Runs[0]));
        }

        if (!race.IsComplete)
        {
            sentences.Add($"The race was interrupted: {Words.Count(race.Runs.Count)} of {Words.Count(race.Plan.Runs.Count)} runs were finished.");
        }

        sentences.Add("This is one split and one start: how much of it is luck was not measured.");
        return sentences;
    }

    /// <summary>All contenders at the race's common learning rate; <see langword="null"/> if there is none or too few have run.</summary>
    internal static string? AtCommonRate(RaceResult race)
    {
        if (race.Plan.CommonRate is not { } rate) return null;
        var runs = race.RacingRuns.Where(run => run.Spec.LearningRate == rate).ToArray();
        return runs.Length < 2 ? null : $"One learning rate for all ({Words.Number(rate)}): {Compared(runs, race.Target!, run => run.Spec.Contender.Title)}";
    }

    /// <summary>Each contender at the best of its learning rates; <see langword="null"/> if none had a choice, or not all of it has been run.</summary>
    internal static string? AtBestRates(RaceResult race)
    {
        if (!race.IsComplete) return null;
        var byContender = race.RacingRuns.GroupBy(run => run.Spec.Contender).ToArray();
        if (byContender.Length == 0 || (byContender.All(rates => rates.Count() == 1) && race.Plan.CommonRate is not null)) return null;
        var runs = race.BestRuns;
        var sentence = Words.Capital(Choice(race, [.. byContender.Select(rates => rates.Count())]) + Compared(runs, race.Target!, AtItsRate));
        var reached = InOrder(runs);
        return reached.Length == 3 && runs.Count == 3
            ? $"{sentence} {Words.Capital(reached[1].Spec.Contender.Title)} needs {Against(reached[1], reached[2], reached[2].Spec.Contender.Title)}."
            : sentence;
    }

    // Which learning rates the best was taken from: as many for each, or not.
    private static string Choice(RaceResult race, IReadOnlyList<int> counts)
    {
        if (counts.All(count => count == 1)) return counts.Count == 1 ? string.Empty : "Each at its own learning rate: ";
        var rates = race.RacingRuns.Select(run => run.Spec.LearningRate).ToArray();
        var number = counts.Distinct().Count() == 1 ? $"{Words.Count(counts[0])} " : string.Empty;
        return $"{(counts.Count == 1 ? "The best of" : "Each at the best of its")} {number}learning rates ({Words.Number(rates.Min())} to {Words.Number(rates.Max())}): ";
    }

    private static string AtItsRate(RunResult run)
    {
        var title = run.Spec.Contender.Title;
        if (run.Spec.HasSchedule) return title;
        return title.EndsWith(')') && run.Spec.Groups.Count == 0
            ? $"{title[..^1]}, learning rate {Words.Number(run.Spec.LearningRate)})"
            : $"{title} ({Words.Number(run.Spec.LearningRate)})";
    }

    private static IEnumerable<string> OfFixedLength(RaceResult race)
    {
        foreach (var run in race.Runs.Except(race.RacingRuns))
        {
            if (run.FinalLoss is not { } loss || race.Target is not { Metric: TargetMetric.Loss, Value: var target }) continue;
            var who = $"After the article's {Words.Count(run.Epochs)} epochs at {Words.Number(run.Spec.LearningRate)} the loss of {run.Spec.Contender.Title} is {Words.Loss(loss)}";
            yield return run.EpochsToTarget is { } needed
                ? $"{who}; the target was reached in {Epochs(needed)}."
                : $"{who}, {Words.Ratio(loss / target)} times the target: {Words.Count(run.Epochs)} epochs do not get there.";
        }
    }

    private static string OriginOf(Target target, RunResult pace) =>
        $"The target, {target}, is the last of {pace.Spec.Contender.Title}{(pace.Spec.Optimizer.LearningRate is Constant ? $" at learning rate {Words.Number(pace.Spec.LearningRate)}" : "")} after {Epochs(pace.Epochs)}.";

    private static string WithoutTarget(RaceResult race) => race.Runs is [{ DivergedAt: not null } pace, ..] && pace.Spec == race.Plan.Runs[0]
        ? $"There is no target: {pace.Spec.Contender.Title} at {Words.Number(pace.Spec.LearningRate)}, whose last loss was to be it, diverged after {Epochs(pace.Epochs)}."
        : "There is no target yet: the run whose last loss is to be it did not finish.";

    private static string Compared(IReadOnlyList<RunResult> runs, Target target, Func<RunResult, string> title)
    {
        var reached = InOrder(runs);
        if (reached.Length == 0) return WithoutWinner(runs, target, title);
        var winner = reached[0];
        var sentence = $"{title(winner)} reaches {target} in {Epochs(winner.EpochsToTarget!.Value)}";
        if (reached.Length > 1)
        {
            sentence += $", {Words.List([.. reached.Skip(1).Select(run => run.EpochsToTarget == winner.EpochsToTarget
                ? Against(winner, run, title(run))
                : $"{Against(winner, run, title(run))} with {Words.Count(run.EpochsToTarget!.Value)}")])}";
        }

        var others = runs.Where(run => run.EpochsToTarget is null)
            .Select(run => Diverged(run, title) ?? $"{title(run)} does not reach it in {Epochs(run.Epochs)}").ToArray();
        return others.Length == 0 ? $"{sentence}." : $"{sentence}; {Words.List(others)}.";
    }

    private static string WithoutWinner(IReadOnlyList<RunResult> runs, Target target, Func<RunResult, string> title)
    {
        if (runs is [var only]) return Diverged(only, title) is { } end ? $"{end}, without reaching {target}." : $"{title(only)} does not reach {target} in {Epochs(only.Epochs)}.";
        var diverged = runs.Select(run => Diverged(run, title)).OfType<string>().ToArray();
        return $"none reaches {target} within its budget{(diverged.Length == 0 ? "" : $"; {Words.List(diverged)}")}.";
    }

    private static string? Diverged(RunResult run, Func<RunResult, string> title) =>
        run.DivergedAt is null ? null : $"{title(run)} diverges after {Epochs(run.Epochs)}";

    private static RunResult[] InOrder(IEnumerable<RunResult> runs) =>
        [.. runs.Where(run => run.EpochsToTarget is not null).OrderBy(run => run.EpochsToTarget)];

    private static string Against(RunResult winner, RunResult other, string title)
    {
        var ratio = (double)other.EpochsToTarget!.Value / winner.EpochsToTarget!.Value;
        return ratio == 1 ? $"as many epochs as {title}" : ratio < 1.05 ? $"hardly fewer than {title}" : $"{Words.Ratio(ratio)} times fewer than {title}";
    }

    private static string Epochs(int count) => count == 1 ? "1 epoch" : $"{Words.Count(count)} epochs";
}
