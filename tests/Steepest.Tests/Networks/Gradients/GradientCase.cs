using Steepest.Numerics;

namespace Steepest.Tests.Networks.Gradients;

/// <summary>What a loss is given to compare with.</summary>
internal enum TargetKind
{
    Classes,
    Probabilities,
    YesOrNo,
    Numbers,
}

/// <summary>A network, a loss and rows: all that a gradient is taken of. As text, all that is needed to take it again.</summary>
/// <param name="Spec">The network.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Targets">What the rows lead to.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="HasWeights">Whether the rows have weights, some of them zero.</param>
/// <param name="Seed">Decides parameters, rows and masks.</param>
internal sealed record GradientCase(NetworkSpec Spec, Loss Loss, TargetKind Targets, int Rows, bool HasWeights, ulong Seed)
{
    /// <summary>Whether the slope jumps, or its own slope does, anywhere.</summary>
    public bool HasKinks => Loss is Huber || Loss == Loss.MeanAbsoluteError || Spec.Layers.Any(HasKink);

    public override string ToString() =>
        $"{Spec.Inputs} inputs, {string.Join(", ", Spec.Layers)}; {Loss} of {Targets}; {Rows} rows{(HasWeights ? " with weights" : "")}; seed {Seed}";

    public Network<double> Network()
    {
        var generator = new Pcg64(Seed);
        var network = Spec.Build<double>(generator);
        // Where they start, scales and shifts would hide a gradient that mixes them up.
        foreach (var segment in network.Parameters.Layout.Segments.Where(segment => segment.Role == ParameterRole.Norm))
            generator.FillUniform(network.Parameters[segment], 0.5, 1.5);
        return network;
    }

    /// <summary>Rows drawn from continuous ranges: none stands exactly on a kink, where there is no slope.</summary>
    public Dataset Data()
    {
        var generator = new Pcg64(Seed + 1);
        var outputs = Spec.Outputs;
        var x = Matrix(Spec.Inputs, () => generator.Uniform(-2, 2));
        var data = Targets switch
        {
            TargetKind.Classes => Tests.Rows.Of(x, [.. x.Select(_ => (int)generator.Integers(0, Math.Max(outputs, 2)))], Math.Max(outputs, 2)),
            TargetKind.Probabilities => Tests.Rows.WithTargets(x, [.. Matrix(outputs, () => generator.Uniform(0, 1)).Select(Shares)]),
            TargetKind.YesOrNo => Tests.Rows.WithTargets(x, Matrix(outputs, () => Math.Clamp(generator.Uniform(-1, 2), 0, 1))),
            _ => Tests.Rows.WithTargets(x, Matrix(outputs, () => generator.Uniform(-2, 2))),
        };
        return HasWeights ? data.WithWeights([1, .. x[1..].Select(_ => Math.Max(generator.Uniform(-1, 3), 0))]) : data;

        double[][] Matrix(int columns, Func<double> draw) =>
            [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, columns).Select(_ => draw()).ToArray())];

        static double[] Shares(double[] numbers) => [.. numbers.Select(number => number / numbers.Sum())];
    }

    private static bool HasKink(LayerSpec layer) => layer switch
    {
        Dense dense => HasKink(dense.Activation),
        Activate alone => HasKink(alone.Activation),
        Residual block => block.Layers.Any(HasKink),
        _ => false,
    };

    private static bool HasKink(Activation activation) => activation.Name is "relu" or "leaky-relu" or "elu" or "selu" or "hard-swish";
}
