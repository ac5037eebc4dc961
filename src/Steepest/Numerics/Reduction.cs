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

    /// <summary>The sum of each row of a matrix, in the order of <see cref="Sum{T}(ReadOnlySpan{T})"/>.</summary>
    /// <param name="first">The first number of the matrix, whose rows are padded to whole lanes of the widest kind.</param>
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

        [SkipLocalsInit]
        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            Span<T> partial = stackalloc T[Partials];
            var one = T.Zero;
            var local = term;
            for (var chunk = 0; chunk < count; chunk += Chunk)
            {
                ref var start = ref Unsafe.Add(ref first, chunk);
                var length = Math.Min(Chunk, count - chunk);
                var whole = length & -Partials;
                for (var place = 0; place < Partials; place += V.Count)
                {
                    var sum = V.Broadcast(T.Zero);
                    for (var i = place; i < whole; i += Partials) sum += local.Of(V.Load(in Unsafe.Add(ref start, i)));
                    V.Store(sum, ref partial[place]);
                }

                for (var i = whole; i < length; i++)
                {
                    LaneScalar<T>.Store(local.Of(LaneScalar<T>.Load(in Unsafe.Add(ref start, i))), ref one);
                    partial[i - whole] += one;
                }

                for (var half = Partials / 2; half > 0; half /= 2)
                {
                    for (var i = 0; i < half; i++) partial[i] += partial[i + half];
                }

                Total += partial[0];
            }
        }
    }

    /// <summary>The sums of rows of a matrix whose partial sums stay in registers, one lane of them or two, where the lanes are wide enough.</summary>
    internal readonly ref struct RowSums<T>(ref T first, nint stride, int rows, int length, ref T sums) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T first = ref first;
        private readonly ref T sums = ref sums;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var row = 0; row < rows; row++)
            {
                ref var start = ref Unsafe.Add(ref first, row * stride);
                Unsafe.Add(ref sums, row) = V.Count == Partials || 2 * V.Count == Partials
                    ? SumOfRow<V>(ref start)
                    : Sum<T>(MemoryMarshal.CreateReadOnlySpan(ref start, length));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T SumOfRow<V>(ref T start)
            where V : struct, IKernelLane<V, T>
        {
            var total = T.Zero;
            for (var chunk = 0; chunk < length; chunk += Chunk)
            {
                var end = Math.Min(chunk + Chunk, length);
                var whole = chunk + ((end - chunk) & -Partials);
                V low = V.Broadcast(T.Zero), high = low;
                var i = chunk;
                for (; i < whole; i += Partials)
                {
                    low += V.Load(in Unsafe.Add(ref start, i));
                    if (V.Count < Partials) high += V.Load(in Unsafe.Add(ref start, i + V.Count));
                }

                // What stands behind the row's end counts as zero, which changes no partial sum.
                if (i < end) low += V.FirstOf(V.Load(in Unsafe.Add(ref start, i)), end - i);
                if (V.Count < Partials && i + V.Count < end) high += V.FirstOf(V.Load(in Unsafe.Add(ref start, i + V.Count)), end - i - V.Count);
                total += V.SumOfHalves(V.Count < Partials ? low + high : low);
            }

            return total;
        }
    }

    internal ref struct LargestWork<T>(ref T first, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T first = ref first;

        public T Largest { get; private set; } = T.Zero;

        [MethodImpl(Compiled.Once)]
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
