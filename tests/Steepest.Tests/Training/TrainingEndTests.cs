namespace Steepest.Tests.Training;

/// <summary>How observers are told of the end, whichever it is.</summary>
public sealed class TrainingEndTests
{
    public static TheoryData<TrainingOutcome> Outcomes => [.. Enum.GetValues<TrainingOutcome>()];

    [Theory, MemberData(nameof(Outcomes))]
    public void The_end_is_told_once_with_the_network_still_as_it_trained(TrainingOutcome outcome)
    {
        using var cancellation = new CancellationTokenSource();
        var run = new ScriptedRun(3, 1, 2, outcome == TrainingOutcome.Diverged ? double.NaN : 4, 5);
        var snapshots = new Snapshots();
        var patience = outcome == TrainingOutcome.StoppedEarly ? 2 : 9;
        var end = new AtStep(state =>
        {
            if (state.Epoch != 3)
                return;
            if (outcome == TrainingOutcome.Stopped)
                state.RequestStop();
            if (outcome == TrainingOutcome.Cancelled)
                cancellation.Cancel();
        });
        var history = run.Run(new EarlyStopping(patience), cancellation.Token, end, snapshots);

        var (told, network) = Assert.Single(snapshots.Ends);
        Assert.Equal((outcome, outcome), (history.Outcome, told));
        Assert.Equal(snapshots.Epochs[^1], network);
        Assert.Equal(outcome == TrainingOutcome.Completed ? 5 : 4, snapshots.Epochs.Count);

        // And afterwards it is at its best.
        Assert.Equal(snapshots.Epochs[1], Snapshots.Of(run.Network));
    }

    [Fact]
    public void A_loss_that_diverges_within_an_epoch_is_told_too()
    {
        // The square of 1e200 is more than a double holds, and it is seen before the next step.
        var run = new ScriptedRun(1e200, 1);
        var snapshots = new Snapshots();
        var history = run.Run(null, TestContext.Current.CancellationToken, snapshots);

        Assert.Equal(TrainingOutcome.Diverged, Assert.Single(snapshots.Ends).Outcome);
        Assert.Equal((1, 1), (history.DivergedAt, history.Epochs));
    }

    [Fact]
    public void Running_statistics_that_are_not_finite_are_a_divergence()
    {
        // In float the squares overflow, so that batch norm gives zeros and the loss stays finite.
        var data = Rows.Of([[1e25], [-1e25], [2e25], [-3e25]], [0, 1, 0, 1], classes: 2);
        var network = new NetworkSpec(1, [new BatchNorm(), new Dense(2, Activation.Identity)]).Build<float>(1);
        var history = network.Fit(data, new Adam(0.1), 3, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((TrainingOutcome.Diverged, 0), (history.Outcome, history.DivergedAt));
        Assert.True(double.IsFinite(Assert.Single(history.Loss)));
    }

    [Fact]
    public void An_end_in_the_middle_of_an_epoch_leaves_its_steps_done()
    {
        using var cancellation = new CancellationTokenSource();
        var snapshots = new Snapshots();
        double[] afterStep = [];
        var network = SeedRun.Network<double>();
        var spec = new TrainingSpec(new Adam(0.01), 3, BatchSize: 20);
        var history = new Trainer<double>(network, SeedRun.Train, spec, snapshots, new AtStep(state =>
        {
            afterStep = Snapshots.Of(state.Network);
            if (state.Stepper.StepCount == 7)
                cancellation.Cancel();
        })).Run(cancellation.Token);

        Assert.Equal((TrainingOutcome.Cancelled, 1, 7L), (history.Outcome, history.Epochs, history.GradientEvaluations));
        Assert.Equal(afterStep, Assert.Single(snapshots.Ends).Network);
        Assert.Equal(afterStep, Snapshots.Of(network));
    }
}
