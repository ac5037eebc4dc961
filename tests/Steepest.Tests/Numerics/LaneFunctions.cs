using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>The functions over lanes, of one number.</summary>
internal static class LaneFunctions
{
    public static T Exp<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.Exp<LaneScalar<T>, T>(new(x)));

    public static T Log<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.Log<LaneScalar<T>, T>(new(x)));

    public static T ExpMinusOne<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.ExpMinusOne<LaneScalar<T>, T>(new(x)));

    public static T LogPlusOne<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.LogPlusOne<LaneScalar<T>, T>(new(x)));

    public static T Softplus<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.Softplus<LaneScalar<T>, T>(new(x)));

    public static T Tanh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.Tanh<LaneScalar<T>, T>(new(x)));

    public static T Sigmoid<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.Sigmoid<LaneScalar<T>, T>(new(x)));

    public static T Complement<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LaneMath.Sigmoid<LaneScalar<T>, T>(new(x), out var complement);
        return Value(complement);
    }

    public static T Pow<T>(T x, T y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneMath.Pow<LaneScalar<T>, T>(new(x), new(y)));

    public static T Erf<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneNormal.Erf<LaneScalar<T>, T>(new(x)));

    public static T Tail<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value(LaneNormal.Tail<LaneScalar<T>, T>(new(x), out _));

    public static T Density<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LaneNormal.Tail<LaneScalar<T>, T>(new(x), out var density);
        return Value(density);
    }

    public static T Value<T>(LaneScalar<T> lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T value = default;
        LaneScalar<T>.Store(lane, ref value);
        return value;
    }
}
