using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>
/// The innermost loop of a product: a block of C of a few rows and a few lanes, one accumulator an element, all of them in registers while k runs.
/// Fourteen rows by two lanes keep 31 of 32 registers busy, and read so little of A and B that neither need be copied together first.
/// </summary>
/// <remarks>Written out by hand, since the compiler keeps no array in registers. The size of a block is the size of a type in bytes: a constant for
/// the compiler, which then drops what a smaller block has no use for.</remarks>
internal static class ProductBlock
{
    /// <summary>Rows of the largest block.</summary>
    public const int MostRows = 14;

    /// <summary>Lanes a row of the largest block.</summary>
    public const int MostLanes = 2;

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
            case 7: Run<T, V, Size7>(lanes, in at); break;
            case 8: Run<T, V, Size8>(lanes, in at); break;
            case 9: Run<T, V, Size9>(lanes, in at); break;
            case 10: Run<T, V, Size10>(lanes, in at); break;
            case 11: Run<T, V, Size11>(lanes, in at); break;
            case 12: Run<T, V, Size12>(lanes, in at); break;
            case 13: Run<T, V, Size13>(lanes, in at); break;
            default: Run<T, V, Size14>(lanes, in at); break;
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
            default: Run<T, V, TRows, Size2>(in at); break;
        }
    }

    [MethodImpl(Compiled.Once)]
    [SuppressMessage("Design", "MA0051:Method is too long", Justification = "One loop, written out.")]
    private static void Run<T, V, TRows, TLanes>(ref readonly Operands<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, IKernelLane<V, T>
        where TRows : struct
        where TLanes : struct
    {
        V c00 = default, c01 = default,
            c10 = default, c11 = default,
            c20 = default, c21 = default,
            c30 = default, c31 = default,
            c40 = default, c41 = default,
            c50 = default, c51 = default,
            c60 = default, c61 = default,
            c70 = default, c71 = default,
            c80 = default, c81 = default,
            c90 = default, c91 = default,
            c100 = default, c101 = default,
            c110 = default, c111 = default,
            c120 = default, c121 = default,
            c130 = default, c131 = default;

        // With five rows from one reference and the next five from another, every row is a reference plus one, two or four strides, or three.
        nint aRow = at.ARow, aInner = at.AInner, bRow = at.BRow, cRow = at.CRow;
        nint ahead = at.Ahead, row2 = 2 * aRow, row3 = 3 * aRow, row4 = 4 * aRow;
        ref var a0 = ref at.A;
        ref var a5 = ref Unsafe.SizeOf<TRows>() > 5 ? ref Unsafe.Add(ref a0, 5 * aRow) : ref a0;
        ref var a10 = ref Unsafe.SizeOf<TRows>() > 10 ? ref Unsafe.Add(ref a5, 5 * aRow) : ref a0;
        ref var b = ref at.B;
        ref var c = ref at.C;
        if (at.AddsToC)
        {
            ref var from = ref c;
            c00 = V.Load(in from);
            if (Unsafe.SizeOf<TLanes>() > 1) c01 = V.Load(in Unsafe.Add(ref from, V.Count));

            if (Unsafe.SizeOf<TRows>() > 1)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c10 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c11 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 2)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c20 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c21 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 3)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c30 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c31 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 4)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c40 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c41 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 5)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c50 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c51 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 6)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c60 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c61 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 7)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c70 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c71 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 8)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c80 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c81 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 9)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c90 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c91 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 10)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c100 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c101 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 11)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c110 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c111 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 12)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c120 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c121 = V.Load(in Unsafe.Add(ref from, V.Count));
            }

            if (Unsafe.SizeOf<TRows>() > 13)
            {
                from = ref Unsafe.Add(ref from, cRow);
                c130 = V.Load(in from);
                if (Unsafe.SizeOf<TLanes>() > 1) c131 = V.Load(in Unsafe.Add(ref from, V.Count));
            }
        }

        for (var k = at.Inner; k > 0; k--)
        {
            V b0 = V.Load(in b), b1 = default;
            if (Unsafe.SizeOf<TLanes>() > 1) b1 = V.Load(in Unsafe.Add(ref b, V.Count));

            var x0 = V.Broadcast(a0);
            c00 = V.FusedMultiplyAdd(x0, b0, c00);
            if (Unsafe.SizeOf<TLanes>() > 1) c01 = V.FusedMultiplyAdd(x0, b1, c01);

            if (Unsafe.SizeOf<TRows>() > 1)
            {
                var x1 = V.Broadcast(Unsafe.Add(ref a0, aRow));
                c10 = V.FusedMultiplyAdd(x1, b0, c10);
                if (Unsafe.SizeOf<TLanes>() > 1) c11 = V.FusedMultiplyAdd(x1, b1, c11);
            }

            if (Unsafe.SizeOf<TRows>() > 2)
            {
                var x2 = V.Broadcast(Unsafe.Add(ref a0, row2));
                c20 = V.FusedMultiplyAdd(x2, b0, c20);
                if (Unsafe.SizeOf<TLanes>() > 1) c21 = V.FusedMultiplyAdd(x2, b1, c21);
            }

            if (Unsafe.SizeOf<TRows>() > 3)
            {
                var x3 = V.Broadcast(Unsafe.Add(ref a0, row3));
                c30 = V.FusedMultiplyAdd(x3, b0, c30);
                if (Unsafe.SizeOf<TLanes>() > 1) c31 = V.FusedMultiplyAdd(x3, b1, c31);
            }

            if (Unsafe.SizeOf<TRows>() > 4)
            {
                var x4 = V.Broadcast(Unsafe.Add(ref a0, row4));
                c40 = V.FusedMultiplyAdd(x4, b0, c40);
                if (Unsafe.SizeOf<TLanes>() > 1) c41 = V.FusedMultiplyAdd(x4, b1, c41);
            }

            if (Unsafe.SizeOf<TRows>() > 5)
            {
                var x5 = V.Broadcast(a5);
                c50 = V.FusedMultiplyAdd(x5, b0, c50);
                if (Unsafe.SizeOf<TLanes>() > 1) c51 = V.FusedMultiplyAdd(x5, b1, c51);
            }

            if (Unsafe.SizeOf<TRows>() > 6)
            {
                var x6 = V.Broadcast(Unsafe.Add(ref a5, aRow));
                c60 = V.FusedMultiplyAdd(x6, b0, c60);
                if (Unsafe.SizeOf<TLanes>() > 1) c61 = V.FusedMultiplyAdd(x6, b1, c61);
            }

            if (Unsafe.SizeOf<TRows>() > 7)
            {
                var x7 = V.Broadcast(Unsafe.Add(ref a5, row2));
                c70 = V.FusedMultiplyAdd(x7, b0, c70);
                if (Unsafe.SizeOf<TLanes>() > 1) c71 = V.FusedMultiplyAdd(x7, b1, c71);
            }

            if (Unsafe.SizeOf<TRows>() > 8)
            {
                var x8 = V.Broadcast(Unsafe.Add(ref a5, row3));
                c80 = V.FusedMultiplyAdd(x8, b0, c80);
                if (Unsafe.SizeOf<TLanes>() > 1) c81 = V.FusedMultiplyAdd(x8, b1, c81);
            }

            if (Unsafe.SizeOf<TRows>() > 9)
            {
                var x9 = V.Broadcast(Unsafe.Add(ref a5, row4));
                c90 = V.FusedMultiplyAdd(x9, b0, c90);
                if (Unsafe.SizeOf<TLanes>() > 1) c91 = V.FusedMultiplyAdd(x9, b1, c91);
            }

            if (Unsafe.SizeOf<TRows>() > 10)
            {
                var x10 = V.Broadcast(a10);
                c100 = V.FusedMultiplyAdd(x10, b0, c100);
                if (Unsafe.SizeOf<TLanes>() > 1) c101 = V.FusedMultiplyAdd(x10, b1, c101);
            }

            if (Unsafe.SizeOf<TRows>() > 11)
            {
                var x11 = V.Broadcast(Unsafe.Add(ref a10, aRow));
                c110 = V.FusedMultiplyAdd(x11, b0, c110);
                if (Unsafe.SizeOf<TLanes>() > 1) c111 = V.FusedMultiplyAdd(x11, b1, c111);
            }

            if (Unsafe.SizeOf<TRows>() > 12)
            {
                var x12 = V.Broadcast(Unsafe.Add(ref a10, row2));
                c120 = V.FusedMultiplyAdd(x12, b0, c120);
                if (Unsafe.SizeOf<TLanes>() > 1) c121 = V.FusedMultiplyAdd(x12, b1, c121);
            }

            if (Unsafe.SizeOf<TRows>() > 13)
            {
                var x13 = V.Broadcast(Unsafe.Add(ref a10, row3));
                c130 = V.FusedMultiplyAdd(x13, b0, c130);
                if (Unsafe.SizeOf<TLanes>() > 1) c131 = V.FusedMultiplyAdd(x13, b1, c131);
            }

            Cache.Fetch(ref Unsafe.Add(ref a0, ahead));
            a0 = ref Unsafe.Add(ref a0, aInner);
            if (Unsafe.SizeOf<TRows>() > 5) a5 = ref Unsafe.Add(ref a5, aInner);
            if (Unsafe.SizeOf<TRows>() > 10) a10 = ref Unsafe.Add(ref a10, aInner);
            b = ref Unsafe.Add(ref b, bRow);
        }

        V.Store(c00, ref c);
        if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c01, ref Unsafe.Add(ref c, V.Count));

        if (Unsafe.SizeOf<TRows>() > 1)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c10, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c11, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 2)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c20, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c21, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 3)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c30, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c31, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 4)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c40, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c41, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 5)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c50, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c51, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 6)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c60, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c61, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 7)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c70, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c71, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 8)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c80, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c81, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 9)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c90, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c91, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 10)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c100, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c101, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 11)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c110, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c111, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 12)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c120, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c121, ref Unsafe.Add(ref c, V.Count));
        }

        if (Unsafe.SizeOf<TRows>() > 13)
        {
            c = ref Unsafe.Add(ref c, cRow);
            V.Store(c130, ref c);
            if (Unsafe.SizeOf<TLanes>() > 1) V.Store(c131, ref Unsafe.Add(ref c, V.Count));
        }
    }

    /// <summary>Where the block's rows of A, lanes of B and elements of C begin, and their strides; see <see cref="Product{T}"/>.</summary>
    public ref struct Operands<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public ref T A;
        public ref T B;
        public ref T C;
        public nint ARow, AInner, BRow, CRow;

        /// <summary>How far behind the number of A in use one stands that will be needed soon.</summary>
        public nint Ahead;

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

    [InlineArray(8)]
    private struct Size8
    {
        private byte first;
    }

    [InlineArray(9)]
    private struct Size9
    {
        private byte first;
    }

    [InlineArray(10)]
    private struct Size10
    {
        private byte first;
    }

    [InlineArray(11)]
    private struct Size11
    {
        private byte first;
    }

    [InlineArray(12)]
    private struct Size12
    {
        private byte first;
    }

    [InlineArray(13)]
    private struct Size13
    {
        private byte first;
    }

    [InlineArray(14)]
    private struct Size14
    {
        private byte first;
    }
}
