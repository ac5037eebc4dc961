using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Training;

namespace Steepest.Tests.Numerics;

public sealed class DoubleSymmetricEigenTests : SymmetricEigenTests<double>;

public sealed class FloatSymmetricEigenTests : SymmetricEigenTests<float>;

/// <summary>The symmetric eigenproblem, by its own properties. Alone, since it forbids wide lanes.</summary>
[Collection(nameof(Alone))]
public abstract class SymmetricEigenTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Precision = double.CreateChecked(T.BitIncrement(T.One) - T.One);

    [Theory]
    [MemberData(nameof(MadeMatrices.Symmetric), MemberType = typeof(MadeMatrices))]
    public void Eigenvectors_are_orthonormal_and_make_the_matrix_again(string kind, int n)
    {
        var scale = MadeMatrices.ScaleOf<T>(kind);
        var matrix = MadeMatrices.Of<T>(MadeMatrices.OfKind(kind, n), scale);
        var a = MadeMatrices.Numbers(matrix, scale);
        var (values, vectors) = Decomposed(matrix);

        Assert.Equal(values.OrderDescending(), values);
        var turned = MadeMatrices.Numbers(vectors);
        MadeMatrices.AssertOrthonormal(turned, 10 * n * Precision);
        var left = MadeMatrices.Made(n, n, (r, c) => turned[c, r] * (values[c] / scale));
        var again = MadeMatrices.Product(left, turned);
        var norm = MadeMatrices.Norm(a);
        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++) Assert.Equal(a[r, c], again[r, c], 10 * Math.Sqrt(n) * Precision * norm);
        }
    }

    [Fact]
    public void Known_eigenvalues_are_found()
    {
        // Second differences: 2 − 2 cos(kπ/(n + 1)).
        const int N = 60;
        var (values, _) = Decomposed(MadeMatrices.Of<T>(MadeMatrices.Made(N, N, (r, c) => r == c ? 2 : Math.Abs(r - c) == 1 ? -1 : 0)));
        for (var k = 1; k <= N; k++) Assert.Equal(2 - (2 * Math.Cos((N + 1 - k) * Math.PI / (N + 1))), values[k - 1], 40 * Precision);

        (values, _) = Decomposed(MadeMatrices.Of<T>(MadeMatrices.OfKind("two eigenvalues", N)));
        for (var k = 0; k < N; k++) Assert.Equal(k < N / 3 ? 2 : -1, values[k], 40 * Precision);

        // All ones: one eigenvalue, and n − 1 zeros.
        (values, _) = Decomposed(MadeMatrices.Of<T>(MadeMatrices.Made(N, N, (_, _) => 1)));
        Assert.Equal(N, values[0], 10 * N * Precision);
        Assert.All(values[1..], value => Assert.Equal(0, value, 10 * N * Precision));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_matrix_that_is_not_finite_has_no_eigenvalues_and_the_vectors_of_the_identity(double number)
    {
        var (values, vectors) = Decomposed(MadeMatrices.Of<T>(MadeMatrices.Made(9, 9, (r, c) => r + c == 4 ? number : r + c)));
        Assert.All(values, value => Assert.True(double.IsNaN(value)));
        Assert.Equal(MadeMatrices.Made(9, 9, (r, c) => r == c ? 1 : 0), MadeMatrices.Numbers(vectors));
    }

    [Fact]
    public void Neither_the_width_of_lanes_nor_threads_change_a_bit()
    {
        foreach (var n in (int[])[3, 17, 45, 401])
        {
            var (values, vectors) = Decomposed(Symmetric(n));
            foreach (var bits in (int[])[256, 128, 64])
            {
                using var narrowed = Lanes.HoldTo(bits);
                AssertSame(Decomposed(Symmetric(n)), $"{n} in lanes of {bits} bits");
            }

            AssertSame(Decomposed(Symmetric(n), threads: 3), $"{n} by three threads");

            void AssertSame((double[] Values, Matrix<T> Vectors) other, string what)
            {
                EveryWidth.AssertSameBits<double>(values, other.Values, what);
                EveryWidth.AssertSameBits<T>(vectors.Values, other.Vectors.Values, what);
            }
        }

        static Matrix<T> Symmetric(int n) => MadeMatrices.Of<T>(MadeMatrices.OfKind("random", n));
    }

    private static (double[] Values, Matrix<T> Vectors) Decomposed(Matrix<T> matrix, int threads = 1)
    {
        var vectors = new Matrix<T>(matrix.Rows, matrix.Rows);
        var eigen = new SymmetricEigen<T>(matrix.Rows);
        eigen.Decompose(matrix, vectors, threads);
        return (eigen.Values.ToArray(), vectors);
    }
}
