using System.Diagnostics;

namespace Steepest;

/// <summary>Divides rows by their own norm.</summary>
internal static class RowScaling
{
    // Between these bounds no sum of a row's squares has overflowed or lost digits to underflow.
    private const double Smallest = 1e-140;
    private const double Largest = 1e140;

    /// <summary>Divides a row by its norm, in place.</summary>
    public static FeatureValues.RowChange By(Norm norm)
    {
        if (!Enum.IsDefined(norm))
            throw new ArgumentOutOfRangeException(nameof(norm), norm, "There is no such norm.");
        return row => ScaleRow(row, norm);
    }

    private static void ScaleRow(Span<double> row, Norm norm)
    {
        var largest = LargestOf(row);
        if (largest == 0)
            return;
        if (largest is < Smallest or > Largest)
            Divide(row, largest);
        Divide(row, Of(row, norm));
    }

    private static double Of(ReadOnlySpan<double> row, Norm norm) => norm switch
    {
        Norm.L1 => SumOfMagnitudes(row),
        Norm.L2 => Math.Sqrt(SumOfSquares(row)),
        Norm.Max => LargestOf(row),
        _ => throw new UnreachableException(),
    };

    private static double LargestOf(ReadOnlySpan<double> row)
    {
        double largest = 0;
        foreach (var value in row)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static double SumOfMagnitudes(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (var value in row)
            sum += Math.Abs(value);
        return sum;
    }

    // Even and odd columns apart, as NumPy's two lanes do: so the four columns of iris come out with scikit-learn's bits.
    private static double SumOfSquares(ReadOnlySpan<double> row)
    {
        double even = 0;
        double odd = 0;
        for (var column = 0; column < row.Length; column++)
        {
            var square = row[column] * row[column];
            if (column % 2 == 0)
                even += square;
            else
                odd += square;
        }

        return even + odd;
    }

    private static void Divide(Span<double> row, double divisor)
    {
        foreach (ref var value in row)
            value /= divisor;
    }
}
