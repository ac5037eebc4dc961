using System.Numerics;

namespace Steepest.Numerics;

/// <summary>
/// A lane of floating-point numbers that arithmetic treats as one: 512, 256 or 128 bits wide, or a single number. Code written once over
/// <typeparamref name="TSelf"/> runs at every width, and since each operation rounds as IEEE 754 says, gives equal bits at every width.
/// </summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ILane<TSelf, T>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The same number in every place.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>Sum, place by place.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Difference, place by place.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Product, place by place.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>One number times every place.</summary>
    static abstract TSelf operator *(T left, TSelf right);

    /// <summary>Every place plus one number.</summary>
    static abstract TSelf operator +(TSelf left, T right);

    /// <summary>Quotient, place by place.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Square root, place by place.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Absolute value, place by place.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The magnitude of one value with the sign of another, place by place.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary><c>left · right + addend</c>, rounded once, place by place.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary><c>left &gt; right ? yes : no</c>, place by place; a comparison with NaN is false.</summary>
    static abstract TSelf WhereGreater(TSelf left, TSelf right, TSelf yes, TSelf no);
}

/// <summary>What the library's own kernels need of a lane beyond arithmetic: memory, and the bits of its numbers.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IKernelLane<TSelf, T> : ILane<TSelf, T>
    where TSelf : struct, IKernelLane<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers the lane holds.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of a product's block that keep its sums in the processor's registers, at most <see cref="ProductBlock.MostRows"/>.</summary>
    static abstract int BlockRows { get; }

    /// <summary>Lanes a row of such a block, at most <see cref="ProductBlock.MostLanes"/>.</summary>
    static abstract int BlockLanes { get; }

    /// <summary>Reads <see cref="Count"/> numbers from <paramref name="source"/> on.</summary>
    static abstract TSelf Load(ref readonly T source);

    /// <summary>Writes <see cref="Count"/> numbers from <paramref name="destination"/> on.</summary>
    static abstract void Store(TSelf value, ref T destination);

    /// <summary>The first <paramref name="count"/> numbers of a lane, or all if it has not so many, and zeros behind them.</summary>
    static abstract TSelf FirstOf(TSelf value, int count);

    /// <summary>The sum of the lane's numbers, folded in halves: the upper half is added to the lower until one is left.</summary>
    static abstract T SumOfHalves(TSelf value);

    /// <summary>2ⁿ for whole <paramref name="exponent"/>s whose power is a normal number.</summary>
    static abstract TSelf PowerOfTwo(TSelf exponent);

    /// <summary>Splits positive normal numbers into <c>mantissa · 2^exponent</c> with the mantissa in [√½, √2).</summary>
    static abstract TSelf SplitExponent(TSelf value, out TSelf exponent);
}
