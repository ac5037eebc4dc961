using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Steepest.Numerics;

/// <summary>A lane of 256 bits: 4 doubles or 8 floats.</summary>
internal readonly struct Lane256<T>(Vector256<T> vector) : IKernelLane<Lane256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> vector = vector;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    // AVX2 has 16 registers.
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
    public static Lane256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Load(ref readonly T source) => new(Vector256.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane256<T> value, ref T destination) => value.vector.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator +(Lane256<T> left, Lane256<T> right) => new(left.vector + right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> left, Lane256<T> right) => new(left.vector - right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator *(Lane256<T> left, Lane256<T> right) => new(left.vector * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator *(T left, Lane256<T> right) => new(Vector256.Create(left) * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator +(Lane256<T> left, T right) => new(left.vector + Vector256.Create(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator /(Lane256<T> left, Lane256<T> right) => new(left.vector / right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Sqrt(Lane256<T> value) => new(Vector256.Sqrt(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Abs(Lane256<T> value) => new(Vector256.Abs(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> CopySign(Lane256<T> magnitude, Lane256<T> sign) => new(Vector256.CopySign(magnitude.vector, sign.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> FusedMultiplyAdd(Lane256<T> left, Lane256<T> right, Lane256<T> addend) => typeof(T) == typeof(double)
        ? new(Vector256.FusedMultiplyAdd(left.vector.AsDouble(), right.vector.AsDouble(), addend.vector.AsDouble()).As<double, T>())
        : new(Vector256.FusedMultiplyAdd(left.vector.AsSingle(), right.vector.AsSingle(), addend.vector.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> WhereGreater(Lane256<T> left, Lane256<T> right, Lane256<T> yes, Lane256<T> no) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left.vector, right.vector), yes.vector, no.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> FirstOf(Lane256<T> value, int count) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Create(T.CreateTruncating(count)), Vector256<T>.Indices), value.vector, Vector256<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumOfHalves(Lane256<T> value) => Lane128<T>.SumOfHalves(new(value.vector.GetLower() + value.vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> PowerOfTwo(Lane256<T> exponent) => typeof(T) == typeof(double)
        ? new(((exponent.vector.AsDouble() + Vector256.Create(DoubleBits.WholeNumbers + DoubleBits.Bias)).AsInt64() << DoubleBits.Mantissa).As<long, T>())
        : new(((exponent.vector.AsSingle() + Vector256.Create(SingleBits.WholeNumbers + SingleBits.Bias)).AsInt32() << SingleBits.Mantissa).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> SplitExponent(Lane256<T> value, out Lane256<T> exponent)
    {
        if (typeof(T) == typeof(double))
        {
            var bits = value.vector.AsInt64();
            var steps = (bits - Vector256.Create(DoubleBits.RootOfHalf)) >> DoubleBits.Mantissa;
            var whole = (steps + Vector256.Create(DoubleBits.WholeNumbersBits)).AsDouble() - Vector256.Create(DoubleBits.WholeNumbers);
            exponent = new(whole.As<double, T>());
            return new((bits - (steps << DoubleBits.Mantissa)).As<long, T>());
        }
        else
        {
            var bits = value.vector.AsInt32();
            var steps = (bits - Vector256.Create(SingleBits.RootOfHalf)) >> SingleBits.Mantissa;
            var whole = (steps + Vector256.Create(SingleBits.WholeNumbersBits)).AsSingle() - Vector256.Create(SingleBits.WholeNumbers);
            exponent = new(whole.As<float, T>());
            return new((bits - (steps << SingleBits.Mantissa)).As<int, T>());
        }
    }
}
