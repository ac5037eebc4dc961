using System.Numerics;
using Steepest.Tests.Data.Streaming;
using Steepest.Tests.Training.Checkpoints;

namespace Steepest.Tests.Training;

/// <summary>No step allocates after the first, nor does an epoch, whatever a training is made of.</summary>
[Collection(nameof(Alone))]
public sealed class StepMemoryTests
{
    private static readonly Dataset Data = Tests.Rows.Random(53, 4, 3, 1);

    private static readonly Dataset Validation = Tests.Rows.Random(300, 4, 3, 2);

    // Rows that leave a smaller last batch, and a step of fewer batches.
    private static readonly TrainingSpec Spec = new(new Adam(0.001), 5, 16) { AccumulateBatches = 3 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void With_every_layer()
    {
        foreach (var activation in Activation.All)
        {
            AssertAllocatesNothing(Of(new Dense(7, activation), new Dense(5, activation, Bias: false)), Spec);
            AssertAllocatesNothing(Of(new Dense(7, Activation.Identity), new Activate(activation)), Spec);
        }

        AssertAllocatesNothing(Of(new Dropout(0.3), new Dense(7, Activation.Relu), new Dropout(0.5)), Spec);
        AssertAllocatesNothing(Of(new LayerNorm(), new Dense(7, Activation.Gelu), new LayerNorm(Affine: false)), Spec);
        AssertAllocatesNothing(Of(new BatchNorm(), new Dense(7, Activation.Gelu), new BatchNorm(Momentum: null, Affine: false)), Spec);
        AssertAllocatesNothing(Of(new Residual([new Dense(4, Activation.Relu), new Dropout(0.1)]), new Residual([new BatchNorm(), new Dense(4, Activation.Mish)])), Spec);
    }

    [Fact]
    public void With_steppers_of_ones_own()
    {
        AssertAllocatesNothing(Plain, Spec with { Optimizer = new MeanOfPlaces(0.01) });
        AssertAllocatesNothing(Plain, Spec with { Optimizer = new LooksAhead(0.01) });
    }

    [Fact]
    public void With_every_loss()
    {
        var weighted = Data.WithWeights([.. Enumerable.Range(1, Data.Rows).Select(i => (double)i)]);
        foreach (var loss in (Loss[])[Loss.SoftmaxCrossEntropy, new SoftmaxCrossEntropy(0.1, [1, 2, 3])])
            AssertAllocatesNothing(Plain, Spec with { Loss = loss }, weighted);

        var numbers = Dataset.Regression("numbers", Data.Values, Data.FeatureNames, [.. Enumerable.Range(0, 53 * 3).Select(i => i % 2 * 1.0)], ["a", "b", "c"]);
        foreach (var loss in (Loss[])[Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber(), Loss.BinaryCrossEntropy, new BinaryCrossEntropy([1, 2, 3])])
            AssertAllocatesNothing(Plain, Spec with { Loss = loss }, numbers, numbers);
    }

    [Fact]
    public void With_penalties_clipping_and_groups()
    {
        var spec = Spec with
        {
            Penalty = new(0.001, 0.01),
            Groups = [ParameterGroup.Frozen("layer1.bias"), ParameterGroup.Named("layer1.*", new Sgd(0.01, 0.9)), ParameterGroup.Of(ParameterRole.Bias, new MeanOfPlaces(0.1))],
        };
        foreach (var clipping in (Clipping[])[Clipping.ByValue(0.01), Clipping.ByNorm(0.01), Clipping.ByGlobalNorm(0.01)])
            AssertAllocatesNothing(Plain, spec with { Clipping = clipping });
    }

    [Fact]
    public void With_validation_and_early_stopping()
    {
        AssertAllocatesNothing(Plain, Spec, validation: Validation);
        AssertAllocatesNothing(Plain, Spec with { EarlyStopping = new(50) }, validation: Validation);
        AssertAllocatesNothing(Plain, Spec with { EarlyStopping = new(50, RestoreBest: false), BatchSize = null, AccumulateBatches = 1 }, validation: Validation);
    }

    [Fact]
    public void With_metrics_but_for_a_small_object_each()
    {
        var allocated = new Allocated<double>(5);
        var spec = Spec with { Metrics = [Metric.Accuracy, Metric.LogLoss], EarlyStopping = new(50, Monitor: Metric.Accuracy) };
        new Trainer<double>(Plain.Build<double>(1), Data, Validation, spec, allocated).Run(Cancellation);

        AssertConstantWithinEpochs(allocated);
        Assert.All(allocated.Epochs.Zip(allocated.Epochs.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 256));
    }

    [Fact]
    public void With_rows_from_a_source_but_for_a_reader_an_epoch()
    {
        var allocated = new Allocated<double>(5);
        new Trainer<double>(Plain.Build<double>(1), Data.AsSource(), null, Spec with { ShuffleRows = 20 }, allocated).Run(Cancellation);

        AssertConstantWithinEpochs(allocated);
        Assert.All(allocated.Epochs.Zip(allocated.Epochs.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 256));
    }

    [Fact]
    public void A_million_rows_pass_through_the_memory_of_their_buffer()
    {
        const int Rows = 1_000_000, Features = 8;
        var source = new MadeSource(Rows, (i, row) => row.Features.AsSpan().Fill(i % 17), features: Features);
        var network = NetworkSpec.Mlp(Features, [4], 1, Activation.Relu).Build<float>(1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var history = network.Fit(source, new TrainingSpec(new Adam(1e-4), 1, 1000) { ShuffleRows = 1000 }, cancellation: Cancellation);

        // A thousand rows in the buffer, a thousand in the batch, and their activations; the data has 72 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 600_000);
        Assert.Equal((TrainingOutcome.Completed, 1000L), (history.Outcome, history.GradientEvaluations));
    }

    private static NetworkSpec Plain => Of(new Dense(7, Activation.Relu));

    private static NetworkSpec Of(params LayerSpec[] layers) => new(4, [.. layers, new Dense(3, Activation.Identity)]);

    private static void AssertAllocatesNothing(NetworkSpec network, TrainingSpec spec, Dataset? data = null, Dataset? validation = null)
    {
        AssertAllocatesNothing<double>(network, spec, data ?? Data, validation);
        AssertAllocatesNothing<float>(network, spec, data ?? Data, validation);
    }

    private static void AssertAllocatesNothing<T>(NetworkSpec network, TrainingSpec spec, Dataset data, Dataset? validation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var allocated = new Allocated<T>(spec.Epochs);
        var history = new Trainer<T>(network.Build<T>(1), data, validation, spec, allocated).Run(Cancellation);

        Assert.Equal(TrainingOutcome.Completed, history.Outcome);
        AssertConstantWithinEpochs(allocated);
        Assert.True(allocated.Epochs.Skip(1).All(bytes => bytes == allocated.Epochs[0]), $"{network.Describe()}\n{spec}\nallocated by the end of each epoch {string.Join(", ", allocated.Epochs)}.");
    }

    private static void AssertConstantWithinEpochs<T>(Allocated<T> allocated)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.All(allocated.Steps.Skip(1).Where(pair => pair.IsSameEpoch), pair => Assert.Equal(0, pair.Bytes));

    /// <summary>What was allocated between a step and the one before, and by the end of each epoch.</summary>
    private sealed class Allocated<T>(int epochs) : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly (bool IsSameEpoch, long Bytes)[] steps = new (bool, long)[2000];
        private int count, epoch = -1;
        private long last;

        public IEnumerable<(bool IsSameEpoch, long Bytes)> Steps => steps.Take(count);

        public long[] Epochs { get; } = new long[epochs];

        public void OnStart(TrainingState<T> state) => state.CountsRight = true;

        public void OnStep(TrainingState<T> state)
        {
            var now = GC.GetAllocatedBytesForCurrentThread();
            steps[count++] = (state.Epoch == epoch, now - last);
            (epoch, last) = (state.Epoch, now);
        }

        public void OnEpoch(TrainingState<T> state) => Epochs[state.Epoch] = GC.GetAllocatedBytesForCurrentThread();
    }
}
