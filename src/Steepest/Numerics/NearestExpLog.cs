namespace Steepest.Numerics;

/// <summary>
/// exp and log as the double nearest to the true value, so that every system gives the same bits (the C library's differ by system).
/// Worked out in <see cref="DoubleDouble"/> to some 100 bits and then rounded. Slow, about a fifth of a microsecond: for tables and rare
/// branches.
/// </summary>
internal static class NearestExpLog
{
    private const double Log2E = 1.4426950408889634;
    private const int ExpHalvings = 4;

    /// <summary>ln 2.</summary>
    private static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    /// <summary>1/n!, the coefficients of exp; the argument is below 0.022.</summary>
    private static readonly DoubleDouble[] InverseFactorials = new DoubleDouble[16];

    /// <summary>1/(2n + 1), the coefficients of artanh in odd powers; the argument's square is below 0.03.</summary>
    private static readonly DoubleDouble[] InverseOddNumbers = new DoubleDouble[22];

    static NearestExpLog()
    {
        InverseFactorials[0] = 1;
        for (var n = 1; n < InverseFactorials.Length; n++)
            InverseFactorials[n] = InverseFactorials[n - 1] / n;
        for (var n = 0; n < InverseOddNumbers.Length; n++)
            InverseOddNumbers[n] = (DoubleDouble)1 / ((2 * n) + 1);
    }

    /// <summary>eˣ.</summary>
    /// <param name="x">A number from −700 to 700.</param>
    public static double Exp(double x)
    {
        var power = Math.Round(x * Log2E);
        var reduced = (x - (Ln2 * power)) * Math.ScaleB(1, -ExpHalvings);

        var sum = Polynomial(InverseFactorials, reduced);
        for (var i = 0; i < ExpHalvings; i++)
            sum *= sum;
        return Math.ScaleB(sum.High, (int)power);
    }

    /// <summary>The natural logarithm of <paramref name="x"/>.</summary>
    /// <param name="x">A positive, finite, normal number.</param>
    public static double Log(double x)
    {
        var power = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -power);
        if (mantissa > Math.Sqrt(2))
        {
            mantissa /= 2;
            power++;
        }

        // ln m = 2 artanh z with z = (m − 1)/(m + 1); for m in [√½, √2] z² stays below 0.03, and m − 1 has no rounding error.
        DoubleDouble z = (mantissa - 1) / DoubleDouble.Sum(mantissa, 1), series = z * Polynomial(InverseOddNumbers, z * z);
        return ((Ln2 * power) + (series + series)).High;
    }

    private static DoubleDouble Polynomial(DoubleDouble[] coefficients, DoubleDouble x)
    {
        var sum = coefficients[^1];
        for (var n = coefficients.Length - 2; n >= 0; n--)
            sum = (sum * x) + coefficients[n];
        return sum;
    }
}
