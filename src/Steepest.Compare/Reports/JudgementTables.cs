using System.Globalization;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>A table of words, for a terminal or a page.</summary>
/// <param name="Head">The columns' names.</param>
/// <param name="Rows">The rows, each with a cell for every column.</param>
/// <param name="Note">What the columns mean; may be empty.</param>
internal sealed record ReportTable(IReadOnlyList<string> Head, IReadOnlyList<string[]> Rows, string Note);

/// <summary>The tables of a judgement.</summary>
internal static class JudgementTables
{
    public static IEnumerable<ReportTable> Of(TaskJudgement task)
    {
        yield return Contenders(task);
        yield return Contests(task);
        if (task.Contenders.Any(contender => contender.ExpectedBest.Count > 1)) yield return Tuning(task);
    }

    public static ReportTable Profiles(Judgement judgement) => new(
        ["contender", "score", .. ((double[])[1, 1.5, 2, 3, 4]).Select(factor => $"within {Words.Number(factor)}×")],
        [
            .. judgement.Profiles.OrderByDescending(profile => profile.Score).Select(profile => (string[])
                [profile.Contender, profile.Score.ToString("0.00", CultureInfo.InvariantCulture), .. ((double[])[1, 1.5, 2, 3, 4]).Select(factor => $"{profile.Ratios.Count(ratio => ratio <= factor)} of {profile.Ratios.Count}")]),
        ],
        "On how many tasks the median time is within a factor of the best contender's; the score is the area from 1 to 4, scaled to 1.");

    private static ReportTable Contenders(TaskJudgement task)
    {
        var hasSeconds = task.Contenders.Any(contender => contender.MillisecondsPerStep is not null);
        string[] seconds = hasSeconds ? ["ms a step"] : [];
        return new(
            ["contender", "reached", "median steps", "95 % interval", $"{task.Reach.Metric} at the end", "95 % interval", .. seconds],
            [.. task.Contenders.Select(contender => (string[])
            [
                contender.Name == task.Baseline ? $"{contender.Name} (baseline)" : contender.Name,
                $"{contender.Reached} of {contender.Times.Count}",
                JudgementWords.Time(contender.Time.Value, contender.Budget),
                contender.Time.Interval is not { } time ? "–"
                    : double.IsInfinity(time.Lower) ? JudgementWords.Time(time.Lower, contender.Budget)
                    : $"{JudgementWords.Time(time.Lower, contender.Budget)} to {JudgementWords.Time(time.Upper, contender.Budget)}",
                Metric(contender.Final.Value),
                contender.Final.Interval is { } final ? $"{Metric(final.Lower)} to {Metric(final.Upper)}" : "–",
                .. hasSeconds ? [contender.MillisecondsPerStep is { } ms ? ms.ToString("G3", CultureInfo.InvariantCulture) : "–"] : (string[])[],
            ])],
            "");
    }

    private static ReportTable Contests(TaskJudgement task) => new(
        ["contender", "against", "times fewer steps", "interval", "verdict", "repeats to decide", $"{task.Reach.Metric} at the end", "interval", "verdict"],
        [.. task.Contests.Select(contest => (string[])
        [
            contest.Contender,
            contest.Against,
            contest.Time.Informative == 0 ? "–" : JudgementWords.Bound(contest.Time.Estimate, JudgementWords.Ratio),
            JudgementWords.Interval(contest.Time, JudgementWords.Ratio),
            JudgementWords.Name(contest.Time.Verdict),
            contest.Time.Advice is { } advice ? JudgementWords.Range(advice).Replace(" repeats", "", StringComparison.Ordinal) : "–",
            contest.Final.Informative == 0 ? "–" : JudgementWords.Bound(contest.Final.Estimate, JudgementWords.Difference),
            JudgementWords.Interval(contest.Final, JudgementWords.Difference),
            JudgementWords.Name(contest.Final.Verdict),
        ])],
        $"Above 1, and +, are in the contender's favour. Intervals at {Words.Number(100 * (1 - task.Level.OfLook))} % for all {Words.Count(task.Level.Comparisons)} together. The {task.Reach.Metric} at the end is secondary.");

    private static ReportTable Tuning(TaskJudgement task)
    {
        var most = task.Contenders.Max(contender => contender.ExpectedBest.Count);
        int[] budgets = [.. ((int[])[1, 2, 5, 10, 25, 50, 100]).Where(n => n < most), most];
        return new(
            ["contender", "decades that reach", "best setting", "diverges from", .. budgets.Select(n => n == 1 ? "1 try" : $"{Words.Count(n)} tries")],
            [.. task.Contenders.Select(contender => (string[])
            [
                contender.Name,
                contender.Sensitivity is { } width ? width.Decades.ToString("0.0", CultureInfo.InvariantCulture) : "–",
                contender.Sensitivity?.Best is { } best ? Setting(best) : "–",
                contender.Sensitivity?.DivergesFrom is { } diverges ? Setting(diverges) : "–",
                .. budgets.Select(n => n <= contender.ExpectedBest.Count ? Metric(contender.ExpectedBest[n - 1]) : "–"),
            ])],
            $"Settings around the best that all reach the target; then the {task.Reach.Metric} at the end to expect of the best of so many tries.");
    }

    private static string Setting(double value) => value.ToString("G3", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal);

    private static string Metric(double value) => double.IsFinite(value) ? value < 0 ? $"−{Words.Loss(-value)}" : Words.Loss(value) : "diverged";
}
