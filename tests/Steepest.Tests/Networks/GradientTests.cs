using CsCheck;

namespace Steepest.Tests.Networks;

public sealed class GradientTests
{
    // Around this step the rounding of the loss and the curve of it lose about as much of a slope.
    private const double Step = 1e-5;

    private static readonly Gen<Case> Cases =
        from inputs in Gen.Int[1, 9]
        from hidden in Gen.Int[1, 9].Array[0, 3]
        from outputs in Gen.Int[2, 5]
        from rows in Gen.Int[1, 20]
        from activation in Gen.Int[0, Activation.All.Count - 1].Select(i => Activation.All[i])
        from bias in Gen.Bool
        from seed in Gen.ULong
        select new Case(NetworkSpec.Mlp(inputs, hidden, outputs, activation, Initializer.Uniform(-1, 1), bias), rows, seed);

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss() => Cases.Sample(
        sample =>
        {
            var data = sample.Data;
            var network = sample.Spec.Build<double>(sample.Seed);
            var here = new NetworkGradients(network, data);
            foreach (var segment in network.Parameters.Layout.Segments)
            {
                var gradient = here.By(segment.Name);
                for (var i = 0; i < gradient.Length; i++)
                    AssertSlope(network, data, segment, i, here.Loss, gradient[i]);
            }
        },
        iter: 100);

    [Fact]
    public void The_gradient_by_a_feature_is_the_slope_of_the_loss() => Cases.Sample(
        sample =>
        {
            var data = sample.Data;
            var network = sample.Spec.Build<double>(sample.Seed);
            var gradient = new NetworkGradients(network, data).ByFeatures();
            var here = new NetworkGradients(network, data).Loss;
            for (var i = 0; i < gradient.Length; i++)
                AssertSlope(LossAt(i, -Step), here, LossAt(i, Step), gradient[i], HasKinks(sample.Spec), $"feature value {i}");

            double LossAt(int i, double step)
            {
                var values = data.Values.ToArray();
                values[i] += step;
                return new NetworkGradients(network, data.WithValues(values)).Loss;
            }
        },
        iter: 30);

    private static void AssertSlope(Network<double> network, Dataset data, ParameterSegment segment, int place, double here, double gradient)
    {
        var value = network.Parameters[segment][place];
        network.Parameters[segment][place] = value + Step;
        var above = new NetworkGradients(network, data).Loss;
        network.Parameters[segment][place] = value - Step;
        var below = new NetworkGradients(network, data).Loss;
        network.Parameters[segment][place] = value;
        AssertSlope(below, here, above, gradient, HasKinks(network.Spec), $"{segment.Name}[{place}]");
    }

    private static void AssertSlope(double below, double here, double above, double gradient, bool hasKinks, string what)
    {
        double slope = (above - below) / (2 * Step), bend = Math.Abs(above - (2 * here) + below) / Step;
        // Where the activation has a kink between the points, the slopes before and after differ, and their mean is off by no more than that.
        var allowed = 2e-8 + (hasKinks ? bend : 0);
        Assert.True(
            Math.Abs(slope - gradient) <= allowed,
            $"{what}: the gradient is {gradient}, the slope {slope} ({(here - below) / Step} before, {(above - here) / Step} after).");
    }

    private static bool HasKinks(NetworkSpec spec) => spec.Layers.Cast<Dense>().Any(layer => layer.Activation.Name is "relu" or "leaky-relu" or "selu" or "hard-swish");

    /// <summary>A network and rows drawn from continuous ranges: none stands exactly on a kink, where there is no slope.</summary>
    private sealed record Case(NetworkSpec Spec, int Rows, ulong Seed)
    {
        public Dataset Data => Tests.Rows.Random(Rows, Spec.Inputs, Spec.Outputs, Seed + 1);
    }
}
