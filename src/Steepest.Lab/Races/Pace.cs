namespace Steepest.Lab.Races;

/// <summary>Lets runs go on, holds them, or lets them take one epoch each. What is held has the same epoch everywhere.</summary>
internal sealed class Pace
{
    private readonly object gate = new();
    private int allowed;
    private int farthest;

    /// <summary>Begins.</summary>
    /// <param name="isHeld">Whether runs are held after their first epoch.</param>
    public Pace(bool isHeld) => allowed = isHeld ? 1 : int.MaxValue;

    /// <summary>Whether runs are held, or will be once they have caught up.</summary>
    public bool IsHeld
    {
        get
        {
            lock (gate) return allowed != int.MaxValue;
        }
    }

    /// <summary>Lets all go on.</summary>
    public void GoOn() => Allow(_ => int.MaxValue);

    /// <summary>Holds all at the epoch of the farthest.</summary>
    public void Hold() => Allow(now => now == int.MaxValue ? farthest : now);

    /// <summary>Lets each take one epoch more, and holds them there.</summary>
    public void Step() => Allow(now => (now == int.MaxValue ? farthest : now) + 1);

    /// <summary>Waits until another epoch may begin.</summary>
    /// <param name="epochs">Epochs that the run has done.</param>
    /// <param name="cancellation">Ends the wait without a word.</param>
    public void Wait(int epochs, CancellationToken cancellation)
    {
        lock (gate)
        {
            farthest = Math.Max(farthest, epochs);
            if (epochs < allowed) return;
            using var wake = cancellation.UnsafeRegister(_ => Allow(now => now), null);
            while (epochs >= allowed && !cancellation.IsCancellationRequested) Monitor.Wait(gate);
        }
    }

    private void Allow(Func<int, int> change)
    {
        lock (gate)
        {
            allowed = change(allowed);
            Monitor.PulseAll(gate);
        }
    }
}
