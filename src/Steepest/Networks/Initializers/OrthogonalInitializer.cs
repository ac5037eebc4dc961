using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// A random orthogonal matrix: as many rows as the fewer of inputs and outputs, drawn normal row by row and made orthonormal one after
/// another; transposed where the inputs are fewer.
/// </summary>
/// <remarks>
/// This is the factor Q of a normal matrix's QR decomposition, with R's diagonal positive, as a length is. Only so is Q uniform: Mezzadri 2007,
/// "How to generate random matrices from the classical compact groups", section "A Correct and Efficient Algorithm". Made orthogonal by the
/// modified Gram-Schmidt process, twice, which is enough: Giraud, Langou and Rozložník 2005, "The loss of orthogonality in the Gram-Schmidt
/// orthogonalization process".
/// </remarks>
internal sealed record OrthogonalInitializer(double Gain) : Initializer
{
    public override string Name => "orthogonal";

    private protected override IReadOnlyList<(string Key, double Value)> Settings => [("gain", Gain)];

    internal override void Draw<T>(Pcg64 generator, int inputs, int outputs, Span<T> weights, Span<T> biases)
    {
        var (rows, columns) = (Math.Min(inputs, outputs), Math.Max(inputs, outputs));
        var matrix = new double[rows * columns];
        for (var i = 0; i < rows; i++) DrawRow(generator, matrix, i, columns);

        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var at = outputs <= inputs ? (output * columns) + input : (input * columns) + output;
                weights[(output * inputs) + input] = T.CreateChecked(Gain * matrix[at]);
            }
        }

        biases.Clear();
    }

    private static void DrawRow(Pcg64 generator, double[] matrix, int i, int columns)
    {
        var row = matrix.AsSpan(i * columns, columns);
        double length;
        do
        {
            generator.FillNormal(row);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j++)
                {
                    var above = matrix.AsSpan(j * columns, columns);
                    AddMultiple(row, -Dot(above, row), above);
                }
            }

            length = Math.Sqrt(Dot(row, row));
        }
        while (length == 0); // Once in 2⁵² draws a lone weight is 0, which has no direction.

        foreach (ref var value in row) value /= length;
    }

    // A vector of four is the same arithmetic on every machine, in one instruction or in several; nothing is fused.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector256<double>>(b);
        var (even, odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i < wideA.Length - 1; i += 2)
        {
            even += wideA[i] * wideB[i];
            odd += wideA[i + 1] * wideB[i + 1];
        }

        if (i < wideA.Length) even += wideA[i] * wideB[i];
        var four = even + odd;
        var sum = four[0] + four[1] + (four[2] + four[3]);
        for (var rest = wideA.Length * Vector256<double>.Count; rest < a.Length; rest++) sum += a[rest] * b[rest];
        return sum;
    }

    private static void AddMultiple(Span<double> to, double factor, ReadOnlySpan<double> from)
    {
        var wideTo = MemoryMarshal.Cast<double, Vector256<double>>(to);
        var wideFrom = MemoryMarshal.Cast<double, Vector256<double>>(from);
        for (var i = 0; i < wideTo.Length; i++) wideTo[i] += factor * wideFrom[i];
        for (var rest = wideTo.Length * Vector256<double>.Count; rest < to.Length; rest++) to[rest] += factor * from[rest];
    }
}
