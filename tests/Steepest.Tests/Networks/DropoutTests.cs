using CsCheck;
using Steepest.Numerics;

namespace Steepest.Tests.Networks;

public sealed class DropoutTests
{
    [Fact]
    public void In_evaluation_it_passes_everything_as_it_is() =>
        Gen.Select(Gen.Double[0, 0.99], Gen.Int[1, 5], Gen.Double.Array[60]).Sample((rate, features, numbers) =>
        {
            var rows = numbers[..(numbers.Length / features * features)];
            Assert.Equal(rows, new AppliedLayer<double>(new Dropout(rate), features).Forward(rows, PassPurpose.Evaluation));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_that_is_dropped_is_the_rate_and_the_mean_stays(double rate)
    {
        const int Draws = 1_000_000;
        var passed = Pass<double>(rate, rows: Draws / 4, features: 4, seed: 1);

        // What is kept is enlarged by the same factor everywhere.
        Assert.All(passed.Distinct(), number => Assert.True(number == 0 || number == 1 / (1 - rate)));
        // Five standard deviations of a share of independent draws; the mean is the share that is kept over its expectation.
        var tolerance = 5 * Math.Sqrt(rate * (1 - rate) / Draws);
        Assert.Equal(rate, (double)passed.Count(number => number == 0) / Draws, tolerance);
        Assert.Equal(1, passed.Average(), (tolerance / (1 - rate)) + 1e-12);
    }

    [Fact]
    public void Neighbours_are_dropped_independently()
    {
        const double Rate = 0.3;
        const int Rows = 100_000, Features = 4;
        var dropped = Pass<double>(Rate, Rows, Features, seed: 2).Select(number => number == 0).ToArray();

        var tolerance = 5 * Math.Sqrt(Rate * Rate * (1 - (Rate * Rate)) / (Rows * Features));
        Assert.Equal(Rate * Rate, Share((row, f) => Dropped(row, f) && Dropped(row, f + 1)), tolerance);
        Assert.Equal(Rate * Rate, Share((row, f) => Dropped(row, f) && Dropped(row + 1, f)), tolerance);

        bool Dropped(int row, int f) => dropped[(row % Rows * Features) + (f % Features)];

        double Share(Func<int, int, bool> isSo) =>
            Enumerable.Range(0, Rows * Features).Count(i => isSo(i / Features, i % Features)) / (double)(Rows * Features);
    }

    [Fact]
    public void Masks_are_the_same_in_float_and_double() =>
        Gen.Select(Gen.Double[0.05, 0.95], Gen.Int[1, 30], Gen.Int[1, 9], Gen.ULong).Sample((rate, rows, features, seed) => Assert.Equal(
            Pass<double>(rate, rows, features, seed).Select(number => number == 0),
            Pass<float>(rate, rows, features, seed).Select(number => number == 0)));

    [Fact]
    public void The_way_back_passes_the_same_mask()
    {
        var ones = Ones<double>(17 * 5);
        var (outputs, byInputs) = new AppliedLayer<double>(new Dropout(0.4), 5).ForwardAndBackward(ones, ones, PassPurpose.Training, new Pcg64(3));

        Assert.Contains(0, outputs);
        Assert.Equal(outputs, byInputs);
    }

    [Fact]
    public void The_seed_decides_the_masks()
    {
        Assert.Equal(Pass<double>(0.5, 40, 10, seed: 4), Pass<double>(0.5, 40, 10, seed: 4));
        Assert.NotEqual(Pass<double>(0.5, 40, 10, seed: 4), Pass<double>(0.5, 40, 10, seed: 5));

        // All rows at once: the seed of the run decides nothing else.
        Assert.Equal(Losses(seed: 6), Losses(seed: 6));
        Assert.NotEqual(Losses(seed: 6), Losses(seed: 7));
    }

    [Fact]
    public void Every_step_has_a_mask_of_its_own()
    {
        var layer = new AppliedLayer<double>(new Dropout(0.5), 10);
        var chance = new Pcg64(8);
        double[] ones = Ones<double>(100), first = layer.Forward(ones, PassPurpose.Training, chance), second = layer.Forward(ones, PassPurpose.Training, chance);
        Assert.NotEqual(first, second);
    }

    private static IReadOnlyList<double> Losses(ulong seed)
    {
        var network = new NetworkSpec(4, [new Dense(10, Activation.Tanh), new Dropout(), new Dense(3, Activation.Identity)]).Build<double>(seed: 1);
        return network.Fit(Datasets.Iris(), new Sgd(0.01), 3, seed: seed, cancellation: TestContext.Current.CancellationToken).Loss;
    }

    private static T[] Pass<T>(double rate, int rows, int features, ulong seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        new AppliedLayer<T>(new Dropout(rate), features).Forward(Ones<T>(rows * features), PassPurpose.Training, new Pcg64(seed));

    private static T[] Ones<T>(int count)
        where T : System.Numerics.INumberBase<T> => [.. Enumerable.Repeat(T.One, count)];
}
