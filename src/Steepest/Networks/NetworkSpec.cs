using System.Globalization;
using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The description of a network: equal by value, and with a seed the network itself.</summary>
/// <param name="Inputs">How many features a row has; at least 1.</param>
/// <param name="Layers">The layers in order; at least one. The last gives the outputs: logits for a classification.</param>
/// <exception cref="SteepestException">There are no inputs or no layers.</exception>
public sealed record NetworkSpec(int Inputs, ValueList<LayerSpec> Layers)
{
    /// <summary>How many features a row has.</summary>
    public int Inputs { get; init => field = CheckedInputs(value); } = CheckedInputs(Inputs);

    /// <summary>The layers in order.</summary>
    public ValueList<LayerSpec> Layers { get; init => field = CheckedLayers(value); } = CheckedLayers(Layers);

    /// <summary>How many numbers the network gives for each row.</summary>
    /// <exception cref="SteepestException">A layer cannot follow the one before.</exception>
    public int Outputs => Layers.Aggregate(Inputs, (count, layer) => layer.OutputsFor(count));

    /// <summary>A multilayer perceptron: dense hidden layers of one activation, then a dense layer that gives the outputs as they are.</summary>
    /// <param name="inputs">Features a row.</param>
    /// <param name="hidden">Units of each hidden layer; may be empty.</param>
    /// <param name="outputs">Outputs a row: the classes of a classification.</param>
    /// <param name="activation">The hidden layers' activation.</param>
    /// <param name="initializer">Where all parameters start; see <see cref="Dense"/> for the default.</param>
    /// <param name="bias">Whether the layers have biases.</param>
    /// <exception cref="SteepestException">A layer has no units, or there are no inputs.</exception>
    public static NetworkSpec Mlp(
        int inputs, ReadOnlySpan<int> hidden, int outputs, Activation activation, Initializer? initializer = null, bool bias = true)
    {
        var layers = new List<LayerSpec>();
        foreach (var units in hidden) layers.Add(new Dense(units, activation, bias, initializer));
        layers.Add(new Dense(outputs, Activation.Identity, bias, initializer));
        return new NetworkSpec(inputs, [.. layers]);
    }

    /// <summary>Makes the network, its parameters drawn from NumPy's <c>default_rng(seed)</c>, layer by layer.</summary>
    /// <param name="seed">The seed as it is.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    /// <exception cref="SteepestException">A setting of a layer is zero or infinite in <typeparamref name="T"/>.</exception>
    public Network<T> Build<T>(ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Build<T>(new Pcg64(seed));

    /// <summary>Makes the network, its parameters drawn from <paramref name="generator"/>, layer by layer.</summary>
    /// <param name="generator">Where the numbers come from; it moves on.</param>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is another type.</exception>
    /// <exception cref="SteepestException">A setting of a layer is zero or infinite in <typeparamref name="T"/>.</exception>
    public Network<T> Build<T>(Pcg64 generator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(generator);
        return typeof(T) == typeof(float) || typeof(T) == typeof(double)
            ? new Network<T>(this, generator)
            : throw new NotSupportedException($"A network computes in float or double, not in {typeof(T).Name}.");
    }

    /// <summary>The sizes of the dense layers in a row, as in 4-10-3; a residual block's in brackets, as in 4-[8-4]-3.</summary>
    public override string ToString() => string.Join('-', Sizes(Layers).Prepend(Inputs.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Every layer with its settings, but not where its parameters started: what a network is now does not depend on it.</summary>
    internal Description Describe()
    {
        var description = new Description().Add("number of inputs", Text.Of(Inputs)).Add("number of layers", Text.Of(Layers.Count));
        Add("", Layers);
        return description;

        void Add(string block, ValueList<LayerSpec> layers)
        {
            for (var l = 0; l < layers.Count; l++)
            {
                var name = $"{block}layer{l + 1}";
                if (layers[l] is Residual residual)
                {
                    description.Add(name, $"residual of {Text.Of(residual.Layers.Count)} layers");
                    Add($"{name}.", residual.Layers);
                }
                else
                {
                    description.Add(name, layers[l] is Dense dense ? dense with { Initializer = null } : layers[l]);
                }
            }
        }
    }

    private static IEnumerable<string> Sizes(ValueList<LayerSpec> layers)
    {
        foreach (var layer in layers)
        {
            if (layer is Dense dense) yield return dense.Units.ToString(CultureInfo.InvariantCulture);
            if (layer is Residual residual && string.Join('-', Sizes(residual.Layers)) is { Length: > 0 } inner) yield return $"[{inner}]";
        }
    }

    private static int CheckedInputs(int inputs) => inputs >= 1
        ? inputs
        : throw new SteepestException($"A network has {Text.Of(inputs)} inputs, but it needs at least 1.");

    private static ValueList<LayerSpec> CheckedLayers(ValueList<LayerSpec> layers) => layers is { Count: > 0 }
        ? layers
        : throw new SteepestException("A network has no layers, but it needs at least one.");
}
