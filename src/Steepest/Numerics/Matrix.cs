using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>A dense matrix for the optimizers that need products of their own; rows begin on a 64-byte line, what lies behind a row is zero.</summary>
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
    public void Transpose(Matrix<T> from, int threads = 1)
    {
        var work = new Transpose<T>(ref from.buffer.First, from.Stride, ref buffer.First, Stride, from.Rows, from.Columns);
        ThreadTeam.Run<T, Transpose<T>>(ref work, threads);

        // Whole tiles were turned, past the end of a row too.
        for (var r = 0; r < Rows && Columns < Stride; r++) Values.Slice((r * Stride) + Columns, Stride - Columns).Clear();
    }

    /// <summary>Becomes <c>a · b</c>.</summary>
    public void Multiply(Matrix<T> a, Matrix<T> b, int threads = 1) => Multiply(a, a.Stride, 1, b, threads);

    /// <summary>Becomes <c>aᵀ · b</c>.</summary>
    public void MultiplyTransposed(Matrix<T> a, Matrix<T> b, int threads = 1) => Multiply(a, 1, a.Stride, b, threads);

    /// <summary>Becomes <c>factor · this + otherFactor · other</c>.</summary>
    public void Combine(double factor, Matrix<T> other, double otherFactor)
    {
        var work = new CombineWork(this, T.CreateChecked(factor), other, T.CreateChecked(otherFactor));
        Lanes.Run<T, CombineWork>(ref work);
    }

    private void Multiply(Matrix<T> a, int aRow, int aInner, Matrix<T> b, int threads)
    {
        var product = new Product<T>
        {
            A = ref a.buffer.First,
            B = ref b.buffer.First,
            C = ref buffer.First,
            ARow = aRow,
            AInner = aInner,
            BRow = b.Stride,
            CRow = Stride,
            Rows = Rows,
            Inner = b.Rows,
            Columns = Columns,
        };
        Product<T>.Run(ref product, threads);
    }

    private readonly struct CombineWork(Matrix<T> to, T factor, Matrix<T> other, T otherFactor) : ILaneWork<T>
    {
        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < to.buffer.Length; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref to.buffer.First, i);
                V.Store((factor * V.Load(in at)) + (otherFactor * V.Load(in Unsafe.Add(ref other.buffer.First, i))), ref at);
            }
        }
    }
}
