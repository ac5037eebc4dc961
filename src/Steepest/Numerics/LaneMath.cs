using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static Steepest.Numerics.LaneSeries;

namespace Steepest.Numerics;

/// <summary>
/// Exponential, logarithm and their kin over lanes, from additions, products, quotients and fused multiply-adds alone, so that every lane
/// width and every machine gives the same bits (the C library's functions differ by system).
/// </summary>
internal static class LaneMath
{
    /// <summary>eˣ. Overflow gives infinity, underflow fades through the subnormal numbers to zero, NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var power = Reduce<V, T>(InExpRange<V, T>(x), out var r);
        var one = Number<V, T>(1);
        return Scale<V, T>(V.FusedMultiplyAdd(V.FusedMultiplyAdd(ExpTail<V, T>(r), r, one), r, one), power);
    }

    /// <summary>eˣ − 1, without the cancellation near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ExpMinusOne<V, T>(x, out _);

    /// <summary>eˣ − 1, and eˣ beside it from the same series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpMinusOne<V, T>(V x, out V exp)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var one = Number<V, T>(1);
        var power = Reduce<V, T>(InExpRange<V, T>(x), out var r, out var low);
        var tail = ExpTail<V, T>(r);
        exp = Scale<V, T>(V.FusedMultiplyAdd(V.FusedMultiplyAdd(tail, r, one), r, one), power);

        // Half of 2ⁿ stays inside the normal numbers at the upper end; where it counts for nothing any small power will do.
        var least = Number<V, T>(-64);
        var lessOne = power - one;
        var scale = V.PowerOfTwo(V.WhereGreater(least, lessOne, least, lessOne));
        // r enters without rounding, since near zero it is nearly all.
        var nearly = V.FusedMultiplyAdd(scale, r, scale - Number<V, T>(0.5));
        var halved = V.FusedMultiplyAdd(scale, V.FusedMultiplyAdd(tail, r * r, low), nearly);
        // Below this eˣ − 1 rounds to x, and halving could lose a bit of it.
        var tiny = Number<V, T>(typeof(T) == typeof(double) ? 5.5511151231257827e-17 : 2.9802322e-8f);
        return V.WhereGreater(tiny, V.Abs(x), x, halved + halved);
    }

    /// <summary>Natural logarithm. Zero gives −∞, a negative number NaN, +∞ itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        var mantissa = Split<V, T>(x, out var exponent);
        return LogAtTheEnds<V, T>(x, LogOfSplit<V, T>(mantissa, exponent, zero));
    }

    /// <summary>log(1 + x), without the cancellation near zero. −1 gives −∞, a smaller number NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogPlusOne<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var one = Number<V, T>(1);
        var sum = one + x;
        var seen = sum - one;
        var lost = one - (sum - seen) + (x - seen);
        var infinity = Number<V, T>(double.PositiveInfinity);
        // The sign of x, for the sake of −0.
        var finite = V.CopySign(LogOfSum<V, T>(sum, lost), x);
        var above = V.WhereGreater(x, V.Broadcast(LargestFinite<T>()), infinity, finite);
        var minusOne = Number<V, T>(-1);
        // x − ∞ is −∞ at −1 and NaN at NaN.
        return V.WhereGreater(x, minusOne, above, V.WhereGreater(minusOne, x, Number<V, T>(double.NaN), x - infinity));
    }

    /// <summary>log(1 + eˣ), without overflow or cancellation: it fades to eˣ on the left and to x on the right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        var one = Number<V, T>(1);
        var exp = Exp<V, T>(zero - V.Abs(x));
        var sum = one + exp;
        return V.WhereGreater(x, zero, x, zero) + LogOfSum<V, T>(sum, exp - (sum - one));
    }

    /// <summary>Hyperbolic tangent, −m/(2 + m) with m = e^(−2|x|) − 1, which loses nothing near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From here on tanh rounds to 1.
        var saturated = Number<V, T>(typeof(T) == typeof(double) ? 20 : 10);
        var magnitude = V.Abs(x);
        magnitude = V.WhereGreater(magnitude, saturated, saturated, magnitude);

        var one = Number<V, T>(1);
        var two = Number<V, T>(2);
        var scale = V.PowerOfTwo(Reduce<V, T>(Number<V, T>(-2) * magnitude, out var r));
        var series = V.FusedMultiplyAdd(ExpTail<V, T>(r), r * r, r);
        var lessOne = scale - one;
        var m = V.FusedMultiplyAdd(scale, series, lessOne);
        var mLow = V.FusedMultiplyAdd(scale, series, lessOne - m);

        var sum = two + m;
        var sumLow = m - (sum - two);
        var value = m / (Number<V, T>(-2) - m);
        // What the roundings lost, over −(2 + m), whose reciprocal is −½(1 + value).
        var left = V.FusedMultiplyAdd(value, sumLow, V.FusedMultiplyAdd(value, sum, m) + mLow);
        var minusHalf = Number<V, T>(-0.5);
        value = V.FusedMultiplyAdd(V.FusedMultiplyAdd(minusHalf, value, minusHalf), left, value);
        return V.CopySign(value, x);
    }

    /// <summary>The logistic function 1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Sigmoid<V, T>(x, out _);

    /// <summary>The logistic function, and beside it its complement 1 − σ(x) = σ(−x) without the cancellation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x, out V complement)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        var one = Number<V, T>(1);
        var exp = Exp<V, T>(zero - V.Abs(x));
        var sum = one + exp;
        // What the sum lost to rounding, over the sum: 1/(1 + e) to within a tenth, which is near enough.
        var lost = (exp - (sum - one)) * V.FusedMultiplyAdd(Number<V, T>(-0.5), exp, one);
        complement = V.WhereGreater(x, zero, exp, one) / sum;
        complement -= complement * lost;
        var value = V.WhereGreater(x, zero, one, exp) / sum;
        return value - (value * lost);
    }

    /// <summary>xʸ, with the special values of IEEE 754-2019's pow: 1 where x is 1 or y is 0, even beside NaN; a negative x takes its sign
    /// along where y is odd, and gives NaN where y is not whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pow<V, T>(V x, V y)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        var one = Number<V, T>(1);
        var magnitude = V.Abs(x);
        // The largest finite y does what an infinite one does, and its product with log 1 is not NaN.
        var largest = V.Broadcast(LargestFinite<T>());
        var exponent = V.WhereGreater(V.Abs(y), largest, V.CopySign(largest, y), y);

        var mantissa = Split<V, T>(magnitude, out var power);
        var log = LogAtTheEnds<V, T>(magnitude, LogInTwoParts<V, T>(mantissa, power, out var logLow));
        var product = exponent * log;
        var low = V.FusedMultiplyAdd(exponent, log, zero - product) + (exponent * logLow);
        // An infinite product leaves NaN here.
        low = V.WhereGreater(Number<V, T>(1000), V.Abs(product), low, zero);
        var value = WithSignOfPower<V, T>(x, y, ExpOfSum<V, T>(product, low));

        var least = V.Broadcast(T.Epsilon);
        return V.WhereGreater(least, V.Abs(x - one), one, V.WhereGreater(least, V.Abs(y), one, value));
    }

    /// <summary>xʸ of two numbers.</summary>
    public static double Pow(double x, double y)
    {
        double value = 0;
        LaneScalar<double>.Store(Pow<LaneScalar<double>, double>(new(x), new(y)), ref value);
        return value;
    }

    /// <summary>1 − βⁿ for β from 0 to 1 and a whole n ≥ 0: what a moving average that began at zero is short of.</summary>
    public static double OneMinusPower(double β, long n) =>
        // βⁿ < e^(−n (1 − β)), and what is below 2⁻⁵⁴ does not count.
        n * (1 - β) > 38 ? 1 : 1 - Power(β, n);

    /// <summary>xⁿ for |x| ≤ 1 and a whole n ≥ 0, to about one unit in the last place: squarings and products whose rounding errors are carried along.</summary>
    /// <remarks>Stands in for the C library's pow where an optimizer needs βᵗ.</remarks>
    public static double Power(double x, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var (result, resultError) = (1.0, 0.0);
        var (square, squareError) = (x, 0.0);
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) == 1) (result, resultError) = Product(result, resultError, square, squareError);
            (square, squareError) = Product(square, squareError, square, squareError);
        }

        return result + resultError;

        static (double Value, double Error) Product(double a, double aError, double b, double bError)
        {
            var product = a * b;
            return (product, Math.FusedMultiplyAdd(a, b, -product) + ((a * bError) + (aError * b)));
        }
    }

    /// <summary>x where eˣ is neither 0 nor infinite whatever the rounding, else the border, beyond which the powers of two would leave
    /// their range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V InExpRange<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lowest = Number<V, T>(typeof(T) == typeof(double) ? -746 : -105);
        var highest = Number<V, T>(typeof(T) == typeof(double) ? 710 : 89);
        return V.WhereGreater(lowest, x, lowest, V.WhereGreater(x, highest, highest, x));
    }

    /// <summary>e^(x + small), where small is some units in the last place of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfSum<V, T>(V x, V small)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var power = Reduce<V, T>(InExpRange<V, T>(x), out var high, out var low);
        low += small;
        var r = high + low;
        low -= r - high;

        // 1 + r by itself, and what it lost among the small terms.
        var one = Number<V, T>(1);
        var sum = one + r;
        return Scale<V, T>(sum + (r - (sum - one) + V.FusedMultiplyAdd(ExpTail<V, T>(r), r * r, low)), power);
    }

    /// <summary>value · 2ⁿ, rounded once: in one instruction where there is such, else in two factors, since n itself may lie outside the exponents of
    /// normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Scale<V, T>(V value, V n)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(V) == typeof(Lane512<T>) && Avx512F.IsSupported)
            return Unsafe.BitCast<Lane512<T>, V>(Lane512<T>.Scale(Unsafe.BitCast<V, Lane512<T>>(value), Unsafe.BitCast<V, Lane512<T>>(n)));
        var half = Round<V, T>(Number<V, T>(0.5) * n);
        return value * V.PowerOfTwo(half) * V.PowerOfTwo(n - half);
    }

    /// <summary>Splits positive finite numbers, the subnormal ones too, into mantissa · 2^exponent with the mantissa in [√½, √2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Split<V, T>(V x, out V exponent)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var smallestNormal = Number<V, T>(typeof(T) == typeof(double) ? 2.2250738585072014e-308 : 1.17549435e-38f);
        var lift = typeof(T) == typeof(double) ? 54 : 25;
        var lifted = V.WhereGreater(smallestNormal, x, x * V.PowerOfTwo(Number<V, T>(lift)), x);
        var mantissa = V.SplitExponent(lifted, out exponent);
        exponent -= V.WhereGreater(smallestNormal, x, Number<V, T>(lift), V.Broadcast(T.Zero));
        return mantissa;
    }

    /// <summary>A logarithm that was worked out as if x were positive and finite, made right where it is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogAtTheEnds<V, T>(V x, V finite)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        var infinity = Number<V, T>(double.PositiveInfinity);
        var positive = V.WhereGreater(x, V.Broadcast(LargestFinite<T>()), infinity, finite);
        // x − ∞ is −∞ at zero and NaN at NaN.
        return V.WhereGreater(x, zero, positive, V.WhereGreater(zero, x, Number<V, T>(double.NaN), x - infinity));
    }

    /// <summary>|x|ʸ made xʸ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSignOfPower<V, T>(V x, V y, V value)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        // How far half of |y| lies from a whole number: 0 where y is even, ½ where it is odd. From 2⁵³ (in float 2²⁴) on all are even, and
        // what is below ¼ must not vanish by halving.
        var half = Number<V, T>(0.5);
        var quarter = Number<V, T>(0.25);
        var allEven = Number<V, T>(typeof(T) == typeof(double) ? 9007199254740992 : 16777216);
        var bounded = V.Abs(y);
        bounded = V.WhereGreater(bounded, allEven, allEven, V.WhereGreater(quarter, bounded, quarter, bounded));
        var halved = half * bounded;
        var wholeNumbers = half * allEven;
        var distance = V.Abs(halved - (halved + wholeNumbers - wholeNumbers));

        var belowHalf = Number<V, T>(typeof(T) == typeof(double) ? 0.49999999999999994 : 0.49999997f);
        var ofFraction = V.WhereGreater(x, Number<V, T>(double.NegativeInfinity), Number<V, T>(double.NaN), value);
        ofFraction = V.WhereGreater(zero, x, ofFraction, value);
        return V.WhereGreater(distance, zero, V.WhereGreater(distance, belowHalf, V.CopySign(value, x), ofFraction), value);
    }

    /// <summary>log(sum + lost), where sum is positive and normal, and lost what its rounding took from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfSum<V, T>(V sum, V lost)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var mantissa = V.SplitExponent(sum, out var exponent);
        return LogOfSplit<V, T>(mantissa, exponent, lost / sum);
    }

    /// <summary>log(mantissa · 2^exponent) + small. log(1 + f) = 2 artanh(f / (2 + f)), arranged so that f itself enters without rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfSplit<V, T>(V mantissa, V exponent, V small)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var f = mantissa - Number<V, T>(1);
        var s = f / (f + Number<V, T>(2));
        var s2 = s * s;
        var halfSquare = Number<V, T>(0.5) * f * f;
        var rest = s2 * ArtanhTail<V, T>(s2);
        var low = V.FusedMultiplyAdd(s, halfSquare + rest, V.FusedMultiplyAdd(exponent, Number<V, T>(Log2Low<T>()), small));
        return V.FusedMultiplyAdd(exponent, Number<V, T>(Log2High<T>()), f - (halfSquare - low));
    }
}
