using Steepest.Numerics;

namespace Steepest;

/// <summary>Weights and biases uniform on [low, high), whatever the layer's size.</summary>
internal sealed record UniformInitializer(double Low, double High) : Initializer
{
    public override string Name => "uniform";

    private protected override IReadOnlyList<(string Key, double Value)> Settings => [("low", Low), ("high", High)];

    internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
    {
        FillUniform(generator, Low, High, weights);
        FillUniform(generator, Low, High, biases);
    }
}

/// <summary>Weights and biases normal, whatever the layer's size.</summary>
internal sealed record NormalInitializer(double Mean, double StandardDeviation) : Initializer
{
    public override string Name => "normal";

    private protected override IReadOnlyList<(string Key, double Value)> Settings => [("mean", Mean), ("standard-deviation", StandardDeviation)];

    internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
    {
        FillNormal(generator, Mean, StandardDeviation, weights);
        FillNormal(generator, Mean, StandardDeviation, biases);
    }
}

/// <summary>Nothing drawn at all.</summary>
internal sealed record ZerosInitializer : Initializer
{
    public override string Name => "zeros";

    internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
    {
        weights.Clear();
        biases.Clear();
    }
}
