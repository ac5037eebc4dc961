using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public sealed class DoubleMatrixTests : MatrixTests<double>;

public sealed class FloatMatrixTests : MatrixTests<float>;

internal static class MatrixSizes
{
    public static TheoryData<int, int, int> All => [(1, 1, 1), (2, 3, 4), (7, 5, 9), (16, 16, 16), (17, 33, 8), (40, 3, 21)];
}

/// <summary>The dense linear algebra of optimizers, by its own properties.</summary>
public abstract class MatrixTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Close = typeof(T) == typeof(double) ? 1e-13 : 1e-5;

    [Theory]
    [MemberData(nameof(MatrixSizes.All), MemberType = typeof(MatrixSizes))]
    public void A_transpose_has_rows_for_columns_and_nothing_behind_them(int rows, int inner, int columns)
    {
        var (matrix, transpose) = (Made(rows, inner * columns, 1), new Matrix<T>(inner * columns, rows));
        transpose.Transpose(matrix);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < matrix.Columns; c++) Assert.Equal(matrix[r][c], transpose[c][r]);
        }

        for (var c = 0; c < transpose.Rows; c++)
            Assert.All(transpose.Values[(c * transpose.Stride)..((c + 1) * transpose.Stride)][rows..].ToArray(), padding => Assert.Equal(T.Zero, padding));
    }

    [Theory]
    [MemberData(nameof(MatrixSizes.All), MemberType = typeof(MatrixSizes))]
    public void A_product_is_the_sum_of_its_terms(int rows, int inner, int columns)
    {
        var (a, b, addend, product) = (Made(rows, inner, 1), Made(inner, columns, 2), Made(rows, columns, 3), new Matrix<T>(rows, columns));
        product.Multiply(a, b);
        product.Combine(1, addend, 2);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var sum = 2 * double.CreateChecked(addend[r][c]);
                for (var k = 0; k < inner; k++) sum += double.CreateChecked(a[r][k]) * double.CreateChecked(b[k][c]);
                Assert.Equal(sum, double.CreateChecked(product[r][c]), Close * inner);
            }
        }
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(4, 9)]
    [InlineData(9, 4)]
    [InlineData(33, 17)]
    public void Newton_and_Schulz_bring_singular_values_near_1_and_keep_the_singular_vectors(int rows, int columns)
    {
        T[] matrix = [.. Enumerable.Range(0, rows * columns).Select(i => T.CreateChecked(Math.Sin(1 + (i * i * 0.7))))];
        T[] before = [.. matrix];
        new NewtonSchulz<T>(rows, columns).Orthogonalize(matrix, 10, norm => norm);

        // O Oᵀ, or OᵀO where that is smaller, has eigenvalues between 0.6² and 1.3²: its trace and its square's say so for the mean and the spread.
        var small = Math.Min(rows, columns);
        var gram = Gram(matrix, rows, columns);
        Assert.InRange(Enumerable.Range(0, small).Sum(i => gram[i, i]) / small, 0.36, 1.69);
        for (var i = 0; i < small; i++) Assert.InRange(gram[i, i], 0.36, 1.69);

        // The same singular vectors: X Oᵀ is symmetric.
        var mixed = rows <= columns ? Product(before, matrix, rows, columns) : Product(Transposed(before, rows, columns), Transposed(matrix, rows, columns), columns, rows);
        for (var i = 0; i < small; i++)
        {
            for (var j = 0; j < i; j++) Assert.Equal(mixed[i, j], mixed[j, i], 1e4 * Close);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(4096)]
    [InlineData(10_001)]
    public void A_dot_product_is_the_sum_of_products(int length)
    {
        T[] a = [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(Math.Sin(i)))], b = [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(Math.Cos(i * 0.3)))];
        var expected = a.Zip(b, (x, y) => double.CreateChecked(x) * double.CreateChecked(y)).Sum();
        Assert.Equal(expected, Dot.Of<T>(a, b), Close * (1 + length));
    }

    private static Matrix<T> Made(int rows, int columns, int seed)
    {
        var matrix = new Matrix<T>(rows, columns);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++) matrix[r][c] = T.CreateChecked(Math.Sin((seed * 100) + (r * 17) + c));
        }

        return matrix;
    }

    private static double[,] Gram(T[] matrix, int rows, int columns) =>
        rows <= columns ? Product(matrix, matrix, rows, columns) : Product(Transposed(matrix, rows, columns), Transposed(matrix, rows, columns), columns, rows);

    /// <summary>a bᵀ.</summary>
    private static double[,] Product(T[] a, T[] b, int rows, int columns)
    {
        var product = new double[rows, rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                for (var k = 0; k < columns; k++) product[i, j] += double.CreateChecked(a[(i * columns) + k]) * double.CreateChecked(b[(j * columns) + k]);
            }
        }

        return product;
    }

    private static T[] Transposed(T[] matrix, int rows, int columns) =>
        [.. from c in Enumerable.Range(0, columns) from r in Enumerable.Range(0, rows) select matrix[(r * columns) + c]];
}
