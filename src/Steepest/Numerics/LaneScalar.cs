using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>A lane of one number, for machines without vectors and as the reference that the wider lanes are held against.</summary>
internal readonly struct LaneScalar<T>(T value) : IKernelLane<LaneScalar<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Count => 1;

    // As many registers as narrow vectors have.
    public static int BlockRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 6;
    }

    public static int BlockLanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> Broadcast(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> Load(ref readonly T source) => new(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(LaneScalar<T> value, ref T destination) => destination = value.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> operator +(LaneScalar<T> left, LaneScalar<T> right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> operator -(LaneScalar<T> left, LaneScalar<T> right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> operator *(LaneScalar<T> left, LaneScalar<T> right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> operator *(T left, LaneScalar<T> right) => new(left * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> operator +(LaneScalar<T> left, T right) => new(left.value + right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> operator /(LaneScalar<T> left, LaneScalar<T> right) => new(left.value / right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> Sqrt(LaneScalar<T> value) => new(T.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> Abs(LaneScalar<T> value) => new(T.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> CopySign(LaneScalar<T> magnitude, LaneScalar<T> sign) => new(T.CopySign(magnitude.value, sign.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> FusedMultiplyAdd(LaneScalar<T> left, LaneScalar<T> right, LaneScalar<T> addend) =>
        new(T.FusedMultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> WhereGreater(LaneScalar<T> left, LaneScalar<T> right, LaneScalar<T> yes, LaneScalar<T> no) =>
        left.value > right.value ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> FirstOf(LaneScalar<T> value, int count) => count > 0 ? value : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumOfHalves(LaneScalar<T> value) => value.value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> PowerOfTwo(LaneScalar<T> exponent)
    {
        if (typeof(T) == typeof(double))
        {
            var shifted = Unsafe.BitCast<T, double>(exponent.value) + (DoubleBits.WholeNumbers + DoubleBits.Bias);
            return new(Unsafe.BitCast<long, T>(BitConverter.DoubleToInt64Bits(shifted) << DoubleBits.Mantissa));
        }
        else
        {
            var shifted = Unsafe.BitCast<T, float>(exponent.value) + (SingleBits.WholeNumbers + SingleBits.Bias);
            return new(Unsafe.BitCast<int, T>(BitConverter.SingleToInt32Bits(shifted) << SingleBits.Mantissa));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneScalar<T> SplitExponent(LaneScalar<T> value, out LaneScalar<T> exponent)
    {
        if (typeof(T) == typeof(double))
        {
            var bits = BitConverter.DoubleToInt64Bits(Unsafe.BitCast<T, double>(value.value));
            var steps = (bits - DoubleBits.RootOfHalf) >> DoubleBits.Mantissa;
            exponent = new(Unsafe.BitCast<double, T>(steps));
            return new(Unsafe.BitCast<long, T>(bits - (steps << DoubleBits.Mantissa)));
        }
        else
        {
            var bits = BitConverter.SingleToInt32Bits(Unsafe.BitCast<T, float>(value.value));
            var steps = (bits - SingleBits.RootOfHalf) >> SingleBits.Mantissa;
            exponent = new(Unsafe.BitCast<float, T>(steps));
            return new(Unsafe.BitCast<int, T>(bits - (steps << SingleBits.Mantissa)));
        }
    }
}
