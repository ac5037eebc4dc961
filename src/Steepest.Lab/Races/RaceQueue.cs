namespace Steepest.Lab.Races;

/// <summary>Lets a few race at once and a few more wait; whoever comes after them is sent away.</summary>
/// <param name="atOnce">How many race at once.</param>
/// <param name="mostWaiting">How many may wait.</param>
internal sealed class RaceQueue(int atOnce, int mostWaiting) : IDisposable
{
    private readonly SemaphoreSlim turns = new(atOnce);
    private int inside;

    /// <summary>Takes a place; <see langword="null"/> where there is none.</summary>
    public QueuePlace? Enter()
    {
        if (Interlocked.Increment(ref inside) <= atOnce + mostWaiting) return new QueuePlace(turns, () => Interlocked.Decrement(ref inside));
        Interlocked.Decrement(ref inside);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();
}

/// <summary>A place in the queue, given back when it is disposed of.</summary>
/// <param name="turns">Who may race.</param>
/// <param name="leave">Gives the place back.</param>
internal sealed class QueuePlace(SemaphoreSlim turns, Action leave) : IDisposable
{
    private bool hasTurn, hasLeft;

    /// <summary>Waits for the turn.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task Wait(CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation).ConfigureAwait(false);
        hasTurn = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (hasLeft) return;
        hasLeft = true;
        if (hasTurn) turns.Release();
        leave();
    }
}
