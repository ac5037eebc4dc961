using Steepest.Numerics;

namespace Steepest;

/// <summary>Uniform within ±√(numerator / fan): a variance of a third of that. The fan is the inputs, or the inputs and outputs.</summary>
internal sealed record ScaledUniform(string Named, int Numerator, bool CountOutputs, bool DrawBiases) : Initializer
{
    public override string Name => Named;

    internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
    {
        var bound = Math.Sqrt((double)Numerator / (CountOutputs ? inputs + outputs : inputs));
        FillUniform(generator, -bound, bound, weights);
        if (DrawBiases)
            FillUniform(generator, -bound, bound, biases);
        else
            biases.Clear();
    }
}

/// <summary>Normal with mean 0 and variance numerator / fan, biases zero. The fan is the inputs, or the inputs and outputs.</summary>
internal sealed record ScaledNormal(string Named, int Numerator, bool CountOutputs) : Initializer
{
    public override string Name => Named;

    internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
    {
        var standardDeviation = Math.Sqrt((double)Numerator / (CountOutputs ? inputs + outputs : inputs));
        FillNormal(generator, 0, standardDeviation, weights);
        biases.Clear();
    }
}
