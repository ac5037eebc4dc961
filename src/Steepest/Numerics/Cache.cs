using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Steepest.Numerics;

/// <summary>Hints to the processor's cache, where it takes any.</summary>
internal static class Cache
{
    /// <summary>Asks for the cache line of a place that will be needed soon. The place need not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref T place)
        where T : unmanaged
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
