using Steepest.Numerics;

namespace Steepest.Tests.Networks;

/// <summary>What a network makes of all rows of a dataset as one batch.</summary>
internal sealed class NetworkGradients
{
    private readonly Network<double> network;
    private readonly Batch<double> batch;
    private readonly Parameters<double> gradient;
    private readonly double[] inputGradient;
    private readonly double[] outputs;

    public NetworkGradients(Network<double> network, Dataset data, Loss? loss = null)
    {
        var chosen = loss ?? Steepest.Loss.For(DataShape.Of(data), network.Outputs);
        this.network = network;
        batch = new Batch<double>(data.Rows, data.FeatureCount, network.Outputs, chosen);
        batch.Load(data, [.. Enumerable.Range(0, data.Rows)]);
        gradient = new Parameters<double>(network.Parameters.Layout);
        Loss = network.LossAndGradient(batch, chosen, network.Parameters, gradient, PassPurpose.Training, Chance());
        inputGradient = network.InputGradient(batch, chosen, network.Parameters, new(network.Parameters.Layout), Chance()).Span.ToArray();
        outputs = network.Forward(batch, network.Parameters, PassPurpose.SecondLook, Chance()).Span.ToArray();
    }

    public double Loss { get; }

    /// <summary>The gradient by one segment.</summary>
    public double[] By(string segment) => gradient[segment].ToArray();

    /// <summary>The logits, row by row.</summary>
    public double[] Logits() => ByRow(outputs, network.Outputs);

    /// <summary>The gradient by the features, row by row.</summary>
    public double[] ByFeatures() => ByRow(inputGradient, batch.Features);

    // The same masks at every pass.
    private static Pcg64 Chance() => new(7);

    private double[] ByRow(ReadOnlySpan<double> featureMajor, int features)
    {
        var byRow = new double[batch.Rows * features];
        for (var i = 0; i < byRow.Length; i++)
            byRow[i] = featureMajor[(i % features * batch.Stride) + (i / features)];
        return byRow;
    }
}
