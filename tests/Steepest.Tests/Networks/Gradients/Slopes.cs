using Steepest.Numerics;

namespace Steepest.Tests.Networks.Gradients;

/// <summary>Compares a network's gradients with the slopes of its loss, number by number.</summary>
internal sealed class Slopes
{
    // Around the first step the rounding of the loss, some 1e-15/step of it, and its third derivative, some step²/6 of that, cost a slope about
    // as much, 1e-10; through steep normalisations a hundred times that. A wrong term costs one to thousands of times 1e-3.
    private const double Step = 1e-5, SmallerStep = 1e-6, Tolerance = 1e-7;

    private readonly GradientCase of;
    private readonly Network<double> network;
    private readonly Batch<double> batch;
    private readonly AlignedBuffer<double> rowLoss, ignored;

    public Slopes(GradientCase of)
    {
        this.of = of;
        network = of.Network();
        var data = network.CheckedFit(of.Data(), of.Loss);
        batch = new Batch<double>(data.Rows, data.FeatureCount, network.Outputs, of.Loss);
        batch.Load(data, [.. Enumerable.Range(0, data.Rows)]);
        rowLoss = new(batch.Stride);
        ignored = new((long)network.Outputs * batch.Stride);
    }

    /// <summary>Fails unless every gradient by a parameter is the slope.</summary>
    public void AssertByParameters()
    {
        var gradient = new Parameters<double>(network.Parameters.Layout);
        var loss = network.LossAndGradient(batch, of.Loss, network.Parameters, gradient, PassPurpose.SecondLook, Chance());
        Assert.Equal(Loss(), loss);
        foreach (var segment in network.Parameters.Layout.Segments)
        {
            for (var i = 0; i < segment.Length; i++)
                AssertSlope(ref network.Parameters[segment][i], gradient[segment][i], $"{segment.Name}[{i}]");
        }
    }

    /// <summary>Fails unless every gradient by a feature is the slope.</summary>
    public void AssertByFeatures()
    {
        var gradient = network.InputGradient(batch, of.Loss, network.Parameters, new(network.Parameters.Layout), Chance());
        for (var row = 0; row < batch.Rows; row++)
        {
            for (var f = 0; f < batch.Features; f++)
            {
                var at = (f * batch.Stride) + row;
                AssertSlope(ref batch.Inputs.Span[at], gradient.Span[at], $"feature {f + 1} of row {row + 1}");
            }
        }
    }

    // The same masks at every pass.
    private Pcg64 Chance() => new(of.Seed + 2);

    private double Loss() => of.Loss.Evaluate(network.Forward(batch, network.Parameters, PassPurpose.SecondLook, Chance()), batch, rowLoss, ignored);

    private void AssertSlope(ref double number, double gradient, string what)
    {
        if (IsSlope(ref number, gradient, Step, out _)) return;
        // Kinks on both sides can hide each other. A smaller step leaves them outside; an error it leaves as it is.
        Assert.True(IsSlope(ref number, gradient, SmallerStep, out var slope), $"{what}: the gradient is {gradient:R}, the slope {slope:R}.");
    }

    private bool IsSlope(ref double number, double gradient, double step, out double slope)
    {
        var here = number;
        var loss = Loss();
        number = here + step;
        var above = Loss();
        number = here - step;
        var below = Loss();
        number = here;

        slope = (above - below) / (2 * step);
        // With a kink between the points the slopes before and after it differ, and their mean is off by no more than that.
        var bend = of.HasKinks ? Math.Abs(above - (2 * loss) + below) / step : 0;
        return Math.Abs(slope - gradient) <= (Tolerance * Math.Max(1, Math.Max(loss, Math.Abs(slope)))) + bend;
    }
}
