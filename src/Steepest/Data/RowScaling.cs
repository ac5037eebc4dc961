using System.Diagnostics;

namespace Steepest;

/// <summary>Divides rows by their own norm.</summary>
internal static class RowScaling
{
    // Between these bounds no sum of a row's squares has overflowed or lost digits to underflow.
    const double Smallest = 1e-140;
    const double Largest = 1e140;

    public static double[] Scale(ReadOnlySpan<double> values, int rowLength, Norm norm)
    {
        if (!Enum.IsDefined(norm))
            throw new ArgumentOutOfRangeException(nameof(norm), norm, "There is no such norm.");
        double[] scaled = values.ToArray();
        for (int start = 0; start < scaled.Length; start += rowLength)
            ScaleRow(scaled.AsSpan(start, rowLength), norm);
        return scaled;
    }

    static void ScaleRow(Span<double> row, Norm norm)
    {
        double largest = LargestOf(row);
        if (largest == 0)
            return;
        if (largest is < Smallest or > Largest)
            Divide(row, largest);
        Divide(row, Of(row, norm));
    }

    static double Of(ReadOnlySpan<double> row, Norm norm) => norm switch
    {
        Norm.L1 => SumOfMagnitudes(row),
        Norm.L2 => Math.Sqrt(SumOfSquares(row)),
        Norm.Max => LargestOf(row),
        _ => throw new UnreachableException(),
    };

    static double LargestOf(ReadOnlySpan<double> row)
    {
        double largest = 0;
        foreach (double value in row)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    static double SumOfMagnitudes(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (double value in row)
            sum += Math.Abs(value);
        return sum;
    }

    // Even and odd columns apart, as NumPy's two lanes do: so the four columns of iris come out with scikit-learn's bits.
    static double SumOfSquares(ReadOnlySpan<double> row)
    {
        double even = 0;
        double odd = 0;
        for (int column = 0; column < row.Length; column++)
        {
            double square = row[column] * row[column];
            if (column % 2 == 0)
                even += square;
            else
                odd += square;
        }

        return even + odd;
    }

    static void Divide(Span<double> row, double divisor)
    {
        foreach (ref double value in row)
            value /= divisor;
    }
}
