using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>
/// The innermost loop of a product: a block of C of a few rows and a few lanes, one accumulator an element, all of them in registers while k runs.
/// Seven rows by four lanes keep 28 of 32 registers busy, and read so little of A and B that neither need be copied together first.
/// </summary>
/// <remarks>Written out by hand, since the compiler keeps no array in registers. The size of a block is the size of a type in bytes: a constant for
/// the compiler, which then drops what a smaller block has no use for.</remarks>
internal static class ProductBlock
{
    /// <summary>Rows of the largest block.</summary>
    public const int MostRows = 7;

    /// <summary>Lanes a row of the largest block.</summary>
    public const int MostLanes = 4;

    /// <summary>C(r, c) = Σₖ A(r, k) · B(k, c), or added to what C holds, for so many rows and lanes.</summary>
    public static void Run<T, V>(int rows, int lanes, ref readonly Operands<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, IKernelLane<V, T>
    {
        switch (rows)
        {
            case 1: Run<T, V, Size1>(lanes, in at); break;
            case 2: Run<T, V, Size2>(lanes, in at); break;
            case 3: Run<T, V, Size3>(lanes, in at); break;
            case 4: Run<T, V, Size4>(lanes, in at); break;
            case 5: Run<T, V, Size5>(lanes, in at); break;
            case 6: Run<T, V, Size6>(lanes, in at); break;
            default: Run<T, V, Size7>(lanes, in at); break;
        }
    }

    private static void Run<T, V, TRows>(int lanes, ref readonly Operands<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, IKernelLane<V, T>
        where TRows : struct
    {
        switch (lanes)
        {
            case 1: Run<T, V, TRows, Size1>(in at); break;
            case 2: Run<T, V, TRows, Size2>(in at); break;
            case 3: Run<T, V, TRows, Size3>(in at); break;
            default: Run<T, V, TRows, Size4>(in at); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SuppressMessage("Design", "MA0051:Method is too long", Justification = "One loop, written out.")]
    private static void Run<T, V, TRows, TLanes>(ref readonly Operands<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, IKernelLane<V, T>
        where TRows : struct
        where TLanes : struct
    {
        V c00 = default, c01 = default, c02 = default, c03 = default,
            c10 = default, c11 = default, c12 = default, c13 = default,
            c20 = default, c21 = default, c22 = default, c23 = default,
            c30 = default, c31 = default, c32 = default, c33 = default,
            c40 = default, c41 = default, c42 = default, c43 = default,
            c50 = default, c51 = default, c52 = default, c53 = default,
            c60 = default, c61 = default, c62 = default, c63 = default;

        // With five rows from one reference and the rest from another, every row is a reference plus one, two or four strides, or three.
        nint aRow = at.ARow, aInner = at.AInner, bRow = at.BRow, cRow = at.CRow;
        nint row2 = 2 * aRow, row3 = 3 * aRow, row4 = 4 * aRow;
        ref var a0 = ref at.A;
        ref var a5 = ref Unsafe.SizeOf<TRows>() > 5 ? ref Unsafe.Add(ref a0, 5 * aRow) : ref a0;
        ref var b = ref at.B;
        ref var c = ref at.C;
        if (at.AddsToC)
        {
            ref var from = ref c;
            c00 = V.Load(in from);
            if (Unsafe.SizeOf<TLanes>() > 1) c01 = V.Load(in Unsafe.Add(ref from, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) c02 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) c03 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));

            if (Unsafe.SizeOf<TRows>() > 1)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c10 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c11 = V.Load(in Unsafe.Add(ref from, V.Count));
                if (Unsafe.SizeOf<TLanes>() > 2) c12 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
                if (Unsafe.SizeOf<TLanes>() > 3) c13 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 2)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c20 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c21 = V.Load(in Unsafe.Add(ref from, V.Count));
                if (Unsafe.SizeOf<TLanes>() > 2) c22 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
                if (Unsafe.SizeOf<TLanes>() > 3) c23 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 3)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c30 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c31 = V.Load(in Unsafe.Add(ref from, V.Count));
                if (Unsafe.SizeOf<TLanes>() > 2) c32 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
                if (Unsafe.SizeOf<TLanes>() > 3) c33 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 4)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c40 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c41 = V.Load(in Unsafe.Add(ref from, V.Count));
                if (Unsafe.SizeOf<TLanes>() > 2) c42 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
                if (Unsafe.SizeOf<TLanes>() > 3) c43 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 5)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c50 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c51 = V.Load(in Unsafe.Add(ref from, V.Count));
                if (Unsafe.SizeOf<TLanes>() > 2) c52 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
                if (Unsafe.SizeOf<TLanes>() > 3) c53 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 6)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c60 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c61 = V.Load(in Unsafe.Add(ref from, V.Count));
                if (Unsafe.SizeOf<TLanes>() > 2) c62 = V.Load(in Unsafe.Add(ref from, 2 * V.Count));
                if (Unsafe.SizeOf<TLanes>() > 3) c63 = V.Load(in Unsafe.Add(ref from, 3 * V.Count));
            }
        }

        for (var k = at.Inner; k > 0; k--)
        {
            V b0 = V.Load(in b), b1 = default, b2 = default, b3 = default;
            if (Unsafe.SizeOf<TLanes>() > 1) b1 = V.Load(in Unsafe.Add(ref b, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) b2 = V.Load(in Unsafe.Add(ref b, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) b3 = V.Load(in Unsafe.Add(ref b, 3 * V.Count));

            var x0 = V.Broadcast(a0);
            c00 = V.FusedMultiplyAdd(x0, b0, c00);
            if (Unsafe.SizeOf<TLanes>() > 1) c01 = V.FusedMultiplyAdd(x0, b1, c01);
            if (Unsafe.SizeOf<TLanes>() > 2) c02 = V.FusedMultiplyAdd(x0, b2, c02);
            if (Unsafe.SizeOf<TLanes>() > 3) c03 = V.FusedMultiplyAdd(x0, b3, c03);

            if (Unsafe.SizeOf<TRows>() > 1)
            {
                var x1 = V.Broadcast(Unsafe.Add(ref a0, aRow));
                c10 = V.FusedMultiplyAdd(x1, b0, c10);
                if (Unsafe.SizeOf<TLanes>() > 1) c11 = V.FusedMultiplyAdd(x1, b1, c11);
                if (Unsafe.SizeOf<TLanes>() > 2) c12 = V.FusedMultiplyAdd(x1, b2, c12);
                if (Unsafe.SizeOf<TLanes>() > 3) c13 = V.FusedMultiplyAdd(x1, b3, c13);
            }

            if (Unsafe.SizeOf<TRows>() > 2)
            {
                var x2 = V.Broadcast(Unsafe.Add(ref a0, row2));
                c20 = V.FusedMultiplyAdd(x2, b0, c20);
                if (Unsafe.SizeOf<TLanes>() > 1) c21 = V.FusedMultiplyAdd(x2, b1, c21);
                if (Unsafe.SizeOf<TLanes>() > 2) c22 = V.FusedMultiplyAdd(x2, b2, c22);
                if (Unsafe.SizeOf<TLanes>() > 3) c23 = V.FusedMultiplyAdd(x2, b3, c23);
            }

            if (Unsafe.SizeOf<TRows>() > 3)
            {
                var x3 = V.Broadcast(Unsafe.Add(ref a0, row3));
                c30 = V.FusedMultiplyAdd(x3, b0, c30);
                if (Unsafe.SizeOf<TLanes>() > 1) c31 = V.FusedMultiplyAdd(x3, b1, c31);
                if (Unsafe.SizeOf<TLanes>() > 2) c32 = V.FusedMultiplyAdd(x3, b2, c32);
                if (Unsafe.SizeOf<TLanes>() > 3) c33 = V.FusedMultiplyAdd(x3, b3, c33);
            }

            if (Unsafe.SizeOf<TRows>() > 4)
            {
                var x4 = V.Broadcast(Unsafe.Add(ref a0, row4));
                c40 = V.FusedMultiplyAdd(x4, b0, c40);
                if (Unsafe.SizeOf<TLanes>() > 1) c41 = V.FusedMultiplyAdd(x4, b1, c41);
                if (Unsafe.SizeOf<TLanes>() > 2) c42 = V.FusedMultiplyAdd(x4, b2, c42);
                if (Unsafe.SizeOf<TLanes>() > 3) c43 = V.FusedMultiplyAdd(x4, b3, c43);
            }

            if (Unsafe.SizeOf<TRows>() > 5)
            {
                var x5 = V.Broadcast(a5);
                c50 = V.FusedMultiplyAdd(x5, b0, c50);
                if (Unsafe.SizeOf<TLanes>() > 1) c51 = V.FusedMultiplyAdd(x5, b1, c51);
                if (Unsafe.SizeOf<TLanes>() > 2) c52 = V.FusedMultiplyAdd(x5, b2, c52);
                if (Unsafe.SizeOf<TLanes>() > 3) c53 = V.FusedMultiplyAdd(x5, b3, c53);
            }

            if (Unsafe.SizeOf<TRows>() > 6)
            {
                var x6 = V.Broadcast(Unsafe.Add(ref a5, aRow));
                c60 = V.FusedMultiplyAdd(x6, b0, c60);
                if (Unsafe.SizeOf<TLanes>() > 1) c61 = V.FusedMultiplyAdd(x6, b1, c61);
                if (Unsafe.SizeOf<TLanes>() > 2) c62 = V.FusedMultiplyAdd(x6, b2, c62);
                if (Unsafe.SizeOf<TLanes>() > 3) c63 = V.FusedMultiplyAdd(x6, b3, c63);
            }

            a0 = ref Unsafe.Add(ref a0, aInner);
            if (Unsafe.SizeOf<TRows>() > 5) a5 = ref Unsafe.Add(ref a5, aInner);
            b = ref Unsafe.Add(ref b, bRow);
        }

        V.Store(c00, ref c);
        if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c01, ref Unsafe.Add(ref c, V.Count));
        if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c02, ref Unsafe.Add(ref c, 2 * V.Count));
        if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c03, ref Unsafe.Add(ref c, 3 * V.Count));

        if (Unsafe.SizeOf<TRows>() > 1)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c10, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c11, ref Unsafe.Add(ref c, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c12, ref Unsafe.Add(ref c, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c13, ref Unsafe.Add(ref c, 3 * V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 2)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c20, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c21, ref Unsafe.Add(ref c, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c22, ref Unsafe.Add(ref c, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c23, ref Unsafe.Add(ref c, 3 * V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 3)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c30, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c31, ref Unsafe.Add(ref c, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c32, ref Unsafe.Add(ref c, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c33, ref Unsafe.Add(ref c, 3 * V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 4)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c40, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c41, ref Unsafe.Add(ref c, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c42, ref Unsafe.Add(ref c, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c43, ref Unsafe.Add(ref c, 3 * V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 5)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c50, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c51, ref Unsafe.Add(ref c, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c52, ref Unsafe.Add(ref c, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c53, ref Unsafe.Add(ref c, 3 * V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 6)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c60, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c61, ref Unsafe.Add(ref c, V.Count));
            if (Unsafe.SizeOf<TLanes>() > 2) V.Store(c62, ref Unsafe.Add(ref c, 2 * V.Count));
            if (Unsafe.SizeOf<TLanes>() > 3) V.Store(c63, ref Unsafe.Add(ref c, 3 * V.Count));
        }
    }

    /// <summary>Where the block's rows of A, lanes of B and elements of C begin, and their strides; see <see cref="Product{T, TEpilogue}"/>.</summary>
    public ref struct Operands<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public ref T A;
        public ref T B;
        public ref T C;
        public nint ARow, AInner, BRow, CRow;
        public int Inner;
        public bool AddsToC;
    }

    [InlineArray(1)]
    private struct Size1
    {
        private byte first;
    }

    [InlineArray(2)]
    private struct Size2
    {
        private byte first;
    }

    [InlineArray(3)]
    private struct Size3
    {
        private byte first;
    }

    [InlineArray(4)]
    private struct Size4
    {
        private byte first;
    }

    [InlineArray(5)]
    private struct Size5
    {
        private byte first;
    }

    [InlineArray(6)]
    private struct Size6
    {
        private byte first;
    }

    [InlineArray(7)]
    private struct Size7
    {
        private byte first;
    }
}
