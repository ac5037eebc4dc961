using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The batches of an epoch, from wherever the rows are.</summary>
internal abstract class Batches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected Batches(DataShape shape, long rows, int? size)
    {
        if (size > rows)
        {
            throw new SteepestException(
                $"A batch is to have {Text.Of(size.Value)} rows, but {shape.Name} has {Text.Of(rows)}; ask for at most as many.");
        }

        Shape = shape;
        Rows = rows;
        Size = size ?? (int)Math.Min(rows, Array.MaxLength);
        var count = ((rows - 1) / Size) + 1;
        if (count > int.MaxValue)
        {
            throw new SteepestException(
                $"The {Text.Of(rows)} rows of {shape.Name} are {Text.Of(count)} batches of {Text.Of(Size)}, but an epoch has at most {Text.Of(int.MaxValue)}; ask for larger batches.");
        }

        Count = (int)count;
    }

    public DataShape Shape { get; }

    /// <summary>Rows an epoch.</summary>
    public long Rows { get; }

    /// <summary>Rows of every batch but perhaps the last.</summary>
    public int Size { get; }

    /// <summary>Batches an epoch.</summary>
    public int Count { get; }

    /// <summary>Rows of the smallest batch.</summary>
    public int SmallestSize => Rows % Size == 0 ? Size : (int)(Rows % Size);

    /// <summary>Where the order is drawn from.</summary>
    public abstract Pcg64? Order { get; }

    /// <summary>What says whether data is the same, for a run that is resumed.</summary>
    public abstract Description Identity { get; }

    /// <summary>Begins an epoch.</summary>
    /// <param name="done">Batches to leave out, which were done before.</param>
    public abstract void Begin(int done);

    /// <summary>Loads the next batch.</summary>
    /// <returns>Whether there was one.</returns>
    public abstract bool Next(Batch<T> batch);
}
