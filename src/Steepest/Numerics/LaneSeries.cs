using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>What the functions of <see cref="LaneMath"/> are put together from: the reduction of an argument and the series for what is left.</summary>
/// <remarks>The polynomials are the Taylor series of eʳ on |r| ≤ ½ ln 2 and of 2 artanh(s) on |s| ≤ 3 − 2√2, cut where the rest falls
/// below half a unit in the last place of the type.</remarks>
internal static class LaneSeries
{
    /// <summary>x = n ln 2 + r with n whole and |r| ≤ ½ ln 2; gives n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce<V, T>(V x, out V r)
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

    /// <summary>As above, with what the rounding of r loses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Reduce<V, T>(V x, out V r, out V low)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = Round<V, T>(Number<V, T>(1.4426950408889634) * x);
        var minusN = V.Broadcast(T.Zero) - n;
        var high = V.FusedMultiplyAdd(minusN, Number<V, T>(typeof(T) == typeof(double) ? 0.6931471803691238 : 0.69314575f), x);
        var log2Low = Number<V, T>(typeof(T) == typeof(double) ? 1.9082149292705877e-10 : 1.4286068e-6f);
        r = V.FusedMultiplyAdd(minusN, log2Low, high);
        low = V.FusedMultiplyAdd(minusN, log2Low, high - r);
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
    public static V ArtanhTail<V, T>(V s2)
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
