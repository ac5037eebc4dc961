using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Judging;

/// <summary>What the judge makes of tries, confirmations, final runs and runs as set on several tasks.</summary>
public sealed class JudgeOfExperimentTests
{
    private static readonly TaskJudgement Iris = Judge.Of(MadeExperiment.Trials(13), MadeExperiment.Options(1)).Tasks[0];

    [Fact]
    public void Each_task_has_its_own_target_metric_and_direction()
    {
        var trials = MadeExperiment.Trials(2, tasks: 2, tries: 5).Select(trial => trial.Task.StartsWith("iris", StringComparison.Ordinal) ? trial : trial with { Curve = new(trial.Curve.Steps, [.. trial.Curve.Values.Select(loss => 1 - loss)]) }).ToArray();
        var judgement = Judge.Of(trials, MadeExperiment.Options(0) with { Baseline = null, Reaches = [("iris, 4-10-3", new Reach("training loss", false, 0.2)), ("digits 1", new Reach("validation accuracy", true, 0.9))] });
        Assert.Equal("training loss 0.2", judgement.Tasks[0].Reach.ToString());
        Assert.Equal("validation accuracy 0.9", judgement.Tasks[1].Reach.ToString());
        Assert.Equal("test accuracy", judgement.Tasks[1].TestMetric);
        Assert.All(judgement.Tasks, task => Assert.False(task.IsReachFromData));
        Assert.All(judgement.Tasks, task => Assert.Equal(10, task.Contenders[0].Reached));
    }

    [Fact]
    public void A_run_as_set_stands_beside_the_tuned_one()
    {
        var adam = Iris.Contenders.Single(contender => contender.Name == "adam");
        Assert.Equal((10, 10), (adam.AsSet!.Times.Count, adam.AsSet.Reached));
        Assert.True(adam.AsSet.Time.Value > adam.Time.Value);
        Assert.Null(Iris.Contenders.Single(contender => contender.Name == "prodigy").AsSet);
    }

    [Fact]
    public void Tries_and_confirmations_are_the_budget_of_tuning()
    {
        var adam = Iris.Contenders.Single(contender => contender.Name == "adam");
        Assert.Equal(adam.Selections.Sum(selection => selection.Tries.Concat(selection.Confirmations).Sum(trial => trial.Curve.Budget)), adam.TuningBudget);
        Assert.All(adam.Selections, selection => Assert.Equal((25, 9), (selection.Tries.Count, selection.Confirmations.Count)));
        Assert.Equal(0, Iris.Contenders.Single(contender => contender.Name == "prodigy").TuningBudget);
    }

    [Fact]
    public void Where_there_are_test_rows_their_metric_at_the_end_is_compared()
    {
        var (adam, lion) = (Iris.Contenders.Single(contender => contender.Name == "adam"), Iris.Contenders.Single(contender => contender.Name == "lion"));
        double[] TestOf(ContenderResult contender) => [.. contender.Selections.Select(selection => selection.Final.Test!.Value)];
        Assert.Equal(Comparison.OfMetrics(TestOf(lion), TestOf(adam), false, Iris.Level), Iris.Contests.Single(contest => contest.Contender == "lion").Final);
        Assert.Equal(Median.Of(TestOf(lion)), lion.Test);
        Assert.Equal(50, lion.TestRows!.Value.Rows);
    }

    [Fact]
    public void A_final_run_that_diverged_is_worse_on_the_test_rows_than_all_others()
    {
        var nan = new Curve([0, 1], [1, double.NaN]);
        var trials = MadeExperiment.Trials(3).Select(trial => trial is { Contender: "momentum 0.9", Role: TrialRole.Final } ? trial with { Curve = nan, Test = null, TestRows = null } : trial).ToArray();
        var task = Judge.Of(trials, MadeExperiment.Options(1)).Tasks[0];
        Assert.Equal(Verdict.Worse, task.Contests.Single(contest => contest.Contender == "momentum 0.9").Final.Verdict);
    }

    [Fact]
    public void The_median_is_also_told_in_epochs()
    {
        var adam = Iris.Contenders.Single(contender => contender.Name == "adam");
        Assert.Equal(Median.Of(adam.Times.Select(time => Math.Floor((time.Count - 1) / 2) + 1)), adam.Epochs);
    }

    [Fact]
    public void Seconds_that_were_measured_apart_win_over_logged_ones_and_are_not_warned_of()
    {
        var trials = MadeExperiment.Trials(3).Select(trial => trial with { MillisecondsPerStep = 7 }).ToArray();
        var apart = Judge.Of(trials, MadeExperiment.Options(1)).Tasks[0];
        Assert.Equal((0.05, 0.0), (apart.Contenders[0].MillisecondsPerStep, apart.Contenders[0].StateBytesPerParameter));
        Assert.DoesNotContain(apart.Warnings, warning => warning.Contains("Seconds", StringComparison.Ordinal));
        var logged = Judge.Of(trials, MadeExperiment.Options(1) with { Timings = [] }).Tasks[0];
        Assert.Equal(7, logged.Contenders[0].MillisecondsPerStep);
        Assert.Contains(logged.Warnings, warning => warning.Contains("Seconds are as they were logged", StringComparison.Ordinal));
    }
}
