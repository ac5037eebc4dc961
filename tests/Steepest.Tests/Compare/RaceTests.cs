using Steepest.Compare;

namespace Steepest.Tests.Compare;

/// <summary>Races as the library runs them.</summary>
public sealed class RaceTests
{
    [Fact]
    public void Runs_come_in_the_order_of_the_plan_on_any_number_of_threads()
    {
        var plan = Plan("iris");

        var one = Race.Run(plan, threads: 1, cancellation: TestContext.Current.CancellationToken);
        var four = Race.Run(plan, threads: 4, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(plan.Runs, one.Runs.Select(run => run.Spec));
        Assert.Equal(plan.Runs, four.Runs.Select(run => run.Spec));
        Assert.True(one.IsComplete);
        Assert.Equal(one.Target, four.Target);
        Assert.All(one.Runs.Zip(four.Runs), pair => Assert.Equal(pair.First.Loss, pair.Second.Loss));
    }

    [Fact]
    public void Each_curve_ends_with_the_loss_of_the_last_epoch_at_the_target()
    {
        var race = Race.Run(Plan("iris") with { Target = new Target(TargetMetric.Loss, 0.9) }, threads: 2, cancellation: TestContext.Current.CancellationToken);

        Assert.All(race.Runs.Skip(1), run =>
        {
            Assert.Equal(run.Epochs, run.Loss.Count);
            Assert.Equal(run.Loss[^1], run.FinalLoss);
            Assert.All(run.Loss.Take(run.ReachedAt ?? run.Epochs), loss => Assert.True(loss > 0.9));
            if (run.ReachedAt is not null) Assert.InRange(run.Loss[^1], 0, 0.9);
        });
    }

    [Fact]
    public void Progress_ends_with_every_run_done_and_every_epoch_run_or_no_longer_needed()
    {
        var told = new Told();
        var plan = Plan("iris");

        Race.Run(plan, threads: 1, told, TestContext.Current.CancellationToken);

        Assert.Equal(new RaceProgress(plan.Runs.Sum(run => run.Epochs), plan.Runs.Sum(run => run.Epochs), 6, 6), told.All[^1]);
        Assert.Equal(told.All.Select(progress => progress.EpochsDone).Order(), told.All.Select(progress => progress.EpochsDone));
    }

    [Fact]
    public void A_race_that_is_cancelled_keeps_the_runs_that_were_finished()
    {
        using var source = new CancellationTokenSource();
        var told = new Told { Then = progress => { if (progress.RunsDone == 3) source.Cancel(); } };

        var race = Race.Run(Plan("iris"), threads: 1, told, source.Token);

        Assert.False(race.IsComplete);
        Assert.Equal(Plan("iris").Runs.Take(3), race.Runs.Select(run => run.Spec));
    }

    [Fact]
    public void A_race_that_is_cancelled_from_the_start_has_no_runs_and_no_target()
    {
        var race = Race.Run(Plan("iris"), threads: 1, cancellation: new CancellationToken(canceled: true));

        Assert.Equal((0, null, false), (race.Runs.Count, race.Target, race.IsComplete));
    }

    [Fact]
    public void An_accuracy_is_reached_where_so_many_training_rows_are_right()
    {
        var task = RaceTask.Article.Prepare();
        var plan = new RacePlan(RaceTask.Article, [new RunSpec(Contender.Of(new Adam(0.01)), new Adam(0.01), 2_000)]) { Target = new Target(TargetMetric.Accuracy, 0.95) };

        var reached = Assert.Single(Race.Run(plan, threads: 1, cancellation: TestContext.Current.CancellationToken).Runs).ReachedAt!.Value;

        // Parameters at the beginning of an epoch are those after as many epochs before it.
        Assert.True(Right(reached) >= 95, $"{Right(reached)} of 100 at epoch {reached}");
        Assert.True(Right(reached - 1) < 95, $"{Right(reached - 1)} of 100 at epoch {reached - 1}");

        int Right(int epochs)
        {
            var network = task.Network.Build<double>(42);
            network.Fit(task.Train, new Adam(0.01), epochs);
            return network.Evaluate(task.Train).Right!.Value;
        }
    }

    [Fact]
    public void Data_that_is_not_known_and_layers_that_are_too_large_are_refused()
    {
        Assert.Equal("There is no data set 'iriss'; did you mean iris?", Refused(Plan("iriss")));
        Assert.Equal(
            "The network 4-100000000-3 needs room for 15,000,000,000 numbers in one layer, but at most 100,000,000 were expected.",
            Refused(Plan("iris") with { Task = RaceTask.Article with { Hidden = [100_000_000] } }));

        static string Refused(RacePlan plan) => Assert.Throws<SteepestException>(() => Race.Run(plan, threads: 1)).Message;
    }

    private static RacePlan Plan(string data) => RacePlanner.Plan(
        RaceTask.Article with { Data = data },
        [Entrant(new GradientDescent(1)), Entrant(new Sgd(1, Momentum: 0.9)), Entrant(new Adam(1))],
        epochs: 300);

    private static Entrant Entrant(Optimizer optimizer) => new(Contender.Of(optimizer), optimizer, [0.01, 0.1]);

    private sealed class Told : IProgress<RaceProgress>
    {
        public List<RaceProgress> All { get; } = [];

        public Action<RaceProgress> Then { get; init; } = _ => { };

        public void Report(RaceProgress value)
        {
            All.Add(value);
            Then(value);
        }
    }
}
