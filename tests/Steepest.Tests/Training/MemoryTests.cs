using System.Numerics;

namespace Steepest.Tests.Training;

/// <summary>Tests that run while no other does: a collection that another thread causes would count as allocation of this one.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What training does to memory, for every optimizer, in either precision, with all rows at once and in mini-batches.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    // Sizes that fill no lane, so that every segment is padded.
    private static readonly NetworkSpec Spec = NetworkSpec.Mlp(4, [5, 7], 3, Activation.Tanh);

    [Theory]
    [InlineData(null)]
    [InlineData(32)]
    public void Nothing_is_allocated_from_the_second_epoch_on(int? batchSize)
    {
        foreach (var optimizer in batchSize is null ? EveryOptimizer.All : EveryOptimizer.ForBatches)
        {
            AssertAllocatesNothing<double>(optimizer, batchSize);
            AssertAllocatesNothing<float>(optimizer, batchSize);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(32)]
    public void Padding_stays_zero(int? batchSize)
    {
        AssertPaddingStaysZero<double>(new Adam(0.01), batchSize);
        AssertPaddingStaysZero<float>(new Adam(0.01), batchSize);
    }

    private static void AssertAllocatesNothing<T>(Optimizer optimizer, int? batchSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Epochs = 200;
        var network = Spec.Build<T>(seed: 1);
        var recorder = new Recorder<T>(network.Parameters.Layout, [("layer1.weight", 3), ("layer2.bias", 0)], [0, 5, 50, 150]);
        var allocated = new AllocatedBytes<T>(Epochs);

        // A collection in the middle of the run would count what it leaves unused of the thread's piece of memory.
        GC.Collect();
        new Trainer<T>(network, SeedRun.Train, new(optimizer, Epochs, batchSize), recorder, allocated).Run(TestContext.Current.CancellationToken);

        Assert.True(allocated.After[0] > 0);
        Assert.True(allocated.After.All(bytes => bytes == allocated.After[0]), $"{optimizer} allocated by the end of each epoch {string.Join(", ", allocated.After.Distinct())}.");
        Assert.Equal(4, recorder[0].Length);
    }

    private static void AssertPaddingStaysZero<T>(Optimizer optimizer, int? batchSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Spec.Build<T>(seed: 1);
        var last = new Last<T>();
        new Trainer<T>(network, SeedRun.Train, new(optimizer, 20, batchSize), last).Run(TestContext.Current.CancellationToken);

        var state = last.State!;
        Assert.NotSame(state.Stepper.Parameters, state.Context.Gradient);
        Parameters<T>[] all = [network.Parameters, state.Context.Gradient, .. state.Stepper.State.Select(block => block.Values)];
        foreach (var parameters in all)
        {
            var values = parameters.Values.ToArray();
            Assert.Contains(values, value => value != T.Zero);
            foreach (var segment in parameters.Layout.Segments)
                values.AsSpan(segment.Offset, segment.Length).Clear();
            Assert.True(values.Length > parameters.Layout.Count);
            Assert.All(values, value => Assert.Equal(T.Zero, value));
        }
    }

    private sealed class AllocatedBytes<T>(int epochs) : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public long[] After { get; } = new long[epochs];

        public void OnStart(TrainingState<T> state) => state.CountsRight = true;

        public void OnEpoch(TrainingState<T> state) => After[state.Epoch] = GC.GetAllocatedBytesForCurrentThread();
    }

    private sealed class Last<T> : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public TrainingState<T>? State { get; private set; }

        public void OnEpoch(TrainingState<T> state) => State = state;
    }
}
