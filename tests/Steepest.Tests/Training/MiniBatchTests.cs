using CsCheck;
using Steepest.Numerics;

namespace Steepest.Tests.Training;

public sealed class MiniBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_epoch_sees_every_row_once_in_batches_of_which_only_the_last_is_smaller() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 70], Gen.ULong).Sample((rows, size, seed) =>
        {
            var batches = BatchesOf(rows, Math.Min(size, rows), seed);
            for (var epoch = 0; epoch < 3; epoch++)
            {
                var seen = Epoch(batches);
                Assert.Equal(batches.Count, seen.Length);
                Assert.All(seen[..^1], batch => Assert.Equal(Math.Min(size, rows), batch.Length));
                Assert.InRange(seen[^1].Length, 1, size);
                Assert.Equal(Enumerable.Range(0, rows), seen.SelectMany(batch => batch).Order());
            }
        });

    [Fact]
    public void The_order_changes_from_epoch_to_epoch_and_with_the_seed_alone()
    {
        Batches<double> batches = BatchesOf(100, 10, seed: 1), same = BatchesOf(100, 10, seed: 1), other = BatchesOf(100, 10, seed: 2);
        int[][] first = Epoch(batches), second = Epoch(batches);

        Assert.NotEqual(first, second);
        Assert.Equal(first, Epoch(same));
        Assert.Equal(second, Epoch(same));
        Assert.NotEqual(first, Epoch(other));
    }

    [Fact]
    public void The_order_is_drawn_from_the_seed_s_stream_for_batch_order()
    {
        var stream = new Pcg64(new SeedSequence(5, (uint)RandomPurpose.BatchOrder));

        Assert.Equal(stream.Permutation(100), Epoch(BatchesOf(100, 7, seed: 5)).SelectMany(batch => batch));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void All_rows_at_once_keep_their_order(int? size)
    {
        var batches = BatchesOf(100, size, seed: 1);

        Assert.Null(batches.Order);
        Assert.Equal(Enumerable.Range(0, 100), Assert.Single(Epoch(batches)));
        Assert.Equal(Enumerable.Range(0, 100), Assert.Single(Epoch(batches)));
        Assert.Equal(Bits(null, seed: 0), Bits(size, seed: 7));
    }

    [Fact]
    public void A_run_has_the_same_bits_whenever_its_seed_is_the_same()
    {
        Assert.Equal(Bits(32, seed: 1), Bits(32, seed: 1));
        Assert.NotEqual(Bits(32, seed: 1), Bits(32, seed: 2));
        Assert.NotEqual(Bits(32, seed: 1), Bits(33, seed: 1));
    }

    [Fact]
    public void The_loss_of_an_epoch_is_the_mean_over_its_rows()
    {
        var losses = new BatchLosses();
        var spec = new TrainingSpec(new Adam(0.01), 3, BatchSize: 32);
        var history = new Trainer<double>(SeedRun.Network<double>(), SeedRun.Train, spec, losses).Run(Cancellation);

        // 100 rows are three batches of 32 and one of 4.
        double[] expected = [.. losses.Seen.Chunk(4).Select(l => ((32 * (l[0] + l[1] + l[2])) + (4 * l[3])) / 100)];
        Difference.AssertEachWithin(1e-15, 0, expected, [.. history.Loss], "losses of epochs");
        Assert.Equal(12, history.GradientEvaluations);
    }

    [Fact]
    public void Mini_batches_train_too()
    {
        var network = SeedRun.Network<double>();
        var history = network.Fit(SeedRun.Train, new Adam(0.01), epochs: 100, batchSize: 16, seed: 3, cancellation: Cancellation);

        Assert.True(history.Loss[^1] < 0.2);
        Assert.True(network.Evaluate(SeedRun.Test).Accuracy >= 0.9);
    }

    private static double[] Bits(int? batchSize, ulong seed)
    {
        var network = SeedRun.Network<double>();
        var history = network.Fit(SeedRun.Train, new Adam(0.01), 10, batchSize, seed, cancellation: Cancellation);
        return [.. network.Parameters.Values, .. history.Loss];
    }

    // Each row's only feature is its number.
    private static DatasetBatches<double> BatchesOf(int rows, int? size, ulong seed) =>
        new(Dataset.Regression("numbered", [.. Enumerable.Range(0, rows).Select(row => (double)row)], ["number"], new double[rows], ["nothing"]), size, seed);

    private static int[][] Epoch(Batches<double> batches)
    {
        var seen = new List<int[]>();
        var batch = new Batch<double>(batches.Size, 1, 1, Loss.MeanSquaredError);
        batches.Begin(done: 0);
        while (batches.Next(batch))
            seen.Add([.. Enumerable.Range(0, batch.Rows).Select(b => (int)batch.RowAt(b)[0])]);
        return [.. seen];
    }

    private sealed class BatchLosses : ITrainingObserver<double>
    {
        public List<double> Seen { get; } = [];

        public void OnStep(TrainingState<double> state) => Seen.Add(state.Context.Loss);
    }
}
