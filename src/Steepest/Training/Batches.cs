using Steepest.Numerics;

namespace Steepest;

/// <summary>The rows of each step: all of them in order, or mini-batches of an order shuffled anew each epoch. The last one may be smaller.</summary>
internal sealed class Batches
{
    private readonly int[] order;
    private readonly Pcg64? shuffler;
    private int next;

    public Batches(int rows, int? size, ulong seed)
    {
        order = Enumerable.Range(0, rows).ToArray();
        Size = Math.Min(size ?? rows, rows);
        Count = (rows + Size - 1) / Size;
        shuffler = Count == 1 ? null : RandomStreams.Of(seed, RandomPurpose.BatchOrder);
    }

    /// <summary>Rows of every batch but perhaps the last.</summary>
    public int Size { get; }

    /// <summary>Batches an epoch.</summary>
    public int Count { get; }

    /// <summary>Whether each step sees the same rows in the same order.</summary>
    public bool AlwaysTheSame => shuffler is null;

    /// <summary>Begins an epoch.</summary>
    public void Begin()
    {
        shuffler?.Shuffle(order.AsSpan());
        next = 0;
    }

    public bool Next(out ReadOnlySpan<int> rows)
    {
        rows = order.AsSpan(next, Math.Min(Size, order.Length - next));
        next += rows.Length;
        return !rows.IsEmpty;
    }
}
