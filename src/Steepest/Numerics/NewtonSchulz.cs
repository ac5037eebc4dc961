using System.Numerics;

namespace Steepest.Numerics;

/// <summary>Draws the singular values of a matrix near 1 by a polynomial of odd powers, without finding them (Jordan et al. 2024).</summary>
/// <remarks>X ← a X + (b A + c A²) X with A = X Xᵀ, X of Frobenius norm 1 at first and not higher than wide. With these coefficients singular values end
/// between 0.7 and 1.2 but for the smallest.</remarks>
internal sealed class NewtonSchulz<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    private readonly Matrix<T> transposed, gram, polynomial;
    private Matrix<T> x, next;
    private readonly bool isTall;

    public NewtonSchulz(int rows, int columns)
    {
        isTall = rows > columns;
        var (low, high) = (Math.Min(rows, columns), Math.Max(rows, columns));
        (x, next, transposed, gram, polynomial) = (new(low, high), new(low, high), new(high, low), new(low, low), new(low, low));
    }

    /// <summary>Replaces a matrix by the nearly orthogonal one.</summary>
    /// <param name="matrix">Its numbers row by row.</param>
    /// <param name="steps">How often.</param>
    /// <param name="normOf">What it is divided by at first, from its Frobenius norm.</param>
    /// <param name="threads">How many threads at most.</param>
    public void Orthogonalize(Span<T> matrix, int steps, Func<double, double> normOf, int threads = 1)
    {
        if (isTall) x.ReadTransposed(matrix);
        else x.Read(matrix);
        x.Combine(1 / normOf(EuclideanNorm.Of<T>(x.Values).Value), x, 0);
        for (var step = 0; step < steps; step++)
        {
            transposed.Transpose(x, threads);
            gram.Multiply(x, transposed, threads);
            polynomial.Multiply(gram, gram, threads);
            polynomial.Combine(C, gram, B);
            next.Multiply(polynomial, x, threads);
            next.Combine(1, x, A);
            (x, next) = (next, x);
        }

        if (isTall) x.WriteTransposed(matrix);
        else x.Write(matrix);
    }
}
