using System.Numerics;

namespace Steepest.Numerics;

/// <summary>
/// The Mersenne Twister MT19937 with the same numbers as NumPy's legacy <c>numpy.random.RandomState(seed)</c>, on which scikit-learn's
/// splits rest. For anything new take <see cref="Pcg64"/>. Not safe for use by several threads at once.
/// </summary>
/// <remarks>
/// Source: Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator"
/// (ACM TOMACS 8, 1998), section 2 and table II; the seeding is their <c>init_genrand</c> of 2002.
/// </remarks>
public sealed class MersenneTwister
{
    private const int StateSize = 624, Middle = 397;
    private const uint Twist = 0x9908b0df, UpperMask = 0x80000000, LowerMask = 0x7fffffff;

    private readonly uint[] state = new uint[StateSize];
    private int position = StateSize;
    private double pendingNormal;
    private bool hasPendingNormal;

    /// <summary>Starts the stream of <c>RandomState(seed)</c>.</summary>
    /// <param name="seed">Any number from 0 to 2³² − 1.</param>
    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < StateSize; i++)
            state[i] = (1812433253 * (state[i - 1] ^ (state[i - 1] >> 30))) + i;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if (position == StateSize)
            TwistState();
        var y = state[position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double RandomSample()
    {
        uint upper = NextUInt32() >> 5, lower = NextUInt32() >> 6;
        return ((upper * 67108864.0) + lower) / 9007199254740992.0;
    }

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>); rounding can give <paramref name="high"/> itself.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; a finite distance from <paramref name="low"/>, and may lie below it, as in NumPy.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance between the ends is not finite.</exception>
    public double Uniform(double low, double high) => low + (Pcg64.FiniteDistance(low, high) * RandomSample());

    /// <summary>A number from the normal distribution with mean 0 and standard deviation 1.</summary>
    /// <remarks>
    /// Marsaglia and Bray's polar method (SIAM Review 6, 1964): two numbers are made at once, and the second is kept for the next call.
    /// One number in 3,000 is not NumPy's to the last bit, as NumPy takes the C library's log; it is then 1 or 2 units off.
    /// </remarks>
    public double StandardNormal()
    {
        if (hasPendingNormal)
        {
            hasPendingNormal = false;
            return pendingNormal;
        }

        double x, y, squared;
        do
        {
            x = (2.0 * RandomSample()) - 1.0;
            y = (2.0 * RandomSample()) - 1.0;
            squared = (x * x) + (y * y);
        }
        while (squared >= 1.0 || squared == 0.0);

        var factor = Math.Sqrt(-2.0 * NearestExpLog.Log(squared) / squared);
        hasPendingNormal = true;
        pendingNormal = factor * x;
        return factor * y;
    }

    /// <summary>A number from the normal distribution.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="standardDeviation"/> is negative or not a number.</exception>
    public double Normal(double mean, double standardDeviation)
    {
        Pcg64.ThrowIfNegativeOrNaN(standardDeviation);
        return mean + (standardDeviation * StandardNormal());
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/> − 1: <c>randint(low, high)</c>.</summary>
    /// <param name="low">The lowest number drawn.</param>
    /// <param name="high">One above the highest number drawn.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no number to draw.</exception>
    public long Integers(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return unchecked(low + (long)MaskedRejection((ulong)high - (ulong)low - 1));
    }

    /// <summary>The numbers 0 to <paramref name="n"/> − 1 in random order.</summary>
    /// <param name="n">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public int[] Permutation(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        int[] order = [.. Enumerable.Range(0, n)];
        Shuffle<int>(order);
        return order;
    }

    /// <summary>Puts <paramref name="items"/> in random order (Fisher and Yates, from the end).</summary>
    /// <typeparam name="T">What is shuffled.</typeparam>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)MaskedRejection((ulong)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>
    /// <paramref name="count"/> different numbers below <paramref name="n"/> in random order: <c>choice(n, count, replace=False)</c>.
    /// </summary>
    /// <param name="n">How many there are to choose from, 0 or more.</param>
    /// <param name="count">How many are chosen, 0 to <paramref name="n"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public int[] Choice(int n, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, n);
        return Permutation(n)[..count];
    }

    private void TwistState()
    {
        for (var i = 0; i < StateSize; i++)
        {
            var y = (state[i] & UpperMask) | (state[(i + 1) % StateSize] & LowerMask);
            state[i] = state[(i + Middle) % StateSize] ^ (y >> 1) ^ ((y & 1) * Twist);
        }

        position = 0;
    }

    /// <summary>A number from 0 to <paramref name="highest"/>; one word a try below 2³², else two, the upper half first.</summary>
    private ulong MaskedRejection(ulong highest)
    {
        if (highest == 0)
            return 0;
        var mask = ulong.MaxValue >> BitOperations.LeadingZeroCount(highest);
        ulong drawn;
        do
        {
            drawn = (highest > uint.MaxValue ? ((ulong)NextUInt32() << 32) | NextUInt32() : NextUInt32()) & mask;
        }
        while (drawn > highest);
        return drawn;
    }
}
