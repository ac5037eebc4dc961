using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>
/// The threads that share the parts of one piece of work. Whoever is free takes the next part, so a thread whose core is taken away holds up one
/// part and not its share of all. There is one team in the process: where it is busy with somebody's work, another's is done by its caller alone.
/// </summary>
/// <remarks>
/// Work in training comes every few hundred microseconds, so a thread that waits spins for some 50 microseconds, then yields its core to whoever wants
/// it, then sleeps. Spinning alone would collapse as soon as another process wants a core.
/// </remarks>
internal static unsafe class ThreadTeam
{
    private const int Spins = 200;
    private const int Yields = 50;

    private static readonly AutoResetEvent LeaderMayGo = new(false);
    private static Worker[] workers = [];
    private static int isTaken;

    // The work at hand. A worker steps inside before it looks whether the work is still open, and the leader closes it before it looks whether anyone
    // is inside: so none is touched after its leader has gone.
    private static delegate*<void*, int, void> partOf;
    private static void* work;
    private static int parts;
    private static bool isOpen;
    private static int leaderSleeps;
    private static ExceptionDispatchInfo? failure;
    private static Counters counters;

    /// <summary>Does all parts with up to so many threads, the caller's among them. What a part throws on any of them the caller gets, once no part is
    /// being done any more.</summary>
    /// <param name="work">The work. It and what it refers to stay where they are meanwhile: it lives on the caller's stack, and buffers are pinned.</param>
    /// <param name="threads">At least 1.</param>
    public static void Run<T, TWork>(scoped ref TWork work, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ISplitWork<T>, allows ref struct
    {
        var count = work.Parts;
        if (count == 1 || threads == 1 || Interlocked.Exchange(ref isTaken, 1) == 1)
        {
            for (var part = 0; part < count; part++) Lanes.Run<T, TWork>(ref work, part);
            return;
        }

        try
        {
            Lead(&Part<T, TWork>, Unsafe.AsPointer(ref work), count, Math.Min(threads, count) - 1);
        }
        finally
        {
            Volatile.Write(ref isTaken, 0);
        }
    }

    private static void Part<T, TWork>(void* work, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ISplitWork<T>, allows ref struct => Lanes.Run<T, TWork>(ref Unsafe.AsRef<TWork>(work), part);

    private static void Lead(delegate*<void*, int, void> partOfWork, void* theWork, int count, int helpers)
    {
        if (workers.Length < helpers) Hire(helpers);
        partOf = partOfWork;
        work = theWork;
        parts = count;
        failure = null;
        counters.Next = 0;
        Volatile.Write(ref isOpen, true);
        for (var i = 0; i < helpers; i++) workers[i].Call();

        try
        {
            DoParts();
        }
        finally
        {
            CloseAndWait();
        }

        failure?.Throw();
    }

    private static void CloseAndWait()
    {
        var isInterrupted = false;
        Volatile.Write(ref isOpen, false);
        Interlocked.MemoryBarrier();
        for (var turn = 0; Volatile.Read(ref counters.Inside) > 0; turn++)
        {
            if (Paused(turn)) continue;
            Volatile.Write(ref leaderSleeps, 1);
            Interlocked.MemoryBarrier();
            try
            {
                if (Volatile.Read(ref counters.Inside) > 0) LeaderMayGo.WaitOne();
            }
            catch (ThreadInterruptedException)
            {
                // Not yet: the work lies on this stack.
                isInterrupted = true;
            }

            Volatile.Write(ref leaderSleeps, 0);
        }

        if (isInterrupted) Thread.CurrentThread.Interrupt();
    }

    private static void Help()
    {
        Interlocked.Increment(ref counters.Inside);
        try
        {
            if (Volatile.Read(ref isOpen)) DoParts();
        }
        catch (Exception exception)
        {
            // A user's rule for instance. Nobody would catch it here, and the process would end.
            Volatile.Write(ref failure, ExceptionDispatchInfo.Capture(exception));
        }

        if (Interlocked.Decrement(ref counters.Inside) == 0 && Volatile.Read(ref leaderSleeps) == 1) LeaderMayGo.Set();
    }

    private static void DoParts()
    {
        for (var part = Interlocked.Increment(ref counters.Next) - 1; part < parts; part = Interlocked.Increment(ref counters.Next) - 1) partOf(work, part);
    }

    /// <summary>Waits a moment, unless it is time to sleep.</summary>
    private static bool Paused(int turn)
    {
        if (turn < Spins)
        {
            Thread.SpinWait(10);
            return true;
        }

        if (turn >= Spins + Yields) return false;
        Thread.Yield();
        return true;
    }

    private static void Hire(int count)
    {
        // One by one, so that none is lost where the system refuses the next.
        while (workers.Length < count) workers = [.. workers, new Worker(workers.Length + 1)];
    }

    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Workers live as long as the process.")]
    private sealed class Worker
    {
        private readonly AutoResetEvent mayWork = new(false);
        private int calls;
        private int sleeps;

        // Unsafe means: without the context of who happens to hire it, which would be kept for as long as the process lives.
        public Worker(int number) => new Thread(Work) { IsBackground = true, Name = $"Steepest worker {number}" }.UnsafeStart();

        public void Call()
        {
            // With the barriers that these are, either the worker sees the call before it sleeps or the caller sees that it sleeps.
            Interlocked.Increment(ref calls);
            if (Volatile.Read(ref sleeps) == 1) mayWork.Set();
        }

        private void Work()
        {
            var answered = 0;
            for (var turn = 0; ; turn++)
            {
                var called = Volatile.Read(ref calls);
                if (called != answered)
                {
                    answered = called;
                    Help();
                    turn = -1;
                }
                else if (!Paused(turn))
                {
                    Interlocked.Exchange(ref sleeps, 1);
                    if (Volatile.Read(ref calls) == answered) mayWork.WaitOne();
                    Volatile.Write(ref sleeps, 0);
                }
            }
        }
    }

    /// <summary>Two numbers that all threads change, each on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Counters
    {
        [FieldOffset(64)]
        public int Next;

        [FieldOffset(192)]
        public int Inside;
    }
}
