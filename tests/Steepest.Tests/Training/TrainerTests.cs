namespace Steepest.Tests.Training;

/// <summary>How a run goes and how it may end.</summary>
public sealed class TrainerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Training_without_epochs_or_with_empty_batches_is_refused_in_one_sentence()
    {
        AssertRefused("Training is to run 0 epochs, but it needs at least 1.", () => new TrainingSpec(new Adam(1), 0));
        AssertRefused("Training is to run -1 epochs, but it needs at least 1.", () => new TrainingSpec(new Adam(1), 5) with { Epochs = -1 });
        AssertRefused("A batch is to have 0 rows, but it needs at least 1.", () => new TrainingSpec(new Adam(1), 5, BatchSize: 0));
        AssertRefused("A batch is to have -7 rows, but it needs at least 1.", () => new TrainingSpec(new Adam(1), 5) with { BatchSize = -7 });
    }

    [Fact]
    public void Observers_are_told_in_their_order()
    {
        var told = new List<string>();
        var spec = new TrainingSpec(new Adam(0.01), 2, BatchSize: 60);
        var history = Train(spec, new Teller("a", told), new Teller("b", told));

        string[] expected =
        [
            "a starts", "b starts",
            "a: epoch 0, step 1 of 4", "b: epoch 0, step 1 of 4", "a: epoch 0, step 2 of 4", "b: epoch 0, step 2 of 4",
            $"a: epoch 0 ends at {history.Loss[0]}", $"b: epoch 0 ends at {history.Loss[0]}",
            "a: epoch 1, step 3 of 4", "b: epoch 1, step 3 of 4", "a: epoch 1, step 4 of 4", "b: epoch 1, step 4 of 4",
            $"a: epoch 1 ends at {history.Loss[1]}", $"b: epoch 1 ends at {history.Loss[1]}",
        ];
        Assert.Equal(expected, told);
    }

    [Fact]
    public void A_full_run_completes()
    {
        var history = Train(new(new Adam(0.01), 7));

        Assert.Equal((TrainingOutcome.Completed, 7, 7, 7L), (history.Outcome, history.Epochs, history.Loss.Count, history.GradientEvaluations));
        Assert.Null(history.DivergedAt);
    }

    [Fact]
    public void A_trainer_runs_once()
    {
        var trainer = new Trainer<double>(SeedRun.Network<double>(), SeedRun.Train, new(new Adam(0.01), 1));
        trainer.Run(Cancellation);

        Assert.Throws<InvalidOperationException>(() => trainer.Run(Cancellation));
    }

    [Fact]
    public void A_run_that_is_asked_to_stop_ends_after_that_epoch()
    {
        var stopAt6 = new OnStep(state => state.Stepper.StepCount == 6, state => state.RequestStop());
        var history = Train(new(new Adam(0.01), 10, BatchSize: 30), stopAt6);

        Assert.Equal((TrainingOutcome.Stopped, 2, 2, 8L), (history.Outcome, history.Epochs, history.Loss.Count, history.GradientEvaluations));
    }

    [Fact]
    public void A_cancelled_run_ends_before_its_next_step_and_keeps_what_it_did()
    {
        using var cancellation = new CancellationTokenSource();
        var network = SeedRun.Network<double>();
        var cancelAt7 = new OnStep(state => state.Stepper.StepCount == 7, _ => cancellation.Cancel());
        var trainer = new Trainer<double>(network, SeedRun.Train, new(new Adam(0.01), 10, BatchSize: 50), cancelAt7);

        var history = trainer.Run(cancellation.Token);

        Assert.Equal((TrainingOutcome.Cancelled, 3, 3, 7L), (history.Outcome, history.Epochs, history.Loss.Count, history.GradientEvaluations));
        Assert.NotEqual(SeedRun.Network<double>().Parameters.Values.ToArray(), network.Parameters.Values.ToArray());
    }

    [Fact]
    public void A_run_cancelled_at_the_start_does_nothing()
    {
        var network = SeedRun.Network<double>();
        var history = network.Fit(SeedRun.Train, new Adam(0.01), 10, cancellation: new CancellationToken(canceled: true));

        Assert.Equal((TrainingOutcome.Cancelled, 0, 0, 0L), (history.Outcome, history.Epochs, history.Loss.Count, history.GradientEvaluations));
        Assert.Equal(SeedRun.Network<double>().Parameters.Values, network.Parameters.Values);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_run_without_being_kept()
    {
        var history = Train(new(new GradientDescent(1e300), 10));

        Assert.Equal((TrainingOutcome.Diverged, 1, 1, 1), (history.Outcome, history.DivergedAt, history.Epochs, history.Loss.Count));
        Assert.True(double.IsFinite(history.Loss[0]));
    }

    [Fact]
    public void Parameters_that_are_not_finite_end_the_run_after_the_epoch_that_made_them()
    {
        var data = Rows.Of([[3, 0], [0, 3]], [1, 0], 2);
        var network = NetworkSpec.Mlp(2, [], 2, Activation.Relu).Build<float>(seed: 1);
        ((float[])[9, -9, -9, 9]).CopyTo(network.Parameters["layer1.weight"]);

        var history = network.Fit(data, new GradientDescent(float.MaxValue), 10, cancellation: Cancellation);

        Assert.Equal((TrainingOutcome.Diverged, 0, 1, 1), (history.Outcome, history.DivergedAt, history.Epochs, history.Loss.Count));
    }

    [Fact]
    public void Rows_predicted_right_are_counted_before_the_update_where_an_observer_asks()
    {
        var network = SeedRun.Network<double>();
        var right = network.Evaluate(SeedRun.Train).Right;
        var counted = new List<long>();
        new Trainer<double>(network, SeedRun.Train, new(new Adam(0.05), 40), new RightCounter(counted)).Run(Cancellation);
        new Trainer<double>(network, SeedRun.Train, new(new Adam(0.05), 1), new RightCounter(counted, asks: false)).Run(Cancellation);

        Assert.Equal<long>(right!.Value, counted[0]);
        Assert.True(counted[39] > right);
        Assert.Equal(0, counted[40]);
    }

    [Fact]
    public void An_observer_that_evaluates_leaves_the_run_as_it_is()
    {
        var alone = Train(new(new Adam(0.01), 20, BatchSize: 30));
        var watched = Train(new(new Adam(0.01), 20, BatchSize: 30), new OnStep(_ => true, state => state.Network.Evaluate(Datasets.Iris())));

        Assert.Equal(alone.Loss, watched.Loss);
    }

    [Fact]
    public void The_first_epoch_at_a_target_forgives_a_billionth()
    {
        var log = new HistoryLog(5, validates: false, []);
        log.Loss.Set([3, 2, 1 + 9e-10, 0.5, 0.1]);
        var history = new History(log, 5, TrainingOutcome.Completed, divergedAt: null, bestEpoch: null, gradientEvaluations: 5);

        Assert.Equal([0, 1, 2, 3, 4], ((double[])[5, 2, 1, 0.999, 0.1]).Select(target => history.FirstEpochAt(target)!.Value));
        Assert.Null(history.FirstEpochAt(0.09));
    }

    private static History Train(TrainingSpec spec, params ITrainingObserver<double>[] observers) =>
        new Trainer<double>(SeedRun.Network<double>(), SeedRun.Train, spec, observers).Run(Cancellation);

    private static void AssertRefused(string sentence, Func<object> act) => Assert.Equal(sentence, Assert.Throws<SteepestException>(act).Message);

    private sealed class Teller(string name, List<string> told) : ITrainingObserver<double>
    {
        public void OnStart(TrainingState<double> state) => told.Add($"{name} starts");

        public void OnStep(TrainingState<double> state) =>
            told.Add($"{name}: epoch {state.Epoch}, step {state.Stepper.StepCount} of {state.Context.TotalSteps}");

        public void OnEpoch(TrainingState<double> state) => told.Add($"{name}: epoch {state.Epoch} ends at {state.Loss}");
    }

    private sealed class OnStep(Func<TrainingState<double>, bool> when, Action<TrainingState<double>> what) : ITrainingObserver<double>
    {
        void ITrainingObserver<double>.OnStep(TrainingState<double> state)
        {
            if (when(state))
                what(state);
        }
    }

    private sealed class RightCounter(List<long> counted, bool asks = true) : ITrainingObserver<double>
    {
        public void OnStart(TrainingState<double> state) => state.CountsRight = asks;

        public void OnEpoch(TrainingState<double> state) => counted.Add(state.Right);
    }
}
