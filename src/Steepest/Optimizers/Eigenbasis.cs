using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The preconditioner of one side of a matrix of weights, its rows or its columns: L or R of Shampoo, and the orthonormal Q that SOAP turns gradients by.</summary>
/// <param name="n">How many rows, or columns, the weights have.</param>
internal sealed class Eigenbasis<T>(int n)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Matrix<T> first = new(n, n), second = new(n, n);
    private readonly SymmetricEigen<T> eigen = new(n);
    private readonly QrFactorization<T> qr = new(n, n);
    private readonly double[] estimates = new double[n];

    /// <summary>Q, an eigenvector a column.</summary>
    public Matrix<T> Vectors { get; } = new(n, n);

    /// <summary>Qᵀ, until something else here is done.</summary>
    public Matrix<T> Transposed(int threads)
    {
        first.Transpose(Vectors, threads);
        return first;
    }

    /// <summary>Adds a gradient to the average: L ← β L + (1 − β) G Gᵀ, where the two factors are G and Gᵀ.</summary>
    public void Average(Span<T> average, double beta, Matrix<T> factor, Matrix<T> transposed, int threads)
    {
        first.Multiply(factor, transposed, threads);
        second.Read(average);
        second.Combine(beta, first, 1 - beta);
        second.Write(average);
    }

    /// <summary>Finds the eigenvectors, those of the largest eigenvalue first.</summary>
    public void Decompose(ReadOnlySpan<T> average, Span<T> vectors, int threads)
    {
        second.Read(average);
        eigen.Decompose(second, first, threads);
        second.Transpose(first, threads);
        second.Write(vectors);
    }

    /// <summary>Brings Q nearer to the eigenvectors by one step of the power iteration: it becomes the Q of L Q, after its columns were ordered by their
    /// estimated eigenvalues.</summary>
    /// <param name="average">L.</param>
    /// <param name="vectors">Receives the new Q; <see cref="Vectors"/> is the old until the next step.</param>
    /// <param name="order">Receives the old places of the columns in their new order.</param>
    /// <param name="threads">How many threads at most.</param>
    public void Refine(ReadOnlySpan<T> average, Span<T> vectors, Span<int> order, int threads)
    {
        second.Read(average);
        first.Multiply(second, Vectors, threads);
        second.Transpose(first, threads);
        first.Transpose(Vectors, threads);
        for (var i = 0; i < n; i++) estimates[i] = Dot.Of<T>(first[i], second[i]);
        Order(order);
        for (var i = 0; i < n; i++) second[order[i]].CopyTo(first[i]);
        qr.Factorize(first, second, threads);
        first.Transpose(second, threads);
        first.Write(vectors);
    }

    /// <summary>Falling, and equal ones as they were. After the first time few have to move.</summary>
    private void Order(Span<int> order)
    {
        for (var i = 0; i < n; i++)
        {
            var place = i;
            for (; place > 0 && estimates[order[place - 1]] < estimates[i]; place--) order[place] = order[place - 1];
            order[place] = i;
        }
    }
}
