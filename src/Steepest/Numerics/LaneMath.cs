using System.Numerics;
using System.Runtime.CompilerServices;
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
        // Beyond these the result is 0 or infinity whatever the argument, and the power below would leave the exponent's range.
        var lowest = Number<V, T>(typeof(T) == typeof(double) ? -746 : -105);
        var highest = Number<V, T>(typeof(T) == typeof(double) ? 710 : 89);
        var inside = V.WhereGreater(lowest, x, lowest, V.WhereGreater(x, highest, highest, x));

        var power = Reduce<V, T>(inside, out var r);
        var one = Number<V, T>(1);
        var value = V.FusedMultiplyAdd(V.FusedMultiplyAdd(ExpTail<V, T>(r), r, one), r, one);

        // 2ⁿ in two factors: n itself may lie outside the exponents of normal numbers.
        var half = Round<V, T>(Number<V, T>(0.5) * power);
        return value * V.PowerOfTwo(half) * V.PowerOfTwo(power - half);
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
        var lowest = Number<V, T>(typeof(T) == typeof(double) ? -746 : -105);
        var highest = Number<V, T>(typeof(T) == typeof(double) ? 710 : 89);
        var inside = V.WhereGreater(lowest, x, lowest, V.WhereGreater(x, highest, highest, x));

        var one = Number<V, T>(1);
        var power = Reduce<V, T>(inside, out var r, out var low);
        var tail = ExpTail<V, T>(r);
        var half = Round<V, T>(Number<V, T>(0.5) * power);
        exp = V.FusedMultiplyAdd(V.FusedMultiplyAdd(tail, r, one), r, one) * V.PowerOfTwo(half) * V.PowerOfTwo(power - half);

        // Half of 2ⁿ stays inside the normal numbers at the upper end; where it counts for nothing any small power will do.
        var least = Number<V, T>(-64);
        var lessOne = power - one;
        var scale = V.PowerOfTwo(V.WhereGreater(least, lessOne, least, lessOne));
        var halved = HalfOfExpMinusOne<V, T>(scale, r, low, tail);
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
        var one = Number<V, T>(1);
        var smallestNormal = Number<V, T>(typeof(T) == typeof(double) ? 2.2250738585072014e-308 : 1.17549435e-38f);
        var lift = typeof(T) == typeof(double) ? 54 : 25;
        var subnormal = V.WhereGreater(smallestNormal, x, one, zero);
        var lifted = V.WhereGreater(smallestNormal, x, x * V.PowerOfTwo(Number<V, T>(lift)), x);

        var mantissa = V.SplitExponent(lifted, out var exponent);
        exponent -= subnormal * Number<V, T>(lift);

        var finite = LogOfSplit<V, T>(mantissa, exponent, zero);
        var infinity = Number<V, T>(double.PositiveInfinity);
        var positive = V.WhereGreater(x, V.Broadcast(LargestFinite<T>()), infinity, finite);
        // x − ∞ is −∞ at zero and NaN at NaN.
        return V.WhereGreater(x, zero, positive, V.WhereGreater(zero, x, Number<V, T>(double.NaN), x - infinity));
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

    /// <summary>Hyperbolic tangent, (e²ˣ − 1)/(e²ˣ + 1), by an exponential that loses nothing near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From here on tanh rounds to 1.
        var saturated = Number<V, T>(typeof(T) == typeof(double) ? 20 : 10);
        var magnitude = V.Abs(x);
        var doubled = V.WhereGreater(magnitude, saturated, saturated, magnitude);
        doubled += doubled;

        var one = Number<V, T>(1);
        var power = Reduce<V, T>(doubled, out var r, out var low);
        var half = HalfOfExpMinusOne<V, T>(V.PowerOfTwo(power - one), r, low, ExpTail<V, T>(r));
        var sum = half + one;
        var value = half / sum;
        // What the sum lost to rounding, carried through the quotient, whose derivative by the sum is −value · (1 − value). Where the sum is
        // large that does not count, and 1 − value has too few digits left to weigh it with.
        var lost = V.WhereGreater(Number<V, T>(1000), half, half - (sum - one), V.Broadcast(T.Zero));
        value = V.FusedMultiplyAdd(value * (value - one), lost, value);
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

    /// <summary>xⁿ for a whole n ≥ 0, to about one unit in the last place: squarings and products whose rounding errors are carried along.</summary>
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

    /// <summary>½ (2ⁿ eʳ − 1) where scale is 2ⁿ⁻¹; r enters without rounding, since near zero it is nearly all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfOfExpMinusOne<V, T>(V scale, V r, V low, V tail)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var nearly = V.FusedMultiplyAdd(scale, r, scale - Number<V, T>(0.5));
        return V.FusedMultiplyAdd(scale, V.FusedMultiplyAdd(tail, r * r, low), nearly);
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
        var log2High = Number<V, T>(typeof(T) == typeof(double) ? 0.6931471803691238 : 0.69314575f);
        var log2Low = Number<V, T>(typeof(T) == typeof(double) ? 1.9082149292705877e-10 : 1.4286068e-6f);
        var low = V.FusedMultiplyAdd(s, halfSquare + rest, V.FusedMultiplyAdd(exponent, log2Low, small));
        return V.FusedMultiplyAdd(exponent, log2High, f - (halfSquare - low));
    }
}
