using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Steepest.Numerics;

/// <summary>Turns a matrix: to(c, r) = from(r, c). Numbers are only moved, so there is nothing to say about widths.</summary>
/// <remarks>Rows of both matrices are padded to whole lanes of the widest kind. Whole tiles are turned, so the padding of the turned rows is overwritten.</remarks>
/// <param name="from">The first number of the matrix.</param>
/// <param name="fromRow">The distance from one of its rows to the next.</param>
/// <param name="to">Receives the turned matrix.</param>
/// <param name="toRow">The distance from one of its rows to the next.</param>
/// <param name="rows">Rows of the matrix.</param>
/// <param name="columns">Its columns.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct Transpose<T>(ref T from, nint fromRow, ref T to, nint toRow, int rows, int columns) : ISplitWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that one thread should move at least.</summary>
    private const int LeastNumbers = 32 * 1024;

    private readonly ref T from = ref from;
    private readonly ref T to = ref to;

    public int Parts { get; } = Math.Clamp((int)((long)rows * columns / LeastNumbers), 1, Math.Max(rows / Tile, 1));

    /// <summary>Rows and columns that are turned in registers, as many as a 256-bit register holds numbers.</summary>
    private static int Tile
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 32 / Unsafe.SizeOf<T>();
    }

    [MethodImpl(Compiled.Once)]
    public void Run<V>(int part)
        where V : struct, IKernelLane<V, T>
    {
        var tiles = ((rows - 1) / Tile) + 1;
        var (first, end) = ((int)((long)tiles * part / Parts) * Tile, (int)((long)tiles * (part + 1) / Parts) * Tile);
        var turned = Avx.IsSupported ? columns - (columns % Tile) : 0;
        for (var row = first; turned > 0 && row < end; row += Tile)
        {
            // Rows that there are not become the last one's, in the padding.
            var last = Math.Min(Tile, rows - row) - 1;
            for (var column = 0; column < turned; column += Tile)
            {
                ref var source = ref Unsafe.Add(ref from, (row * fromRow) + column);
                ref var target = ref Unsafe.Add(ref to, (column * toRow) + row);
                if (typeof(T) == typeof(double))
                    Turn4(ref Unsafe.As<T, double>(ref source), last, ref Unsafe.As<T, double>(ref target));
                else
                    Turn8(ref Unsafe.As<T, float>(ref source), last, ref Unsafe.As<T, float>(ref target));
            }
        }

        for (var column = turned; column < columns; column++)
        {
            ref var target = ref Unsafe.Add(ref to, column * toRow);
            ref var source = ref Unsafe.Add(ref from, column);
            for (var row = first; row < Math.Min(end, rows); row++) Unsafe.Add(ref target, row) = Unsafe.Add(ref source, row * fromRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Turn4(ref double source, int last, ref double target)
    {
        var r0 = Vector256.LoadUnsafe(ref source);
        var r1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, Math.Min(1, last) * fromRow));
        var r2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, Math.Min(2, last) * fromRow));
        var r3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, Math.Min(3, last) * fromRow));
        var low01 = Avx.UnpackLow(r0, r1);
        var high01 = Avx.UnpackHigh(r0, r1);
        var low23 = Avx.UnpackLow(r2, r3);
        var high23 = Avx.UnpackHigh(r2, r3);
        Avx.Permute2x128(low01, low23, 0x20).StoreUnsafe(ref target);
        Avx.Permute2x128(high01, high23, 0x20).StoreUnsafe(ref Unsafe.Add(ref target, toRow));
        Avx.Permute2x128(low01, low23, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, 2 * toRow));
        Avx.Permute2x128(high01, high23, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, 3 * toRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Turn8(ref float source, int last, ref float target)
    {
        // First pairs of rows, then fours within each half of a register, then the halves.
        var (a0, a1) = Pair(ref source, 0, last);
        var (a2, a3) = Pair(ref source, 2, last);
        var (a4, a5) = Pair(ref source, 4, last);
        var (a6, a7) = Pair(ref source, 6, last);
        Four(a0, a2, out var b0, out var b1);
        Four(a1, a3, out var b2, out var b3);
        Four(a4, a6, out var b4, out var b5);
        Four(a5, a7, out var b6, out var b7);
        Store(b0, b4, ref target, 0);
        Store(b1, b5, ref target, 1);
        Store(b2, b6, ref target, 2);
        Store(b3, b7, ref target, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<float> Low, Vector256<float> High) Pair(ref float source, int row, int last)
    {
        var first = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, Math.Min(row, last) * fromRow));
        var second = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, Math.Min(row + 1, last) * fromRow));
        return (Avx.UnpackLow(first, second), Avx.UnpackHigh(first, second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Vector256<float> first, Vector256<float> second, out Vector256<float> low, out Vector256<float> high)
    {
        low = Avx.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle();
        high = Avx.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vector256<float> upper, Vector256<float> lower, ref float target, int row)
    {
        Avx.Permute2x128(upper, lower, 0x20).StoreUnsafe(ref Unsafe.Add(ref target, row * toRow));
        Avx.Permute2x128(upper, lower, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, (row + 4) * toRow));
    }
}
