using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>Reflections H = I − 2 v vᵀ with v of length 1 (Householder 1958), of which the factorizations are made.</summary>
internal static class Householder
{
    /// <summary>Numbers that one thread should go over at least.</summary>
    private const int LeastNumbers = 64 * 1024;

    /// <summary>Replaces a vector x by the v whose reflection turns it into (α, 0, …, 0), and says α. Where x is zero, so are v and α.</summary>
    public static double Make<T>(Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var norm = EuclideanNorm.Of<T>(x);
        if (norm.Length == 0) return 0;

        // x/‖x‖ and the first unit vector with the sign of x₁ added up: nothing cancels, and nothing leaves the range.
        var toUnit = T.ScaleB(T.One, -norm.Exponent);
        var first = double.CreateChecked(x[0] * toUnit) / norm.Length;
        var sign = first < 0 ? -1 : 1;
        var length = Math.Sqrt(2 * (1 + Math.Abs(first)));
        Vectors.Scale(x, toUnit, T.CreateChecked(1 / (norm.Length * length)));
        x[0] = T.CreateChecked((first + sign) / length);
        return -sign * norm.Value;
    }

    /// <summary>x ← H x.</summary>
    public static void Reflect<T>(ReadOnlySpan<T> v, Span<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vectors.Add(x, -2 * Dot.Of(v, x), v);

    /// <summary>Reflects the ends of rows, from a column on.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="firstRow">Its first row to reflect; all behind it follow.</param>
    /// <param name="column">Where the ends begin.</param>
    /// <param name="vectors">The matrix that has v at the end of a row, from the same column on.</param>
    /// <param name="row">That row.</param>
    /// <param name="threads">How many threads at most.</param>
    public static void ReflectRows<T>(Matrix<T> matrix, int firstRow, int column, Matrix<T> vectors, int row, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (firstRow == matrix.Rows) return;
        var work = new ReflectWork<T>(matrix, firstRow, column, vectors, row);
        ThreadTeam.Run<T, ReflectWork<T>>(ref work, threads);
    }

    /// <summary>Forms Q = H₀ H₁ …, column by column in rows.</summary>
    /// <param name="vectors">The matrix with the v of Hₖ at the end of row k, from column k + <paramref name="offset"/> on.</param>
    /// <param name="count">How many reflections there are.</param>
    /// <param name="offset">How many numbers the first reflection leaves alone.</param>
    /// <param name="columns">Becomes the first columns of Q, a column a row.</param>
    /// <param name="threads">How many threads at most.</param>
    public static void Form<T>(Matrix<T> vectors, int count, int offset, Matrix<T> columns, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        columns.Values.Clear();
        for (var i = 0; i < columns.Rows; i++) columns[i][i] = T.One;

        // From the last on: before Hₖ the rows above k + offset are still those of the identity, which it leaves alone.
        for (var k = count - 1; k >= 0; k--) ReflectRows(columns, k + offset, k + offset, vectors, k, threads);
    }

    /// <summary>In how many parts rows are shared out.</summary>
    public static int PartsOf(int rows, int columns) => Math.Clamp((int)((long)rows * columns / LeastNumbers), 1, rows);

    /// <summary>The rows of a part, of those from a first to an end.</summary>
    public static (int First, int End) RangeOf(int first, int end, int parts, int part) =>
        (first + (int)((long)(end - first) * part / parts), first + (int)((long)(end - first) * (part + 1) / parts));

    private readonly struct ReflectWork<T>(Matrix<T> matrix, int firstRow, int column, Matrix<T> vectors, int row) : ISplitWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Parts { get; } = PartsOf(matrix.Rows - firstRow, matrix.Columns - column);

        [MethodImpl(Compiled.Once)]
        public void Run<V>(int part)
            where V : struct, IKernelLane<V, T>
        {
            var v = vectors[row][column..];
            var (r, end) = RangeOf(firstRow, matrix.Rows, Parts, part);
            for (; r < end; r++) Reflect(v, matrix[r][column..]);
        }
    }
}
