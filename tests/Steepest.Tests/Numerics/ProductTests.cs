using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public sealed class DoubleProductTests : ProductTests<double>;

public sealed class FloatProductTests : ProductTests<float>;

/// <summary>The matrix product at every lane width against three plain loops, to the bit.</summary>
public abstract class ProductTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Past two of the largest blocks: fourteen rows by two of the widest lanes.
    private const int MostRows = (2 * ProductBlock.MostRows) + 1, MostInner = 35, MostColumns = 85;

    [Fact]
    public void Every_shape_gives_the_bits_of_plain_loops_with_A_as_it_is() => AssertEveryShape(inner => (inner, 1));

    [Fact]
    public void Every_shape_gives_the_bits_of_plain_loops_with_A_transposed() => AssertEveryShape(_ => (1, MostRows));

    [Fact]
    public void Every_shape_gives_the_bits_of_plain_loops_with_A_in_a_wider_matrix() => AssertEveryShape(inner => (inner + 3, 1));

    [Fact]
    public void What_is_done_before_storing_is_done_to_every_element()
    {
        for (var rows = 1; rows <= MostRows; rows++)
        {
            for (var columns = 1; columns <= MostColumns; columns++)
                AssertEpilogue(rows, columns);
        }
    }

    [Fact]
    public void Panels_and_parts_change_no_bit()
    {
        // Past one panel of k and one of columns, and enough work for eight threads.
        const int Rows = 61, Inner = 1100, Columns = 301;
        var generator = new Pcg64(2);
        var a = LaneArguments.Ordinary<T>(generator, Rows * Inner);
        var bRow = Lanes.Padded<T>(Columns);
        var b = LaneArguments.Ordinary<T>(generator, Inner * bRow);
        var expected = new T[Rows * Columns];
        for (var i = 0; i < expected.Length; i++)
        {
            for (var k = 0; k < Inner; k++) expected[i] = T.FusedMultiplyAdd(a[(i / Columns * Inner) + k], b[(k * bRow) + (i % Columns)], expected[i]);
        }

        foreach (var threads in (int[])[1, 2, 3, 8])
        {
            AssertParts<LaneScalar<T>>();
            AssertParts<Lane128<T>>();
            AssertParts<Lane256<T>>();
            AssertParts<Lane512<T>>();

            void AssertParts<V>()
                where V : struct, IKernelLane<V, T>
            {
                var c = new T[Rows * Columns];
                var product = new Product<T>
                {
                    A = ref a[0],
                    ARow = Inner,
                    AInner = 1,
                    B = ref b[0],
                    BRow = bRow,
                    C = ref c[0],
                    CRow = Columns,
                    Rows = Rows,
                    Inner = Inner,
                    Columns = Columns,
                };
                product.Split(threads);
                Assert.True(threads == 1 ? product.Parts > 0 : product.Parts >= threads);
                for (var part = product.Parts - 1; part >= 0; part--) product.Run<V>(part);
                EveryWidth.AssertSameBits<T>(expected, c, $"{typeof(V).Name}, {threads} threads");
            }
        }
    }

    private static void AssertEveryShape(Func<int, (int Row, int Inner)> strides)
    {
        var generator = new Pcg64(1);
        foreach (var inner in (int[])[1, 2, 3, 7, 16, 17, MostInner])
        {
            var (aRow, aInner) = strides(inner);
            var a = LaneArguments.Ordinary<T>(generator, (MostRows * aRow) + (inner * aInner));
            var full = LaneArguments.Ordinary<T>(generator, inner * MostColumns);
            var expected = PlainLoops(a, aRow, aInner, full, inner);
            for (var columns = 1; columns <= MostColumns; columns += inner == 2 ? 1 : 7)
            {
                var bRow = Lanes.Padded<T>(columns);
                var b = Padded(full, inner, columns, bRow);
                for (var rows = 1; rows <= MostRows; rows++)
                {
                    AssertProduct<LaneScalar<T>>(a, aRow, aInner, b, bRow, rows, inner, columns, expected);
                    AssertProduct<Lane128<T>>(a, aRow, aInner, b, bRow, rows, inner, columns, expected);
                    AssertProduct<Lane256<T>>(a, aRow, aInner, b, bRow, rows, inner, columns, expected);
                    AssertProduct<Lane512<T>>(a, aRow, aInner, b, bRow, rows, inner, columns, expected);
                }
            }
        }
    }

    private static void AssertProduct<V>(T[] a, int aRow, int aInner, T[] b, int bRow, int rows, int inner, int columns, T[] expected)
        where V : struct, IKernelLane<V, T>
    {
        // C without padding between its rows: a store beyond a row's end would fall into the next row, or behind the last.
        var c = new T[(rows * columns) + Lanes.Widest<T>()];
        Array.Fill(c, T.NaN);
        var product = new Product<T>
        {
            A = ref a[0],
            ARow = aRow,
            AInner = aInner,
            B = ref b[0],
            BRow = bRow,
            C = ref c[0],
            CRow = columns,
            Rows = rows,
            Inner = inner,
            Columns = columns,
        };
        product.Run<V>(0);

        var same = c.AsSpan(rows * columns).IndexOfAnyExcept(T.NaN) < 0;
        for (var row = 0; row < rows; row++)
            same &= c.AsSpan(row * columns, columns).SequenceEqual(expected.AsSpan(row * MostColumns, columns));
        Assert.True(same, $"{typeof(V).Name}: {rows} × {inner} times {inner} × {columns} is not what plain loops give.");
    }

    private static T[] PlainLoops(T[] a, int aRow, int aInner, T[] b, int inner)
    {
        var c = new T[MostRows * MostColumns];
        for (var row = 0; row < MostRows; row++)
        {
            for (var column = 0; column < MostColumns; column++)
            {
                var sum = T.Zero;
                for (var k = 0; k < inner; k++)
                    sum = T.FusedMultiplyAdd(a[(row * aRow) + (k * aInner)], b[(k * MostColumns) + column], sum);
                c[(row * MostColumns) + column] = sum;
            }
        }

        return c;
    }

    /// <summary>The first columns, each row padded with what must not reach a result.</summary>
    private static T[] Padded(T[] full, int inner, int columns, int rowLength)
    {
        var b = new T[inner * rowLength];
        Array.Fill(b, T.NaN);
        for (var k = 0; k < inner; k++)
            full.AsSpan(k * MostColumns, columns).CopyTo(b.AsSpan(k * rowLength));
        return b;
    }

    private static void AssertEpilogue(int rows, int columns)
    {
        var rowLength = Lanes.Padded<T>(columns);
        T[] ones = new T[Math.Max(rows, rowLength)], addends = new T[rows * rowLength], expected = new T[rows * rowLength];
        Array.Fill(ones, T.One);
        for (var i = 0; i < addends.Length; i++)
        {
            addends[i] = T.CreateChecked(i);
            expected[i] = T.One + addends[i];
        }

        Run<LaneScalar<T>>();
        Run<Lane128<T>>();
        Run<Lane256<T>>();
        Run<Lane512<T>>();

        void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var c = new T[rows * rowLength];
            var product = new Product<T>
            {
                A = ref ones[0],
                ARow = 1,
                AInner = 1,
                B = ref ones[0],
                BRow = rowLength,
                C = ref c[0],
                CRow = rowLength,
                Rows = rows,
                Inner = 1,
                Columns = columns,
            };
            new FusedProduct<T, AddElement>(product, new(ref addends[0], rowLength)).Run<V>(0);
            for (var row = 0; row < rows; row++)
                EveryWidth.AssertSameBits<T>(expected.AsSpan(row * rowLength, columns), c.AsSpan(row * rowLength, columns), $"{typeof(V).Name}, {rows} × {columns}, row {row}");
        }
    }

    private readonly ref struct AddElement(ref T first, int rowLength) : IEpilogue<T>
    {
        private readonly ref T first = ref first;

        public void Apply<V>(ref T elements, int row, int column, int lanes)
            where V : struct, IKernelLane<V, T>
        {
            for (var j = 0; j < lanes * V.Count; j += V.Count)
            {
                ref var at = ref Unsafe.Add(ref elements, j);
                V.Store(V.Load(in at) + V.Load(in Unsafe.Add(ref first, (row * rowLength) + column + j)), ref at);
            }
        }
    }
}
