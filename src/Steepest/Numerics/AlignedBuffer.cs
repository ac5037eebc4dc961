using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>Numbers in memory that begins on a 64-byte line and never moves, zero at first.</summary>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private readonly T[] array;
    private readonly int start;

    public AlignedBuffer(int length)
    {
        var lane = Lanes.Widest<T>();
        array = GC.AllocateArray<T>(checked(length + lane), pinned: true);
        var misaligned = (int)(Address(array) % 64) / Unsafe.SizeOf<T>();
        start = misaligned == 0 ? 0 : lane - misaligned;
        Length = length;
    }

    public int Length { get; }

    public Span<T> Span => array.AsSpan(start, Length);

    /// <summary>The first number, for kernels that walk the buffer by reference.</summary>
    public ref T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start);
    }

    private static unsafe nuint Address(T[] pinned) => (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
