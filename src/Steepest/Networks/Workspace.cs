using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Memory for one batch on its way through a network: activations, gradients, and one layer's input turned row by row.</summary>
internal sealed class Workspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Workspace(ReadOnlySpan<DenseLayer<T>> layers, int capacity)
    {
        Capacity = capacity;
        Activations = new AlignedBuffer<T>[layers.Length];
        Gradients = new AlignedBuffer<T>[layers.Length];
        var widestInput = 0;
        for (var l = 0; l < layers.Length; l++)
        {
            Activations[l] = new AlignedBuffer<T>((long)layers[l].Outputs * capacity);
            Gradients[l] = new AlignedBuffer<T>((long)layers[l].Outputs * capacity);
            if (l > 0) widestInput = Math.Max(widestInput, layers[l].Inputs);
        }

        RowLoss = new AlignedBuffer<T>(capacity);
        ByRow = new AlignedBuffer<T>((long)capacity * Lanes.Padded<T>(widestInput));
    }

    /// <summary>Padded rows that fit.</summary>
    public int Capacity { get; }

    /// <summary>Padded rows of the batch that is in.</summary>
    public int Stride { get; set; }

    /// <summary>Each layer's outputs, [output][stride].</summary>
    public AlignedBuffer<T>[] Activations { get; }

    /// <summary>The loss's gradient by each layer's weighted sums, [output][stride].</summary>
    public AlignedBuffer<T>[] Gradients { get; }

    public AlignedBuffer<T> OutputGradient => Gradients[^1];

    public AlignedBuffer<T> RowLoss { get; }

    /// <summary>What <see cref="TurnByRow"/> leaves.</summary>
    public AlignedBuffer<T> ByRow { get; }

    /// <summary>Copies feature-major numbers to <see cref="ByRow"/>, row by row.</summary>
    /// <returns>The distance from one row to the next.</returns>
    public int TurnByRow(AlignedBuffer<T> featureMajor, int features, int rows, int stride)
    {
        var rowStride = Lanes.Padded<T>(features);
        var source = featureMajor.Span;
        var target = ByRow.Span;
        for (var f = 0; f < features; f++)
        {
            var feature = source.Slice(f * stride, rows);
            for (var b = 0; b < feature.Length; b++) target[(b * rowStride) + f] = feature[b];
        }

        return rowStride;
    }
}
