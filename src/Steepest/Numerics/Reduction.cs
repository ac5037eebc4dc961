using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>
/// Sums whose order is fixed: within a chunk of 4,096 numbers the one at place i goes, in turn, to partial sum i mod 16; the sixteen fold in
/// halves; chunks follow each other. So every lane width gives the same bits.
/// </summary>
internal static class Reduction
{
    /// <summary>Numbers in a chunk: sums over whole chunks, added up in order, are the sum over all.</summary>
    public const int Chunk = 4096;

    private const int Partials = 16;

    /// <summary>The sum of <paramref name="values"/>, zero if there are none.</summary>
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sum(values, default(Itself<T>));

    /// <summary>The sum of each row of a matrix.</summary>
    /// <param name="first">The first number of the matrix.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="length">Numbers of each row to sum up.</param>
    /// <param name="sums">Receives the sums.</param>
    public static void SumRows<T>(ref T first, nint stride, int rows, int length, ref T sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new RowSums<T>(ref first, stride, rows, length, ref sums);
        Lanes.Run<T, RowSums<T>>(ref work);
    }

    /// <summary>The sum of the squares. Chunks add up in double, so that a long <see cref="float"/> buffer loses nothing to its length.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SumOfChunks(values, default(Square<T>));

    /// <summary>The sum of the squares of each number times <paramref name="scale"/>; chunks add up in double.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> values, T scale)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SumOfChunks(values, new ScaledSquare<T>(scale));

    /// <summary>The sum of the absolute values; chunks add up in double.</summary>
    public static double SumOfMagnitudes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => SumOfChunks(values, default(Magnitude<T>));

    /// <summary>The largest absolute value, zero if there are none; NaN is passed over.</summary>
    public static T LargestMagnitude<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new LargestWork<T>(ref MemoryMarshal.GetReference(values), values.Length);
        Lanes.Run<T, LargestWork<T>>(ref work);
        return work.Largest;
    }

    private static double SumOfChunks<T, TTerm>(ReadOnlySpan<T> values, TTerm term)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        var total = 0.0;
        for (var chunk = 0; chunk < values.Length; chunk += Chunk) total += double.CreateChecked(Sum(values.Slice(chunk, Math.Min(Chunk, values.Length - chunk)), term));
        return total;
    }

    private static T Sum<T, TTerm>(ReadOnlySpan<T> values, TTerm term)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        var work = new SumWork<T, TTerm>(term, ref MemoryMarshal.GetReference(values), values.Length);
        Lanes.Run<T, SumWork<T, TTerm>>(ref work);
        return work.Total;
    }

    /// <summary>What a sum takes of each number.</summary>
    internal interface ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V Of<V>(V value)
            where V : struct, IKernelLane<V, T>;
    }

    internal readonly struct Itself<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V value)
            where V : struct, IKernelLane<V, T> => value;
    }

    internal readonly struct Magnitude<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V value)
            where V : struct, IKernelLane<V, T> => V.Abs(value);
    }

    internal readonly struct Square<T> : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V value)
            where V : struct, IKernelLane<V, T> => value * value;
    }

    internal readonly struct ScaledSquare<T>(T scale) : ITerm<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V value)
            where V : struct, IKernelLane<V, T>
        {
            var scaled = scale * value;
            return scaled * scaled;
        }
    }

    internal ref struct SumWork<T, TTerm>(TTerm term, ref T first, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        private readonly ref T first = ref first;

        public T Total { get; private set; } = T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var chunk = 0; chunk < count; chunk += Chunk) Total += SumOfChunk<T, TTerm, V>(term, ref Unsafe.Add(ref first, chunk), Math.Min(Chunk, count - chunk));
        }
    }

    /// <summary>The sums of rows of a matrix, each in the order of <see cref="Sum{T}(ReadOnlySpan{T})"/>.</summary>
    internal readonly ref struct RowSums<T>(ref T first, nint stride, int rows, int length, ref T sums) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T first = ref first;
        private readonly ref T sums = ref sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var row = 0; row < rows; row++)
            {
                ref var start = ref Unsafe.Add(ref first, row * stride);
                var total = T.Zero;
                for (var chunk = 0; chunk < length; chunk += Chunk) total += SumOfChunk<T, Itself<T>, V>(default, ref Unsafe.Add(ref start, chunk), Math.Min(Chunk, length - chunk));
                Unsafe.Add(ref sums, row) = total;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumOfChunk<T, TTerm, V>(TTerm term, ref T start, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
        where V : struct, IKernelLane<V, T>
    {
        var whole = length & -Partials;
        if (V.Count == Partials)
        {
            var sum = V.Broadcast(T.Zero);
            for (var i = 0; i < whole; i += Partials) sum += term.Of(V.Load(in Unsafe.Add(ref start, i)));
            if (whole < length)
            {
                Span<T> last = stackalloc T[Partials];
                Rest(term, ref Unsafe.Add(ref start, whole), length - whole, last);
                sum += V.Load(in last[0]);
            }

            return V.SumOfHalves(sum);
        }

        if (2 * V.Count == Partials)
        {
            V low = V.Broadcast(T.Zero), high = low;
            for (var i = 0; i < whole; i += Partials)
            {
                low += term.Of(V.Load(in Unsafe.Add(ref start, i)));
                high += term.Of(V.Load(in Unsafe.Add(ref start, i + V.Count)));
            }

            if (whole < length)
            {
                Span<T> last = stackalloc T[Partials];
                Rest(term, ref Unsafe.Add(ref start, whole), length - whole, last);
                low += V.Load(in last[0]);
                high += V.Load(in last[V.Count]);
            }

            return V.SumOfHalves(low + high);
        }

        Span<T> partial = stackalloc T[Partials];
        Rest(term, ref Unsafe.Add(ref start, whole), length - whole, partial);
        for (var place = 0; place < Partials; place += V.Count)
        {
            var sum = V.Broadcast(T.Zero);
            for (var i = place; i < whole; i += Partials) sum += term.Of(V.Load(in Unsafe.Add(ref start, i)));
            V.Store(sum + V.Load(in partial[place]), ref partial[place]);
        }

        for (var half = Partials / 2; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++) partial[i] += partial[i + half];
        }

        return partial[0];
    }

    /// <summary>The terms of a last group that is not whole, and zeros, which change no partial sum.</summary>
    private static void Rest<T, TTerm>(TTerm term, ref T start, int count, Span<T> terms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, ITerm<T>
    {
        terms.Clear();
        for (var i = 0; i < count; i++) LaneScalar<T>.Store(term.Of(LaneScalar<T>.Load(in Unsafe.Add(ref start, i))), ref terms[i]);
    }

    internal ref struct LargestWork<T>(ref T first, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T first = ref first;

        public T Largest { get; private set; } = T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var whole = count - (count % V.Count);
            var largest = V.Broadcast(T.Zero);
            for (var i = 0; i < whole; i += V.Count)
            {
                var magnitude = V.Abs(V.Load(in Unsafe.Add(ref first, i)));
                largest = V.WhereGreater(magnitude, largest, magnitude, largest);
            }

            Span<T> parts = stackalloc T[V.Count];
            V.Store(largest, ref parts[0]);
            foreach (var part in parts) Keep(part);
            for (var i = whole; i < count; i++) Keep(T.Abs(Unsafe.Add(ref first, i)));
        }

        private void Keep(T magnitude) => Largest = magnitude > Largest ? magnitude : Largest;
    }
}
