using Steepest.Numerics;

namespace Steepest.Tests.Networks;

public sealed class OrthogonalInitializerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    [InlineData(2, 2)]
    [InlineData(64, 64)]
    [InlineData(131, 257)]
    [InlineData(257, 131)]
    public void The_fewer_of_rows_and_columns_are_orthonormal(int inputs, int outputs)
    {
        foreach (var gain in (double[])[1, 2.5])
        {
            var weights = Draw(new Pcg64(5), inputs, outputs, gain);
            var (count, length) = (Math.Min(inputs, outputs), Math.Max(inputs, outputs));
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var product = Enumerable.Range(0, length).Sum(k => At(i, k) * At(j, k)) / (gain * gain);
                    Assert.Equal(i == j ? 1 : 0, product, 1e-12);
                }
            }

            double At(int vector, int k) => outputs <= inputs ? weights[(vector * inputs) + k] : weights[(k * inputs) + vector];
        }
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(9, 5)]
    [InlineData(5, 9)]
    public void It_is_the_factor_of_a_normal_matrix_whose_other_factor_has_a_positive_diagonal(int inputs, int outputs)
    {
        var (count, length) = (Math.Min(inputs, outputs), Math.Max(inputs, outputs));
        var normal = new double[count * length];
        new Pcg64(8).FillNormal(normal);
        var weights = Draw(new Pcg64(8), inputs, outputs, gain: 1);

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var factor = Enumerable.Range(0, length).Sum(k => normal[(i * length) + k] * At(j, k));
                if (j == i) Assert.True(factor > 0);
                if (j > i) Assert.Equal(0, factor, 1e-12);
            }
        }

        double At(int vector, int k) => outputs <= inputs ? weights[(vector * inputs) + k] : weights[(k * inputs) + vector];
    }

    // Over the whole orthogonal group the trace has the moments 0, 1 and, from 2 by 2 on, 3 (Diaconis and Evans 2001), and half of the
    // determinants are 1. Without the sign's care the trace of a matrix would be far from 0.
    [Fact]
    public void Orthogonal_matrices_are_uniform_over_their_group()
    {
        const int Size = 4, Count = 1_000_000 / (Size * Size);
        var generator = new Pcg64(9);
        var traces = new double[Count];
        var corners = new double[Count];
        var turns = 0;
        for (var n = 0; n < Count; n++)
        {
            var q = Draw(generator, Size, Size, gain: 1);
            traces[n] = Enumerable.Range(0, Size).Sum(i => q[i * (Size + 1)]);
            corners[n] = q[^1];
            if (Determinant(q, Size) > 0) turns++;
        }

        AssertMean(0, traces);
        AssertMean(1, [.. traces.Select(t => t * t)]);
        AssertMean(3, [.. traces.Select(t => t * t * t * t)]);

        // The last entry of a point on the sphere in n dimensions: variance 1/n, fourth moment 3/(n(n + 2)).
        AssertMean(0, corners);
        AssertMean(1.0 / Size, [.. corners.Select(q => q * q)]);
        AssertMean(3.0 / (Size * (Size + 2)), [.. corners.Select(q => q * q * q * q)]);
        Assert.InRange(turns, (Count / 2) - (2.5 * Math.Sqrt(Count)), (Count / 2) + (2.5 * Math.Sqrt(Count)));
    }

    private static double[] Draw(Pcg64 generator, int inputs, int outputs, double gain)
    {
        var weights = new double[inputs * outputs];
        Initializer.Orthogonal(gain).Draw<double>(generator, inputs, outputs, weights, []);
        return weights;
    }

    private static void AssertMean(double expected, double[] values)
    {
        var mean = values.Average();
        var slack = 5 * Math.Sqrt(values.Average(v => (v - mean) * (v - mean)) / values.Length);
        Assert.InRange(mean, expected - slack, expected + slack);
    }

    private static double Determinant(double[] matrix, int size)
    {
        double[] rest = [.. matrix];
        var determinant = 1.0;
        for (var i = 0; i < size; i++)
        {
            determinant *= rest[(i * size) + i];
            for (var row = i + 1; row < size; row++)
            {
                var factor = rest[(row * size) + i] / rest[(i * size) + i];
                for (var k = i; k < size; k++) rest[(row * size) + k] -= factor * rest[(i * size) + k];
            }
        }

        return determinant;
    }
}
