using Steepest.Compare.Reports;

namespace Steepest.Compare.Judging;

/// <summary>What curves alone can show to be wrong with a comparison. Each warning is a sentence that names whom it is about.</summary>
internal static class Lint
{
    // Budgets of rules that take several evaluations a step end a little apart, and random tries never quite at the ends of a space.
    private const double MostBetweenBudgets = 1.02, MostBetweenSpaces = 0.5;

    public static ValueList<string> Of(TaskJudgement task, JudgeOptions options) =>
    [
        .. Repeats(task), .. Budgets(task), .. Tries(task), .. Spaces(task), .. Schedules(task), .. Targets(task), .. Evaluations(task), .. Edges(task), .. Seconds(task, options), .. Others(task),
    ];

    private static IEnumerable<string> Repeats(TaskJudgement task)
    {
        if (task.Repeats.Count == 1)
        {
            yield return "There is one repeat: how much is luck cannot be told.";
            yield break;
        }

        if (task.Repeats.Count < task.Level.FewestRepeats)
            yield return $"{Count(task.Repeats.Count, "repeat")} can show nothing with {Count(task.Level.Comparisons, "comparison")}; {task.Level.FewestRepeats} or more can.";
        foreach (var contest in task.Contests.Where(contest => contest.Time.LeftOut > 0))
        {
            yield return $"{contest.Contender} and {contest.Against}: {Count(contest.Time.LeftOut, "repeat")} of {task.Repeats.Count} {(contest.Time.LeftOut == 1 ? "says" : "say")} nothing and "
                + $"{(contest.Time.LeftOut == 1 ? "is" : "are")} left out, for the target was not reached within the budget.";
        }
    }

    private static IEnumerable<string> Budgets(TaskJudgement task)
    {
        // A run that diverged ended where it did so, whatever its budget.
        var ran = task.Contenders.Where(contender => contender.Selections.Any(selection => !selection.Final.Curve.HasDiverged)).ToArray();
        if (ran.Length > 0 && ran.Max(contender => contender.Budget) > MostBetweenBudgets * ran.Min(contender => contender.Budget))
            yield return $"Budgets differ: {ByValue(ran, contender => contender.Budget, budget => $"ran {Words.Count(budget, task.Unit)}")}.";
    }

    private static IEnumerable<string> Tries(TaskJudgement task)
    {
        var tries = task.Contenders.Where(contender => contender.TuningBudget > 0).ToArray();
        if (tries.Select(TriesOf).Distinct().Count() > 1)
            yield return $"Tuning budgets differ: {ByValue(tries, TriesOf, count => $"had {(count == 1 ? "1 try" : $"{Words.Count(count)} tries")}")}.";
        string[] asSet = [.. task.Contenders.Where(contender => contender.TuningBudget == 0).Select(contender => contender.Name)];
        if (asSet.Length > 0 && tries.Length > 0)
            yield return $"{Words.List(asSet)} ran as set: {(asSet.Length == 1 ? "it was" : "they were")} not tuned, as the others were.";
        foreach (var contender in task.Contenders.Where(contender => contender.Selections.Any(selection => selection.IsOwnChoice)))
            yield return $"{contender.Name}: the run that counts is one of the tries it was selected from, so its luck counts too; a final run on another start would not.";

        static long TriesOf(ContenderResult contender) => contender.Selections.Max(selection => selection.Tries.Count);
    }

    private static IEnumerable<string> Spaces(TaskJudgement task)
    {
        var widths = task.Contenders.Where(contender => contender.Sensitivity is not null).Select(contender => (contender.Name, Decades: Math.Log10(contender.Sensitivity!.Highest / contender.Sensitivity.Lowest))).OrderBy(one => one.Decades).ToArray();
        if (widths.Length > 1 && widths[^1].Decades - widths[0].Decades > MostBetweenSpaces)
            yield return $"Spaces are not equally wide: {widths[0].Name} was tried over {Words.Short(widths[0].Decades)} decades, {widths[^1].Name} over {Words.Short(widths[^1].Decades)}.";
    }

    private static IEnumerable<string> Schedules(TaskJudgement task)
    {
        foreach (var contender in task.Contenders)
        {
            if (contender.Selections.Select(selection => selection.Final).FirstOrDefault(IsCutShort) is { } final)
                yield return $"{contender.Name} is compared in mid-schedule: {final.Schedule} decays until {task.Unit} {Words.Count(final.ScheduleEnd!.Value)}, but the run ended at {Words.Count(final.Curve.Budget - 1)}.";
            long[] budgets = [.. contender.Selections.SelectMany(All).Where(trial => trial.Schedule is not null && !trial.Curve.HasDiverged).Select(trial => trial.Curve.Budget).Distinct().Order()];
            if (budgets.Length > 1 && budgets[^1] > MostBetweenBudgets * budgets[0])
                yield return $"{contender.Name} ran its schedule over budgets from {Words.Count(budgets[0])} to {Words.Count(budgets[^1])}: with a schedule each budget is a run of its own, and what is best in one need not be in another.";
        }

        static bool IsCutShort(Trial trial) => trial is { Schedule: not null, ScheduleEnd: { } end } && !trial.Curve.HasDiverged && end > trial.Curve.Budget - 1;

        static IEnumerable<Trial> All(Selection selection) => [.. selection.Tries, .. selection.Confirmations, selection.Final];
    }

    private static IEnumerable<string> Targets(TaskJudgement task)
    {
        if (task.IsReachFromData)
            yield return $"The target, {task.Reach}, was taken from the runs of {task.Baseline} themselves: it is the worst of their last values. One chosen before they ran would be better.";
        if (task.Contenders.All(contender => contender.Reached == 0)) yield return $"No contender reached {task.Reach} in any repeat.";
        if (task.Contenders.All(contender => contender.Selections.All(selection => task.Reach.IsReachedBy(selection.Final.Curve.Values[0]))))
            yield return $"Every contender is at {task.Reach} at the first evaluation: the target tells nothing.";
    }

    private static IEnumerable<string> Evaluations(TaskJudgement task)
    {
        if (task.Contenders.Select(Median).Distinct().Count() > 1)
            yield return $"Evaluations are not equally frequent, and a time is only known to the next one: {ByValue(task.Contenders, Median, gap => $"every {Words.Count(gap, task.Unit)}")}.";
        else if (Median(task.Contenders[0]) is var gap && gap > 1)
            yield return $"There is an evaluation every {Words.Count(gap, task.Unit)}: times are only known to that.";

        static long Median(ContenderResult contender)
        {
            var steps = contender.Selections[0].Final.Curve.Steps;
            return steps.Count < 2 ? 1 : steps.Zip(steps.Skip(1), (a, b) => b - a).Order().ElementAt((steps.Count - 1) / 2);
        }
    }

    private static IEnumerable<string> Edges(TaskJudgement task)
    {
        foreach (var contender in task.Contenders)
        {
            var atEdge = contender.Selections.Count(IsAtEdge);
            if (2 * atEdge > contender.Selections.Count)
                yield return $"{contender.Name}: the selected setting is at the edge of those tried in {atEdge} of {Count(contender.Selections.Count, "repeat")}; a wider space may hold a better one.";
        }

        static bool IsAtEdge(Selection selection)
        {
            double[] tried = [.. selection.Tries.Select(one => one.SettingValue).OfType<double>().Distinct().Order()];
            var chosen = selection.Tries.FirstOrDefault(one => one.Setting == selection.Chosen)?.SettingValue;
            return tried.Length > 2 && chosen is not null && (chosen == tried[0] || chosen == tried[^1]);
        }
    }

    private static IEnumerable<string> Seconds(TaskJudgement task, JudgeOptions options)
    {
        var logged = task.Contenders.Where(contender => contender.MillisecondsPerStep is not null && !options.Timings.Any(timing => timing.Task == task.Task && timing.Contender == contender.Name && timing.MillisecondsPerStep is not null)).ToArray();
        if (logged.Length == 0) yield break;
        string[] machines = [.. logged.SelectMany(contender => contender.Selections).Select(selection => selection.Final.Machine).OfType<string>().Distinct()];
        yield return machines.Length > 1
            ? $"Seconds do not compare: they were logged on {Words.List(machines)}."
            : "Seconds are as they were logged, during the trials; they compare only on one machine with the same number of threads.";
    }

    private static IEnumerable<string> Others(TaskJudgement task)
    {
        if (task.Level.Look > 0) yield return $"This is look {task.Level.Look}: tested at {Words.Number(task.Level.OfLook)} instead of {Words.Number(Statistics.Level.FamilyWise)}, so that all looks together stay within it.";
        foreach (var moved in task.MovesWithReach) yield return $"At {moved} the median times are in another order.";
    }

    // What most have is said of most alone: "25 tries, but adam 10".
    private static string ByValue(IEnumerable<ContenderResult> contenders, Func<ContenderResult, long> value, Func<long, string> write)
    {
        var groups = contenders.GroupBy(value).OrderByDescending(group => group.Count()).ToArray();
        return string.Join("; ", groups.Select((group, place) => $"{(place == 0 && groups.Length > 1 && group.Count() > 3 ? "most" : Words.List([.. group.Select(contender => contender.Name)]))} {write(group.Key)}"));
    }

    private static string Count(long count, string one) => Words.Count(count, one);
}
