using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Steepest.Numerics;

/// <summary>Work that can be done at any lane width; <see cref="Lanes"/> picks the widest that the processor has.</summary>
internal interface ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    void Run<V>()
        where V : struct, IKernelLane<V, T>;
}

/// <summary>Work whose results fall into parts that several threads may make at once, each at any lane width.</summary>
internal interface ISplitWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many parts there are.</summary>
    int Parts { get; }

    /// <summary>Makes one part. What it makes does not depend on how many there are.</summary>
    /// <param name="part">From 0 to <see cref="Parts"/> − 1.</param>
    void Run<V>(int part)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>The choice of lane width. Results do not depend on it; only speed does.</summary>
internal static class Lanes
{
    /// <summary>How many threads are held to a width; none but where the optimizers' contract is checked.</summary>
    private static int threadsHeld;

    [ThreadStatic]
    private static int heldTo;

    /// <summary>Numbers in the widest lane. Buffers and batches are padded to a multiple of it whatever the processor, so that a layout
    /// does not depend on the machine.</summary>
    public static int Widest<T>()
        where T : unmanaged => 64 / Unsafe.SizeOf<T>();

    /// <summary><paramref name="count"/> rounded up to whole lanes of the widest kind.</summary>
    public static int Padded<T>(int count)
        where T : unmanaged
    {
        var lane = Widest<T>();
        return checked(count + lane - 1) / lane * lane;
    }

    /// <summary><paramref name="count"/> rounded up to whole lanes of the widest kind.</summary>
    public static long Padded<T>(long count)
        where T : unmanaged => (count + Widest<T>() - 1) / Widest<T>() * Widest<T>();

    /// <summary>Does the work at the widest lane that this processor accelerates.</summary>
    public static void Run<T, TWork>(scoped ref TWork work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ILaneWork<T>, allows ref struct
    {
        if (IsHeld)
        {
            RunHeld<T, TWork>(ref work);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            work.Run<Lane512<T>>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            work.Run<Lane256<T>>();
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            work.Run<Lane128<T>>();
        }
        else
        {
            work.Run<LaneScalar<T>>();
        }
    }

    /// <summary>Does one part of the work at the widest lane that this processor accelerates.</summary>
    public static void Run<T, TWork>(scoped ref TWork work, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ISplitWork<T>, allows ref struct
    {
        if (IsHeld)
        {
            RunHeld<T, TWork>(ref work, part);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            work.Run<Lane512<T>>(part);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            work.Run<Lane256<T>>(part);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            work.Run<Lane128<T>>(part);
        }
        else
        {
            work.Run<LaneScalar<T>>(part);
        }
    }

    /// <summary>Whether a width can be chosen: not in native code, which nobody needs at every width.</summary>
    public static bool CanHold => RuntimeFeature.IsDynamicCodeSupported;

    /// <summary>The bits of the widest lane that this processor accelerates.</summary>
    private static int Fastest => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;

    private static bool IsHeld
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RuntimeFeature.IsDynamicCodeSupported && threadsHeld > 0;
    }

    /// <summary>Holds what this thread does to a width, be it fast here or not, until that is disposed: to show that results do not depend on it. What it
    /// shares with other threads they do at their own.</summary>
    /// <param name="bits">512, 256, 128, or 64 for one number at a time.</param>
    public static IDisposable HoldTo(int bits) => new Hold(bits);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunHeld<T, TWork>(scoped ref TWork work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ILaneWork<T>, allows ref struct
    {
        switch (heldTo == 0 ? Fastest : heldTo)
        {
            case 512: work.Run<Lane512<T>>(); break;
            case 256: work.Run<Lane256<T>>(); break;
            case 128: work.Run<Lane128<T>>(); break;
            default: work.Run<LaneScalar<T>>(); break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunHeld<T, TWork>(scoped ref TWork work, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TWork : struct, ISplitWork<T>, allows ref struct
    {
        switch (heldTo == 0 ? Fastest : heldTo)
        {
            case 512: work.Run<Lane512<T>>(part); break;
            case 256: work.Run<Lane256<T>>(part); break;
            case 128: work.Run<Lane128<T>>(part); break;
            default: work.Run<LaneScalar<T>>(part); break;
        }
    }

    private sealed class Hold : IDisposable
    {
        private readonly int before = heldTo;

        public Hold(int bits)
        {
            heldTo = bits;
            Interlocked.Increment(ref threadsHeld);
        }

        public void Dispose()
        {
            heldTo = before;
            Interlocked.Decrement(ref threadsHeld);
        }
    }
}
