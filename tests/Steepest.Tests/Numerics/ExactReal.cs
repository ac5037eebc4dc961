using System.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>A real number as whole · 2^exponent; functions of doubles are good to far more bits than a double has.</summary>
internal readonly record struct ExactReal(BigInteger Whole, int Exponent)
{
    /// <summary>Bits after the binary point in what is computed with a fixed point.</summary>
    private const int Point = 320;

    private static readonly BigInteger One = BigInteger.One << Point;

    private static readonly BigInteger Ln2 = TwiceArtanh(One / 3);

    /// <summary>Machin's sum, 16 arctan ⅕ − 4 arctan 1/239.</summary>
    private static readonly BigInteger Pi = (16 * Arctan(5)) - (4 * Arctan(239));

    public static ExactReal Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var stored = (int)(bits >> 52);
        var mantissa = (bits & ((1L << 52) - 1)) | (stored == 0 ? 0 : 1L << 52);
        return new(value < 0 ? -mantissa : mantissa, Math.Max(stored, 1) - 1075);
    }

    /// <summary>eˣ, for |x| of at least 2⁻¹⁵⁰ or 0.</summary>
    public static ExactReal Exp(double x) => ExpOfFixed(Of(x).Fixed());

    private static ExactReal ExpOfFixed(BigInteger argument)
    {
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
    public static ExactReal Log(double x) => LogOf(Of(x));

    private static ExactReal LogOf(ExactReal x)
    {
        var (whole, exponent) = x;
        var digits = (int)whole.GetBitLength() - 1;
        var mantissa = digits <= Point ? whole << (Point - digits) : whole >> (digits - Point);
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

    /// <summary>eˣ − 1, for |x| of at least 2⁻¹⁵⁰.</summary>
    public static ExactReal ExpMinusOne(double x)
    {
        var (whole, exponent) = Exp(x);
        var shift = Math.Max(exponent, -2 * Point);
        var aligned = exponent >= shift ? whole << (exponent - shift) : whole >> (shift - exponent);
        return shift > 0 ? new((aligned << shift) - 1, 0) : new(aligned - (BigInteger.One << -shift), shift);
    }

    /// <summary>log(1 + x), for x above −1 and |x| of at least 2⁻¹⁵⁰.</summary>
    public static ExactReal LogPlusOne(double x)
    {
        var (whole, exponent) = Of(x);
        return LogOf(OnePlus(whole, exponent));
    }

    /// <summary>log(1 + eˣ), for |x| of at least 2⁻¹⁵⁰ or 0.</summary>
    public static ExactReal Softplus(double x)
    {
        var (whole, exponent) = Exp(x);
        // Where eˣ has no bit in the fixed point's first half, log(1 + eˣ) = eˣ(1 − eˣ/2 + …) is eˣ to far more bits than a double has.
        return x < -100 ? new(whole, exponent) : LogOf(OnePlus(whole, exponent));
    }

    /// <summary>The error function, for |x| from 2⁻¹⁵⁰ to 6.</summary>
    public static ExactReal Erf(double x) => new(FixedErf(Of(x).Fixed()), -Point);

    /// <summary>½ erfc(x/√2), for x from 0 on, to at least 100 bits: beyond 12 by the asymptotic series.</summary>
    public static ExactReal NormalTail(double x)
    {
        if (x <= 12) return new((One - FixedErf((Of(x).Fixed() << Point) / Root(2 * One))) / 2, -Point);
        var argument = Of(x).Fixed();
        var square = (argument * argument) >> Point;
        BigInteger term = One, sum = One;
        // 1 − 1/x² + 3/x⁴ − …, the terms falling until they are about e^(−x²/2).
        for (var k = 1; ; k += 2)
        {
            var next = -((term * k) << Point) / square;
            if (BigInteger.Abs(next) >= BigInteger.Abs(term) || next.IsZero) break;
            term = next;
            sum += term;
        }

        var (bell, exponent) = ExpOfFixed(-(square / 2));
        var denominator = (argument * Root(2 * Pi)) >> Point;
        return new(bell * sum / denominator, exponent);
    }

    /// <summary>xʸ for x above 0, or e^±2000 where it is beyond that.</summary>
    public static ExactReal Power(double x, double y)
    {
        var (whole, exponent) = Of(y);
        var product = LogOf(Of(x)).Whole * whole;
        var argument = exponent >= 0 ? product << exponent : product >> -exponent;
        return ExpOfFixed(BigInteger.Clamp(argument, -2000 * One, 2000 * One));
    }

    /// <summary>cos(πx) for x from 0 to 2.</summary>
    public static ExactReal CosPi(double x)
    {
        var angle = (Pi * Of(x).Fixed()) >> Point;
        BigInteger square = (angle * angle) >> Point, term = One, sum = BigInteger.Zero;
        for (var k = 1; !term.IsZero && term != BigInteger.MinusOne; k += 2)
        {
            sum += term;
            term = -((term * square) >> Point) / (k * (k + 1));
        }

        return new(sum, -Point);
    }

    /// <summary>xⁿ without any rounding.</summary>
    public static ExactReal Power(double x, int n)
    {
        var (whole, exponent) = Of(x);
        return new(BigInteger.Pow(whole, n), exponent * n);
    }

    /// <summary>How far a number lies from this one, in units of the last place that this one has in a format of so many bits. Infinity
    /// counts as the power of two that it begins at, and is right for all from there on.</summary>
    public double UlpsTo(double value, int precision, int lowestExponent)
    {
        var highest = 3 - lowestExponent - precision;
        var (whole, exponent) = Of(double.IsInfinity(value) ? Math.CopySign(1, value) : value);
        if (double.IsInfinity(value))
        {
            exponent += highest;
            if (Whole.Sign == whole.Sign && (int)BigInteger.Abs(Whole).GetBitLength() + Exponent > highest) return 0;
        }

        var common = Math.Min(Exponent, exponent);
        var distance = BigInteger.Abs((Whole << (Exponent - common)) - (whole << (exponent - common)));
        var lastPlace = Math.Max((int)BigInteger.Abs(Whole).GetBitLength() + Exponent - precision, lowestExponent);
        var surplus = Math.Max(0, (int)distance.GetBitLength() - 60);
        return Math.ScaleB((double)(distance >> surplus), surplus + common - lastPlace);
    }

    private BigInteger Fixed() => Exponent + Point >= 0 ? Whole << (Exponent + Point) : Whole >> -(Exponent + Point);

    private static ExactReal OnePlus(BigInteger whole, int exponent) =>
        exponent >= 0 ? new((whole << exponent) + 1, 0) : new(whole + (BigInteger.One << -exponent), exponent);

    /// <summary>2/√π · Σ (−1)ᵏ x²ᵏ⁺¹/(k!(2k + 1)); its largest terms, about e^(x²), cost as many of the bits.</summary>
    private static BigInteger FixedErf(BigInteger x)
    {
        BigInteger square = (x * x) >> Point, term = x, sum = BigInteger.Zero;
        for (var k = 0; !term.IsZero && term != BigInteger.MinusOne; k++)
        {
            sum += term / ((2 * k) + 1);
            term = -((term * square) >> Point) / (k + 1);
        }

        return ((2 * sum) << Point) / Root(Pi);
    }

    /// <summary>The angle whose tangent is 1/n.</summary>
    private static BigInteger Arctan(int n)
    {
        BigInteger power = One / n, sum = BigInteger.Zero;
        for (var k = 1; !power.IsZero; k += 2)
        {
            sum += k % 4 == 1 ? power / k : -(power / k);
            power /= n * n;
        }

        return sum;
    }

    /// <summary>The square root of a fixed-point number.</summary>
    private static BigInteger Root(BigInteger x)
    {
        var target = x << Point;
        var root = BigInteger.One << (int)((target.GetBitLength() + 1) / 2);
        for (var next = (root + (target / root)) / 2; next < root; next = (root + (target / root)) / 2) root = next;
        return root;
    }

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
