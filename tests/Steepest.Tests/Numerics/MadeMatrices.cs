using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>Matrices on which factorizations are tried, by name.</summary>
internal static class MadeMatrices
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 8, 17, 40, 130];

    public static TheoryData<string, int> Symmetric =>
    [
        .. from kind in (string[])["random", "positive", "graded", "graded the other way", "rank 2", "identity", "zero", "diagonal", "two eigenvalues", "tiny", "huge"]
           from n in Sizes
           select (kind, n),
    ];

    public static TheoryData<string, int, int> Tall =>
    [
        .. from kind in (string[])["random", "graded columns", "rank 2", "equal columns", "identity", "zero", "a column of zeros", "triangular", "tiny", "huge"]
           from size in (ValueTuple<int, int>[])[(1, 1), (2, 2), (3, 1), (5, 3), (8, 8), (17, 17), (40, 13), (130, 130)]
           select (kind, size.Item1, size.Item2),
    ];

    /// <summary>A symmetric matrix.</summary>
    public static double[,] OfKind(string kind, int n)
    {
        var random = Random(n, n, 1);
        var values = Enumerable.Range(0, n).Select(i => kind switch
        {
            "graded" => Math.Pow(10, -12.0 * i / n),
            "graded the other way" => Math.Pow(10, -12.0 * (n - i) / n),
            _ => i % 3 == 0 ? 2.0 : -1.0,
        }).ToArray();
        return Made(n, n, (r, c) => kind switch
        {
            "positive" => Enumerable.Range(0, n).Sum(k => random[r, k] * random[c, k]),
            "graded" or "graded the other way" => Math.Sqrt(values[r] * values[c]) * (r == c ? 1 : 0.3 * (random[r, c] + random[c, r])),
            "rank 2" => (random[r, 0] * random[c, 0]) + (3 * random[r, n - 1] * random[c, n - 1]),
            "identity" => r == c ? 1 : 0,
            "zero" => 0,
            "diagonal" => r == c ? Math.Sin(r) : 0,

            // A reflection mixes two eigenvalues that each come many times.
            "two eigenvalues" => Enumerable.Range(0, n).Sum(k => values[k] * Reflection(n, r, k) * Reflection(n, k, c)),
            _ => (random[r, c] + random[c, r]) / 2,
        });
    }

    /// <summary>A matrix with at least as many rows as columns.</summary>
    public static double[,] OfKind(string kind, int rows, int columns)
    {
        var random = Random(rows, columns, 2);
        return Made(rows, columns, (r, c) => kind switch
        {
            "graded columns" => random[r, c] * Math.Pow(10, -12.0 * c / columns),
            "rank 2" => random[r, 0] + (c * random[r, columns - 1]),
            "equal columns" => random[r, 0],
            "identity" => r == c ? 1 : 0,
            "zero" => 0,
            "a column of zeros" => c == columns / 2 ? 0 : random[r, c],
            "triangular" => r > c ? 0 : random[r, c],
            _ => random[r, c],
        });
    }

    /// <summary>A power of two, near the ends of the range for tiny and huge.</summary>
    public static double ScaleOf<T>(string kind) => (kind, typeof(T) == typeof(double)) switch
    {
        ("tiny", true) => double.ScaleB(1, -960),
        ("huge", true) => double.ScaleB(1, 1000),
        ("tiny", false) => double.ScaleB(1, -100),
        ("huge", false) => double.ScaleB(1, 110),
        _ => 1,
    };

    public static Matrix<T> Of<T>(double[,] numbers, double scale = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = new Matrix<T>(numbers.GetLength(0), numbers.GetLength(1));
        for (var r = 0; r < matrix.Rows; r++)
        {
            for (var c = 0; c < matrix.Columns; c++) matrix[r][c] = T.CreateChecked(scale * numbers[r, c]);
        }

        return matrix;
    }

    public static double[,] Transposed(double[,] of) => Made(of.GetLength(1), of.GetLength(0), (r, c) => of[c, r]);

    public static double[,] Numbers<T>(Matrix<T> matrix, double scale = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Made(matrix.Rows, matrix.Columns, (r, c) => double.CreateChecked(matrix[r][c]) / scale);

    public static double[,] Made(int rows, int columns, Func<int, int, double> number)
    {
        var made = new double[rows, columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++) made[r, c] = number(r, c);
        }

        return made;
    }

    public static double[,] Product(double[,] a, double[,] b) =>
        Made(a.GetLength(0), b.GetLength(1), (r, c) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[r, k] * b[k, c]));

    public static double Norm(double[,] of) => Math.Sqrt(of.Cast<double>().Sum(number => number * number));

    /// <summary>Fails unless the rows are orthonormal.</summary>
    public static void AssertOrthonormal(double[,] rows, double tolerance)
    {
        var gram = Product(rows, Transposed(rows));
        for (var i = 0; i < gram.GetLength(0); i++)
        {
            for (var j = 0; j <= i; j++) Assert.Equal(i == j ? 1 : 0, gram[i, j], tolerance);
        }
    }

    private static double Reflection(int n, int r, int c) => (r == c ? 1 : 0) - (2.0 / n);

    private static double[,] Random(int rows, int columns, ulong seed)
    {
        var generator = new Pcg64(seed);
        return Made(rows, columns, (_, _) => generator.Uniform(-1, 1));
    }
}
