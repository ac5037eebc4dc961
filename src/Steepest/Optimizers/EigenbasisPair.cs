using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Turns the numbers of one matrix of weights into the eigenbases of its two sides and back. A side that is too long has none, as if its Q were the identity.</summary>
internal sealed class EigenbasisPair<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Eigenbasis<T>? ofRows, ofColumns;
    private readonly Matrix<T> gradient, gradientTransposed;
    private readonly int[] rowOrder, columnOrder;
    private Matrix<T> matrix, next;

    public EigenbasisPair(int rows, int columns, bool hasRows, bool hasColumns)
    {
        (ofRows, ofColumns) = (hasRows ? new(rows) : null, hasColumns ? new(columns) : null);
        (gradient, gradientTransposed, matrix, next) = (new(rows, columns), new(columns, rows), new(rows, columns), new(rows, columns));
        (rowOrder, columnOrder) = ([.. Enumerable.Range(0, rows)], [.. Enumerable.Range(0, columns)]);
    }

    /// <summary>Takes the gradient and the bases of this step.</summary>
    public void Begin(ReadOnlySpan<T> ofStep, ReadOnlySpan<T> rowVectors, ReadOnlySpan<T> columnVectors)
    {
        gradient.Read(ofStep);
        ofRows?.Vectors.Read(rowVectors);
        ofColumns?.Vectors.Read(columnVectors);
    }

    /// <summary>X ← Q_Lᵀ X Q_R.</summary>
    public void Turn(Span<T> x, int threads)
    {
        matrix.Read(x);
        if (ofRows is not null)
        {
            next.MultiplyTransposed(ofRows.Vectors, matrix, threads);
            (matrix, next) = (next, matrix);
        }

        if (ofColumns is not null)
        {
            next.Multiply(matrix, ofColumns.Vectors, threads);
            (matrix, next) = (next, matrix);
        }

        matrix.Write(x);
    }

    /// <summary>X ← Q_L X Q_Rᵀ.</summary>
    public void TurnBack(Span<T> x, int threads)
    {
        matrix.Read(x);
        if (ofRows is not null)
        {
            next.Multiply(ofRows.Vectors, matrix, threads);
            (matrix, next) = (next, matrix);
        }

        if (ofColumns is not null)
        {
            next.Multiply(matrix, ofColumns.Transposed(threads), threads);
            (matrix, next) = (next, matrix);
        }

        matrix.Write(x);
    }

    /// <summary>Adds the step's gradient to the averages L of G Gᵀ and R of GᵀG.</summary>
    public void Average(Span<T> ofRowsSoFar, Span<T> ofColumnsSoFar, double beta, int threads)
    {
        gradientTransposed.Transpose(gradient, threads);
        ofRows?.Average(ofRowsSoFar, beta, gradient, gradientTransposed, threads);
        ofColumns?.Average(ofColumnsSoFar, beta, gradientTransposed, gradient, threads);
    }

    /// <summary>Puts the step's gradient back where it was turned: observers read it after the step.</summary>
    public void PutBack(Span<T> ofStep) => gradient.Write(ofStep);

    /// <summary>Finds the first bases.</summary>
    public void Decompose(ReadOnlySpan<T> rowAverage, Span<T> rowVectors, ReadOnlySpan<T> columnAverage, Span<T> columnVectors, int threads)
    {
        ofRows?.Decompose(rowAverage, rowVectors, threads);
        ofColumns?.Decompose(columnAverage, columnVectors, threads);
    }

    /// <summary>Brings the bases up to date, and the second moments into the new order of their vectors.</summary>
    public void Refine(
        ReadOnlySpan<T> rowAverage, Span<T> rowVectors, ReadOnlySpan<T> columnAverage, Span<T> columnVectors, Span<T> secondMoments, int threads)
    {
        ofRows?.Refine(rowAverage, rowVectors, rowOrder, threads);
        ofColumns?.Refine(columnAverage, columnVectors, columnOrder, threads);
        matrix.Read(secondMoments);
        for (var r = 0; r < matrix.Rows; r++)
        {
            var from = matrix[rowOrder[r]];
            for (var c = 0; c < matrix.Columns; c++) secondMoments[(r * matrix.Columns) + c] = from[columnOrder[c]];
        }
    }
}
