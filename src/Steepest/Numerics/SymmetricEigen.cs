using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>A = Q Λ Qᵀ of a symmetric matrix: by reflections to three diagonals, then by the QL iteration with implicit shifts (Bowdler, Martin,
/// Reinsch and Wilkinson 1968).</summary>
/// <remarks>Eigenvalues come with the largest first. Eigenvectors of equal eigenvalues are some orthonormal basis of theirs. Of a matrix that is not finite
/// eigenvalues are NaN, and eigenvectors those of the identity.</remarks>
/// <param name="n">Rows and columns.</param>
internal sealed class SymmetricEigen<T>(int n)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Iterations for an eigenvalue: two or three are usual.</summary>
    private const int MostIterations = 50;

    /// <summary>Below it a number beside a diagonal is nothing: the matrix has a norm near 1 by then.</summary>
    private const double Nothing = 1e-280;

    private static readonly double Precision = double.CreateChecked(T.BitIncrement(T.One) - T.One);

    private readonly double[] beside = new double[n];
    private readonly double[] values = new double[n];
    private readonly T[] product = new T[n];

    /// <summary>The eigenvalues, the largest first.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>Finds eigenvalues and eigenvectors.</summary>
    /// <param name="matrix">The matrix, which is used up.</param>
    /// <param name="vectors">Becomes Qᵀ: an eigenvector of length 1 a row, in the order of <see cref="Values"/>.</param>
    /// <param name="threads">How many threads at most.</param>
    public void Decompose(Matrix<T> matrix, Matrix<T> vectors, int threads = 1)
    {
        var norm = EuclideanNorm.Of<T>(matrix.Values);
        if (norm.Length == 0 || !norm.IsFinite)
        {
            Householder.Form(matrix, 0, 0, vectors, threads);
            Array.Fill(values, norm.IsFinite ? 0 : double.NaN);
            return;
        }

        Vectors.Scale(matrix.Values, T.ScaleB(T.One, -norm.Exponent), T.One);
        Tridiagonalize(matrix, threads);
        Householder.Form(matrix, n - 2, 1, vectors, threads);
        for (var first = 0; first < n; first++) Isolate(first, vectors);
        for (var i = 0; i < n; i++) values[i] = double.ScaleB(values[i], norm.Exponent);
        Sort(vectors);
    }

    /// <summary>Leaves the diagonal in <see cref="values"/>, the numbers beside it in <see cref="beside"/>, and the reflections' vectors in the ends of the rows.</summary>
    private void Tridiagonalize(Matrix<T> a, int threads)
    {
        for (var k = 0; k < n - 2; k++)
        {
            values[k] = double.CreateChecked(a[k][k]);
            var v = a[k][(k + 1)..];
            beside[k] = Householder.Make(v);

            // H A H = A − 2 v wᵀ − 2 w vᵀ with p = A v and w = p − (vᵀp) v.
            var p = product.AsSpan(k + 1);
            var multiply = new MultiplyWork(a, k, product);
            ThreadTeam.Run<T, MultiplyWork>(ref multiply, threads);
            Vectors.Add(p, -Dot.Of<T>(v, p), v);
            var subtract = new SubtractWork(a, k, product);
            ThreadTeam.Run<T, SubtractWork>(ref subtract, threads);
        }

        if (n > 1) (values[n - 2], beside[n - 2]) = (double.CreateChecked(a[n - 2][n - 2]), double.CreateChecked(a[n - 2][n - 1]));
        (values[n - 1], beside[n - 1]) = (double.CreateChecked(a[n - 1][n - 1]), 0);
    }

    /// <summary>Iterates until nothing stands beside the diagonal's number at a place.</summary>
    private void Isolate(int first, Matrix<T> vectors)
    {
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var last = first;
            while (last < n - 1 && Math.Abs(beside[last]) > Math.Max(Precision * (Math.Abs(values[last]) + Math.Abs(values[last + 1])), Nothing)) last++;
            if (last == first) return;
            Chase(first, last, vectors);
        }
    }

    /// <summary>One implicit QL step on the block from a place to another: the shift is the eigenvalue of its first two rows that is nearer to the first number.</summary>
    private void Chase(int first, int last, Matrix<T> vectors)
    {
        var halfway = (values[first + 1] - values[first]) / (2 * beside[first]);
        var shift = values[first] - (beside[first] / (halfway + Math.CopySign(Length(halfway, 1), halfway)));
        double c = 1, s = 1, moved = 0;
        var along = values[last] - shift;
        for (var i = last - 1; i >= first; i--)
        {
            var (bulge, next) = (s * beside[i], c * beside[i]);
            var length = Length(along, bulge);
            beside[i + 1] = length;
            if (length == 0)
            {
                // The block falls in two by itself.
                values[i + 1] -= moved;
                beside[last] = 0;
                return;
            }

            (s, c) = (bulge / length, along / length);
            var turned = values[i + 1] - moved;
            var mixed = ((values[i] - turned) * s) + (2 * c * next);
            moved = s * mixed;
            values[i + 1] = turned + moved;
            along = (c * mixed) - next;
            Vectors.Rotate(vectors[i], vectors[i + 1], c, s);
        }

        values[first] -= moved;
        beside[first] = along;
        beside[last] = 0;
    }

    private void Sort(Matrix<T> vectors)
    {
        for (var i = 0; i < n - 1; i++)
        {
            var largest = i;
            for (var j = i + 1; j < n; j++) largest = values[j] > values[largest] ? j : largest;
            if (largest == i) continue;
            (values[i], values[largest]) = (values[largest], values[i]);
            for (var c = 0; c < n; c++) (vectors[i][c], vectors[largest][c]) = (vectors[largest][c], vectors[i][c]);
        }
    }

    /// <summary>√(x² + y²) where the squares would leave the range, too.</summary>
    private static double Length(double x, double y)
    {
        var (more, less) = (Math.Max(Math.Abs(x), Math.Abs(y)), Math.Min(Math.Abs(x), Math.Abs(y)));
        return more == 0 ? 0 : more * Math.Sqrt(1 + (less / more * (less / more)));
    }

    /// <summary>p = A v over the rows and columns behind k.</summary>
    private readonly struct MultiplyWork(Matrix<T> a, int k, T[] product) : ISplitWork<T>
    {
        public int Parts { get; } = Householder.PartsOf(a.Rows - k - 1, a.Rows - k - 1);

        [MethodImpl(Compiled.Once)]
        public void Run<V>(int part)
            where V : struct, IKernelLane<V, T>
        {
            var v = a[k][(k + 1)..];
            var (row, end) = Householder.RangeOf(k + 1, a.Rows, Parts, part);
            for (; row < end; row++) product[row] = T.CreateChecked(Dot.Of<T>(v, a[row][(k + 1)..]));
        }
    }

    /// <summary>A − 2 v wᵀ − 2 w vᵀ over the rows and columns behind k.</summary>
    private readonly struct SubtractWork(Matrix<T> a, int k, T[] w) : ISplitWork<T>
    {
        public int Parts { get; } = Householder.PartsOf(a.Rows - k - 1, a.Rows - k - 1);

        [MethodImpl(Compiled.Once)]
        public void Run<V>(int part)
            where V : struct, IKernelLane<V, T>
        {
            var v = a[k][(k + 1)..];
            var (row, end) = Householder.RangeOf(k + 1, a.Rows, Parts, part);
            for (; row < end; row++)
            {
                var behind = a[row][(k + 1)..];
                Vectors.Add(behind, -2 * double.CreateChecked(v[row - k - 1]), w.AsSpan(k + 1));
                Vectors.Add(behind, -2 * double.CreateChecked(w[row]), v);
            }
        }
    }
}
