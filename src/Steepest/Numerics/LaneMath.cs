using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>
/// exp, log and tanh over lanes, from additions, products and fused multiply-adds alone, so that every lane width and every machine gives
/// the same bits (the C library's functions differ by system).
/// </summary>
/// <remarks>The polynomials are the Taylor series of eʳ on |r| ≤ ½ ln 2 and of 2 artanh(s) on |s| ≤ 3 − 2√2, cut where the rest falls
/// below half a unit in the last place of the type.</remarks>
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

        // log(1 + f) = 2 artanh(f / (2 + f)), arranged so that f itself enters without rounding.
        var f = mantissa - one;
        var s = f / (f + Number<V, T>(2));
        var s2 = s * s;
        var halfSquare = Number<V, T>(0.5) * f * f;
        var rest = s2 * ArtanhTail<V, T>(s2);
        var log2High = Number<V, T>(typeof(T) == typeof(double) ? 0.6931471803691238 : 0.69314575f);
        var log2Low = Number<V, T>(typeof(T) == typeof(double) ? 1.9082149292705877e-10 : 1.4286068e-6f);
        var low = V.FusedMultiplyAdd(s, halfSquare + rest, exponent * log2Low);
        var finite = V.FusedMultiplyAdd(exponent, log2High, f - (halfSquare - low));

        var infinity = Number<V, T>(double.PositiveInfinity);
        var positive = V.WhereGreater(x, V.Broadcast(LargestFinite<T>()), infinity, finite);
        // x − ∞ is −∞ at zero and NaN at NaN.
        return V.WhereGreater(x, zero, positive, V.WhereGreater(zero, x, Number<V, T>(double.NaN), x - infinity));
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

        var power = Reduce<V, T>(doubled, out var r);
        var scale = V.PowerOfTwo(power);
        // r enters without rounding: near zero it is nearly all of eʳ − 1.
        var expMinusOne = V.FusedMultiplyAdd(scale, V.FusedMultiplyAdd(ExpTail<V, T>(r), r * r, r), scale - Number<V, T>(1));
        return V.CopySign(expMinusOne / (expMinusOne + Number<V, T>(2)), x);
    }

    /// <summary>The logistic function 1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var one = Number<V, T>(1);
        return one / (one + Exp<V, T>(V.Broadcast(T.Zero) - x));
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

    /// <summary>x = n ln 2 + r with n whole and |r| ≤ ½ ln 2; gives n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V, T>(V x, out V r)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = Round<V, T>(Number<V, T>(1.4426950408889634) * x);
        var minusN = V.Broadcast(T.Zero) - n;
        // ln 2 in two parts, of which the first times any n here is exact.
        r = V.FusedMultiplyAdd(minusN, Number<V, T>(typeof(T) == typeof(double) ? 0.6931471803691238 : 0.69314575f), x);
        r = V.FusedMultiplyAdd(minusN, Number<V, T>(typeof(T) == typeof(double) ? 1.9082149292705877e-10 : 1.4286068e-6f), r);
        return n;
    }

    /// <summary>(eʳ − 1 − r)/r² for |r| ≤ ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V, T>(V r)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(double))
        {
            p = Number<V, T>(1 / 6227020800.0);
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 479001600.0));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 39916800.0));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 3628800.0));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 362880.0));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 40320.0));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 5040.0));
        }
        else
        {
            p = Number<V, T>(1 / 5040.0);
        }

        p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 720.0));
        p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 120.0));
        p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 24.0));
        p = V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 6.0));
        return V.FusedMultiplyAdd(p, r, Number<V, T>(1 / 2.0));
    }

    /// <summary>2/3 + 2s²/5 + 2s⁴/7 + …, what 2 artanh(s)/s has beyond 2, over s², for |s| ≤ 3 − 2√2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ArtanhTail<V, T>(V s2)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(double))
        {
            p = Number<V, T>(2 / 21.0);
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 19.0));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 17.0));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 15.0));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 13.0));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 11.0));
        }
        else
        {
            p = Number<V, T>(2 / 11.0);
        }

        p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 9.0));
        p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 7.0));
        p = V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 5.0));
        return V.FusedMultiplyAdd(p, s2, Number<V, T>(2 / 3.0));
    }

    /// <summary>To the nearest whole number, ties to even, for numbers far inside the whole-number range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Round<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wholeNumbers = Number<V, T>(typeof(T) == typeof(double) ? DoubleBits.WholeNumbers : SingleBits.WholeNumbers);
        return x + wholeNumbers - wholeNumbers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Number<V, T>(double value)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Broadcast(T.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LargestFinite<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating(typeof(T) == typeof(double) ? double.MaxValue : float.MaxValue);
}
