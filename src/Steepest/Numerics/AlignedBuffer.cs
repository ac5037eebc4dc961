using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>Numbers in memory that begins on a 64-byte line and never moves, zero at first.</summary>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    /// <summary>The most numbers: fewer than an array can hold, so that a loop over them by steps of up to 65,536 ends within 32 bits.</summary>
    public const int Most = int.MaxValue - ushort.MaxValue;

    private readonly T[] array;
    private readonly int start;

    /// <param name="length">How many numbers; a product of sizes, computed without overflow.</param>
    /// <exception cref="SteepestException">More than <see cref="Most"/>.</exception>
    public AlignedBuffer(long length)
    {
        if (length > Most)
        {
            throw new SteepestException($"A layer or a batch needs room for {Text.Of(length)} numbers, but at most {Text.Of(Most)} fit; ask for smaller layers or batches.");
        }

        var lane = Lanes.Widest<T>();
        array = GC.AllocateArray<T>((int)length + lane, pinned: true);
        var misaligned = (int)(Address(array) % 64) / Unsafe.SizeOf<T>();
        start = misaligned == 0 ? 0 : lane - misaligned;
        Length = (int)length;
    }

    private AlignedBuffer(T[] array, int start, int length) => (this.array, this.start, Length) = (array, start, length);

    public int Length { get; }

    public Span<T> Span => array.AsSpan(start, Length);

    /// <summary>The first number, for kernels that walk the buffer by reference.</summary>
    public ref T First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start);
    }

    /// <summary>Part of this memory, shared with it.</summary>
    /// <param name="first">Where the part begins: on a 64-byte line, so that it is aligned too.</param>
    /// <param name="length">How many numbers: whole lanes of the widest kind.</param>
    public AlignedBuffer<T> Slice(int first, int length)
    {
        if (first % Lanes.Widest<T>() != 0 || length % Lanes.Widest<T>() != 0 || length > Length - first)
            throw new ArgumentException($"The part from {first} on, {length} long, is not made of whole lanes of the buffer.", nameof(length));
        return new(array, start + first, length);
    }

    private static unsafe nuint Address(T[] pinned) => (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
