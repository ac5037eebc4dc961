using System.Text.Json;

namespace Steepest.Tests.Networks.Reference;

/// <summary>PyTorch's values and gradients of layers, activations and losses.</summary>
internal static class LayersGolden
{
    public const double Relative = 1e-10, Absolute = 1e-13;

    /// <summary>Activations of the reference that Steepest does not have.</summary>
    public static readonly string[] LeftOut = ["hardtanh", "softsign", "relu6", "hardsigmoid", "logsigmoid"];

    public static readonly JsonElement Root = Golden.Load("layers");

    public static void AssertAgrees(string what, JsonElement expected, ReadOnlySpan<double> actual) => AssertAgrees(what, expected.Flat(), actual);

    public static void AssertAgrees(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual) =>
        Difference.AssertEachWithin(Relative, Absolute, expected, actual, what);

    public static Activation ActivationOf(string name) => name switch
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
        _ => throw new ArgumentException($"The reference's activation {name} has no counterpart.", nameof(name)),
    };
}
