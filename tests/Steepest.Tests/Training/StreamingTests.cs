using Steepest.Tests.Data.Streaming;

namespace Steepest.Tests.Training;

/// <summary>Training on rows that are read one by one.</summary>
public sealed class StreamingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_epoch_visits_every_row_once_in_an_order_of_its_own(int shuffleRows)
    {
        const int Rows = 103;
        var network = NetworkSpec.Mlp(1, [], 1, Activation.Identity).Build<double>(1);
        var batches = SourceBatches<double>.Of(network, new MadeSource(Rows), new(new Adam(0.1), 1, 10, Seed: 2) { ShuffleRows = shuffleRows });
        var batch = new Batch<double>(10, 1, 1, Loss.MeanSquaredError);
        var before = Enumerable.Range(0, Rows).Select(row => (double)row).ToList();
        for (var epoch = 0; epoch < 5; epoch++)
        {
            var seen = new List<double>();
            batches.Begin(done: 0);
            while (batches.Next(batch))
            {
                for (var b = 0; b < batch.Rows; b++)
                {
                    seen.Add(batch.RowAt(b)[0]);
                    Assert.Equal(-batch.RowAt(b)[0], batch.Targets.Span[b]);
                }
            }

            Assert.Equal(Enumerable.Range(0, Rows), seen.Order().Select(row => (int)row));
            Assert.NotEqual(before, seen);
            before = seen;
        }
    }

    [Fact]
    public void What_float_cannot_hold_is_refused_where_float_trains()
    {
        AssertRefused("row 5, feature 2: found 1e+300, which is infinite in float; scale it, or train in double", row => row.Features[1] = 1e300);
        AssertRefused("row 5, target 1: found -1e+39, which is infinite in float; scale it, or train in double", row => row.Targets[0] = -1e39);
        AssertRefused(
            "row 5: found weight 1e-50, expected 0 or a number from 1e-28 to 1e+28 in float; scale all weights, or train in double", row => row.Weight = 1e-50);

        static void AssertRefused(string sentence, Action<Row> change)
        {
            var spec = new TrainingSpec(new Adam(0.1), 1, 3);
            var network = NetworkSpec.Mlp(2, [], 1, Activation.Identity);
            Refusals.Assert($"Source 'made', {sentence}.", () => network.Build<float>(1).Fit(Source(), spec, cancellation: Cancellation));
            Assert.True(network.Build<double>(1).Fit(Source(), spec, cancellation: Cancellation).GradientEvaluations > 1);

            MadeSource Source() => new(9, (i, row) => (i == 4 ? change : _ => { })(row), features: 2);
        }
    }

    [Fact]
    public void More_batches_than_can_be_counted_are_refused() => Refusals.Assert(
        "The 3,000,000,000 rows of made are 3,000,000,000 batches of 1, but an epoch has at most 2,147,483,647; ask for larger batches.",
        () => new Trainer<double>(NetworkSpec.Mlp(1, [], 1, Activation.Identity).Build<double>(1), new MadeSource(3_000_000_000), null, new(new Adam(0.1), 1, 1)));

    [Fact]
    public void Unshuffled_it_goes_as_a_plain_loop_over_the_rows()
    {
        var data = Tests.Rows.Random(53, 4, 3, 1).WithWeights([.. Enumerable.Range(1, 53).Select(i => (double)i)]);
        var spec = new TrainingSpec(new Adam(0.01), 3, 16) { ShuffleRows = 1 };
        var network = NetworkSpec.Mlp(4, [7], 3, Activation.Tanh).Build<double>(1);
        var history = network.Fit(data.AsSource(), spec, cancellation: Cancellation);

        var plain = NetworkSpec.Mlp(4, [7], 3, Activation.Tanh).Build<double>(1);
        var gradient = new Parameters<double>(plain.Parameters.Layout);
        var batch = new Batch<double>(16, 4, 3, Loss.SoftmaxCrossEntropy);
        var stepper = spec.Optimizer.CreateStepper(plain.Parameters);
        var losses = new List<double>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var (sum, weight) = (0.0, 0.0);
            for (var start = 0; start < 53; start += 16)
            {
                batch.Load(data, start, Math.Min(16, 53 - start), withTargets: true);
                var context = new StepContext<double>(new OfBatch(plain, batch), gradient, totalSteps: 12);
                context.Begin(plain.Parameters);
                stepper.Step(context);
                sum += context.Loss * batch.TotalWeight;
                weight += batch.TotalWeight;
            }

            losses.Add(sum / weight);
        }

        Assert.Equal(losses, history.Loss);
        Assert.Equal(plain.Parameters.Values.ToArray(), network.Parameters.Values.ToArray());
    }

    [Fact]
    public void A_buffer_of_all_rows_in_one_batch_has_the_loss_of_the_dataset()
    {
        var data = Tests.Rows.Random(53, 4, 3, 1);
        var spec = NetworkSpec.Mlp(4, [7], 3, Activation.Tanh);
        var streamed = spec.Build<double>(1).Fit(data.AsSource(), new TrainingSpec(new Adam(0.01), 5, 53) { ShuffleRows = 53 }, cancellation: Cancellation);
        var whole = spec.Build<double>(1).Fit(data, new TrainingSpec(new Adam(0.01), 5), cancellation: Cancellation);

        // The same rows in another order: only the rounding of their sums differs.
        for (var epoch = 0; epoch < 5; epoch++)
            Assert.Equal(whole.Loss[epoch], streamed.Loss[epoch], 1e-12);
    }

    [Fact]
    public void A_row_that_cannot_be_used_ends_the_run_with_its_number_and_closes_the_source()
    {
        AssertEnds(
            "Source 'made', row 38, feature 1: found NaN, expected a finite number.",
            new MadeSource(50, (i, row) => row.Features[0] = i == 37 ? double.NaN : 0));
        AssertEnds("Source 'made' ended after 44 rows, expected 50.", new MadeSource(50, given: 44));
        AssertEnds("Source 'made' goes on after 50 rows, expected the end.", new MadeSource(50, given: 51));
        AssertEnds(
            "Source 'made', row 38: found 1.5 as target 1, expected 0 to 1 for binary cross-entropy.",
            new MadeSource(50, (i, row) => row.Targets[0] = i == 37 ? 1.5 : 0),
            Loss.BinaryCrossEntropy);
        AssertEnds("Source 'made', row 38: found label 2, expected one from 0 to 1.", new MadeSource(50, (i, row) => row.Label = i == 37 ? 2 : 0, classes: 2, targets: 0));

        static void AssertEnds(string sentence, MadeSource source, Loss? loss = null)
        {
            var network = NetworkSpec.Mlp(1, [3], 1, Activation.Tanh).Build<double>(1);
            var spec = new TrainingSpec(new Adam(1e-4), 3, 8) { ShuffleRows = 5, Loss = loss };
            Assert.Equal(sentence, Assert.Throws<SteepestException>(() => network.Fit(source, spec, cancellation: Cancellation)).Message);
            Assert.Equal(1, source.Opened);
            Assert.Equal(1, source.Closed);
        }
    }

    [Fact]
    public void The_source_is_closed_however_the_run_ends()
    {
        AssertClosed(TrainingOutcome.Completed);
        AssertClosed(TrainingOutcome.Cancelled, cancels: true);
        AssertClosed(TrainingOutcome.Diverged, learningRate: 1e200);
        AssertClosed(outcome: null, throws: true);

        static void AssertClosed(TrainingOutcome? outcome, bool cancels = false, bool throws = false, double learningRate = 1e-6)
        {
            using var cancellation = new CancellationTokenSource();
            var source = new MadeSource(50);
            var network = NetworkSpec.Mlp(1, [], 1, Activation.Identity).Build<double>(1);
            var trainer = new Trainer<double>(
                network, source, null, new(new Sgd(learningRate), 2, 8), new AtStep(3, () =>
                {
                    if (cancels) cancellation.Cancel();
                    if (throws) throw new TimeoutException();
                }));
            Assert.Equal(0, source.Opened);
            if (outcome is { } expected)
                Assert.Equal(expected, trainer.Run(cancellation.Token).Outcome);
            else
                Assert.Throws<TimeoutException>(() => trainer.Run(cancellation.Token));
            Assert.True(source.Opened > 0);
            Assert.Equal(source.Opened, source.Closed);
        }
    }

    private sealed class OfBatch(Network<double> network, Batch<double> batch) : IObjective<double>
    {
        public double Evaluate(Parameters<double> at, Parameters<double> gradient) =>
            network.LossAndGradient(batch, Loss.SoftmaxCrossEntropy, at, gradient, PassPurpose.Training, chance: null);
    }

    private sealed class AtStep(long step, Action act) : ITrainingObserver<double>
    {
        public void OnStep(TrainingState<double> state)
        {
            if (state.Stepper.StepCount == step) act();
        }
    }
}
