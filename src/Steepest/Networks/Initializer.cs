using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Where a layer's parameters start. Numbers are drawn as doubles, weights first, then biases, and rounded to the network's precision.</summary>
public abstract record Initializer
{
    private protected Initializer()
    {
    }

    /// <summary>Weights uniform within ±√(6 / inputs), biases zero: for the ReLU family (He et al. 2015, section 2.2).</summary>
    public static Initializer He { get; } = new ScaledUniform("he", CountOutputs: false);

    /// <summary>Weights uniform within ±√(6 / (inputs + outputs)), biases zero: for tanh and sigmoid (Glorot and Bengio 2010, equation 16).</summary>
    public static Initializer Glorot { get; } = new ScaledUniform("glorot", CountOutputs: true);

    /// <summary>Weights and biases uniform on [low, high).</summary>
    /// <param name="low">The smallest value that may be drawn; finite.</param>
    /// <param name="high">Above every value that may be drawn; finite and greater than <paramref name="low"/>.</param>
    /// <exception cref="SteepestException">The bounds are not finite or not in order.</exception>
    public static Initializer Uniform(double low, double high) => double.IsFinite(low) && double.IsFinite(high) && low < high
        ? new UniformInitializer(low, high)
        : throw new SteepestException($"The initializer uniform has the bounds {Text.Of(low)} and {Text.Of(high)}, but they must be finite and the first less than the second.");

    internal abstract void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private static void Fill<T>(Pcg64 generator, double low, double high, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref var value in values) value = T.CreateChecked(generator.Uniform(low, high));
    }

    private sealed record UniformInitializer(double Low, double High) : Initializer
    {
        public override string ToString() => $"uniform({Text.Of(Low)}, {Text.Of(High)})";

        internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
        {
            Fill(generator, Low, High, weights);
            Fill(generator, Low, High, biases);
        }
    }

    private sealed record ScaledUniform(string Name, bool CountOutputs) : Initializer
    {
        public override string ToString() => Name;

        internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
        {
            var bound = Math.Sqrt(6.0 / (CountOutputs ? inputs + outputs : inputs));
            Fill(generator, -bound, bound, weights);
            biases.Clear();
        }
    }
}
