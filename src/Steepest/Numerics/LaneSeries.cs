using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>What the functions of <see cref="LaneMath"/> are put together from: the reduction of an argument and the series for what is left.</summary>
/// <remarks>The polynomials have the least largest error over their interval (Remez), relative to the whole function: below 2⁻⁵⁹ in double,
/// 2⁻³⁰ in float.</remarks>
internal static class LaneSeries
{
    /// <summary>ln 2 but for its last bits, so short that its product with any exponent is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log2High<T>() => typeof(T) == typeof(double) ? 0.6931471803691238 : 0.69314575f;

    /// <summary>The last bits of ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Log2Low<T>() => typeof(T) == typeof(double) ? 1.9082149292705877e-10 : 1.4286068e-6f;

    /// <summary>x = n ln 2 + r with n whole and |r| ≤ ½ ln 2; gives n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce<V, T>(V x, out V r)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = Round<V, T>(Number<V, T>(1.4426950408889634) * x);
        r = V.FusedMultiplyAdd(n, Number<V, T>(-Log2High<T>()), x);
        r = V.FusedMultiplyAdd(n, Number<V, T>(-Log2Low<T>()), r);
        return n;
    }

    /// <summary>As above, with what the rounding of r loses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce<V, T>(V x, out V r, out V low)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = Round<V, T>(Number<V, T>(1.4426950408889634) * x);
        var high = V.FusedMultiplyAdd(n, Number<V, T>(-Log2High<T>()), x);
        var log2Low = Number<V, T>(-Log2Low<T>());
        r = V.FusedMultiplyAdd(n, log2Low, high);
        low = V.FusedMultiplyAdd(n, log2Low, high - r);
        return n;
    }

    /// <summary>(eʳ − 1 − r)/r² for |r| ≤ ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpTail<V, T>(V r)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(double))
        {
            p = Number<V, T>(2.0923717831581793e-9);
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(2.5108995659420187e-8));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(2.755724571684318e-7));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(2.755724433757453e-6));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(2.4801587355947765e-5));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.00019841269885984299));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.0013888888888870228));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.008333333333321697));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.04166666666666669));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.16666666666666677));
        }
        else
        {
            p = Number<V, T>(0.000199096568f);
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.00139333168f));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.00833328255f));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.0416664816f));
            p = V.FusedMultiplyAdd(p, r, Number<V, T>(0.166666672f));
        }

        return V.FusedMultiplyAdd(p, r, Number<V, T>(0.5));
    }

    /// <summary>log(mantissa · 2^exponent) with what its rounding loses: together right to 2⁻⁶⁵ of it in double, 2⁻³⁶ in float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogInTwoParts<V, T>(V mantissa, V exponent, out V low)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        var one = Number<V, T>(1);

        // s = f/(2 + f); what f − s(2 + f) leaves goes over 2 + f too, whose reciprocal is ½(1 − s).
        var f = mantissa - one;
        var sum = mantissa + one;
        var sumLow = mantissa - (sum - one);
        var s = f / sum;
        var left = V.FusedMultiplyAdd(zero - s, sumLow, V.FusedMultiplyAdd(zero - s, sum, f));
        var sLow = left * V.FusedMultiplyAdd(Number<V, T>(-0.5), s, Number<V, T>(0.5));

        // 2 artanh(s) = 2s + s · s²(2/3 + 2s²/5 + …), the sums and products up to 2/3 in two parts.
        var s2 = s * s;
        var s2Low = V.FusedMultiplyAdd(s, s, zero - s2) + ((s + s) * sLow);
        var twoThirds = Number<V, T>(typeof(T) == typeof(double) ? 0.6666666666666666 : 0.666666687f);
        var twoThirdsLow = Number<V, T>(typeof(T) == typeof(double) ? 3.700743415417188e-17 : -1.98682155e-8f);
        var far = s2 * ArtanhFarTail<V, T>(s2);
        var tail = twoThirds + far;
        var tailLow = far - (tail - twoThirds) + twoThirdsLow;
        var square = s2 * tail;
        var squareLow = V.FusedMultiplyAdd(s2, tail, zero - square) + V.FusedMultiplyAdd(s2, tailLow, s2Low * tail);
        var cube = s * square;
        var cubeLow = V.FusedMultiplyAdd(s, square, zero - cube) + V.FusedMultiplyAdd(s, squareLow, sLow * square);

        // Each sum's second term is the smaller, or the first is 0, so that its rounding error is the term less what it added.
        var whole = exponent * Number<V, T>(Log2High<T>());
        var twice = s + s;
        var front = whole + twice;
        var high = front + cube;
        low = twice - (front - whole) + (cube - (high - front)) + V.FusedMultiplyAdd(exponent, Number<V, T>(Log2Low<T>()), cubeLow + sLow + sLow);
        var log = high + low;
        low -= log - high;
        return log;
    }

    /// <summary>2/3 + 2s²/5 + 2s⁴/7 + …, what 2 artanh(s)/s has beyond 2, over s², for |s| ≤ 3 − 2√2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ArtanhTail<V, T>(V s2)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(double))
        {
            p = Number<V, T>(0.1479610463708204);
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.15314035926270983));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.18183564862737678));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.22222198563570503));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.2857142874247384));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.39999999999414326));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.6666666666666734));
        }
        else
        {
            p = Number<V, T>(0.29871881f);
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.399775356f));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.666667759f));
        }

        return p;
    }

    /// <summary>2/5 + 2s²/7 + …, the same less 2/3 and over s² again, good enough for a logarithm in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ArtanhFarTail<V, T>(V s2)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(double))
        {
            p = Number<V, T>(0.13196363697582808);
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.1325681386375206));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.15386757503901888));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.18181784363217096));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.2222222251996974));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.28571428570099294));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.40000000000002256));
        }
        else
        {
            p = Number<V, T>(0.234186873f);
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.28547129f));
            p = V.FusedMultiplyAdd(p, s2, Number<V, T>(0.400001526f));
        }

        return p;
    }

    /// <summary>To the nearest whole number, ties to even, for numbers far inside the whole-number range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Round<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wholeNumbers = Number<V, T>(typeof(T) == typeof(double) ? DoubleBits.WholeNumbers : SingleBits.WholeNumbers);
        return x + wholeNumbers - wholeNumbers;
    }

    /// <summary>The same number in every place, rounded to the lane's precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Number<V, T>(double value)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Broadcast(T.CreateTruncating(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LargestFinite<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating(typeof(T) == typeof(double) ? double.MaxValue : float.MaxValue);
}
