using System.Text.Json;

namespace Steepest.Tests.Networks;

/// <summary>Networks, activations and the loss against PyTorch's values and gradients.</summary>
public sealed class LayersGoldenTests
{
    private const double Relative = 1e-10, Absolute = 1e-13;

    private static readonly JsonElement Root = Golden.Load("layers");

    private static readonly JsonElement[] Cases = [.. Root.GetProperty("cases").EnumerateArray()
        .Where(c => c.GetProperty("loss").GetString() == "ce" && ActivationOf(c.GetProperty("activation").GetString()!) is not null)];

    public static TheoryData<string, bool> Networks => [.. Cases.Select(c => (c.GetProperty("activation").GetString()!, HasBias(c)))];

    [Fact]
    public void All_seventeen_networks_of_the_reference_are_compared() => Assert.Equal(17, Networks.Count);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_loss_and_gradients_are_those_of_the_reference(string activation, bool bias)
    {
        var expected = Cases.Single(c => c.GetProperty("activation").GetString() == activation && HasBias(c) == bias);
        var network = NetworkOf(expected, ActivationOf(activation)!, bias);
        var labels = expected.GetProperty("loss_args").GetProperty("labels").Integers();
        var data = Rows.Of(expected.GetProperty("x").Matrix(), labels, network.Spec.Outputs);

        var seen = new NetworkGradients(network, data);

        var name = bias ? activation : activation + " without biases";
        Compare("output", expected.GetProperty("output"), seen.Logits());
        Compare("loss", expected.GetProperty("loss_value"), [seen.Loss]);
        Compare("gradient by features", expected.GetProperty("grad_x"), seen.ByFeatures());
        for (var layer = 0; layer < network.Spec.Layers.Count; layer++)
        {
            Compare($"gradient by weights {layer + 1}", expected.GetProperty("grad_W")[layer], seen.By($"layer{layer + 1}.weight"));
            if (bias)
                Compare($"gradient by biases {layer + 1}", expected.GetProperty("grad_b")[layer], seen.By($"layer{layer + 1}.bias"));
        }

        void Compare(string what, JsonElement reference, double[] numbers) =>
            Difference.AssertEachWithin(Relative, Absolute, reference.Flat(), numbers, $"{what}, {name}");
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("leaky_relu")]
    [InlineData("leaky_relu_0.2")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("identity")]
    [InlineData("elu")]
    [InlineData("elu_0.5")]
    [InlineData("selu")]
    [InlineData("gelu")]
    [InlineData("gelu_tanh")]
    [InlineData("silu")]
    [InlineData("softplus")]
    [InlineData("softplus_beta2")]
    [InlineData("hardswish")]
    [InlineData("mish")]
    public void An_activation_and_its_derivative_are_those_of_the_reference(string name)
    {
        var table = Root.GetProperty("activation_table");
        var expected = table.GetProperty("functions").GetProperty(name);
        var x = table.GetProperty("x").Vector();
        var (values, derivatives) = AppliedActivation.At(ActivationOf(name)!, x);

        Compare("values", expected.GetProperty("y").Vector(), values, _ => true);
        // PyTorch's own versions disagree on the derivative of hard-swish at its kinks.
        Compare("derivatives", expected.GetProperty("dy").Vector(), derivatives, z => name != "hardswish" || Math.Abs(z) != 3);

        void Compare(string what, double[] reference, double[] numbers, Func<double, bool> compared)
        {
            var cutOver = name switch { "softplus" => 20, "softplus_beta2" => 10, _ => double.PositiveInfinity };
            Check(Absolute, z => z <= cutOver);
            // PyTorch goes over to z itself there.
            Check(3e-9, z => z > cutOver);

            void Check(double absolute, Func<double, bool> range)
            {
                int[] places = [.. Enumerable.Range(0, x.Length).Where(i => range(x[i]) && compared(x[i]))];
                Difference.AssertEachWithin(
                    Relative, absolute, [.. places.Select(i => reference[i])], [.. places.Select(i => numbers[i])], $"{what}, {name}");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_logit_is_too_large_for_the_loss(int row)
    {
        var expected = Root.GetProperty("extremes").GetProperty("ce");
        var network = new NetworkSpec(3, [new Dense(3, Activation.Identity, Bias: false)]).Build<double>(seed: 0);
        ((double[])[1, 0, 0, 0, 1, 0, 0, 0, 1]).CopyTo(network.Parameters["layer1.weight"]);
        var data = Rows.Of([expected.GetProperty("logits")[row].Vector()], [expected.GetProperty("labels")[row].GetInt32()], 3);

        var seen = new NetworkGradients(network, data);

        Compare("loss_per_row", [seen.Loss]);
        Compare("grad_of_sum", seen.ByFeatures());

        void Compare(string property, double[] numbers) =>
            Difference.AssertEachWithin(Relative, Absolute, expected.GetProperty(property)[row].Flat(), numbers, $"{property} of row {row}");
    }

    private static bool HasBias(JsonElement network) => !network.TryGetProperty("bias", out var bias) || bias.GetBoolean();

    private static Activation? ActivationOf(string name) => name switch
    {
        "relu" => Activation.Relu,
        "leaky_relu" => Activation.LeakyRelu(),
        "leaky_relu_0.2" => Activation.LeakyRelu(0.2),
        "tanh" => Activation.Tanh,
        "sigmoid" => Activation.Sigmoid,
        "identity" => Activation.Identity,
        "elu" => Activation.Elu(),
        "elu_0.5" => Activation.Elu(0.5),
        "selu" => Activation.Selu,
        "gelu" => Activation.Gelu,
        "gelu_tanh" => Activation.GeluTanh,
        "silu" => Activation.Silu,
        "softplus" => Activation.Softplus(),
        "softplus_beta2" => Activation.Softplus(2),
        "hardswish" => Activation.HardSwish,
        "mish" => Activation.Mish,
        _ => null,
    };

    private static Network<double> NetworkOf(JsonElement reference, Activation activation, bool bias)
    {
        double[][][] weights = [.. reference.GetProperty("W").EnumerateArray().Select(w => w.Matrix())];
        int[] hidden = [.. weights[..^1].Select(w => w.Length)];
        var network = NetworkSpec.Mlp(weights[0][0].Length, hidden, weights[^1].Length, activation, bias: bias).Build<double>(seed: 0);
        for (var layer = 0; layer < weights.Length; layer++)
        {
            weights[layer].SelectMany(row => row).ToArray().CopyTo(network.Parameters[$"layer{layer + 1}.weight"]);
            if (bias)
                reference.GetProperty("b")[layer].Vector().CopyTo(network.Parameters[$"layer{layer + 1}.bias"]);
        }

        return network;
    }
}
