using System.Numerics;

namespace Steepest.Numerics;

/// <summary>
/// The root of a sum of squares as <c>Length · 2^Exponent</c>: right even where the squares, or the norm itself, leave the range of the numbers.
/// The sum has the order of <see cref="Reduction"/>, so that every lane width gives the same bits.
/// </summary>
/// <param name="Length">0, or 1 and more (less where all numbers are subnormal); NaN or infinite if a number was.</param>
/// <param name="Exponent">Whole powers of two.</param>
internal readonly record struct EuclideanNorm(double Length, int Exponent)
{
    /// <summary>Whether all numbers were finite.</summary>
    public bool IsFinite => double.IsFinite(Length);

    /// <summary>The norm itself, infinite where a double cannot hold it.</summary>
    public double Value => double.ScaleB(Length, Exponent);

    /// <summary>The norm of <paramref name="values"/>; not finite if one of them is not.</summary>
    public static EuclideanNorm Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lowest = typeof(T) == typeof(double) ? -1022 : -126;
        var squares = Reduction.SumOfSquares(values);

        if (double.IsNaN(squares)) return new(double.NaN, 0);

        // Above half the lowest exponent, squares that vanished or lost digits are too small to be missed.
        if (double.IsFinite(squares) && squares >= double.ScaleB(1, lowest / 2))
        {
            var norm = Math.Sqrt(squares);
            var whole = Math.ILogB(norm);
            return new(double.ScaleB(norm, -whole), whole);
        }

        var largest = Reduction.LargestMagnitude(values);
        if (largest == T.Zero || !T.IsFinite(largest)) return new(double.CreateChecked(largest), 0);
        // A power of two changes no digit; below the lowest exponent it could not be written in T, and need not be.
        var exponent = Math.Max(T.ILogB(largest), lowest);
        return new(Math.Sqrt(Reduction.SumOfSquares(values, T.ScaleB(T.One, -exponent))), exponent);
    }
}
