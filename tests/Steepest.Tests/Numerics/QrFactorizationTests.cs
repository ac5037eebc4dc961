using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Training;

namespace Steepest.Tests.Numerics;

public sealed class DoubleQrFactorizationTests : QrFactorizationTests<double>;

public sealed class FloatQrFactorizationTests : QrFactorizationTests<float>;

/// <summary>A = Q R, by its own properties. Alone, since it forbids wide lanes.</summary>
[Collection(nameof(Alone))]
public abstract class QrFactorizationTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Precision = double.CreateChecked(T.BitIncrement(T.One) - T.One);

    [Theory]
    [MemberData(nameof(MadeMatrices.Tall), MemberType = typeof(MadeMatrices))]
    public void Q_is_orthonormal_and_times_the_triangular_R_the_matrix(string kind, int rows, int columns)
    {
        var scale = MadeMatrices.ScaleOf<T>(kind);
        var matrix = MadeMatrices.Of<T>(MadeMatrices.Transposed(MadeMatrices.OfKind(kind, rows, columns)), scale);
        var a = MadeMatrices.Transposed(MadeMatrices.Numbers(matrix, scale));
        var (q, r) = Factorized(matrix, scale);

        MadeMatrices.AssertOrthonormal(MadeMatrices.Transposed(q), 10 * rows * Precision);
        var again = MadeMatrices.Product(q, r);
        for (var c = 0; c < columns; c++)
        {
            // Column by column, so that a short column is right for its length too.
            var length = Math.Sqrt(Enumerable.Range(0, rows).Sum(i => a[i, c] * a[i, c]));
            for (var i = 0; i < rows; i++) Assert.Equal(a[i, c], again[i, c], 10 * Math.Sqrt(rows) * Precision * length);
        }
    }

    [Fact]
    public void R_is_known_where_the_columns_are_orthogonal()
    {
        var (q, r) = Factorized(MadeMatrices.Of<T>(MadeMatrices.Transposed(new double[,] { { 3, 0 }, { 4, 0 }, { 0, -2 } })), 1);
        Assert.Equal(-5, r[0, 0], 10 * Precision);
        Assert.Equal(0, r[0, 1], 10 * Precision);
        Assert.Equal(2, Math.Abs(r[1, 1]), 10 * Precision);
        Assert.Equal([-0.6, -0.8, 0], Enumerable.Range(0, 3).Select(i => Math.Round(q[i, 0], 6)));
    }

    [Fact]
    public void Neither_the_width_of_lanes_nor_threads_change_a_bit()
    {
        foreach (var (rows, columns) in (ValueTuple<int, int>[])[(3, 3), (17, 5), (45, 45), (401, 401)])
        {
            var expected = Columns();
            foreach (var bits in (int[])[256, 128, 64])
            {
                using var narrowed = Lanes.HoldTo(bits);
                EveryWidth.AssertSameBits<T>(expected, Columns(), $"{rows} × {columns} in lanes of {bits} bits");
            }

            EveryWidth.AssertSameBits<T>(expected, Columns(threads: 3), $"{rows} × {columns} by three threads");

            T[] Columns(int threads = 1)
            {
                var matrix = MadeMatrices.Of<T>(MadeMatrices.Transposed(MadeMatrices.OfKind("random", rows, columns)));
                var q = new Matrix<T>(columns, rows);
                new QrFactorization<T>(rows, columns).Factorize(matrix, q, threads);
                return [.. matrix.Values, .. q.Values];
            }
        }
    }

    private static (double[,] Q, double[,] R) Factorized(Matrix<T> columnsOfA, double scale)
    {
        var (columns, rows) = (columnsOfA.Rows, columnsOfA.Columns);
        var factorization = new QrFactorization<T>(rows, columns);
        var q = new Matrix<T>(columns, rows);
        factorization.Factorize(columnsOfA, q);
        var diagonal = factorization.Diagonal.ToArray();
        var above = MadeMatrices.Numbers(columnsOfA, scale);
        return (MadeMatrices.Transposed(MadeMatrices.Numbers(q)), MadeMatrices.Made(columns, columns, (r, c) => r > c ? 0 : r == c ? diagonal[c] / scale : above[c, r]));
    }
}
