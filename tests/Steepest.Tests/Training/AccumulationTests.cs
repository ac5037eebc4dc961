using Steepest.Tests.Networks;

namespace Steepest.Tests.Training;

/// <summary>Steps that take several batches together.</summary>
public sealed class AccumulationTests
{
    // Sums of a hundred numbers in another order.
    private const double Rounding = 1e-12;

    private static readonly Dataset Weighted = SeedRun.Train.WithWeights([.. Enumerable.Range(0, SeedRun.Train.Rows).Select(row => row % 4 * 0.75)]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 5)]
    [InlineData(8, 3)]
    [InlineData(30, 2)]
    [InlineData(7, 15)]
    public void Several_batches_are_one_of_their_rows_together(int batchSize, int batches)
    {
        // 100 rows: with 10 every step is whole; otherwise the last takes fewer batches, and the last batch fewer rows.
        AssertSame(SeedRun.Train, new SoftmaxCrossEntropy());
        AssertSame(Weighted, new SoftmaxCrossEntropy());
        AssertSame(Weighted, new SoftmaxCrossEntropy(LabelSmoothing: 0.1, ClassWeights: [1, 0.5, 4]));

        void AssertSame(Dataset data, Loss loss)
        {
            var spec = new TrainingSpec(new Adam(0.01), 6, batchSize, Seed: 4) { Loss = loss, Penalty = new(L1: 0.001, L2: 0.01), Clipping = Clipping.ByGlobalNorm(0.5) };
            Network<double> together = SeedRun.Network<double>(), whole = SeedRun.Network<double>();
            var accumulated = together.Fit(data, spec with { AccumulateBatches = batches }, cancellation: Cancellation);
            var expected = whole.Fit(data, spec with { BatchSize = Math.Min(100, batchSize * batches) }, cancellation: Cancellation);

            Difference.AssertEachWithin(Rounding, 0, [.. expected.Loss], [.. accumulated.Loss], "losses");
            Difference.AssertWithin(Rounding, Snapshots.Of(whole), Snapshots.Of(together), "parameters");
            Assert.Equal(expected.GradientEvaluations, accumulated.GradientEvaluations);
        }
    }

    [Fact]
    public void The_gradient_is_the_batches_mean_by_their_weights()
    {
        // One step of batches of 60 and 40 rows, whose order the seed's first shuffle decides.
        var network = SeedRun.Network<double>();
        var order = new Steepest.Numerics.Pcg64(new Steepest.Numerics.SeedSequence(9, (uint)RandomPurpose.BatchOrder)).Permutation(100).Select(row => (int)row).ToArray();
        Dataset first = Weighted.Take(order.AsSpan(0, 60)), second = Weighted.Take(order.AsSpan(60));
        double firstWeight = Sum(first), secondWeight = Sum(second);
        var (byFirst, bySecond) = (new NetworkGradients(network, first), new NetworkGradients(network, second));
        double[] expected = [.. byFirst.By("layer1.weight").Zip(bySecond.By("layer1.weight"), (a, b) => ((firstWeight * a) + (secondWeight * b)) / (firstWeight + secondWeight))];
        var loss = ((firstWeight * byFirst.Loss) + (secondWeight * bySecond.Loss)) / (firstWeight + secondWeight);

        double[] found = [];
        var trainer = new Trainer<double>(
            network,
            Weighted,
            new(new GradientDescent(0.1), 1, BatchSize: 60, Seed: 9) { AccumulateBatches = 2 },
            new AtStep(state => found = state.Context.Gradient["layer1.weight"].ToArray()));
        var history = trainer.Run(Cancellation);

        Difference.AssertWithin(1e-15, expected, found, "gradient");
        Difference.AssertEachWithin(1e-15, 0, [loss], [.. history.Loss], "loss");
        Assert.NotEqual(firstWeight / 60, secondWeight / 40);

        static double Sum(Dataset data) => data.Weights.ToArray().Sum();
    }

    [Fact]
    public void A_batch_in_which_no_row_counts_takes_no_part()
    {
        // Rows of weight 0 alone fill some batches of three.
        var data = SeedRun.Train.WithWeights([.. Enumerable.Range(0, 100).Select(row => row < 10 ? 1.0 : 0)]);
        var spec = new TrainingSpec(new Adam(0.01), 4, BatchSize: 3, Seed: 2);
        Network<double> together = SeedRun.Network<double>(), whole = SeedRun.Network<double>();
        var accumulated = together.Fit(data, spec with { AccumulateBatches = 34 }, cancellation: Cancellation);
        var expected = whole.Fit(SeedRun.Train.Take([.. Enumerable.Range(0, 10)]), spec with { BatchSize = null }, cancellation: Cancellation);

        Difference.AssertEachWithin(Rounding, 0, [.. expected.Loss], [.. accumulated.Loss], "losses");
        Difference.AssertWithin(Rounding, Snapshots.Of(whole), Snapshots.Of(together), "parameters");
    }

    [Fact]
    public void Steps_are_counted_not_batches()
    {
        var told = new List<(long Step, long Steps)>();
        var spec = new TrainingSpec(new Adam(0.01), 2, BatchSize: 10) { AccumulateBatches = 4 };
        new Trainer<double>(SeedRun.Network<double>(), SeedRun.Train, spec, new AtStep(state => told.Add((state.Stepper.StepCount, state.Context.TotalSteps)))).Run(Cancellation);

        Assert.Equal([(1, 6), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6)], told);
        Refusals.Assert("A step is to accumulate 0 batches, but it needs at least 1.", () => spec with { AccumulateBatches = 0 });
    }
}
