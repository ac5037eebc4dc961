using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Layers one after another.</summary>
internal sealed class LayerSequence<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Layer<T>[] layers;

    private LayerSequence(Layer<T>[] layers)
        : base(layers[0].Inputs, layers[^1].Outputs)
    {
        this.layers = layers;

        // A dense layer right after another takes that one's derivative into its own product.
        for (var l = 1; l < layers.Length; l++) layers[l].AsDense?.Follow(layers[l - 1].AsDense);
    }

    public override bool ComparesRows => layers.Any(layer => layer.ComparesRows);

    /// <summary>Makes the layers; their segments are called after their place, counted from 1.</summary>
    public static LayerSequence<T> Create(LayerPlan<T> plan, string name, int inputs, ValueList<LayerSpec> specs)
    {
        var made = new Layer<T>[specs.Count];
        for (var l = 0; l < made.Length; l++)
        {
            made[l] = specs[l].Create(plan, $"{name}layer{l + 1}", inputs);
            inputs = made[l].Outputs;
        }

        return new LayerSequence<T>(made);
    }

    public override void MakeRoom(int capacity)
    {
        foreach (var layer in layers) layer.MakeRoom(capacity);
    }

    public override int WidestTurn(bool readsBatch) => layers.Select((layer, l) => layer.WidestTurn(readsBatch && l == 0)).Max();

    public override void Start(Pcg64 generator, Parameters<T> parameters, Parameters<T> buffers)
    {
        foreach (var layer in layers) layer.Start(generator, parameters, buffers);
    }

    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        foreach (var layer in layers) input = layer.Forward(pass, input);
        return input;
    }

    public override AlignedBuffer<T>? Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        for (var l = layers.Length - 1; l > 0; l--) outputGradient = layers[l].Backward(pass, outputGradient, inputGradient: true)!;
        return layers[0].Backward(pass, outputGradient, inputGradient);
    }
}
