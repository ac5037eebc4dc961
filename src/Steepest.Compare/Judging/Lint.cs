using Steepest.Compare.Reports;

namespace Steepest.Compare.Judging;

/// <summary>What curves alone can show to be wrong with a comparison. Each warning is a sentence that names whom it is about.</summary>
internal static class Lint
{
    public static ValueList<string> Of(TaskJudgement task) =>
    [
        .. Repeats(task), .. Budgets(task), .. Tries(task), .. Targets(task), .. Evaluations(task), .. Edges(task), .. Others(task),
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
        if (task.Contenders.Select(contender => contender.Budget).Distinct().Count() > 1)
            yield return $"Budgets differ: {Words.List([.. task.Contenders.Select(contender => $"{contender.Name} ran {Count(contender.Budget, "step")}")])}.";
    }

    private static IEnumerable<string> Tries(TaskJudgement task)
    {
        var tries = task.Contenders.Select(contender => (contender.Name, Count: contender.Selections.Max(selection => selection.Tries.Count))).ToArray();
        if (tries.Select(one => one.Count).Distinct().Count() > 1)
            yield return $"Tuning budgets differ: {Words.List([.. tries.Select(one => $"{one.Name} had {(one.Count == 1 ? "1 try" : $"{Words.Count(one.Count)} tries")}")])}.";
        foreach (var contender in task.Contenders.Where(contender => contender.Selections.Any(selection => selection.IsOwnChoice)))
            yield return $"{contender.Name}: the run that counts is one of the tries it was selected from, so its luck counts too; a final run on another start would not.";
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
        var gaps = task.Contenders.Select(contender => (contender.Name, Gap: Median(contender))).ToArray();
        if (gaps.Select(one => one.Gap).Distinct().Count() > 1)
            yield return $"Evaluations are not equally frequent, and a time is only known to the next one: {Words.List([.. gaps.Select(one => $"{one.Name} every {Count(one.Gap, "step")}")])}.";
        else if (gaps[0].Gap > 1)
            yield return $"There is an evaluation every {Words.Count(gaps[0].Gap)} steps: times are only known to that.";

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

    private static IEnumerable<string> Others(TaskJudgement task)
    {
        if (task.Contenders.Any(contender => contender.MillisecondsPerStep is not null))
            yield return "Seconds are as they were logged, during the trials; they compare only on one machine with the same number of threads.";
        if (task.Level.Look > 0) yield return $"This is look {task.Level.Look}: tested at {Words.Number(task.Level.OfLook)} instead of {Words.Number(Statistics.Level.FamilyWise)}, so that all looks together stay within it.";
        foreach (var moved in task.MovesWithReach) yield return $"At {moved} the median times are in another order.";
    }

    private static string Count(long count, string one) => count == 1 ? $"1 {one}" : $"{Words.Count(count)} {one}s";
}
