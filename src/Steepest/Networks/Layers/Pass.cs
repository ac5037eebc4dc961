using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Why a batch passes through a network.</summary>
internal enum PassPurpose
{
    /// <summary>To predict: dropout passes everything, batch norm uses its running statistics.</summary>
    Evaluation,

    /// <summary>To train: masks are drawn, running statistics move.</summary>
    Training,

    /// <summary>To look at a training batch once more, elsewhere: as in training, but running statistics stay.</summary>
    SecondLook,
}

/// <summary>One batch on its way through a network and back.</summary>
internal sealed class Pass<T>(AlignedBuffer<T> byRow)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public required Parameters<T> At { get; set; }

    public required Parameters<T> Buffers { get; init; }

    /// <summary>Where layers write the gradient by their parameters on the way back.</summary>
    public required Parameters<T> Gradient { get; set; }

    public required Batch<T> Batch { get; set; }

    public PassPurpose Purpose { get; set; }

    /// <summary>Where dropout masks are drawn from; needed unless the purpose is to evaluate.</summary>
    public Pcg64? Chance { get; set; }

    /// <summary>How many threads at most share a piece of work.</summary>
    public int Threads { get; set; } = 1;

    public int Rows => Batch.Rows;

    /// <summary>Rows with padding: the distance from one feature to the next.</summary>
    public int Stride => Batch.Stride;

    /// <summary>A layer's input row by row.</summary>
    /// <param name="input">The input, [feature][stride].</param>
    /// <param name="features">Its features.</param>
    /// <param name="rowStride">The distance from one row to the next.</param>
    public AlignedBuffer<T> ByRow(AlignedBuffer<T> input, int features, out int rowStride)
    {
        rowStride = Lanes.Padded<T>(features);
        if (ReferenceEquals(input, Batch.Inputs)) return Batch.ByRow;

        var transpose = new Transpose<T>(ref input.First, Stride, ref byRow.First, rowStride, features, Rows);
        ThreadTeam.Run<T, Transpose<T>>(ref transpose, Threads);
        return byRow;
    }
}
