using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>A dense matrix for the optimizers that need products of their own; rows begin on a 64-byte line, what lies behind a row is zero.</summary>
/// <remarks>Each element of a product is one accumulator, its terms in order, by fused multiply-add: every lane width gives the same bits.</remarks>
/// <param name="rows">Rows, at least 1.</param>
/// <param name="columns">Columns, at least 1.</param>
internal sealed class Matrix<T>(int rows, int columns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> buffer = new((long)rows * Lanes.Padded<T>(columns));

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Numbers from one row's first to the next row's.</summary>
    public int Stride { get; } = Lanes.Padded<T>(columns);

    /// <summary>All numbers, padding included, which adds nothing to a norm.</summary>
    public Span<T> Values => buffer.Span;

    public Span<T> this[int row] => buffer.Span.Slice(row * Stride, Columns);

    /// <summary>Takes the numbers of a segment, row by row.</summary>
    public void Read(ReadOnlySpan<T> packed)
    {
        for (var r = 0; r < Rows; r++) packed.Slice(r * Columns, Columns).CopyTo(this[r]);
    }

    /// <summary>Takes the numbers of a segment of the transpose's shape.</summary>
    public void ReadTransposed(ReadOnlySpan<T> packed)
    {
        for (var r = 0; r < Rows; r++)
        {
            var row = this[r];
            for (var c = 0; c < Columns; c++) row[c] = packed[(c * Rows) + r];
        }
    }

    /// <summary>Puts the numbers into a segment, row by row.</summary>
    public void Write(Span<T> packed)
    {
        for (var r = 0; r < Rows; r++) this[r].CopyTo(packed.Slice(r * Columns, Columns));
    }

    /// <summary>Puts the numbers into a segment of the transpose's shape.</summary>
    public void WriteTransposed(Span<T> packed)
    {
        for (var r = 0; r < Rows; r++)
        {
            var row = this[r];
            for (var c = 0; c < Columns; c++) packed[(c * Rows) + r] = row[c];
        }
    }

    /// <summary>Becomes the transpose of another matrix.</summary>
    public void Transpose(Matrix<T> from)
    {
        for (var r = 0; r < Rows; r++)
        {
            var row = this[r];
            for (var c = 0; c < Columns; c++) row[c] = from[c][r];
        }
    }

    /// <summary>Becomes <c>a · b</c>, or with a factor <c>a · b + factor · addend</c>.</summary>
    public void Multiply(Matrix<T> a, Matrix<T> b, T factor = default, Matrix<T>? addend = null)
    {
        var work = new ProductWork(this, a, b, factor, addend);
        Lanes.Run<T, ProductWork>(ref work);
    }

    private readonly struct ProductWork(Matrix<T> to, Matrix<T> a, Matrix<T> b, T factor, Matrix<T>? addend) : ILaneWork<T>
    {
        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var r = 0; r < to.Rows; r++)
            {
                for (var c = 0; c < to.Stride; c += V.Count)
                {
                    var sum = V.Broadcast(T.Zero);
                    ref var column = ref Unsafe.Add(ref b.buffer.First, c);
                    ref var row = ref Unsafe.Add(ref a.buffer.First, r * a.Stride);
                    for (var k = 0; k < a.Columns; k++)
                        sum = V.FusedMultiplyAdd(V.Broadcast(Unsafe.Add(ref row, k)), V.Load(in Unsafe.Add(ref column, k * b.Stride)), sum);
                    if (addend is not null) sum += factor * V.Load(in Unsafe.Add(ref addend.buffer.First, (r * to.Stride) + c));
                    V.Store(sum, ref Unsafe.Add(ref to.buffer.First, (r * to.Stride) + c));
                }
            }
        }
    }
}
