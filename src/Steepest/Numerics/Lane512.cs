using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Steepest.Numerics;

/// <summary>A lane of 512 bits: 8 doubles or 16 floats.</summary>
internal readonly struct Lane512<T>(Vector512<T> vector) : IKernelLane<Lane512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> vector = vector;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    // AVX-512 has 32 registers.
    public static int BlockRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ProductBlock.MostRows;
    }

    public static int BlockLanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ProductBlock.MostLanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Load(ref readonly T source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane512<T> value, ref T destination) => value.vector.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator +(Lane512<T> left, Lane512<T> right) => new(left.vector + right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator -(Lane512<T> left, Lane512<T> right) => new(left.vector - right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator *(Lane512<T> left, Lane512<T> right) => new(left.vector * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator *(T left, Lane512<T> right) => new(Vector512.Create(left) * right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator +(Lane512<T> left, T right) => new(left.vector + Vector512.Create(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator /(Lane512<T> left, Lane512<T> right) => new(left.vector / right.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Sqrt(Lane512<T> value) => new(Vector512.Sqrt(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Abs(Lane512<T> value) => new(Vector512.Abs(value.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> CopySign(Lane512<T> magnitude, Lane512<T> sign) => new(Vector512.CopySign(magnitude.vector, sign.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> FusedMultiplyAdd(Lane512<T> left, Lane512<T> right, Lane512<T> addend) => typeof(T) == typeof(double)
        ? new(Vector512.FusedMultiplyAdd(left.vector.AsDouble(), right.vector.AsDouble(), addend.vector.AsDouble()).As<double, T>())
        : new(Vector512.FusedMultiplyAdd(left.vector.AsSingle(), right.vector.AsSingle(), addend.vector.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> WhereGreater(Lane512<T> left, Lane512<T> right, Lane512<T> yes, Lane512<T> no) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left.vector, right.vector), yes.vector, no.vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> FirstOf(Lane512<T> value, int count) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Create(T.CreateTruncating(count)), Vector512<T>.Indices), value.vector, Vector512<T>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SumOfHalves(Lane512<T> value) => Lane256<T>.SumOfHalves(new(value.vector.GetLower() + value.vector.GetUpper()));

    /// <summary>value · 2ⁿ for whole n, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Scale(Lane512<T> value, Lane512<T> n) => typeof(T) == typeof(double)
        ? new(Avx512F.Scale(value.vector.AsDouble(), n.vector.AsDouble()).As<double, T>())
        : new(Avx512F.Scale(value.vector.AsSingle(), n.vector.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> PowerOfTwo(Lane512<T> exponent) => typeof(T) == typeof(double)
        ? new(((exponent.vector.AsDouble() + Vector512.Create(DoubleBits.WholeNumbers + DoubleBits.Bias)).AsInt64() << DoubleBits.Mantissa).As<long, T>())
        : new(((exponent.vector.AsSingle() + Vector512.Create(SingleBits.WholeNumbers + SingleBits.Bias)).AsInt32() << SingleBits.Mantissa).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> SplitExponent(Lane512<T> value, out Lane512<T> exponent)
    {
        if (typeof(T) == typeof(double))
        {
            var bits = value.vector.AsInt64();
            var steps = (bits - Vector512.Create(DoubleBits.RootOfHalf)) >> DoubleBits.Mantissa;
            var whole = (steps + Vector512.Create(DoubleBits.WholeNumbersBits)).AsDouble() - Vector512.Create(DoubleBits.WholeNumbers);
            exponent = new(whole.As<double, T>());
            return new((bits - (steps << DoubleBits.Mantissa)).As<long, T>());
        }
        else
        {
            var bits = value.vector.AsInt32();
            var steps = (bits - Vector512.Create(SingleBits.RootOfHalf)) >> SingleBits.Mantissa;
            var whole = (steps + Vector512.Create(SingleBits.WholeNumbersBits)).AsSingle() - Vector512.Create(SingleBits.WholeNumbers);
            exponent = new(whole.As<float, T>());
            return new((bits - (steps << SingleBits.Mantissa)).As<int, T>());
        }
    }
}
