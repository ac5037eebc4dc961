using System.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>A real number as whole · 2^exponent; functions of doubles are good to far more bits than a double has.</summary>
internal readonly record struct ExactReal(BigInteger Whole, int Exponent)
{
    /// <summary>Bits after the binary point in what is computed with a fixed point.</summary>
    private const int Point = 320;

    private static readonly BigInteger One = BigInteger.One << Point;

    private static readonly BigInteger Ln2 = TwiceArtanh(One / 3);

    public static ExactReal Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var stored = (int)(bits >> 52);
        var mantissa = (bits & ((1L << 52) - 1)) | (stored == 0 ? 0 : 1L << 52);
        return new(value < 0 ? -mantissa : mantissa, Math.Max(stored, 1) - 1075);
    }

    /// <summary>eˣ, for |x| of at least 2⁻¹⁵⁰ or 0.</summary>
    public static ExactReal Exp(double x)
    {
        var argument = Of(x).Fixed();
        var turns = BigInteger.Divide((2 * argument) + (argument.Sign * Ln2), 2 * Ln2);
        BigInteger rest = argument - (turns * Ln2), term = One, sum = One;
        for (var k = 1; !term.IsZero; k++)
        {
            term = ((term * rest) >> Point) / k;
            sum += term;
        }

        return new(sum, (int)turns - Point);
    }

    /// <summary>Natural logarithm of a positive number.</summary>
    public static ExactReal Log(double x)
    {
        var (whole, exponent) = Of(x);
        var digits = (int)whole.GetBitLength() - 1;
        var mantissa = whole << (Point - digits);
        return new(TwiceArtanh(((mantissa - One) << Point) / (mantissa + One)) + ((exponent + digits) * Ln2), -Point);
    }

    /// <summary>Hyperbolic tangent, for |x| from 2⁻¹⁵⁰ to 40.</summary>
    public static ExactReal Tanh(double x)
    {
        var exp = Exp(2 * x).Fixed();
        return new(((exp - One) << Point) / (exp + One), -Point);
    }

    /// <summary>1/(1 + e⁻ˣ), for |x| from 2⁻¹⁵⁰ to 100.</summary>
    public static ExactReal Sigmoid(double x) => new((One << Point) / (One + Exp(-x).Fixed()), -Point);

    /// <summary>xⁿ without any rounding.</summary>
    public static ExactReal Power(double x, int n)
    {
        var (whole, exponent) = Of(x);
        return new(BigInteger.Pow(whole, n), exponent * n);
    }

    /// <summary>How far a number lies from this one, in units of the last place that this one has in a format of so many bits.</summary>
    public double UlpsTo(double value, int precision, int lowestExponent)
    {
        var (whole, exponent) = Of(value);
        var common = Math.Min(Exponent, exponent);
        var distance = BigInteger.Abs((Whole << (Exponent - common)) - (whole << (exponent - common)));
        var lastPlace = Math.Max((int)BigInteger.Abs(Whole).GetBitLength() + Exponent - precision, lowestExponent);
        var surplus = Math.Max(0, (int)distance.GetBitLength() - 60);
        return Math.ScaleB((double)(distance >> surplus), surplus + common - lastPlace);
    }

    private BigInteger Fixed() => Exponent + Point >= 0 ? Whole << (Exponent + Point) : Whole >> -(Exponent + Point);

    private static BigInteger TwiceArtanh(BigInteger s)
    {
        BigInteger square = (s * s) >> Point, power = s, sum = BigInteger.Zero;
        for (var k = 1; !power.IsZero && power != BigInteger.MinusOne; k += 2)
        {
            sum += power / k;
            power = (power * square) >> Point;
        }

        return 2 * sum;
    }
}
