using System.Numerics;

namespace Steepest.Numerics;

/// <summary>A = Q R with orthonormal columns of Q and an upper triangular R, by reflections. Signs are as they fall: R's diagonal may be negative.</summary>
/// <remarks>Matrices are held column by column in rows, so that all work goes along rows. Columns that depend on those before them take zeros, or what
/// rounding leaves, on R's diagonal; Q is orthonormal nevertheless.</remarks>
/// <param name="rows">Rows of A, at least as many as columns.</param>
/// <param name="columns">Columns of A.</param>
internal sealed class QrFactorization<T>(int rows, int columns)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] diagonal = new double[columns];

    /// <summary>The diagonal of R.</summary>
    public ReadOnlySpan<double> Diagonal => diagonal;

    /// <summary>Factorizes in place.</summary>
    /// <param name="columnsOfA">A, a column a row. Afterwards its row j begins with the j numbers of R above the diagonal, and what follows makes Q.</param>
    /// <param name="columnsOfQ">Becomes Q, a column a row.</param>
    /// <param name="threads">How many threads at most.</param>
    public void Factorize(Matrix<T> columnsOfA, Matrix<T> columnsOfQ, int threads = 1)
    {
        for (var k = 0; k < columns; k++)
        {
            var x = columnsOfA[k][k..];
            if (k == rows - 1)
            {
                // There is nothing below it to turn into zeros.
                (diagonal[k], x[0]) = (double.CreateChecked(x[0]), T.Zero);
                break;
            }

            diagonal[k] = Householder.Make(x);
            Householder.ReflectRows(columnsOfA, k + 1, k, columnsOfA, k, threads);
        }

        Householder.Form(columnsOfA, columns, 0, columnsOfQ, threads);
    }
}
