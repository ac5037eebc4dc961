using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Judging;

/// <summary>What is said beside a verdict to be wrong with a comparison, and what is not.</summary>
public sealed class LintTests
{
    private static readonly JudgeOptions Options = new() { Target = 0.1 };

    [Fact]
    public void A_comparison_with_nothing_wrong_has_no_warning() => Assert.Empty(Warnings(trial => trial));

    [Fact]
    public void A_schedule_that_ends_after_the_run_is_compared_in_mid_schedule()
    {
        Assert.Contains("b is compared in mid-schedule: cosine decays until step 500, but the run ended at 99.", Warnings(trial => trial.Contender == "b" ? trial with { Schedule = "cosine", ScheduleEnd = 500 } : trial));
        Assert.Empty(Warnings(trial => trial with { Schedule = "cosine", ScheduleEnd = 99 }));
        Assert.Empty(Warnings(trial => trial with { Schedule = "cosine" }));
    }

    [Fact]
    public void With_a_schedule_runs_of_different_budgets_do_not_go_together()
    {
        var trials = Trials().Concat(Trials(50).Select(trial => trial with { Role = TrialRole.Try, Try = "1" })).Select(trial => trial with { Schedule = "cosine" }).ToArray();
        Assert.Contains(Judge.Of(trials, Options).Tasks[0].Warnings, warning => warning.StartsWith("a ran its schedule over budgets from 50 to 100", StringComparison.Ordinal));
    }

    [Fact]
    public void A_target_that_is_reached_at_once_or_never_tells_nothing()
    {
        Assert.Contains(Warnings(trial => trial, Options with { Target = 5 }), warning => warning.Contains("at the first evaluation", StringComparison.Ordinal));
        Assert.Contains(Warnings(trial => trial, Options with { Target = 0.001 }), warning => warning.StartsWith("No contender reached", StringComparison.Ordinal));
    }

    [Fact]
    public void Seconds_of_several_machines_do_not_compare()
    {
        Assert.Contains("Seconds do not compare: they were logged on one, 1 thread and one, 8 threads.", Warnings(trial => trial with { MillisecondsPerStep = 1, Machine = trial.Contender == "a" ? "one, 1 thread" : "one, 8 threads" }));
        Assert.Empty(Warnings(trial => trial with { Machine = trial.Contender == "a" ? "one, 1 thread" : "one, 8 threads" }));
    }

    [Fact]
    public void Looks_are_told() => Assert.Contains(Warnings(trial => trial, Options with { Look = 2 }), warning => warning.StartsWith("This is look 2", StringComparison.Ordinal));

    [Fact]
    public void Budgets_that_end_a_little_apart_are_no_matter_and_others_are()
    {
        Assert.Empty(Warnings(trial => trial, Options, 101));
        Assert.Contains("Budgets differ: a ran 100 steps; b ran 150 steps.", Warnings(trial => trial, Options, 150));
    }

    [Fact]
    public void Of_many_the_ones_that_differ_are_named()
    {
        var warnings = Judge.Of(MadeExperiment.Trials(14, tries: 5), MadeExperiment.Options(1)).Tasks[0].Warnings;
        Assert.Contains("prodigy and l-bfgs ran as set: they were not tuned, as the others were.", warnings);
    }

    [Fact]
    public void Spaces_that_are_not_equally_wide_are_told()
    {
        Trial[] tries = [.. from trial in Trials() from setting in (string[])["0.01", "0.1", trial.Contender == "a" ? "1" : "100"] select trial with { Role = TrialRole.Try, Setting = setting }];
        Assert.Contains("Spaces are not equally wide: a was tried over 2 decades, b over 4.", Judge.Of([.. tries, .. Trials()], Options).Tasks[0].Warnings);
    }

    private static ValueList<string> Warnings(Func<Trial, Trial> change, JudgeOptions? options = null, int others = 100) =>
        Judge.Of([.. Trials(100, others).Select(change)], options ?? Options).Tasks[0].Warnings;

    // Two contenders, the second of half the time; no two times are equal.
    private static Trial[] Trials(int steps = 100, int others = 0) =>
    [
        .. from repeat in Enumerable.Range(0, 10)
           from contender in (string[])["a", "b"]
           let time = (contender == "a" ? 40 : 20) + repeat
           let count = contender == "b" && others > 0 ? others : steps
           select new Trial("", contender, $"{repeat}", new Curve([.. Enumerable.Range(0, count).Select(step => (long)step)], [.. Enumerable.Range(1, count).Select(step => 0.1 * time / step)])),
    ];
}
