using System.Numerics;
using System.Text.Json;

namespace Steepest.Tests.Training;

/// <summary>The article's system: its data, its network, its optimizers, and the reference runs of them.</summary>
internal static class SeedRun
{
    public static readonly JsonElement Root = Golden.Load("seed_run");

    public static readonly Dataset Train = Datasets.Iris().ScaleRows(Norm.L2).Take(Root.GetProperty("train_index").Integers());

    public static readonly Dataset Test = Datasets.Iris().ScaleRows(Norm.L2).Take(Root.GetProperty("test_index").Integers());

    /// <summary>The reference runs with the right derivative and the stable softmax, which is what Steepest computes.</summary>
    public static IEnumerable<JsonElement> Runs(string property) => Root.GetProperty(property).EnumerateArray()
        .Where(run => run.GetProperty("derivative").GetString() == "correct" && run.GetProperty("softmax").GetString() == "stable");

    public static JsonElement Run(string optimizer, string bias) => Runs("runs")
        .Single(run => run.GetProperty("optimizer").GetString() == optimizer && run.GetProperty("bias_mode").GetString() == bias);

    public static NetworkSpec Spec(bool bias = true) =>
        NetworkSpec.Mlp(4, [10], 3, Activation.LeakyRelu(0.01), Initializer.Uniform(0, 1), bias);

    /// <summary>The network at its start, for one of the reference's ways with biases.</summary>
    public static Network<T> Network<T>(string bias = "bias")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Spec(bias == "bias").Build<T>(seed: 42);
        if (bias != "nobias_drawn")
            return network;

        // There the biases are drawn, which shifts the draws of the second layer, and thrown away.
        var weights = Root.GetProperty("initial").GetProperty("W");
        foreach (var layer in (int[])[0, 1])
            weights[layer].Flat().Select(T.CreateChecked).ToArray().CopyTo(network.Parameters[$"layer{layer + 1}.weight"]);
        return network;
    }

    public static Optimizer Optimizer(string name, double learningRate) => name switch
    {
        "gd" => new GradientDescent(learningRate),
        "adam" => new Adam(learningRate, Epsilon: double.Epsilon),
        _ => throw new ArgumentException($"The reference has no optimizer {name}.", nameof(name)),
    };

    /// <summary>What the reference calls W0, b0, W1 and b1.</summary>
    public static string Segment(string name) => $"layer{name[1] - '0' + 1}.{(name[0] == 'W' ? "weight" : "bias")}";

    public static double[] Copy(Parameters<double> parameters, string segment) => parameters[segment].ToArray();
}
