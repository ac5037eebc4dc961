using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>What happens to an element of a product before it is stored: bias and activation forward, the activation's derivative backward.</summary>
internal interface IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns finished elements of the product, the first at <paramref name="row"/> and <paramref name="column"/>, into what is stored. The
    /// last of a row may lie beyond its last column, but within whole lanes of the widest kind.</summary>
    V Apply<V>(V sum, int row, int column)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>The element as it is.</summary>
internal readonly ref struct NoEpilogue<T> : IEpilogue<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Apply<V>(V sum, int row, int column)
        where V : struct, IKernelLane<V, T> => sum;
}

/// <summary>
/// The matrix product of training, C(r, c) = Σₖ A(r, k) · B(k, c), with A read in place one number at a time and the lanes along the
/// contiguous columns of B and C. The three products of a dense layer differ only in the strides of A.
/// Each element is one accumulator, k ascending, by fused multiply-add: the same bits at every lane width and block size.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TEpilogue">What is done to an element before it is stored.</typeparam>
internal ref struct Product<T, TEpilogue> : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpilogue : struct, IEpilogue<T>, allows ref struct
{
    /// <summary>The first number of A; element (r, k) stands <see cref="ARow"/>·r + <see cref="AInner"/>·k further on.</summary>
    public required ref T A;

    /// <summary>The first number of B; row k begins <see cref="BRow"/>·k further on and is padded to whole lanes of the widest kind.</summary>
    public required ref T B;

    /// <summary>The first number of C; row r begins <see cref="CRow"/>·r further on.</summary>
    public required ref T C;

    public required nint ARow { get; init; }

    public required nint AInner { get; init; }

    public required nint BRow { get; init; }

    public required nint CRow { get; init; }

    public required int Rows { get; init; }

    public required int Inner { get; init; }

    /// <summary>Columns of C to write; beyond the last whole lane they are written one by one, so C needs no padding.</summary>
    public required int Columns { get; init; }

    public required TEpilogue Epilogue;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        var row = 0;
        for (; row + 4 <= Rows; row += 4)
        {
            var column = 0;
            for (; column + (2 * V.Count) <= Columns; column += 2 * V.Count) Block4x2<V>(row, column);
            for (; column < Columns; column += V.Count) Block4x1<V>(row, column);
        }

        for (; row < Rows; row++)
        {
            var column = 0;
            for (; column + (4 * V.Count) <= Columns; column += 4 * V.Count) Block1x4<V>(row, column);
            for (; column < Columns; column += V.Count) Block1x1<V>(row, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Block4x2<V>(int row, int column)
        where V : struct, IKernelLane<V, T>
    {
        V c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        ref var a = ref Unsafe.Add(ref A, row * ARow);
        ref var b = ref Unsafe.Add(ref B, column);
        for (var k = 0; k < Inner; k++)
        {
            var b0 = V.Load(in b);
            var b1 = V.Load(in Unsafe.Add(ref b, V.Count));
            var a0 = V.Broadcast(a);
            c00 = V.FusedMultiplyAdd(a0, b0, c00);
            c01 = V.FusedMultiplyAdd(a0, b1, c01);
            var a1 = V.Broadcast(Unsafe.Add(ref a, ARow));
            c10 = V.FusedMultiplyAdd(a1, b0, c10);
            c11 = V.FusedMultiplyAdd(a1, b1, c11);
            var a2 = V.Broadcast(Unsafe.Add(ref a, 2 * ARow));
            c20 = V.FusedMultiplyAdd(a2, b0, c20);
            c21 = V.FusedMultiplyAdd(a2, b1, c21);
            var a3 = V.Broadcast(Unsafe.Add(ref a, 3 * ARow));
            c30 = V.FusedMultiplyAdd(a3, b0, c30);
            c31 = V.FusedMultiplyAdd(a3, b1, c31);
            a = ref Unsafe.Add(ref a, AInner);
            b = ref Unsafe.Add(ref b, BRow);
        }

        Store(c00, row, column);
        Store(c01, row, column + V.Count);
        Store(c10, row + 1, column);
        Store(c11, row + 1, column + V.Count);
        Store(c20, row + 2, column);
        Store(c21, row + 2, column + V.Count);
        Store(c30, row + 3, column);
        Store(c31, row + 3, column + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Block4x1<V>(int row, int column)
        where V : struct, IKernelLane<V, T>
    {
        V c0 = default, c1 = default, c2 = default, c3 = default;
        ref var a = ref Unsafe.Add(ref A, row * ARow);
        ref var b = ref Unsafe.Add(ref B, column);
        for (var k = 0; k < Inner; k++)
        {
            var b0 = V.Load(in b);
            c0 = V.FusedMultiplyAdd(V.Broadcast(a), b0, c0);
            c1 = V.FusedMultiplyAdd(V.Broadcast(Unsafe.Add(ref a, ARow)), b0, c1);
            c2 = V.FusedMultiplyAdd(V.Broadcast(Unsafe.Add(ref a, 2 * ARow)), b0, c2);
            c3 = V.FusedMultiplyAdd(V.Broadcast(Unsafe.Add(ref a, 3 * ARow)), b0, c3);
            a = ref Unsafe.Add(ref a, AInner);
            b = ref Unsafe.Add(ref b, BRow);
        }

        StoreUpToEnd(c0, row, column);
        StoreUpToEnd(c1, row + 1, column);
        StoreUpToEnd(c2, row + 2, column);
        StoreUpToEnd(c3, row + 3, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Block1x4<V>(int row, int column)
        where V : struct, IKernelLane<V, T>
    {
        V c0 = default, c1 = default, c2 = default, c3 = default;
        ref var a = ref Unsafe.Add(ref A, row * ARow);
        ref var b = ref Unsafe.Add(ref B, column);
        for (var k = 0; k < Inner; k++)
        {
            var a0 = V.Broadcast(a);
            c0 = V.FusedMultiplyAdd(a0, V.Load(in b), c0);
            c1 = V.FusedMultiplyAdd(a0, V.Load(in Unsafe.Add(ref b, V.Count)), c1);
            c2 = V.FusedMultiplyAdd(a0, V.Load(in Unsafe.Add(ref b, 2 * V.Count)), c2);
            c3 = V.FusedMultiplyAdd(a0, V.Load(in Unsafe.Add(ref b, 3 * V.Count)), c3);
            a = ref Unsafe.Add(ref a, AInner);
            b = ref Unsafe.Add(ref b, BRow);
        }

        Store(c0, row, column);
        Store(c1, row, column + V.Count);
        Store(c2, row, column + (2 * V.Count));
        Store(c3, row, column + (3 * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Block1x1<V>(int row, int column)
        where V : struct, IKernelLane<V, T>
    {
        V c0 = default;
        ref var a = ref Unsafe.Add(ref A, row * ARow);
        ref var b = ref Unsafe.Add(ref B, column);
        for (var k = 0; k < Inner; k++)
        {
            c0 = V.FusedMultiplyAdd(V.Broadcast(a), V.Load(in b), c0);
            a = ref Unsafe.Add(ref a, AInner);
            b = ref Unsafe.Add(ref b, BRow);
        }

        StoreUpToEnd(c0, row, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<V>(V sum, int row, int column)
        where V : struct, IKernelLane<V, T> =>
        V.Store(Epilogue.Apply(sum, row, column), ref Unsafe.Add(ref C, (row * CRow) + column));

    /// <summary>Stores a lane of which only the first part may lie inside C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void StoreUpToEnd<V>(V sum, int row, int column)
        where V : struct, IKernelLane<V, T>
    {
        if (column + V.Count <= Columns)
        {
            Store(sum, row, column);
            return;
        }

        Lane64Bytes spill = default;
        ref var first = ref Unsafe.As<Lane64Bytes, T>(ref spill);
        V.Store(Epilogue.Apply(sum, row, column), ref first);
        ref var target = ref Unsafe.Add(ref C, (row * CRow) + column);
        for (var i = 0; i < Columns - column; i++) Unsafe.Add(ref target, i) = Unsafe.Add(ref first, i);
    }

    [InlineArray(64)]
    private struct Lane64Bytes
    {
        private byte first;
    }
}
