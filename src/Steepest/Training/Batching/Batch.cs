using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Some rows of data as the kernels read them: features feature-major, [feature][padded row], so that lanes run along the rows and
/// weights stay in place; a second copy row by row for the gradient of the first weights; targets as the loss wants them, [output][padded row].
/// </summary>
internal sealed class Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TargetEncoder<T> encoder;

    public Batch(int capacity, int features, int outputs, Loss loss)
    {
        Capacity = capacity;
        Features = features;
        Outputs = outputs;
        encoder = loss.Encoder<T>(outputs);
        RowStride = Lanes.Padded<T>(features);
        Inputs = new((long)features * Lanes.Padded<T>(capacity));
        ByRow = new((long)capacity * RowStride);
        Targets = new((long)outputs * Lanes.Padded<T>(capacity));
        Weights = new(Lanes.Padded<T>(capacity));
        Labels = new int[capacity];
    }

    /// <summary>Rows that fit.</summary>
    public int Capacity { get; }

    /// <summary>Rows loaded.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows padded to whole lanes: the distance from one feature to the next. What stands in the padding reaches no result.</summary>
    public int Stride { get; private set; }

    public int Features { get; }

    public int Outputs { get; }

    /// <summary>The distance from one row to the next in <see cref="ByRow"/>.</summary>
    public int RowStride { get; }

    public AlignedBuffer<T> Inputs { get; }

    public AlignedBuffer<T> ByRow { get; }

    public AlignedBuffer<T> Targets { get; }

    /// <summary>By how much each row counts in the mean.</summary>
    public AlignedBuffer<T> Weights { get; }

    /// <summary>The sum of the weights.</summary>
    public T TotalWeight { get; private set; }

    /// <summary>One over <see cref="TotalWeight"/>; where no row counts, zero.</summary>
    public T PerWeight { get; private set; }

    /// <summary>Each row's class, if it has one.</summary>
    public int[] Labels { get; }

    /// <summary>Loads the rows of <paramref name="data"/> that <paramref name="rows"/> names, in that order.</summary>
    public void Load(Dataset data, ReadOnlySpan<int> rows)
    {
        Begin(rows.Length);
        for (var b = 0; b < rows.Length; b++) LoadRow(data, rows[b], b, withTarget: true);
        End();
    }

    /// <summary>Loads rows that follow each other.</summary>
    public void Load(Dataset data, int start, int count, bool withTargets)
    {
        Begin(count);
        for (var b = 0; b < count; b++) LoadRow(data, start + b, b, withTargets);
        End();
    }

    /// <summary>Begins to load rows one by one.</summary>
    /// <param name="rows">How many there will be.</param>
    public void Begin(int rows)
    {
        Rows = rows;
        Stride = Lanes.Padded<T>(rows);
    }

    /// <summary>Where the features of a row are to be put.</summary>
    public Span<T> RowAt(int b) => ByRow.Span.Slice(b * RowStride, Features);

    public void SetLabel(int b, int label, double weight)
    {
        Labels[b] = label;
        Weights.Span[b] = encoder.Encode(label, weight, ref TargetAt(b), Stride);
    }

    public void SetTargets(int b, ReadOnlySpan<double> targets, double weight) => Weights.Span[b] = encoder.Encode(targets, weight, ref TargetAt(b), Stride);

    /// <summary>Ends the loading.</summary>
    public void End()
    {
        var transpose = new Transpose<T>(ref ByRow.First, RowStride, ref Inputs.First, Stride, Rows, Features);
        ThreadTeam.Run<T, Transpose<T>>(ref transpose, threads: 1);
        TotalWeight = Reduction.Sum<T>(Weights.Span[..Rows]);
        PerWeight = TotalWeight > T.Zero ? T.One / TotalWeight : T.Zero;
    }

    /// <summary>The mean of the rows' losses, which already contain their weights.</summary>
    public T Mean(AlignedBuffer<T> rowLoss)
    {
        var sum = T.Zero;
        Reduction.SumRows(ref rowLoss.First, Stride, 1, Rows, ref sum);
        return TotalWeight > T.Zero ? sum / TotalWeight : T.Zero;
    }

    private void LoadRow(Dataset data, int row, int b, bool withTarget)
    {
        data.CopyRow(row, RowAt(b));
        if (!withTarget) return;
        var weight = data.HasWeights ? data.Weights[row] : 1;
        if (data.IsClassification)
        {
            SetLabel(b, data.Labels[row], weight);
        }
        else
        {
            SetTargets(b, data.Targets.Slice(row * data.TargetCount, data.TargetCount), weight);
        }
    }

    private ref T TargetAt(int b) => ref Unsafe.Add(ref Targets.First, b);
}
