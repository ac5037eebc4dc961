using CsCheck;

namespace Steepest.Tests.Networks.Gradients;

/// <summary>Networks, losses and shapes drawn at random; what fails shrinks to few layers, units and rows.</summary>
internal static class GradientCases
{
    // Where the numbers of a row or a feature nearly agree, ε alone bounds how steep a normalisation is; finite differences want it gentle.
    private static readonly Gen<double> Epsilon = Gen.Double[0.1, 1];

    private static readonly Gen<Activation> Activations = Gen.Int[0, Activation.All.Count + 1].Select(i =>
        i == Activation.All.Count ? Activation.Elu(0.4) : i > Activation.All.Count ? Activation.Softplus(2.5) : Activation.All[i]);

    private static readonly Initializer Spread = Initializer.Uniform(-1, 1);

    public static Gen<LayerSpec> Dense { get; } =
        from units in Gen.Int[1, 9]
        from activation in Activations
        from bias in Gen.Bool
        select (LayerSpec)new Dense(units, activation, bias, Spread);

    public static Gen<LayerSpec> Activate { get; } = Activations.Select(activation => (LayerSpec)new Activate(activation));

    public static Gen<LayerSpec> Dropout { get; } = Gen.Double[0, 0.9].Select(rate => (LayerSpec)new Dropout(rate));

    public static Gen<LayerSpec> LayerNorm { get; } = Gen.Select(Gen.Bool, Epsilon, (affine, epsilon) => (LayerSpec)new LayerNorm(affine, epsilon));

    public static Gen<LayerSpec> BatchNorm { get; } =
        Gen.Select(Gen.Bool, Epsilon, Gen.Bool, (affine, epsilon, average) => (LayerSpec)new BatchNorm(average ? null : 0.1, affine, epsilon));

    private static readonly Gen<LayerSpec> AnyButResidual = Gen.OneOf(Dense, Activate, Dropout, LayerNorm, BatchNorm);

    /// <summary>The losses of every kind, for so many outputs.</summary>
    public static Gen<(Loss Loss, TargetKind Targets)> LossFor(int outputs)
    {
        var weights = Gen.Select(Gen.Bool, WeightsFor(outputs), (given, some) => given ? some : null);
        var softmax =
            from smoothing in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.9])
            from classWeights in weights
            from targets in Gen.OneOf(Gen.Const(TargetKind.Classes), Gen.Const(TargetKind.Probabilities))
            select ((Loss)new SoftmaxCrossEntropy(smoothing, classWeights), targets);
        var binary =
            from positiveWeights in weights
            from targets in outputs == 1 ? Gen.OneOf(Gen.Const(TargetKind.Classes), Gen.Const(TargetKind.YesOrNo)) : Gen.Const(TargetKind.YesOrNo)
            select ((Loss)new BinaryCrossEntropy(positiveWeights), targets);
        var numbers = Gen.OneOf(Gen.Const(Loss.MeanSquaredError), Gen.Const(Loss.MeanAbsoluteError), Gen.Double[0.1, 3].Select(delta => (Loss)Loss.Huber(delta)))
            .Select(loss => (loss, TargetKind.Numbers));
        return outputs == 1 ? Gen.OneOf(binary, numbers) : Gen.OneOf(softmax, binary, numbers);
    }

    /// <summary>One layer of the given kind, somewhere in the middle, at the start or at the end of a small network.</summary>
    public static Gen<GradientCase> With(Func<int, Gen<LayerSpec>> layerFor) =>
        from inputs in Gen.Int[1, 9]
        from first in Gen.Int[0, 7]
        from layer in layerFor(first == 0 ? inputs : first)
        from outputs in Gen.Int[0, 4]
        from of in Of(inputs,
        [
            .. first == 0 ? [] : (LayerSpec[])[new Dense(first, Activation.Tanh, Initializer: Spread)],
            layer,
            .. outputs == 0 ? [] : (LayerSpec[])[new Dense(outputs, Activation.Identity, Initializer: Spread)],
        ])
        select of;

    /// <summary>One to five layers of any kind.</summary>
    public static Gen<GradientCase> Compositions() =>
        from inputs in Gen.Int[1, 9]
        from count in Gen.Int[1, 5]
        from layers in Layers(inputs, count, depth: 2)
        from of in Of(inputs, layers)
        select of;

    /// <summary>A residual block of one or two layers and what brings them back to as many numbers; inside it, as deep as asked for, another.</summary>
    public static Gen<LayerSpec> Residual(int inputs, int depth) =>
        from count in Gen.Int[1, 2]
        from layers in Layers(inputs, count, depth - 1)
        let outputs = layers.Aggregate(inputs, (width, layer) => layer.OutputsFor(width))
        from inner in depth > 1 ? Residual(outputs, depth - 1).Select(block => (LayerSpec[])[block]) : Gen.Const(Array.Empty<LayerSpec>())
        from activation in Activations
        select (LayerSpec)new Residual(
            [.. layers, .. inner, .. outputs == inputs ? [] : (LayerSpec[])[new Dense(inputs, activation, Initializer: Spread)]]);

    /// <summary>A dense layer without an activation, and any loss.</summary>
    public static Gen<GradientCase> Losses() =>
        from inputs in Gen.Int[1, 5]
        from outputs in Gen.Int[1, 5]
        from of in Of(inputs, [new Dense(outputs, Activation.Identity, Initializer: Spread)])
        select of;

    private static Gen<GradientCase> Of(int inputs, LayerSpec[] layers)
    {
        var spec = new NetworkSpec(inputs, [.. layers]);
        return
            from loss in LossFor(spec.Outputs)
            from rows in Gen.Int[layers.Any(ComparesRows) ? 2 : 1, 40]
            from hasWeights in Gen.Bool
            from seed in Gen.ULong
            select new GradientCase(spec, loss.Loss, loss.Targets, rows, hasWeights, seed);
    }

    private static Gen<LayerSpec[]> Layers(int inputs, int count, int depth) => count == 0
        ? Gen.Const(Array.Empty<LayerSpec>())
        : from layer in depth > 1 ? Gen.Frequency((4, AnyButResidual), (1, Residual(inputs, depth - 1))) : AnyButResidual
          from rest in Layers(layer.OutputsFor(inputs), count - 1, depth)
          select (LayerSpec[])[layer, .. rest];

    private static Gen<ValueList<double>> WeightsFor(int outputs) =>
        Gen.Select(Gen.Double[-1, 3].Array[outputs - 1], Gen.Double[0.1, 3], (some, positive) => (ValueList<double>)[.. some.Select(w => Math.Max(w, 0)), positive]);

    private static bool ComparesRows(LayerSpec layer) => layer is BatchNorm || (layer is Residual block && block.Layers.Any(ComparesRows));
}
