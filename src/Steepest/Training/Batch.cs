using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Some rows of a dataset as the kernels read them: features feature-major, [feature][padded row], so that lanes run along the rows and
/// weights stay in place; a second copy row by row for the gradient of the first weights; targets one-hot, [class][padded row].
/// </summary>
internal sealed class Batch<T>(int capacity, int features, int classes)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Capacity => capacity;

    /// <summary>Rows loaded.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows padded to whole lanes: the distance from one feature to the next. What stands in the padding reaches no result.</summary>
    public int Stride { get; private set; }

    public int Features => features;

    /// <summary>The distance from one row to the next in <see cref="ByRow"/>.</summary>
    public int RowStride { get; } = Lanes.Padded<T>(features);

    public AlignedBuffer<T> Inputs { get; } = new((long)features * Lanes.Padded<T>(capacity));

    public AlignedBuffer<T> ByRow { get; } = new((long)capacity * Lanes.Padded<T>(features));

    public AlignedBuffer<T> Targets { get; } = new((long)classes * Lanes.Padded<T>(capacity));

    /// <summary>Each row's class.</summary>
    public int[] Labels { get; } = new int[capacity];

    /// <summary>Loads the rows of <paramref name="data"/> that <paramref name="rows"/> names, in that order.</summary>
    public void Load(Dataset data, ReadOnlySpan<int> rows)
    {
        Rows = rows.Length;
        Stride = Lanes.Padded<T>(rows.Length);
        var inputs = Inputs.Span;
        var byRow = ByRow.Span;
        var targets = Targets.Span;
        var labels = data.Labels;
        targets[..(classes * Stride)].Clear();
        for (var b = 0; b < rows.Length; b++)
        {
            var row = data.Row(rows[b]);
            var rowCopy = byRow.Slice(b * RowStride, features);
            for (var i = 0; i < row.Length; i++)
            {
                rowCopy[i] = T.CreateTruncating(row[i]);
                inputs[(i * Stride) + b] = rowCopy[i];
            }

            Labels[b] = labels[rows[b]];
            targets[(Labels[b] * Stride) + b] = T.One;
        }
    }
}
