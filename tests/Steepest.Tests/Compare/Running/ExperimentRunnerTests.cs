using Steepest.Compare;
using Steepest.Compare.Running;

namespace Steepest.Tests.Compare.Running;

public sealed class ExperimentRunnerTests
{
    // Two tasks, two contenders, two repeats; 4 tries, 3 × 3 fresh starts, the final run and the one as set.
    private const int Planned = 2 * 2 * 2 * (4 + 9 + 2);

    private static readonly Experiment Experiment = SmallExperiment.Experiment;

    [Fact]
    public void All_that_is_planned_is_run_in_order_and_told()
    {
        var told = new List<ExperimentProgress>();
        var result = SmallExperiment.Run(Experiment, observer: new Watching((_, progress) => told.Add(progress)));
        Assert.True(result.IsComplete);
        Assert.Equal(Planned, result.Trials.Count);
        var places = result.Trials.Select(trial => (Experiment.Tasks.ToList().IndexOf(trial.Task), trial.Repeat, Experiment.Contenders.ToList().IndexOf(trial.Contender), trial.Purpose)).ToArray();
        Assert.Equal(places.Order(), places);
        Assert.Equal(Enumerable.Range(1, Planned), told.Select(progress => progress.Done));
        Assert.Equal(new ExperimentProgress(Planned, Planned, Planned, TimeSpan.Zero), told[^1]);
    }

    [Fact]
    public void The_same_again_computes_nothing_and_another_contender_only_its_own()
    {
        var store = new CountingStore();
        var first = SmallExperiment.Run(Experiment, store);
        var again = SmallExperiment.Run(Experiment, store);
        Assert.All(again.Trials, trial => Assert.True(trial.IsRemembered));
        Assert.Equal(first.Trials.Select(trial => trial.Result), again.Trials.Select(trial => trial.Result));
        Assert.Equal((Planned, Planned), (store.Kept, store.Different));

        var more = SmallExperiment.Run(Experiment with { Contenders = [.. Experiment.Contenders, SmallExperiment.Lion] }, store);
        Assert.All(more.Trials, trial => Assert.Equal(trial.Contender != SmallExperiment.Lion, trial.IsRemembered));
        Assert.Equal((Planned * 3 / 2, Planned * 3 / 2), (store.Kept, store.Different));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(Planned - 1)]
    public void Cancelled_it_keeps_what_was_done_and_goes_on_from_there(int after)
    {
        var store = new CountingStore();
        using var interrupt = new CancellationTokenSource();
        var cancelled = SmallExperiment.RunUntil(Experiment, store, threads: 1, new Watching((_, progress) =>
        {
            if (progress.Done == after) interrupt.Cancel();
        }), interrupt.Token);
        Assert.False(cancelled.IsComplete);
        Assert.Equal((after, after), (cancelled.Trials.Count, store.Kept));

        var resumed = SmallExperiment.Run(Experiment, store);
        Assert.True(resumed.IsComplete);
        Assert.Equal((Planned, Planned), (store.Kept, store.Different));
        Assert.Equal(SmallExperiment.Run(Experiment).Trials.Select(trial => trial.Result), resumed.Trials.Select(trial => trial.Result));
    }

    [Fact]
    public void A_trial_in_flight_ends_when_it_is_cancelled()
    {
        using var interrupt = new CancellationTokenSource();
        var mixed = Experiment with { Tasks = [Experiment.Tasks[0], new EndlessTask("endless") { Epochs = 1 }], Repeats = 1 };
        var result = SmallExperiment.RunUntil(mixed, null, threads: 2, new Watching((_, progress) =>
        {
            if (progress.Done == Planned / 4) interrupt.Cancel();
        }), interrupt.Token);
        Assert.Equal((false, Planned / 4), (result.IsComplete, result.Trials.Count));
    }

    [Fact]
    public void One_trial_that_fails_ends_those_beside_it()
    {
        var mixed = Experiment with { Tasks = [new EndlessTask("failing", Fails: true) { Epochs = 1 }, new EndlessTask("endless") { Epochs = 1 }], Repeats = 1 };
        Assert.Equal("It fails.", Assert.Throws<SteepestException>(() => SmallExperiment.Run(mixed, threads: 4)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_full_store_is_told_in_its_own_sentence_and_what_was_kept_serves_later(int threads)
    {
        var store = new CountingStore { Room = 10 };
        Assert.Equal("It is full.", Assert.Throws<SteepestException>(() => SmallExperiment.Run(Experiment, store, threads)).Message);
        Assert.Equal(10, store.Different);
    }

    [Fact]
    public void Who_cannot_enter_a_task_is_refused_and_the_rest_runs()
    {
        var experiment = Experiment with { Contenders = [.. Experiment.Contenders, SmallExperiment.Of("muon", new Muon(0.01))] };
        var result = SmallExperiment.Run(experiment);
        Assert.Equal([new ExperimentRefusal("turned-valley", "muon", "The optimizer muon trains matrices, but place is not one.")], result.Refusals);
        Assert.True(result.IsComplete);
        Assert.Equal(Planned + (2 * 15), result.Trials.Count);
    }

    [Fact]
    public void A_group_without_segments_is_refused_before_anything_runs()
    {
        var grouped = SmallExperiment.Adam with { Contender = new("grouped", "grouped"), Groups = [new ContenderGroup("layer9.*") { IsFrozen = true }] };
        var sentence = Assert.Throws<SteepestException>(() => ExperimentRunner.Refusals(Experiment with { Contenders = [SmallExperiment.Adam, grouped] })).Message;
        Assert.StartsWith("The contender grouped can enter no task; on turned-valley: ", sentence, StringComparison.Ordinal);
        Assert.Equal("needs the exact gradient of all rows at every step", TaskCatalog.NoisyQuadratic.Refusal(SmallExperiment.Adam with { Groups = [new ContenderGroup("weight") { Other = LBfgs.About }] }));
    }

    [Fact]
    public void The_baseline_must_enter_every_task()
    {
        var experiment = Experiment with { Contenders = [SmallExperiment.Of("muon", new Muon(0.01)), SmallExperiment.Adam] };
        Assert.Equal(
            "The baseline muon cannot enter turned-valley: The optimizer muon trains matrices, but place is not one; name another baseline.",
            Assert.Throws<SteepestException>(() => SmallExperiment.Run(experiment)).Message);
    }

    [Fact]
    public void Tasks_without_targets_are_judged_each_by_its_own_metric()
    {
        var wine = TaskCatalog.Wine with { Epochs = 5, Target = null };
        var result = SmallExperiment.Run(new("two metrics", [wine, wine with { Name = "right", Metric = TaskMetric.ValidationAccuracy }], [
            SmallExperiment.Of("adam", new Adam(0.01), SearchSpace.AsSet), SmallExperiment.Of("sgd", new Sgd(0.1), SearchSpace.AsSet)])
        { Repeats = 6 });
        var judgement = ExperimentJudge.Of(result, []);
        Assert.Equal([("validation loss", false), ("validation accuracy", true)], judgement.Tasks.Select(task => (task.Reach.Metric, task.Reach.IsHigherBetter)));
    }
}
