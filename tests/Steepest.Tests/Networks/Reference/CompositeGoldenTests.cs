using System.Text.Json;
using static Steepest.Tests.Networks.Reference.LayersGolden;

namespace Steepest.Tests.Networks.Reference;

/// <summary>A network of dense layers, both normalisations and activations by themselves, through three steps of gradient descent, against PyTorch's.</summary>
public sealed class CompositeGoldenTests
{
    private static readonly JsonElement Expected = Root.GetProperty("composite");

    private static readonly JsonElement[] Steps = [.. Expected.GetProperty("steps").EnumerateArray()];

    private static readonly Dataset Data = Rows.Of(Expected.GetProperty("x").Matrix(), Expected.GetProperty("labels").Integers(), classes: 3);

    [Fact]
    public void Every_step_is_that_of_the_reference()
    {
        var network = Start();
        Assert.Equal(3, Steps.Length);
        foreach (var step in Steps)
        {
            var seen = new NetworkGradients(network, Data);

            AssertAgrees("loss", step.GetProperty("loss"), [seen.Loss]);
            AssertAgrees("logits", step.GetProperty("logits"), seen.Logits());
            foreach (var gradient in step.GetProperty("grads").EnumerateObject())
            {
                AssertAgrees($"gradient by {gradient.Name}", gradient.Value, seen.By(Segment(gradient.Name)));
                var parameters = network.Parameters[Segment(gradient.Name)];
                for (var i = 0; i < parameters.Length; i++) parameters[i] -= 0.1 * seen.By(Segment(gradient.Name))[i];
            }

            CompareStatistics(network, step);
        }

        CompareEnd(network);
    }

    [Fact]
    public void A_run_ends_where_the_reference_ends()
    {
        var network = Start();
        var history = network.Fit(Data, new Sgd(0.1), Steps.Length, cancellation: TestContext.Current.CancellationToken);

        AssertAgrees("losses", [.. Steps.Select(step => step.GetProperty("loss").GetDouble())], [.. history.Loss]);
        CompareStatistics(network, Steps[^1]);
        CompareEnd(network);
    }

    private static Network<double> Start()
    {
        var spec = new NetworkSpec(5,
        [
            new Dense(7, Activation.Identity), new BatchNorm(), new Activate(Activation.Relu),
            new Dense(6, Activation.Identity), new LayerNorm(), new Activate(Activation.Tanh),
            new Dense(3, Activation.Identity),
        ]);
        var network = spec.Build<double>(seed: 0);
        foreach (var parameters in Expected.GetProperty("initial").EnumerateObject())
            parameters.Value.Flat().CopyTo(network.Parameters[Segment(parameters.Name)]);
        Assert.Equal(network.Parameters.Layout.Segments.Count, Expected.GetProperty("initial").EnumerateObject().Count());
        return network;
    }

    private static void CompareStatistics(Network<double> network, JsonElement step)
    {
        AssertAgrees("running mean", step.GetProperty("running_mean"), network.Buffers["layer2.mean"]);
        AssertAgrees("running variance", step.GetProperty("running_var"), network.Buffers["layer2.variance"]);
    }

    private static void CompareEnd(Network<double> network)
    {
        foreach (var parameters in Expected.GetProperty("final").EnumerateObject())
            AssertAgrees($"final {parameters.Name}", parameters.Value, network.Parameters[Segment(parameters.Name)]);
        double[] logits = [.. network.PredictValues(Data).Cast<double>()];
        AssertAgrees("logits in evaluation", Expected.GetProperty("eval_logits_after"), logits);
        Assert.Equal(3, network.Buffers["layer2.batches"][0]);
    }

    /// <summary>PyTorch's 1.weight, the second layer's, is a normalisation's scale.</summary>
    private static string Segment(string name)
    {
        var layer = name[0] - '0' + 1;
        var isNorm = layer is 2 or 5;
        return $"layer{layer}." + (name.EndsWith("weight", StringComparison.Ordinal) ? isNorm ? "scale" : "weight" : isNorm ? "shift" : "bias");
    }
}
