using System.Globalization;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The sentences that a judgement allows, and how its numbers are written.</summary>
public static class JudgementWords
{
    /// <summary>The verdict: for each task what is compared, then a sentence for each comparison of times to the target, then who did not always reach it.</summary>
    /// <param name="judgement">The judgement.</param>
    public static IReadOnlyList<string> Of(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return [.. judgement.Tasks.SelectMany(Of), .. Across(judgement)];
    }

    /// <summary>What one comparison says of times to the target.</summary>
    internal static string Of(Contest contest)
    {
        var time = contest.Time;
        return time.Verdict switch
        {
            Verdict.Better => Fewer(contest.Contender, contest.Against, time.Estimate, time.Lower, time.Upper),
            Verdict.Worse => Fewer(contest.Against, contest.Contender, Inverse(time.Estimate), Inverse(time.Upper), Inverse(time.Lower)),
            Verdict.PracticallyEqual => $"{contest.Contender} and {contest.Against} are practically equal ({Interval(time, Ratio)})",
            _ when time.Informative == 0 => $"{contest.Contender} against {contest.Against}: cannot tell, for in no repeat did either reach it before the other's budget ended",
            _ when !time.CanShow => $"{contest.Contender} against {contest.Against}: cannot tell with {Repeats(time.Informative)}, {time.Level.FewestRepeats} or more can",
            _ => $"{contest.Contender} against {contest.Against}: cannot tell ({Interval(time, Ratio)}){(time.Advice is { } advice ? $", {Range(advice)} would" : "")}",
        };
    }

    internal static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Better => "better",
        Verdict.Worse => "worse",
        Verdict.PracticallyEqual => "practically equal",
        _ => "cannot tell",
    };

    /// <summary>As in 0.7 to &gt; 4.1; a dash where there is none.</summary>
    internal static string Interval(Comparison comparison, Func<double, string> write) =>
        comparison.Lower.IsKnown || comparison.Upper.IsKnown ? $"{Bound(comparison.Lower, write)} to {Bound(comparison.Upper, write)}" : "–";

    /// <summary>A bound, with the side on which the truth lies where a censored time decides it.</summary>
    internal static string Bound(Bound bound, Func<double, string> write) => !bound.IsKnown ? "?" : (bound.Beyond > 0 ? "> " : bound.Beyond < 0 ? "< " : "") + write(bound.Value);

    /// <summary>A ratio to two digits or three, and never as the 1 that it is not.</summary>
    internal static string Ratio(double value) => value.ToString(
        value switch { >= 9.95 => "N0", >= 1.995 => "0.0", _ when Math.Abs(value - 1) < 0.005 && value != 1 => "0.0000", >= 0.0995 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);

    /// <summary>A difference of a metric with its sign.</summary>
    internal static string Difference(double value) => value == 0 ? "0" : $"{(value > 0 ? "+" : "−")}{(Math.Abs(value) < 1e-4 ? Words.Loss(Math.Abs(value)) : Math.Abs(value).ToString("G3", CultureInfo.InvariantCulture))}";

    /// <summary>As in "30 to 120 repeats".</summary>
    internal static string Range(RepeatsAdvice advice)
    {
        var (least, most) = (Rounded(advice.Least), Rounded(advice.Most));
        return least == most ? $"about {Words.Count(least)} repeats" : $"{Words.Count(least)} to {Words.Count(most)} repeats";
    }

    /// <summary>A time: whole steps, and a miss as such.</summary>
    internal static string Time(double steps, long budget) => double.IsInfinity(steps) ? $"> {Words.Count(budget)}" : steps.ToString(steps == Math.Floor(steps) ? "N0" : "N1", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Of(TaskJudgement task)
    {
        yield return $"{(task.Task.Length == 0 ? "" : $"{task.Task}. ")}Steps to {task.Reach}, {Repeats(task.Repeats.Count)}, "
            + $"{(task.Contests.Count == 1 ? "" : $"all {Words.Count(task.Contests.Count)} comparisons together ")}at {Words.Number(100 * (1 - task.Level.OfLook))} %:";
        foreach (var contest in task.Contests) yield return $"{Of(contest)}.";
        string[] missed = [.. task.Contenders.Where(contender => contender.Reached < contender.Times.Count).Select(contender => $"{contender.Name} reached it in {contender.Reached} of {Repeats(contender.Times.Count)}")];
        if (missed.Length > 0) yield return $"{Words.List(missed)}.";
    }

    private static IEnumerable<string> Across(Judgement judgement)
    {
        if (judgement.Profiles.Count == 0) yield break;
        var ranking = judgement.Profiles.OrderByDescending(profile => profile.Score).ToArray();
        yield return $"Over {Words.Count(judgement.Tasks.Count)} tasks: {Words.List([.. ranking.Select(profile => $"{profile.Contender} {profile.Score.ToString("0.00", CultureInfo.InvariantCulture)}")])} (area of the performance profile, 1 for the fastest on every task).";
        yield return judgement.RankingDependsOn.Count == 0
            ? "The ranking stays the same without any one of the tasks."
            : $"The ranking is another without {Words.List([.. judgement.RankingDependsOn])}.";
    }

    private static string Fewer(string winner, string other, Bound estimate, Bound lower, Bound upper)
    {
        if (!estimate.IsKnown) return $"{winner} needs fewer steps than {other} by more than any ratio, for {other} diverged";
        var isOpen = estimate.Beyond > 0;
        var interval = isOpen && lower.Beyond > 0 && upper.Beyond > 0 ? "" : $" ({Bound(lower, Ratio)} to {Bound(upper, Ratio)})";
        return $"{winner} needs {(isOpen ? "more than " : "")}{Ratio(interval.Length == 0 ? lower.Value : estimate.Value)}× fewer steps than {other}{interval}";
    }

    private static Bound Inverse(Bound bound) => new(bound.IsKnown ? 1 / bound.Value : -bound.Value, -bound.Beyond);

    private static string Repeats(int count) => count == 1 ? "1 repeat" : $"{Words.Count(count)} repeats";

    // Two digits are more than is known.
    private static int Rounded(int count)
    {
        var unit = (int)Math.Pow(10, Math.Max(0, (int)Math.Floor(Math.Log10(count)) - 1));
        return (count + unit - 1) / unit * unit;
    }
}
