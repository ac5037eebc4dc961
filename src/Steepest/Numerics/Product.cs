using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>
/// The matrix product of training, C(r, c) = Σₖ A(r, k) · B(k, c), with A read in place one number at a time and the lanes along the
/// contiguous columns of B and C. The three products of a dense layer differ only in the strides of A.
/// Each element is one accumulator, k ascending, by fused multiply-add: the same bits at every lane width, block size and number of threads.
/// </summary>
/// <remarks>
/// Blocks of C that fit the registers (<see cref="ProductBlock"/>) go, rows outside and columns inside, over a panel of B that fits the second cache:
/// so A streams through once, and nothing is packed.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct Product<T> : ISplitWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most of k that a panel of B holds.</summary>
    private const int PanelInner = 512;

    /// <summary>Bytes of a panel of B: a quarter of a second cache of 1 MB, through which A and C pass too.</summary>
    private const int PanelBytes = 256 * 1024;

    /// <summary>From so many products on a block takes long enough for its place in C to come from memory meanwhile.</summary>
    private const int LongInner = 64;

    /// <summary>Multiplications that a thread should have at least: 20 µs, several times what it takes to call it.</summary>
    private const double LeastWork = 1e6;

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

    /// <summary>Columns of C to write; a lane that reaches beyond them is written in part, so C needs no padding.</summary>
    public required int Columns { get; init; }

    private int rowParts = 1;
    private int columnParts = 1;

    public Product()
    {
    }

    public readonly int Parts => rowParts * columnParts;

    /// <summary>Numbers that stand a whole number of the widest lanes apart, in which columns are split: the largest block's.</summary>
    private static int ColumnUnit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ProductBlock.MostLanes * Lanes.Widest<T>();
    }

    private readonly int PanelColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Math.Max(PanelBytes / (Unsafe.SizeOf<T>() * ColumnUnit * Math.Min(Inner, PanelInner)), 2) * ColumnUnit;
    }

    /// <summary>Multiplies, with up to so many threads.</summary>
    [MethodImpl(Compiled.Once)]
    public static void Run(scoped ref Product<T> product, int threads)
    {
        product.Split(threads);
        ThreadTeam.Run<T, Product<T>>(ref product, threads);
    }

    /// <summary>Divides C into parts of whole blocks: by panels of columns as far as there are several, then by rows, then further by columns.</summary>
    [MethodImpl(Compiled.Once)]
    public void Split(int threads)
    {
        // Several parts a thread: one whose core is taken away leaves its rest to the others.
        var parts = (int)Math.Min((double)Rows * Inner * Columns / LeastWork, 8.0 * threads);
        if (parts < 2) return;
        columnParts = Math.Min(((Columns - 1) / PanelColumns) + 1, parts);
        var rowsOfPart = (int)(((long)Rows * columnParts / parts / ProductBlock.MostRows) + 1) * ProductBlock.MostRows;
        rowParts = ((Rows - 1) / rowsOfPart) + 1;
        columnParts = Math.Clamp(parts / rowParts, columnParts, ((Columns - 1) / ColumnUnit) + 1);
    }

    /// <summary>The elements of C that a part makes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly (int FirstRow, int EndRow, int FirstColumn, int EndColumn) RangeOf(int part)
    {
        var (rowPart, columnPart) = columnParts == 1 ? (part, 0) : Math.DivRem(part, columnParts);
        var units = ((Columns - 1) / ColumnUnit) + 1;
        return (
            Share(Rows, rowParts, rowPart),
            Share(Rows, rowParts, rowPart + 1),
            Share(units, columnParts, columnPart) * ColumnUnit,
            Math.Min(Share(units, columnParts, columnPart + 1) * ColumnUnit, Columns));
    }

    public readonly void Run<V>(int part)
        where V : struct, IKernelLane<V, T>
    {
        // Where half a lane holds all columns, two halves go as fast as one whole.
        if (typeof(V) == typeof(Lane512<T>) && Columns <= Lane256<T>.Count)
            RunPart<Lane256<T>>(part);
        else
            RunPart<V>(part);
    }

    [MethodImpl(Compiled.Once)]
    private readonly void RunPart<V>(int part)
        where V : struct, IKernelLane<V, T>
    {
        var (firstRow, endRow, firstColumn, endColumn) = RangeOf(part);
        var panels = ((Inner - 1) / PanelInner) + 1;
        var panelColumns = PanelColumns;
        for (var column = firstColumn; column < endColumn; column += panelColumns)
        {
            var end = Math.Min(column + panelColumns, endColumn);
            for (var panel = 0; panel < panels; panel++)
                Panel<V>(firstRow, endRow, column, end, Share(Inner, panels, panel), Share(Inner, panels, panel + 1));
        }
    }

    /// <summary>Where share i of n begins if a total is divided as evenly as whole numbers allow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Share(int total, int n, int i) => n == 1 ? i * total : (int)((long)total * i / n);

    [MethodImpl(Compiled.Once)]
    private readonly void Panel<V>(int firstRow, int endRow, int firstColumn, int endColumn, int firstInner, int endInner)
        where V : struct, IKernelLane<V, T>
    {
        var rowBlocks = (endRow - firstRow - 1 + V.BlockRows) / V.BlockRows;
        var lanes = (endColumn - firstColumn - 1 + V.Count) / V.Count;
        var columnBlocks = (lanes - 1 + V.BlockLanes) / V.BlockLanes;

        // The first blocks are one row higher, or one lane wider, than the rest.
        var (height, higher) = Math.DivRem(endRow - firstRow, rowBlocks);
        var (width, wider) = Math.DivRem(lanes, columnBlocks);
        var block = new ProductBlock.Operands<T>
        {
            A = ref Unsafe.Add(ref A, (firstRow * ARow) + (firstInner * AInner)),
            ARow = ARow,
            AInner = AInner,
            BRow = BRow,
            CRow = CRow,
            Inner = endInner - firstInner,
            AddsToC = firstInner > 0,
        };
        for (int i = 0, row = firstRow; i < rowBlocks; i++)
        {
            var rows = i < higher ? height + 1 : height;
            for (int j = 0, column = firstColumn; j < columnBlocks; j++)
            {
                var span = j < wider ? width + 1 : width;
                block.B = ref Unsafe.Add(ref B, (firstInner * BRow) + column);
                block.C = ref Unsafe.Add(ref C, (row * CRow) + column);

                // A's next rows: where they are columns of a matrix, the line behind these.
                block.Ahead = AInner == 1 ? (j < rows ? rows + j : rows) * ARow : ((2 * rows) - 1) * ARow;
                if (column + (span * V.Count) <= Columns)
                {
                    if (block.Inner >= LongInner) Expect<V>(rows, span, ref block.C);
                    ProductBlock.Run<T, V>(rows, span, in block);
                }
                else
                {
                    BlockAtEnd<V>(rows, column, span, in block);
                }

                column += span * V.Count;
            }

            row += rows;
            block.A = ref Unsafe.Add(ref block.A, rows * ARow);
        }
    }

    /// <summary>Asks for the block's place in C, which the processor reads before it writes there.</summary>
    private readonly void Expect<V>(int height, int width, ref T c)
        where V : struct, IKernelLane<V, T>
    {
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++) Cache.Fetch(ref Unsafe.Add(ref c, (i * CRow) + (j * V.Count)));
        }
    }

    /// <summary>A block of which only the first part of each row lies inside C.</summary>
    [SkipLocalsInit]
    [MethodImpl(Compiled.Once)]
    private readonly void BlockAtEnd<V>(int height, int column, int width, ref readonly ProductBlock.Operands<T> block)
        where V : struct, IKernelLane<V, T>
    {
        var inside = Columns - column;
        var stride = width * V.Count;
        Span<T> spill = stackalloc T[ProductBlock.MostRows * ProductBlock.MostLanes * V.Count];
        ref var c = ref block.C;
        if (block.AddsToC)
        {
            for (var i = 0; i < height; i++)
            {
                for (var j = 0; j < inside; j++) spill[(i * stride) + j] = Unsafe.Add(ref c, (i * CRow) + j);
            }
        }

        var spilled = new ProductBlock.Operands<T>
        {
            A = ref block.A,
            B = ref block.B,
            C = ref spill[0],
            ARow = ARow,
            AInner = AInner,
            BRow = BRow,
            CRow = stride,
            Inner = block.Inner,
            AddsToC = block.AddsToC,
        };
        ProductBlock.Run<T, V>(height, width, in spilled);
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < inside; j++) Unsafe.Add(ref c, (i * CRow) + j) = spill[(i * stride) + j];
        }
    }
}
