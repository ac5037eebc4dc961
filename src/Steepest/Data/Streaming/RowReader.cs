namespace Steepest;

/// <summary>One pass over a <see cref="RowSource"/>, from the first row to the last.</summary>
public abstract class RowReader : IDisposable
{
    /// <summary>Fills <paramref name="row"/> with the next row, or gives false where there is none.</summary>
    /// <param name="row">
    /// A row of the source's sizes, with whatever an earlier row left in its features, targets and label, and a weight of 1.
    /// </param>
    public abstract bool Read(Row row);

    /// <summary>Lets go of what the pass needed.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the pass needed.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called, rather than a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
