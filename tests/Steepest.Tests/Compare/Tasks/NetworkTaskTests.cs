using Steepest.Compare;

namespace Steepest.Tests.Compare.Tasks;

public sealed class NetworkTaskTests
{
    private static readonly NetworkTask Wine = new("wine", "wine", [8]) { Epochs = 12, BatchSize = 16, Metric = TaskMetric.ValidationLoss, L2 = 0.01 };
    private static readonly NetworkTask Iris = TaskCatalog.Iris with { Epochs = 40 };

    [Fact]
    public void A_trial_is_a_plain_training_run_to_the_last_bit()
    {
        var trial = Whole(Wine, new Adam(0.01), split: 3, seed: 5);
        var result = Run(trial);

        var (train, validation, test) = Datasets.Wine().Split(0.2, 0.2, 3);
        var scaler = Scaler.Standard(train);
        var network = NetworkSpec.Mlp(13, [8], 3, Activation.Relu).Build<double>(RandomStreams.Of(5, RandomPurpose.InitialParameters));
        var spec = new TrainingSpec(trial.Optimizer, 12, 16, 5) { Penalty = new Penalty(L2: 0.01) };
        var history = new Trainer<double>(network, scaler.Apply(train), scaler.Apply(validation), spec).Run(TestContext.Current.CancellationToken);
        var evaluation = network.Evaluate(scaler.Apply(test));

        Assert.Equal(history.ValidationLoss, result.Metric);
        Assert.Equal(history.Loss, result.TrainingLoss);
        Assert.Equal(Enumerable.Range(1, 12).Select(epochs => 7L * epochs), result.Evaluations);
        Assert.Equal((7, evaluation.Loss, (long?)evaluation.Right, 36L), (result.StepsPerEpoch, result.TestLoss, result.TestRight, result.TestRows));
    }

    [Fact]
    public void The_test_is_of_the_parameters_that_the_optimizer_would_evaluate()
    {
        var result = Run(Whole(Wine, new ScheduleFreeAdamW(0.05), split: 0, seed: 1));

        var (train, validation, test) = Datasets.Wine().Split(0.2, 0.2, 0);
        var scaler = Scaler.Standard(train);
        var network = NetworkSpec.Mlp(13, [8], 3, Activation.Relu).Build<double>(RandomStreams.Of(1, RandomPurpose.InitialParameters));
        new Trainer<double>(network, scaler.Apply(train), scaler.Apply(validation), new TrainingSpec(new ScheduleFreeAdamW(0.05), 12, 16, 1) { Penalty = new Penalty(L2: 0.01) }).Run(TestContext.Current.CancellationToken);
        Assert.Equal(network.Evaluate(scaler.Apply(test)).Loss, result.TestLoss);
    }

    [Fact]
    public void The_full_batch_training_loss_of_an_epoch_is_known_with_its_own_evaluation()
    {
        var result = Run(Whole(Iris, new Sgd(0.1, Momentum: 0.9), split: 42, seed: 1));
        Assert.Equal(Enumerable.Range(1, 40).Select(epochs => (long)epochs), result.Evaluations);
        Assert.Empty(result.TrainingLoss);
        Assert.Equal(50, result.TestRows);
    }

    [Fact]
    public void Whoever_looks_twice_a_step_has_half_the_epochs()
    {
        var result = Run(Whole(Iris, new Sam(new Sgd(0.1)), split: 42, seed: 1));
        Assert.Equal(Enumerable.Range(0, 20).Select(epoch => (2L * epoch) + 1), result.Evaluations);
    }

    [Fact]
    public void A_line_search_ends_with_the_epoch_that_uses_up_the_budget()
    {
        var result = Run(Whole(Iris, new LBfgs(1), split: 42, seed: 1));
        Assert.InRange(result.Epochs.Count, 2, 39);
        Assert.Null(result.DivergedAt);
        Assert.Equal(result.Evaluations.Order(), result.Evaluations);
        Assert.True(result.Evaluations[^1] <= 40);
        Assert.True(result.Metric[^1] < 0.9 * result.Metric[0]);
    }

    [Fact]
    public void L_BFGS_that_has_arrived_stays_and_uses_an_evaluation_an_epoch()
    {
        var task = TaskCatalog.LogisticBreastCancer with { Epochs = 400 };
        var result = Run(Whole(task, new LBfgs(1), split: 0, seed: 1));
        Assert.Equal(result.Metric[^2], result.Metric[^1]);
        Assert.Equal(result.Evaluations[^2] + 1, result.Evaluations[^1]);
        Assert.Equal(400, result.Evaluations[^1]);
    }

    [Fact]
    public void The_target_neither_stops_a_trial_nor_changes_it() =>
        Assert.Equal(Run(Whole(Iris, new Adam(0.1), 1, 1)), Run(Whole(Iris with { Name = "other", Target = 100 }, new Adam(0.1), 1, 1)));

    [Fact]
    public void A_try_keeps_some_of_the_epochs_of_the_whole_curve()
    {
        var whole = Run(Whole(TaskCatalog.Iris, new Adam(0.1), 1, 1));
        var some = Run(Whole(TaskCatalog.Iris, new Adam(0.1), 1, 1) with { KeepsEveryEpoch = false });
        Assert.Equal(2000, whole.Epochs.Count);
        Assert.InRange(some.Epochs.Count, 100, 1500);
        Assert.Equal(some.Epochs.Select(epoch => (whole.Metric[epoch], whole.Evaluations[epoch])), some.Metric.Zip(some.Evaluations));
    }

    [Theory]
    [InlineData(TaskMetric.TrainingLoss)]
    [InlineData(TaskMetric.ValidationLoss)]
    [InlineData(TaskMetric.ValidationAccuracy)]
    public void A_trial_that_diverges_ends_with_NaN_at_that_epoch(TaskMetric metric)
    {
        var task = TaskCatalog.BreastCancer with { Metric = metric };
        var result = Run(Whole(task, new Sgd(1000, Momentum: 0.9), split: 7, seed: 1));
        Assert.Equal(result.DivergedAt, result.Epochs[^1]);
        Assert.True(double.IsNaN(result.Metric[^1]));
        Assert.All(result.Metric.Take(result.Metric.Count - 1), value => Assert.True(double.IsFinite(value)));
        Assert.Equal((result.Metric.Count, result.Metric.Count), (result.Epochs.Count, result.Evaluations.Count));
        Assert.Equal(metric == TaskMetric.TrainingLoss ? 0 : result.Metric.Count, result.TrainingLoss.Count);
        Assert.Equal((null, null), (result.TestLoss, result.TestRight));
    }

    [Fact]
    public void Trials_give_the_same_whatever_runs_beside_them()
    {
        TrialSpec[] trials = [.. Enumerable.Range(0, 24).Select(i => Whole(i % 2 == 0 ? Wine : Iris, i % 3 == 0 ? new Adam(0.01) : new Muon(0.01), (uint)i / 2, (ulong)i))];
        var alone = trials.Select(Run).ToArray();
        var together = new TrialResult[trials.Length];
        Parallel.For(0, trials.Length, i => together[i] = Run(trials[i]));
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_cancelled_trial_gives_nothing() =>
        Assert.Null(Wine.Prepare(0).Run(Whole(Wine, new Adam(0.1), 0, 0), new CancellationToken(canceled: true)));

    [Fact]
    public void An_autoencoder_gives_back_its_inputs_and_no_row_is_right_or_wrong()
    {
        var task = TaskCatalog.Autoencoder with { Epochs = 2 };
        var result = Run(Whole(task, new Adam(0.01), 0, 1));
        Assert.Equal(64, ((PreparedNetwork)task.Prepare(0)).Outputs);
        Assert.True(result.Metric[^1] < result.Metric[0]);
        Assert.Null(result.TestRight);
    }

    [Fact]
    public void Bytes_of_state_are_counted_in_the_task_s_precision()
    {
        Assert.Equal((2 * 8 * 83) + (8 * Scalars(new Adam(0.1))), Iris.Prepare(0).StateBytes(new Adam(0.1)));
        Assert.Equal((2 * 4 * 83) + (8 * Scalars(new Adam(0.1))), (Iris with { Precision = Precision.Float }).Prepare(0).StateBytes(new Adam(0.1)));
        Assert.Equal(83, Iris.Prepare(0).Parameters);

        static long Scalars(Optimizer optimizer) =>
            optimizer.StateOf<double>(ParameterLayout.Of<double>(("w", ParameterRole.Weight, [2, 2]))).Count(block => block.Shape == StateShape.Scalar);
    }

    [Fact]
    public void Who_needs_all_rows_cannot_enter_in_batches()
    {
        Assert.Equal("needs the exact gradient of all rows at every step", Wine.Refusal(new LBfgs(1)));
        Assert.Null(Iris.Refusal(new LBfgs(1)));
        Assert.Null(Wine.Refusal(new Adam(0.1)));
    }

    public static TheoryData<string, Func<object>> Bad => new()
    {
        { "The task t has a budget of 0 epochs, but it needs at least 1.", () => new NetworkTask("t", "iris", []) { Epochs = 0 } },
        { "The task t has a batch size of 0, but it needs at least 1.", () => new NetworkTask("t", "iris", []) { Epochs = 1, BatchSize = 0 } },
        { "The task t has a validation share of 1, but it must be at least 0 and below 1.", () => new NetworkTask("t", "iris", []) { Epochs = 1, ValidationShare = 1 } },
        { "The task t has a test share of -0.1, but it must be at least 0 and below 1.", () => new NetworkTask("t", "iris", []) { Epochs = 1, TestShare = -0.1 } },
        { "The task t has an L2 penalty of -1, but it must lie in [0, ∞).", () => new NetworkTask("t", "iris", []) { Epochs = 1, L2 = -1 } },
        { "There is no data set 'mils'; did you mean mails?", () => new NetworkTask("t", "mils", []) { Epochs = 1 }.Refusal(new Adam(0.1))! },
        {
            "The task t is measured by its validation loss, but its validation share is 0.",
            () => new NetworkTask("t", "iris", []) { Epochs = 1, ValidationShare = 0, Metric = TaskMetric.ValidationLoss }.Prepare(0)
        },
        {
            "The task t gives back its inputs, of which none is right or wrong; measure it by its loss.",
            () => new NetworkTask("t", "digits", []) { Epochs = 1, IsAutoencoder = true, Metric = TaskMetric.ValidationAccuracy }.Prepare(0)
        },
        {
            "The split of data 'iris' asks for a validation share of 0.6 and a test share of 0.4, expected a sum below 1.",
            () => new NetworkTask("t", "iris", []) { Epochs = 1, ValidationShare = 0.6, TestShare = 0.4 }.Prepare(0)
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_values_are_told_in_one_sentence(string message, Func<object> make) => Assert.Equal(message, Assert.Throws<SteepestException>(make).Message);

    private static TrialSpec Whole(TaskSpec task, Optimizer optimizer, uint split, ulong seed) => new(task, optimizer, split, seed) { KeepsEveryEpoch = true };

    private static TrialResult Run(TrialSpec trial) => trial.Task.Prepare(trial.Split).Run(trial, CancellationToken.None)!;
}
