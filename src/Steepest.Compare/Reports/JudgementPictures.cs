using System.Globalization;
using ScottPlot;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>
/// The pictures of a judgement. Of each task: curves with bands, times to the target with intervals, and where it was tuned how the result depends on the setting and on
/// the number of tries. Of several tasks together: performance profiles.
/// </summary>
public static class JudgementPictures
{
    // More would be a heap of words; the tables have them all.
    private const int LongestTitle = 220, MostNamed = 4;

    private static readonly string[] OfTask = ["curves", "times", "sensitivity", "tuning"];

    /// <summary>The pictures by file name without ending.</summary>
    /// <param name="judgement">The judgement.</param>
    public static IReadOnlyList<(string Name, StillPicture Picture)> Of(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var pictures = new List<(string, StillPicture)>();
        if (judgement.Profiles.Count > 0)
        {
            var title = ProfileTitle(judgement);
            pictures.Add(("profile", new StillPicture(title, string.Join(' ', JudgementWords.Across(judgement)), (width, height, dash) => ProfilePlot.Compose(judgement, title, width, height, dash))));
        }

        foreach (var (place, task) in judgement.Tasks.Index())
        {
            var description = string.Join("; ", task.Contests.Select(contest => JudgementWords.Of(contest, task.Unit)));
            Add("curves", Title(task), CurvesPlot.Compose);
            Add("times", Title(task), TimesPlot.Compose);
            if (SensitivityPlot.Has(task)) Add("sensitivity", SensitivityTitle(task), SensitivityPlot.Compose);
            if (TuningPlot.Has(task)) Add("tuning", TuningTitle(task), TuningPlot.Compose);

            void Add(string name, string title, Func<TaskJudgement, string, int, int, Func<LineStyle, LineStyle>, Plot> compose) => pictures.Add((
                judgement.Tasks.Count == 1 ? name : $"task-{place + 1}-{name}",
                new StillPicture(title, description, (width, height, dash) => compose(task, title, width, height, dash))));
        }

        return pictures;
    }

    /// <summary>Whether a file could be a picture of a judgement.</summary>
    /// <param name="name">Its name with its ending.</param>
    public static bool IsOurs(string name) => Path.GetExtension(name) is ".png" or ".svg"
        && Path.GetFileNameWithoutExtension(name) is var stem && (stem == "profile" || OfTask.Any(one => stem == one || (stem.StartsWith("task-", StringComparison.Ordinal) && stem.EndsWith($"-{one}", StringComparison.Ordinal))));

    // One sentence for each, or, of more than a title holds, how many there are of each verdict.
    private static string Title(TaskJudgement task)
    {
        var sentences = string.Join("; ", task.Contests.Select(contest => JudgementWords.Of(contest, task.Unit)));
        if (task.Contests.Count <= MostNamed && sentences.Length <= LongestTitle) return Words.Capital($"{sentences}.");
        var isAgainst = task.Contests.All(contest => contest.Against == task.Baseline);
        int Count(Verdict verdict) => task.Contests.Count(contest => contest.Time.Verdict == verdict);
        return isAgainst
            ? $"Of {Words.Count(task.Contests.Count)} against {task.Baseline}: {Count(Verdict.Better)} faster, {Count(Verdict.PracticallyEqual)} practically equal, {Count(Verdict.Worse)} slower, {Count(Verdict.CannotTell)} cannot be told."
            : $"Of {Words.Count(task.Contests.Count)} pairs: {Count(Verdict.Better) + Count(Verdict.Worse)} differ, {Count(Verdict.PracticallyEqual)} are practically equal, {Count(Verdict.CannotTell)} cannot be told.";
    }

    private static string SensitivityTitle(TaskJudgement task)
    {
        var widest = task.Contenders.Where(contender => contender.Sensitivity is not null).OrderByDescending(contender => contender.Sensitivity!.Decades).ToArray();
        var named = widest.Length <= MostNamed ? widest : [.. widest.Take(2), widest[^1]];
        return Words.Capital($"{task.Reach} is reached over {Words.List([.. named.Select((contender, place) =>
            $"{contender.Sensitivity!.Decades.ToString("0.0", CultureInfo.InvariantCulture)}{(place == 0 ? $" decades of {task.Setting}s" : "")} by {contender.Name}")])}.");
    }

    private static string TuningTitle(TaskJudgement task)
    {
        var most = task.Contenders.Max(contender => contender.ExpectedBest.Count);
        var best = ((int[])[1, 5, most]).Where(n => n <= most).Distinct().Select(n => (n, Best: BestOf(n))).Where(one => one.Best is not null).ToArray();
        return best.Length == 0 ? "No try ended with a finite metric."
            : best.All(one => one.Best == best[0].Best) ? $"The best is to be expected of {best[0].Best}, however many tries it has."
            : $"The best is to be expected {Words.List([.. best.GroupBy(one => one.Best).Select(same => $"of {same.Key} with {string.Join(" or ", same.Select(one => Words.Count(one.n)))}{(same.Last().n == 1 ? " try" : " tries")}")])}.";

        string? BestOf(int n)
        {
            var there = task.Contenders.Where(contender => contender.ExpectedBest.Count >= n && double.IsFinite(contender.ExpectedBest[n - 1]));
            return (task.Reach.IsHigherBetter ? there.MaxBy(contender => contender.ExpectedBest[n - 1]) : there.MinBy(contender => contender.ExpectedBest[n - 1]))?.Name;
        }
    }

    private static string ProfileTitle(Judgement judgement)
    {
        var ranking = judgement.Profiles.OrderByDescending(profile => profile.Score).Select(profile => $"{profile.Contender} {profile.Score.ToString("0.00", CultureInfo.InvariantCulture)}").ToArray();
        return $"Over {Words.Count(judgement.Tasks.Count)} tasks: {(ranking.Length <= MostNamed ? Words.List(ranking) : $"{string.Join(", ", ranking.Take(MostNamed))}, …, {ranking[^1]}")}.";
    }
}
