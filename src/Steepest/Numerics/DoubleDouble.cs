using System.Runtime.InteropServices;

namespace Steepest.Numerics;

/// <summary>
/// A number held as the unevaluated sum of two doubles, the second at most half a unit in the last place of the first: some 106 bits.
/// Only the arithmetic that <see cref="NearestExpLog"/> and the metrics need. Every step is an IEEE 754 operation, so every system gives the same bits.
/// </summary>
/// <remarks>Source: Dekker, "A Floating-Point Technique for Extending the Available Precision" (1971); Knuth, TAOCP 2, 4.2.2.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High), low = Sum(a.Low, b.Low);
        high = OrderedSum(high.High, high.Low + low.High);
        return OrderedSum(high.High, high.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + new DoubleDouble(-b.High, -b.Low);

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = Product(a.High, b.High);
        return OrderedSum(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - (b * first);
        var second = rest.High / b.High;
        rest -= b * second;
        return OrderedSum(first, second) + (rest.High / b.High);
    }

    /// <summary>a + b exactly.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b, fromB = sum - a;
        return new(sum, a - (sum - fromB) + (b - fromB));
    }

    /// <summary>a · b exactly.</summary>
    private static DoubleDouble Product(double a, double b)
    {
        var product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    /// <summary>a + b exactly, where a is zero or |a| is not below |b|.</summary>
    private static DoubleDouble OrderedSum(double a, double b)
    {
        var sum = a + b;
        return new(sum, b - (sum - a));
    }
}
