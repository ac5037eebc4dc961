using System.Numerics;
using System.Runtime.CompilerServices;
using static Steepest.Numerics.LaneMath;
using static Steepest.Numerics.LaneSeries;

namespace Steepest.Numerics;

/// <summary>The error function and the normal distribution over lanes, with the same bits at every lane width.</summary>
/// <remarks>
/// The upper tail of the normal distribution is e^(−x²/2) · m(x), where m is Mills' ratio over √(2π): it falls so gently that (1 + x) · m(x) is
/// all but a polynomial in t = (x − 5)/(x + 5), which runs from −1 to 1 as x runs from 0 to infinity; 5 is the whole number that needs the
/// fewest terms. Both polynomials here are Chebyshev series, from the function's values at 60 (m) and 40 (erf) Chebyshev nodes to 40 digits,
/// cut where the rest falls below half a unit in the last place of the type and written out in powers.
/// </remarks>
internal static class LaneNormal
{
    /// <summary>The probability that a normal variable lies more than |x| above its mean, and the density there; far out they keep their
    /// relative accuracy down to the subnormal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tail<V, T>(V x, out V density)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From here on both round to 0.
        var highest = Number<V, T>(typeof(T) == typeof(double) ? 40 : 15);
        var magnitude = V.Abs(x);
        magnitude = V.WhereGreater(magnitude, highest, highest, magnitude);

        var bell = ExpOfMinusProduct<V, T>(Number<V, T>(0.5) * magnitude, magnitude, out var power);
        density = Scale<V, T>(Number<V, T>(0.3989422804014327) * bell, power);
        return Scale<V, T>(bell * Mills<V, T>(magnitude), power);
    }

    /// <summary>The error function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // From here on erf rounds to 1.
        var saturated = Number<V, T>(typeof(T) == typeof(double) ? 6 : 4);
        var one = Number<V, T>(1);
        var magnitude = V.Abs(x);
        magnitude = V.WhereGreater(magnitude, saturated, saturated, magnitude);

        var square = magnitude * magnitude;
        var inner = V.FusedMultiplyAdd(ErfSlopeLessOne<V, T>(square), magnitude, magnitude);
        var bell = ExpOfMinusProduct<V, T>(magnitude, magnitude, out var power);
        var tail = V.PowerOfTwo(power) * bell * Mills<V, T>(Number<V, T>(1.4142135623730951) * magnitude);
        return V.CopySign(V.WhereGreater(Number<V, T>(1.2), square, inner, one - (tail + tail)), x);
    }

    /// <summary>e^(−a·b) as value · 2^power, the product's rounding error carried along.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfMinusProduct<V, T>(V a, V b, out V power)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var one = Number<V, T>(1);
        var product = V.Broadcast(T.Zero) - (a * b);
        power = Reduce<V, T>(InExpRange<V, T>(product), out var r);
        r -= V.FusedMultiplyAdd(a, b, product);
        return V.FusedMultiplyAdd(V.FusedMultiplyAdd(ExpTail<V, T>(r), r, one), r, one);
    }

    /// <summary>m(x) for x ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mills<V, T>(V x)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var five = Number<V, T>(5);
        var t = (x - five) / (x + five);
        var series = typeof(T) == typeof(double) ? MillsSeriesOfDouble<V, T>(t) : MillsSeriesOfFloat<V, T>(t);
        return series / (x + Number<V, T>(1));
    }

    /// <summary>(1 + x) · m(x), t = (x − 5)/(x + 5), to the precision of a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsSeriesOfDouble<V, T>(V t)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = Number<V, T>(2.5086998016985133e-11);
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-3.815816262632953e-10));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-4.327297110082094e-10));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(4.4011596227599254e-9));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(4.022493382168717e-9));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-3.095201755804207e-8));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-2.688202129280215e-8));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(1.9627809920091187e-7));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(1.284479710649634e-7));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-1.3074486019237587e-6));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-7.070628846317715e-8));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(9.05982468125664e-6));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-9.895946159334735e-6));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-5.36075811148722e-5));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.00018233410307611755));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(7.791597409338999e-6));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.0016760723371645697));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.006522000667783896));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.015170415403281224));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.024536963243678652));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.026401042966267253));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.010002352385229382));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.031030368425962847));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.09155228183400904));
        return V.FusedMultiplyAdd(p, t, Number<V, T>(0.46151582985003775));
    }

    /// <summary>(1 + x) · m(x), t = (x − 5)/(x + 5), to the precision of a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MillsSeriesOfFloat<V, T>(V t)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var p = Number<V, T>(-9.45698e-6f);
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-3.1048403e-5f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.0001814712f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-1.784874e-5f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.0016754059f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.0065366686f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.015170664f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.024532804f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.026401f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.010002863f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(0.031030366f));
        p = V.FusedMultiplyAdd(p, t, Number<V, T>(-0.0915523f));
        return V.FusedMultiplyAdd(p, t, Number<V, T>(0.46151584f));
    }

    /// <summary>erf(x)/x − 1 for x² from 0 to 1.5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfSlopeLessOne<V, T>(V square)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(double))
        {
            p = Number<V, T>(-3.3572079670546685e-12);
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(8.02874012495422e-11));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-1.1927300083761608e-9));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(1.4743635832686974e-8));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-1.6358103455021456e-7));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(1.6461447396854466e-6));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-1.4925609662295867e-5));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.00012055331244684664));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-0.0008548326972970589));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.005223977624489505));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-0.026866170645023352));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.11283791670954488));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-0.37612638903183737));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.1283791670955126));
        }
        else
        {
            p = Number<V, T>(-7.78248705e-6f);
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.000104998202f));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-0.000836056483f));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.0052110753f));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-0.0268612839f));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.112837002f));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(-0.376126319f));
            p = V.FusedMultiplyAdd(p, square, Number<V, T>(0.128379166f));
        }

        return p;
    }
}
