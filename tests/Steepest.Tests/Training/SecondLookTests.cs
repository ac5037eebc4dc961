namespace Steepest.Tests.Training;

/// <summary>Observers that evaluate loss and gradient elsewhere while a run goes on.</summary>
public sealed class SecondLookTests
{
    private static readonly NetworkSpec Chancy = new(
        4, [new Dense(9, Activation.Tanh), new BatchNorm(), new Dropout(0.3), new Dense(3, Activation.Identity)]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 1)]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    public void A_look_after_an_epoch_is_at_the_last_step_s_batches_and_leaves_no_trace(int? batchSize, int accumulate)
    {
        var spec = new TrainingSpec(new Adam(0.01), 4, batchSize, Seed: 3) { AccumulateBatches = accumulate };
        Network<double> alone = Chancy.Build<double>(5), seen = Chancy.Build<double>(5);
        var expected = alone.Fit(SeedRun.Train, spec, cancellation: Cancellation);
        var looker = new Looker();
        var found = new Trainer<double>(seen, SeedRun.Train, spec, looker).Run(Cancellation);

        Assert.Equal(expected.Loss, found.Loss);
        Assert.Equal(Snapshots.Of(alone), Snapshots.Of(seen));
        Assert.Equal(4, looker.AfterEpochs.Count);
        Assert.All(looker.AfterEpochs, look => Assert.Equal(look.AfterStep, look.AfterEpoch));
        Assert.DoesNotContain(0, looker.AfterEpochs.Select(look => look.AfterEpoch));
    }

    [Fact]
    public void A_look_after_a_run_was_cancelled_does_not_change_how_it_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("steepest-look-");
        try
        {
            var path = Path.Combine(folder.FullName, "run.checkpoint");
            var spec = new TrainingSpec(new Adam(0.01), 4, 16, Seed: 3);
            Network<double> alone = Chancy.Build<double>(5), seen = Chancy.Build<double>(5);
            alone.Fit(SeedRun.Train, spec, cancellation: Cancellation);

            using var cancelling = new CancellationTokenSource();
            var cancel = new AtStep(state =>
            {
                if (state.Stepper.StepCount == 10) cancelling.Cancel();
            });
            new Trainer<double>(seen, SeedRun.Train, spec, cancel, new Looker(), new CheckpointKeeper<double>(path, everyEpochs: null)).Run(cancelling.Token);
            var resumed = new Trainer<double>(seen, SeedRun.Train, spec);
            resumed.Resume(path);
            resumed.Run(Cancellation);

            Assert.Equal(Snapshots.Of(alone), Snapshots.Of(seen));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void There_is_nothing_to_look_at_before_the_first_step()
    {
        var trainer = new Trainer<double>(Chancy.Build<double>(5), SeedRun.Train, new(new Adam(0.01), 1), new AtStart(state => Look(state)));

        Assert.Equal("The run has loaded no batch yet, so there is nothing to evaluate on.", Assert.Throws<InvalidOperationException>(() => trainer.Run(Cancellation)).Message);
    }

    private static double Look(TrainingState<double> state) =>
        state.Context.Evaluate(state.Network.Parameters, new Parameters<double>(state.Network.Parameters.Layout));

    private sealed class AtStart(Action<TrainingState<double>> what) : ITrainingObserver<double>
    {
        public void OnStart(TrainingState<double> state) => what(state);
    }

    private sealed class Looker : ITrainingObserver<double>
    {
        private double afterStep;

        public List<(double AfterStep, double AfterEpoch)> AfterEpochs { get; } = [];

        public void OnStep(TrainingState<double> state) => afterStep = Look(state);

        public void OnEpoch(TrainingState<double> state) => AfterEpochs.Add((afterStep, Look(state)));

        public void OnEnd(TrainingState<double> state, TrainingOutcome outcome) => Look(state);
    }
}
