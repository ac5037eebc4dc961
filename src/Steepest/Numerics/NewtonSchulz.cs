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
    public void Orthogonalize(Span<T> matrix, int steps, Func<double, double> normOf)
    {
        if (isTall) x.ReadTransposed(matrix);
        else x.Read(matrix);
        var scale = T.CreateChecked(1 / normOf(EuclideanNorm.Of<T>(x.Values).Value));
        foreach (ref var value in x.Values) value *= scale;
        for (var step = 0; step < steps; step++)
        {
            transposed.Transpose(x);
            gram.Multiply(x, transposed);
            polynomial.Multiply(gram, gram);
            for (var i = 0; i < gram.Values.Length; i++)
                polynomial.Values[i] = (T.CreateChecked(B) * gram.Values[i]) + (T.CreateChecked(C) * polynomial.Values[i]);
            next.Multiply(polynomial, x, T.CreateChecked(A), x);
            (x, next) = (next, x);
        }

        if (isTall) x.WriteTransposed(matrix);
        else x.Write(matrix);
    }
}
