using System.Globalization;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>A table of words, for a terminal or a page.</summary>
/// <param name="Head">The columns' names.</param>
/// <param name="Rows">The rows, each with a cell for every column.</param>
/// <param name="Note">What the columns mean; may be empty.</param>
internal sealed record ReportTable(IReadOnlyList<string> Head, IReadOnlyList<string[]> Rows, string Note);

/// <summary>The tables of a judgement; each within about 100 columns of a terminal.</summary>
internal static class JudgementTables
{
    // A table with more columns is several, and so is one of comparisons with more rows.
    private const int MostColumns = 6, MostRows = 4;

    private const string Both = "Above 1, and +, are in the contender's favour.";

    private const string None = "–";

    private static readonly double[] Factors = [1, 1.5, 2, 4];

    public static IEnumerable<ReportTable> Of(TaskJudgement task)
    {
        Column[][] all = [Shown(Times(task), task), Shown(Ends(task), task), Shown(Costs(task), task)];
        var note = task.Contenders.Any(contender => contender.TuningBudget > 0) ? $"Tuning: {Words.Many(task.Unit)} of all tries and confirmations, a repeat." : "";
        if (all.Sum(columns => columns.Length) <= MostColumns) all = [[.. all.SelectMany(columns => columns)]];
        foreach (var columns in all.Where(columns => columns.Length > 0)) yield return Contenders(task, columns, columns == all[^1] ? note : "");

        if (task.Contests.Count <= MostRows)
        {
            yield return Contests(task, [.. TimeCells(task), .. EndCells(task)], $"{Both} {Together(task)} The {EndName(task)} is secondary.");
        }
        else
        {
            yield return Contests(task, TimeCells(task), $"{Both} {Together(task)}");
            yield return Contests(task, EndCells(task), $"Secondary: differences of the {EndName(task)}.");
        }

        if (task.Contenders.Any(contender => contender.ExpectedBest.Count > 1)) yield return Tuning(task);
    }

    /// <summary>Who does how well over all tasks.</summary>
    public static IEnumerable<ReportTable> Across(Judgement judgement)
    {
        if (judgement.Profiles.Count == 0) yield break;
        var ranking = judgement.Profiles.OrderByDescending(profile => profile.Score).ToArray();
        var baseline = JudgementWords.Baseline(judgement);
        var verdicts = judgement.Tasks.SelectMany(task => task.Contests).ToLookup(contest => (contest.Contender, contest.Time.Verdict));
        yield return new(
            [
                "contender", "score", .. Factors.Select(factor => factor == 1 ? "first" : $"within {Words.Number(factor)}×"), "reached",
                .. baseline is null ? (string[])[] : ["faster", "equal", "slower", "cannot tell"],
            ],
            [
                .. ranking.Select(profile => (string[])
                [
                    Name(profile.Contender, baseline),
                    profile.Score.ToString("0.00", CultureInfo.InvariantCulture),
                    .. Factors.Select(factor => Words.Count(profile.Ratios.Count(ratio => ratio <= factor))),
                    Words.Count(profile.Ratios.Count(double.IsFinite)),
                    .. baseline is null ? (string[])[] : ((Verdict[])[Verdict.Better, Verdict.PracticallyEqual, Verdict.Worse, Verdict.CannotTell]).Select(verdict => profile.Contender == baseline ? None : Words.Count(verdicts[(profile.Contender, verdict)].Count())),
                ]),
            ],
            $"On how many of {Words.Count(judgement.Tasks.Count)} tasks the median time is within a factor of the best contender's, and reached at all; the score is the area of the profile from 1 to 4, scaled to 1."
            + (baseline is null ? "" : $" Then on how many it is faster than {baseline}, practically equal, slower, or none of these can be told."));
        if (baseline is null) yield break;
        yield return new(
            [$"against {baseline}", .. judgement.Tasks.Select((_, place) => Words.Count(place + 1))],
            [
                .. ranking.Where(profile => profile.Contender != baseline).Select(profile => (string[])
                [
                    profile.Contender,
                    .. judgement.Tasks.Select(task => Mark(task.Contests.Single(contest => contest.Contender == profile.Contender).Time)),
                ]),
            ],
            $"1.5+ needs 1.5 times fewer {Words.Many(judgement.Options.Unit)}, 1.5− so many times more, = is practically equal, of ? it cannot be told. Tasks: {string.Join(", ", judgement.Tasks.Select((task, place) => $"{place + 1} {task.Task}"))}.");
    }

    // A cell of the table over tasks: how many times fewer or more, where that can be told.
    private static string Mark(Comparison time) => time.Verdict switch
    {
        Verdict.Better => $"{Factor(time.Estimate, time.Lower)}+",
        Verdict.Worse => $"{Factor(JudgementWords.Inverse(time.Estimate), JudgementWords.Inverse(time.Upper))}−",
        Verdict.PracticallyEqual => "=",
        _ => "?",
    };

    // Against one that always diverged there is no ratio.
    private static string Factor(Bound estimate, Bound sure) => !estimate.IsKnown ? ""
        : estimate.Beyond > 0 ? $">{Digits(sure.IsKnown ? sure.Value : estimate.Value)}"
        : Digits(estimate.Value);

    private static string Digits(double value) => value.ToString(value >= 9.95 ? "N0" : "0.0", CultureInfo.InvariantCulture);

    private static string Name(string contender, string? baseline) => contender == baseline ? $"{contender} (baseline)" : contender;

    private static Column[] Times(TaskJudgement task) =>
    [
        new("reached", contender => $"{contender.Reached} of {contender.Times.Count}"),
        new($"median {Short(task.Unit)}", contender => JudgementWords.Time(contender.Time.Value, contender.Budget)),
        new("95 % interval", contender => contender.Time.Interval is not { } time ? None
            : double.IsInfinity(time.Lower) ? JudgementWords.Time(time.Lower, contender.Budget)
            : $"{JudgementWords.Time(time.Lower, contender.Budget)} to {JudgementWords.Time(time.Upper, contender.Budget)}"),
        new("epochs", contender => task.Unit == "epoch" || contender.Epochs is not { } epochs ? None : double.IsFinite(epochs.Value) ? JudgementWords.Time(epochs.Value, 0) : "missed"),
        new("as set", contender => contender.AsSet is { } asSet ? $"{JudgementWords.Time(asSet.Time.Value, contender.Budget)} ({asSet.Reached} of {asSet.Times.Count})" : None),
    ];

    private static Column[] Ends(TaskJudgement task) =>
    [
        new($"{task.Reach.Metric} at the end", contender => Metric(contender.Final.Value)),
        new("95 % interval", contender => Interval(contender.Final)),
        new(task.TestMetric, contender => contender.Test is { } test ? Metric(test.Value) : None),
        new("95 % interval", contender => Interval(contender.Test)),
        new("test rows right", contender => contender.TestRows is { } rows ? Rows(rows.Right, rows.Rows) : None),
    ];

    private static Column[] Costs(TaskJudgement task) =>
    [
        new($"tuning {Short(task.Unit)}", contender => contender.TuningBudget == 0 ? None : Words.Count((long)Math.Round(contender.TuningBudget / (double)contender.Selections.Count))),
        new("ms a step", contender => contender.MillisecondsPerStep is { } ms ? ms.ToString("G3", CultureInfo.InvariantCulture) : None),
        new("state bytes a parameter", contender => contender.StateBytesPerParameter is { } bytes ? bytes.ToString("0.#", CultureInfo.InvariantCulture) : None),
    ];

    private static Column[] Shown(Column[] columns, TaskJudgement task) => [.. columns.Where(column => task.Contenders.Any(contender => column.Cell(contender) != None))];

    private static ReportTable Contenders(TaskJudgement task, Column[] columns, string note) => new(
        ["contender", .. columns.Select(column => column.Head)],
        [.. task.Contenders.Select(contender => (string[])[Name(contender.Name, task.Baseline), .. columns.Select(column => column.Cell(contender))])],
        note);

    private static string EndName(TaskJudgement task) => task.HasTest ? task.TestMetric : $"{task.Reach.Metric} at the end";

    private static string Together(TaskJudgement task) => $"Intervals at {Words.Number(100 * (1 - task.Level.OfLook))} % for all {Words.Count(task.Level.Comparisons)} together.";

    private static (string Head, Func<Contest, string> Cell)[] TimeCells(TaskJudgement task) =>
    [
        ($"times fewer {Short(task.Unit)}", contest => contest.Time.Informative == 0 ? None : JudgementWords.Bound(contest.Time.Estimate, JudgementWords.Ratio)),
        ("interval", contest => JudgementWords.Interval(contest.Time, JudgementWords.Ratio)),
        ("verdict", contest => JudgementWords.Name(contest.Time.Verdict)),
        .. task.Contests.Any(contest => contest.Time.Advice is not null)
            ? [("repeats to decide", contest => contest.Time.Advice is { } advice ? JudgementWords.Range(advice).Replace(" repeats", "", StringComparison.Ordinal) : None)]
            : ((string, Func<Contest, string>)[])[],
    ];

    private static (string Head, Func<Contest, string> Cell)[] EndCells(TaskJudgement task) =>
    [
        (EndName(task), contest => contest.Final.Informative == 0 ? None : JudgementWords.Bound(contest.Final.Estimate, JudgementWords.Difference)),
        ("interval", contest => JudgementWords.Interval(contest.Final, JudgementWords.Difference)),
        ("verdict", contest => JudgementWords.Name(contest.Final.Verdict)),
    ];

    // Where all are compared with the baseline, a column that says so in every row would be one too many.
    private static ReportTable Contests(TaskJudgement task, (string Head, Func<Contest, string> Cell)[] columns, string note)
    {
        var isPairs = task.Contests.Any(contest => contest.Against != task.Baseline);
        return new(
            [.. isPairs ? (string[])["contender", "against"] : [$"against {task.Baseline}"], .. columns.Select(column => column.Head)],
            [.. task.Contests.Select(contest => (string[])[contest.Contender, .. isPairs ? [contest.Against] : (string[])[], .. columns.Select(column => column.Cell(contest))])],
            note);
    }

    private static ReportTable Tuning(TaskJudgement task)
    {
        var most = task.Contenders.Max(contender => contender.ExpectedBest.Count);
        int[] budgets = [.. ((int[])[1, 2, 5, 10, 25, 50, 100]).Where(n => n < most), most];
        return new(
            ["contender", "decades that reach", "best setting", "diverges from", .. budgets.Select(n => n == 1 ? "1 try" : $"{Words.Count(n)} tries")],
            [.. task.Contenders.Where(contender => contender.ExpectedBest.Count > 0).Select(contender => (string[])
            [
                Name(contender.Name, task.Baseline),
                contender.Sensitivity is { } width ? width.Decades.ToString("0.0", CultureInfo.InvariantCulture) : None,
                contender.Sensitivity?.Best is { } best ? Setting(best) : None,
                contender.Sensitivity?.DivergesFrom is { } diverges ? Setting(diverges) : None,
                .. budgets.Select(n => n <= contender.ExpectedBest.Count ? Metric(contender.ExpectedBest[n - 1]) : None),
            ])],
            $"Settings around the best that all reach the target; then the {task.Reach.Metric} at the end to expect of the best of so many tries.");
    }

    // Of few rows a percentage would say more than is known.
    private static string Rows(double right, long rows) => rows <= 200
        ? $"{right.ToString("0.#", CultureInfo.InvariantCulture)} of {Words.Count(rows)}"
        : $"{(100 * right / rows).ToString("0.0", CultureInfo.InvariantCulture)} % of {Words.Count(rows)}";

    // "gradient evaluations" is too long for the head of a column.
    private static string Short(string unit) => Words.Many(unit[(unit.LastIndexOf(' ') + 1)..]);

    private static string Setting(double value) => value.ToString("G3", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal);

    private static string Interval(Median? median) => median?.Interval is { } interval ? $"{Metric(interval.Lower)} to {Metric(interval.Upper)}" : None;

    private static string Metric(double value) => double.IsFinite(value) ? value < 0 ? $"−{Words.Loss(-value)}" : Words.Loss(value) : "diverged";

    private sealed record Column(string Head, Func<ContenderResult, string> Cell);
}
