using System.Diagnostics.CodeAnalysis;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// The rows of a source in an order shuffled by a bounded buffer: each row handed out is a random one of the buffer, and the next of the
/// source takes its place. A buffer as large as the data shuffles them wholly; one of 0 or 1 rows keeps the source's order. The memory is
/// the buffer's rows and one more, taken once; a pass allocates what <see cref="RowSource.Open"/> does and a few words.
/// </summary>
internal sealed class ShuffledRows : IDisposable
{
    private readonly RowSource source;
    private readonly Loss? loss;
    private readonly bool inFloat;
    private readonly Row[] slots;
    private Row spare;
    private int filled;
    private Pcg64? generator;
    private CheckedRows? rows;

    /// <summary>Takes the buffer's memory; nothing is read yet.</summary>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="bufferRows">How many are shuffled at a time.</param>
    /// <param name="loss">What the targets must suit; <see langword="null"/> for nothing.</param>
    /// <param name="inFloat">Whether the numbers must do in float too.</param>
    /// <exception cref="SteepestException">The source has no features, no rows, or not either classes or targets.</exception>
    public ShuffledRows(RowSource source, int bufferRows, Loss? loss = null, bool inFloat = false)
    {
        CheckedRows.CheckShape(source);
        ArgumentOutOfRangeException.ThrowIfNegative(bufferRows);
        this.source = source;
        this.loss = loss;
        this.inFloat = inFloat;
        slots = new Row[(int)Math.Min(Math.Max(bufferRows, 1), source.Rows)];
        foreach (ref var slot in slots.AsSpan())
            slot = NewRow();
        spare = NewRow();
    }

    /// <summary>Begins a pass and fills the buffer.</summary>
    /// <param name="generator">Decides the order, by one draw a row; the pass goes on drawing from it.</param>
    /// <exception cref="SteepestException">A row cannot be used, or the source ends early.</exception>
    public void Begin(Pcg64 generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        rows?.Dispose();
        this.generator = generator;
        rows = new CheckedRows(source, loss, inFloat);
        filled = 0;
        while (filled < slots.Length && rows.Read(slots[filled]))
            filled++;
    }

    /// <summary>The next row, valid until the next call, or false after the last.</summary>
    /// <exception cref="SteepestException">A row cannot be used, or the source ends early or goes on after its last row.</exception>
    /// <exception cref="InvalidOperationException">No pass has begun.</exception>
    public bool Next([NotNullWhen(true)] out Row? row)
    {
        if (rows is null || generator is null)
            throw new InvalidOperationException("No pass over the rows has begun.");
        if (filled == 0)
        {
            row = null;
            return false;
        }

        var drawn = (int)generator.Integers(0, filled);
        row = slots[drawn];

        // Rows change places and are never copied; the one handed out is written to by the next call at the earliest.
        if (rows.Read(spare))
        {
            (slots[drawn], spare) = (spare, row);
        }
        else
        {
            filled--;
            (slots[drawn], slots[filled]) = (slots[filled], row);
        }

        return true;
    }

    /// <summary>
    /// Goes past rows as if they had been handed out: after the same beginning, the rest of the pass is the same to the bit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="SteepestException">What <see cref="Next"/> throws, or the pass has fewer rows left.</exception>
    public void Skip(long rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        for (long skipped = 0; skipped < rows; skipped++)
        {
            if (!Next(out _))
                throw new SteepestException($"Source '{source.Name}' has {Text.Of(skipped)} rows left in this pass, expected {Text.Of(rows)} to skip.");
        }
    }

    public void Dispose() => rows?.Dispose();

    private Row NewRow() => new(source.FeatureCount, source.TargetCount);
}
