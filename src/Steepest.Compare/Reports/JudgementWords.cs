using System.Globalization;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The sentences that a judgement allows, and how its numbers are written.</summary>
public static class JudgementWords
{
    // More sentences than this are grouped by what they say.
    private const int MostSentences = 4;

    /// <summary>
    /// The verdict. With several tasks first what holds over them; then for each task what is compared, a sentence for each comparison of times to the
    /// target, or where there are many, one for each group of equal verdicts, and who did not always reach it.
    /// </summary>
    /// <param name="judgement">The judgement.</param>
    public static IReadOnlyList<string> Of(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return [.. Across(judgement), .. judgement.Tasks.SelectMany(Of)];
    }

    /// <summary>What one task shows.</summary>
    internal static IEnumerable<string> Of(TaskJudgement task)
    {
        yield return Head(task);
        foreach (var sentence in task.Contests.Count <= MostSentences ? task.Contests.Select(contest => $"{Of(contest, task.Unit)}.") : Grouped(task)) yield return sentence;
        string[] missed = [.. task.Contenders.Where(contender => contender.Reached < contender.Times.Count).Select(contender => $"{contender.Name} {contender.Reached} of {contender.Times.Count}")];
        if (missed.Length > 0) yield return $"Repeats in which it was reached: {string.Join(", ", missed)}{(missed.Length < task.Contenders.Count ? "; by the others in all" : "")}.";
    }

    /// <summary>What holds over tasks; nothing with one task.</summary>
    internal static IEnumerable<string> Across(Judgement judgement)
    {
        if (judgement.Profiles.Count == 0) yield break;
        var ranking = judgement.Profiles.OrderByDescending(profile => profile.Score).ToArray();
        yield return $"Over {Words.Count(judgement.Tasks.Count)} tasks: {Words.List([.. ranking.Select(profile => $"{profile.Contender} {profile.Score.ToString("0.00", CultureInfo.InvariantCulture)}")])} (area of the performance profile, 1 for the fastest on every task).";
        yield return judgement.RankingDependsOn.Count == 0
            ? "The ranking stays the same without any one of the tasks."
            : judgement.FirstDependsOn.Count == 0
            ? $"{Words.Capital(ranking[0].Contender)} stays the first without any one of the tasks; the rest of the ranking is another without {AnyOf(judgement.RankingDependsOn)}."
            : $"Another contender is the first without {AnyOf(judgement.FirstDependsOn)}.";
        string[] apart = [.. judgement.Tasks.SelectMany(task => task.Contenders.Select(contender => contender.Name)).Distinct().Where(name => ranking.All(profile => profile.Contender != name))];
        if (apart.Length > 0) yield return $"{Words.List(apart)} did not enter all of them and {(apart.Length == 1 ? "has" : "have")} no place in the ranking; see the tasks.";
        if (Baseline(judgement) is not { } baseline) yield break;
        var verdicts = judgement.Tasks.SelectMany(task => task.Contests).ToLookup(contest => (contest.Contender, contest.Time.Verdict));
        string[] others = [.. ranking.Select(profile => profile.Contender).Where(name => name != baseline)];
        string[] told = [.. others.Where(name => On(name, Verdict.Better) + On(name, Verdict.Worse) > 0).Select(name => $"{name} ({On(name, Verdict.Better)} and {On(name, Verdict.Worse)})")];
        if (told.Length > 0) yield return $"Faster and slower than {baseline} on so many tasks: {string.Join(", ", told)}{(told.Length < others.Length ? "; the others on none" : "")}.";

        int On(string contender, Verdict verdict) => verdicts[(contender, verdict)].Count();

        string AnyOf(ValueList<string> tasks) => tasks.Count == judgement.Tasks.Count ? "whichever of the tasks"
            : tasks.Count > MostSentences ? $"any one of {Words.Count(tasks.Count)} of the tasks"
            : $"{(tasks.Count == 1 ? "" : "any one of ")}{Words.List([.. tasks])}";
    }

    /// <summary>What becomes of the verdicts where spaces are narrower; nothing where that cannot be told.</summary>
    internal static IEnumerable<string> Robustness(TaskJudgement task)
    {
        foreach (var cut in task.SpaceCuts)
        {
            var without = $"By the fresh starts alone, every space without its {(cut.IsLowest ? "lowest" : "highest")} half decade:";
            var kept = task.Contests.Count - cut.Changes.Count;
            yield return cut.Changes.Count == 0
                ? $"{without} {(kept == 1 ? "the verdict stays" : $"all {Words.Count(kept)} verdicts stay")} the same."
                : $"{without} {string.Join("; ", cut.Changes.Select(change => $"{change.Contender} against {change.Against} {Becomes(change)}"))}{(kept == 0 ? "" : kept == 1 ? "; the other stays the same" : $"; the other {Words.Count(kept)} stay the same")}.";
        }

        static string Becomes(VerdictChange change) => $"is {Name(change.Cut.Verdict)} ({Interval(change.Cut, Ratio)}) instead of {Name(change.Whole)}";
    }

    /// <summary>The one contender with which all others are compared on every task, if there is one.</summary>
    internal static string? Baseline(Judgement judgement) =>
        !judgement.Options.AllPairs && judgement.Tasks.Select(task => task.Baseline).Distinct().ToArray() is [var baseline] ? baseline : null;

    /// <summary>What one comparison says of times to the target.</summary>
    internal static string Of(Contest contest, string unit)
    {
        var time = contest.Time;
        return time.Verdict switch
        {
            Verdict.Better when !time.Estimate.IsKnown => Surely(contest.Contender, contest.Against),
            Verdict.Worse when !time.Estimate.IsKnown => Surely(contest.Against, contest.Contender),
            Verdict.Better => $"{contest.Contender} needs {Fewer(time.Estimate, time.Lower, time.Upper, $"× fewer {Words.Many(unit)} than {contest.Against}")}",
            Verdict.Worse => $"{contest.Against} needs {Fewer(Inverse(time.Estimate), Inverse(time.Upper), Inverse(time.Lower), $"× fewer {Words.Many(unit)} than {contest.Contender}")}",
            Verdict.PracticallyEqual => $"{contest.Contender} and {contest.Against} are practically equal ({Interval(time, Ratio)})",
            _ when time.Informative == 0 => $"{contest.Contender} against {contest.Against}: cannot tell, for in no repeat did either reach it before the other's budget ended",
            _ when !time.CanShow => $"{contest.Contender} against {contest.Against}: cannot tell, for only {Repeats(time.Informative)} {(time.Informative == 1 ? "says" : "say")} anything and {time.Level.FewestRepeats} are needed",
            _ => $"{contest.Contender} against {contest.Against}: cannot tell ({Interval(time, Ratio)}){(time.Advice is { } advice ? $", {Range(advice)} would" : "")}",
        };

        // No ratio is enough where one always diverged.
        string Surely(string winner, string other) => $"{winner} needs fewer {Words.Many(unit)} than {other} by more than any ratio, for {other} diverged";
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

    /// <summary>A difference of a metric with its sign, to two digits: more are not known.</summary>
    internal static string Difference(double value) => value == 0 ? "0" : $"{(value > 0 ? "+" : "−")}{Math.Abs(value).ToString(Math.Abs(value) < 1e-4 ? "0.0e-0" : Math.Abs(value) < 100 ? "G2" : Math.Abs(value) < 1e6 ? "N0" : "0.0e0", CultureInfo.InvariantCulture)}";

    /// <summary>As in "30 to 120 repeats".</summary>
    internal static string Range(RepeatsAdvice advice)
    {
        var (least, most) = (Rounded(advice.Least), Rounded(advice.Most));
        return least == most ? $"about {Words.Count(least)} repeats" : $"{Words.Count(least)} to {Words.Count(most)} repeats";
    }

    /// <summary>A time: whole steps, and a miss as such.</summary>
    internal static string Time(double steps, long budget) => double.IsInfinity(steps) ? $"> {Words.Count(budget)}" : steps.ToString(steps == Math.Floor(steps) ? "N0" : "N1", CultureInfo.InvariantCulture);

    private static string Head(TaskJudgement task)
    {
        var together = $"{(task.Contests.Count == 1 ? "" : $"all {Words.Count(task.Contests.Count)} comparisons together ")}at {Words.Number(100 * (1 - task.Level.OfLook))} %";
        var about = task.Summary.Length == 0 ? "" : $"{task.Summary}. ";
        if (task.Procedure is null) return $"{about}{Words.Capital(Words.Many(task.Unit))} to {task.Reach}, {Repeats(task.Repeats.Count)}, {together}:";
        return $"{about}Each with its own {(task.Setting == "setting" ? "settings" : task.Setting)} ({task.Procedure}): {Words.Many(task.Unit)} to {task.Reach}, {together}:";
    }

    private static IEnumerable<string> Grouped(TaskJudgement task)
    {
        foreach (var (verdict, name) in ((Verdict, string)[])[(Verdict.Better, "faster than"), (Verdict.PracticallyEqual, "practically equal to"), (Verdict.Worse, "slower than"), (Verdict.CannotTell, "cannot tell from")])
        {
            foreach (var against in task.Contests.Where(contest => contest.Time.Verdict == verdict).GroupBy(contest => contest.Against))
            {
                yield return $"{Words.Capital(name)} {against.Key}: {string.Join(", ", against.OrderByDescending(contest => contest.Time.Estimate.Value).Select(Short))}.";
            }
        }
    }

    // What an item of a group says; of the slower ones how many times more they need.
    private static string Short(Contest contest)
    {
        var time = contest.Time;
        return time.Verdict switch
        {
            Verdict.Better or Verdict.Worse when !time.Estimate.IsKnown => $"{contest.Contender} (by more than any ratio, for {(time.Verdict == Verdict.Better ? contest.Against : "it")} diverged)",
            Verdict.Better => $"{contest.Contender} {Fewer(time.Estimate, time.Lower, time.Upper, "×")}",
            Verdict.Worse => $"{contest.Contender} {Fewer(Inverse(time.Estimate), Inverse(time.Upper), Inverse(time.Lower), "×")}",
            Verdict.PracticallyEqual => $"{contest.Contender} ({Interval(time, Ratio)})",
            _ when time.Informative == 0 => $"{contest.Contender} (neither reached it before the other's budget ended)",
            _ when !time.CanShow => $"{contest.Contender} (only {Repeats(time.Informative)} {(time.Informative == 1 ? "says" : "say")} anything; {time.Level.FewestRepeats} are needed)",
            _ => $"{contest.Contender} ({Interval(time, Ratio)}{(time.Advice is { } advice ? $"; {Range(advice)} would" : "")})",
        };
    }

    private static string Fewer(Bound estimate, Bound lower, Bound upper, string than)
    {
        var isOpen = estimate.Beyond > 0;
        var interval = isOpen && lower.Beyond > 0 && upper.Beyond > 0 ? "" : $" ({Bound(lower, Ratio)} to {Bound(upper, Ratio)})";
        return $"{(isOpen ? "more than " : "")}{Ratio(interval.Length == 0 ? lower.Value : estimate.Value)}{than}{interval}";
    }

    internal static Bound Inverse(Bound bound) => new(bound.IsKnown ? 1 / bound.Value : -bound.Value, -bound.Beyond);

    private static string Repeats(int count) => count == 1 ? "1 repeat" : $"{Words.Count(count)} repeats";

    // Two digits are more than is known.
    private static int Rounded(int count)
    {
        var unit = (int)Math.Pow(10, Math.Max(0, (int)Math.Floor(Math.Log10(count)) - 1));
        return (count + unit - 1) / unit * unit;
    }
}
