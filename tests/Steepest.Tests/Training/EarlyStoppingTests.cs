namespace Steepest.Tests.Training;

/// <summary>When a run ends for want of progress, and what it leaves.</summary>
public sealed class EarlyStoppingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 4, 2)]
    [InlineData(2, 5, 2)]
    [InlineData(3, 9, 5)]
    public void It_stops_exactly_the_patience_after_the_best_and_goes_back_to_it(int patience, int epochs, int best)
    {
        // Epoch 5 beats epoch 2 if the patience lasts that long.
        var run = new ScriptedRun(3, 2, 1, 1.5, 1.25, 0.5, 0.75, 1, 0.5, 0.25);
        var history = run.Run(new EarlyStopping(patience), Cancellation);

        Assert.Equal((TrainingOutcome.StoppedEarly, epochs, best), (history.Outcome, history.Epochs, history.BestEpoch));
        Assert.Equal(epochs, history.ValidationLoss.Count);
        Assert.Equal(best == 2 ? 1 : 0.5, run.Distance);
    }

    [Fact]
    public void Equal_is_not_better()
    {
        var history = new ScriptedRun(1, 0.5, 0.5, -0.5, 0.5, 0.25).Run(new EarlyStopping(3), Cancellation);

        Assert.Equal((TrainingOutcome.StoppedEarly, 5, 1), (history.Outcome, history.Epochs, history.BestEpoch));
    }

    [Fact]
    public void A_patience_that_is_never_at_its_end_still_goes_back_to_the_best()
    {
        var run = new ScriptedRun(3, 1, 2, 4);
        var history = run.Run(new EarlyStopping(10), Cancellation);

        Assert.Equal((TrainingOutcome.Completed, 4, 1), (history.Outcome, history.Epochs, history.BestEpoch));
        Assert.Equal(1, run.Distance);
    }

    [Fact]
    public void A_gain_of_no_more_than_the_least_change_is_none()
    {
        // Losses 9, 4, 2.25, 1.5625, 1: 4 to 2.25 gains 1.75, 2.25 to 1 gains 1.25.
        double[] distances = [3, 2, 1.5, 1.25, 1];
        Assert.Equal(4, new ScriptedRun(distances).Run(new EarlyStopping(9, MinChange: 0.5), Cancellation).BestEpoch);
        Assert.Equal(2, new ScriptedRun(distances).Run(new EarlyStopping(9, MinChange: 1.25), Cancellation).BestEpoch);
        Assert.Equal(3, new ScriptedRun(distances).Run(new EarlyStopping(9, MinChange: 1.75), Cancellation).BestEpoch);
        Assert.Equal(2, new ScriptedRun(distances).Run(new EarlyStopping(1, MinChange: 1.25), Cancellation).BestEpoch);
    }

    [Fact]
    public void A_metric_may_be_watched_of_which_more_is_better()
    {
        // R² is −8, 0, 0.75, 0.9375 and then less again.
        var run = new ScriptedRun(3, 1, 0.5, 0.25, 0.5, 0.75, 0);
        var history = run.Run(new EarlyStopping(2, Monitor: Metric.R2), Cancellation);

        Assert.Equal((TrainingOutcome.StoppedEarly, 6, 3), (history.Outcome, history.Epochs, history.BestEpoch));
        Assert.Equal(0.25, run.Distance);

        var least = new ScriptedRun(3, 1, 0.5, 0.25, 0.5).Run(new EarlyStopping(9, MinChange: 0.5, Monitor: Metric.R2), Cancellation);
        Assert.Equal(2, least.BestEpoch);
        Assert.Equal(3, new ScriptedRun(3, 1, 0.5, 0.25, 0.5).Run(new EarlyStopping(9, Monitor: Metric.Mae), Cancellation).BestEpoch);
    }

    [Fact]
    public void The_last_epoch_s_network_may_be_kept_instead()
    {
        var run = new ScriptedRun(3, 1, 2, 4, 5);
        var history = run.Run(new EarlyStopping(2, RestoreBest: false), Cancellation);

        Assert.Equal((TrainingOutcome.StoppedEarly, 4, 1), (history.Outcome, history.Epochs, history.BestEpoch));
        Assert.Equal(4, run.Distance);
    }

    [Fact]
    public void A_run_that_diverges_goes_back_to_the_best()
    {
        var run = new ScriptedRun(3, 1, 2, double.NaN, 0);
        var history = run.Run(new EarlyStopping(9), Cancellation);

        Assert.Equal((TrainingOutcome.Diverged, 3, 1), (history.Outcome, history.DivergedAt, history.BestEpoch));
        Assert.Equal((1, 3), (run.Distance, history.ValidationLoss.Count));
    }

    [Fact]
    public void A_run_that_diverges_at_once_has_no_best()
    {
        var run = new ScriptedRun(double.PositiveInfinity, 1);
        var history = run.Run(new EarlyStopping(1), Cancellation);

        Assert.Equal((TrainingOutcome.Diverged, 1, 0), (history.Outcome, history.Epochs, history.ValidationLoss.Count));
        Assert.Null(history.BestEpoch);
        Assert.Equal(double.PositiveInfinity, run.Distance);
    }

    [Fact]
    public void A_cancelled_run_goes_back_to_the_best()
    {
        using var cancellation = new CancellationTokenSource();
        var run = new ScriptedRun(3, 1, 2, 4, 0);
        var history = run.Run(new EarlyStopping(9), cancellation.Token, new AtStep(state =>
        {
            if (state.Epoch == 3)
                cancellation.Cancel();
        }));

        // It is seen before the next step: epoch 3 was whole.
        Assert.Equal((TrainingOutcome.Cancelled, 4, 1), (history.Outcome, history.Epochs, history.BestEpoch));
        Assert.Equal(1, run.Distance);
    }

    [Fact]
    public void A_stopped_run_goes_back_to_the_best()
    {
        var run = new ScriptedRun(3, 1, 2, 4, 0);
        var history = run.Run(new EarlyStopping(9), Cancellation, new AtEpoch(state =>
        {
            if (state.Epoch == 2)
                state.RequestStop();
        }));

        Assert.Equal((TrainingOutcome.Stopped, 3, 1), (history.Outcome, history.Epochs, history.BestEpoch));
        Assert.Equal(1, run.Distance);
    }

    [Fact]
    public void A_finite_value_is_better_than_an_infinite_one_and_any_than_none()
    {
        var network = SeedRun.Network<double>();
        var best = new BestEpoch<double>(new EarlyStopping(2), network);
        bool[] over = [.. ((double[])[double.NaN, double.PositiveInfinity, 3, double.NaN, double.PositiveInfinity]).Select((value, epoch) => best.Look(epoch, value, network.Parameters))];

        Assert.Equal([false, false, false, false, true], over);
        Assert.Equal((2, 3), (best.Epoch, best.Value));
        Assert.True(new BestEpoch<double>(new EarlyStopping(1), network).Look(0, double.NaN, network.Parameters));
    }

    [Fact]
    public void Parameters_and_running_statistics_of_the_best_epoch_come_back_bit_for_bit()
    {
        var network = new NetworkSpec(4, [new Dense(8, Activation.Relu), new BatchNorm(), new Dropout(0.2), new Dense(3, Activation.Identity)]).Build<double>(seed: 3);
        var snapshots = new Snapshots();
        var spec = new TrainingSpec(new Adam(0.2), 60, BatchSize: 10) { EarlyStopping = new EarlyStopping(5) };
        var history = new Trainer<double>(network, SeedRun.Train, SeedRun.Test, spec, snapshots).Run(Cancellation);

        Assert.Equal((TrainingOutcome.StoppedEarly, history.Epochs - 6), (history.Outcome, history.BestEpoch));
        Assert.Equal(snapshots.Epochs[history.BestEpoch!.Value], Snapshots.Of(network));
        Assert.NotEqual(snapshots.Epochs[^1], Snapshots.Of(network));
        Assert.Equal(history.ValidationLoss[history.BestEpoch.Value], network.Evaluate(SeedRun.Test).Loss);
        Assert.Equal(history.ValidationLoss.Min(), network.Evaluate(SeedRun.Test).Loss);
    }

    [Fact]
    public void A_checkpoint_of_a_run_that_is_over_has_nothing_left_to_do()
    {
        using var folder = new Checkpoints.CheckpointFolder();
        var spec = new TrainingSpec(new Adam(0.2), 60, BatchSize: 10) { EarlyStopping = new EarlyStopping(2) };
        var whole = SeedRun.Network<double>();
        var history = new Trainer<double>(whole, SeedRun.Train, SeedRun.Test, spec, new CheckpointKeeper<double>(folder.Path)).Run(Cancellation);
        var network = SeedRun.Network<double>();
        var trainer = new Trainer<double>(network, SeedRun.Train, SeedRun.Test, spec);
        trainer.Resume(folder.Path);
        var resumed = trainer.Run(Cancellation);

        Assert.Equal(TrainingOutcome.StoppedEarly, history.Outcome);
        Assert.Equal((history.Outcome, history.Epochs, history.BestEpoch), (resumed.Outcome, resumed.Epochs, resumed.BestEpoch));
        Assert.Equal(history.ValidationLoss, resumed.ValidationLoss);
        Assert.Equal(Snapshots.Of(whole), Snapshots.Of(network));
    }

    [Fact]
    public void Settings_that_mean_nothing_are_refused()
    {
        Refusals.Assert("The patience of early stopping is 0 epochs, but it needs at least 1.", () => new EarlyStopping(0));
        Refusals.Assert("The least change of early stopping is -0.1, but it must be finite and not negative.", () => new EarlyStopping(MinChange: -0.1));
        Refusals.Assert("The least change of early stopping is NaN, but it must be finite and not negative.", () => new EarlyStopping() with { MinChange = double.NaN });
        Assert.Equal("patience 10, least change 0, watching the validation loss", new EarlyStopping().ToString());
        Assert.Equal("patience 3, least change 0.5, watching r2, keeping the last", new EarlyStopping(3, 0.5, Metric.R2, RestoreBest: false).ToString());
    }
}
