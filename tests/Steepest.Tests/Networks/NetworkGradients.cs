namespace Steepest.Tests.Networks;

/// <summary>What a network makes of all rows of a dataset as one batch.</summary>
internal sealed class NetworkGradients
{
    private readonly Network<double> network;
    private readonly Batch<double> batch;
    private readonly Parameters<double> gradient;

    public NetworkGradients(Network<double> network, Dataset data)
    {
        this.network = network;
        batch = new Batch<double>(data.Rows, data.FeatureCount, network.Spec.Outputs);
        batch.Load(data, [.. Enumerable.Range(0, data.Rows)]);
        gradient = new Parameters<double>(network.Parameters.Layout);
        Loss = network.LossAndGradient(batch, Steepest.Loss.SoftmaxCrossEntropy, network.Parameters, gradient);
    }

    public double Loss { get; }

    /// <summary>The gradient by one segment.</summary>
    public double[] By(string segment) => gradient[segment].ToArray();

    /// <summary>The logits, row by row.</summary>
    public double[] Logits() => ByRow(network.Outputs.Span, network.Spec.Outputs);

    /// <summary>The gradient by the features, row by row.</summary>
    public double[] ByFeatures() => ByRow(network.InputGradient(batch, network.Parameters).Span, batch.Features);

    private double[] ByRow(ReadOnlySpan<double> featureMajor, int features)
    {
        var byRow = new double[batch.Rows * features];
        for (var i = 0; i < byRow.Length; i++)
            byRow[i] = featureMajor[(i % features * batch.Stride) + (i / features)];
        return byRow;
    }
}
