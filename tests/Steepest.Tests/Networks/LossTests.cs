using CsCheck;
using Steepest.Numerics;

namespace Steepest.Tests.Networks;

/// <summary>What holds of losses whatever the rows.</summary>
public sealed class LossTests
{
    [Fact]
    public void Binary_cross_entropy_treats_yes_and_no_alike() => Gen.Select(Gen.Double[-50, 50], Gen.Int[0, 16]).Sample((logit, sixteenths) =>
    {
        var (yes, no) = (Binary(logit, sixteenths / 16.0), Binary(-logit, 1 - (sixteenths / 16.0)));
        Assert.Equal(yes.Loss, no.Loss);
        Assert.Equal(yes.Slope, -no.Slope);
    });

    // log(1 + e⁻³⁰) and 1/(1 + e³⁰), which 1 − σ(30) has three digits of.
    [Theory]
    [InlineData(30, 1, 9.35762296883973e-14, -9.35762296883930e-14)]
    [InlineData(-30, 0, 9.35762296883973e-14, 9.35762296883930e-14)]
    public void Binary_cross_entropy_keeps_the_digits_of_small_losses(double logit, double target, double loss, double slope)
    {
        var seen = Binary(logit, target);
        Assert.Equal(1, seen.Loss / loss, 1e-14);
        Assert.Equal(1, seen.Slope / slope, 1e-14);
    }

    public static TheoryData<Loss, int> ForNumbers => new()
    {
        { Loss.MeanSquaredError, 3 }, { Loss.MeanAbsoluteError, 3 }, { Loss.Huber(0.5), 3 }, { new BinaryCrossEntropy([1, 2, 0]), 3 },
        { new SoftmaxCrossEntropy(0.1), 3 }, { new SoftmaxCrossEntropy(0.2, [1, 0, 3]), 3 }, { Loss.BinaryCrossEntropy, 1 },
    };

    [Theory]
    [MemberData(nameof(ForNumbers), DisableDiscoveryEnumeration = true)]
    public void A_row_of_weight_2_counts_as_two_and_one_of_weight_0_as_none(Loss loss, int outputs) =>
        Gen.Select(Gen.Int[0, 2].Array[2, 20], Gen.ULong).Where(drawn => drawn.Item1.Any(weight => weight > 0)).Sample((weights, seed) =>
        {
            var data = Targets(loss, weights.Length, outputs, seed);
            var network = new NetworkSpec(4, [new Dense(outputs, Activation.Identity)]).Build<double>(seed);
            var weighted = new NetworkGradients(network, data.WithWeights([.. weights.Select(weight => (double)weight)]), loss);
            var repeated = new NetworkGradients(network, data.Take([.. weights.SelectMany((weight, row) => Enumerable.Repeat(row, weight))]), loss);

            // The same few dozen numbers in another order.
            Assert.Equal(repeated.Loss, weighted.Loss, 1e-14 * Math.Max(1, repeated.Loss));
            foreach (var segment in (string[])["layer1.weight", "layer1.bias"])
            {
                foreach (var (expected, actual) in repeated.By(segment).Zip(weighted.By(segment)))
                    Assert.Equal(expected, actual, 1e-13);
            }
        });

    [Fact]
    public void Balanced_class_weights_let_every_class_count_the_same()
    {
        var data = Rows.Of([[1], [2], [3], [4], [5], [6]], [0, 2, 2, 1, 2, 1], 3);

        var loss = SoftmaxCrossEntropy.Balanced(data, 0.1);

        Assert.Equal(new SoftmaxCrossEntropy(0.1, [2, 1, 2.0 / 3]), loss);
        Assert.Equal([2.0, 2, 2], data.ClassCounts().Zip(loss.ClassWeights!, (count, weight) => count * weight));
    }

    [Fact]
    public void Rows_that_all_count_nothing_have_no_loss_and_no_slope()
    {
        // Both labels met belong to a class that counts nothing.
        var data = Rows.Of([[1, 2], [3, 4]], [1, 1], 2);
        var network = new NetworkSpec(2, [new Dense(2, Activation.Identity)]).Build<double>(seed: 1);

        var seen = new NetworkGradients(network, data, new SoftmaxCrossEntropy(ClassWeights: [1, 0]));

        Assert.Equal(0, seen.Loss);
        Assert.All(seen.By("layer1.weight"), slope => Assert.Equal(0, slope));
    }

    private static (double Loss, double Slope) Binary(double logit, double target)
    {
        var network = new NetworkSpec(1, [new Dense(1, Activation.Identity, Bias: false)]).Build<double>(seed: 0);
        network.Parameters["layer1.weight"][0] = 1;
        var seen = new NetworkGradients(network, Rows.WithTargets([[logit]], [[target]]), Loss.BinaryCrossEntropy);
        return (seen.Loss, seen.ByFeatures()[0]);
    }

    private static Dataset Targets(Loss loss, int rows, int outputs, ulong seed)
    {
        var x = Rows.Random(rows, 4, 3, seed);
        if (loss is SoftmaxCrossEntropy { ClassWeights: null }) return x;
        var generator = new Pcg64(seed + 1);
        return Rows.WithTargets([.. Enumerable.Range(0, rows).Select(row => x.Row(row).ToArray())], [.. Enumerable.Range(0, rows).Select(_ => Row())]);

        double[] Row()
        {
            double[] drawn = [.. Enumerable.Range(0, outputs).Select(_ => generator.NextDouble())];
            return loss is SoftmaxCrossEntropy ? [.. drawn.Select(number => number / drawn.Sum())] : drawn;
        }
    }
}
