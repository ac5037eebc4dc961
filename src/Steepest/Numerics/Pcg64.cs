using System.Globalization;
using System.Numerics;

namespace Steepest.Numerics;

/// <summary>
/// The random generator of this library: PCG64 (XSL-RR 128/64), with the same numbers as <c>numpy.random.default_rng(seed)</c>.
/// Integers, uniforms and orders are equal bit for bit, normals to one unit in the last place. Nothing is allocated per draw.
/// Not safe for use by several threads at once: give each its own, from a <see cref="SeedSequence"/>.
/// </summary>
/// <remarks>
/// Sources: O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation"
/// (HMC-CS-2014-0905, 2014), section 6.3; Lemire, "Fast Random Integer Generation in an Interval" (2019), algorithm 5.
/// </remarks>
public sealed class Pcg64
{
    private const ulong MultiplierHigh = 2549297995355413924, MultiplierLow = 4865540595714422341;
    private const double UnitOf53Bits = 1.0 / (1UL << 53);

    private ulong stateHigh, stateLow, incrementHigh, incrementLow;
    private uint halfWord;
    private bool hasHalfWord;

    /// <summary>Starts the stream of <c>default_rng(seed)</c>.</summary>
    /// <param name="seed">Any number from 0 to 2⁶⁴ − 1.</param>
    public Pcg64(ulong seed)
        : this(new SeedSequence(seed))
    {
    }

    /// <summary>Starts the stream of <c>default_rng(seedSequence)</c>.</summary>
    /// <param name="seedSequence">Where the state and the increment come from.</param>
    public Pcg64(SeedSequence seedSequence)
    {
        ArgumentNullException.ThrowIfNull(seedSequence);
        var words = seedSequence.GenerateState64(4);
        var increment = (new UInt128(words[2], words[3]) << 1) | 1;
        var state = increment + new UInt128(words[0], words[1]);
        State = new Pcg64State(state, increment, HalfWord: null);
        Step();
    }

    /// <summary>Goes on from a state that was read earlier.</summary>
    /// <param name="state">What <see cref="State"/> gave.</param>
    /// <exception cref="SteepestException">The increment is even, so no generator had this state.</exception>
    public Pcg64(Pcg64State state) => State = state;

    /// <summary>All that this generator remembers; set it to go on from there.</summary>
    /// <exception cref="SteepestException">The increment is even, so no generator had this state.</exception>
    public Pcg64State State
    {
        get => new(
            new UInt128(stateHigh, stateLow),
            new UInt128(incrementHigh, incrementLow),
            hasHalfWord ? halfWord : null);
        set
        {
            if (UInt128.IsEvenInteger(value.Increment))
                throw new SteepestException($"Random state: the increment is {value.Increment}, but a PCG64 increment is odd.");
            (stateHigh, stateLow) = ((ulong)(value.State >> 64), (ulong)value.State);
            (incrementHigh, incrementLow) = ((ulong)(value.Increment >> 64), (ulong)value.Increment);
            (hasHalfWord, halfWord) = (value.HalfWord.HasValue, value.HalfWord.GetValueOrDefault());
        }
    }

    /// <summary>The next 64 random bits. A pending half word stays pending.</summary>
    public ulong NextUInt64()
    {
        Step();
        return BitOperations.RotateRight(stateHigh ^ stateLow, (int)(stateHigh >> 58));
    }

    /// <summary>The next 32 random bits: the lower half of a fresh 64-bit word, then its upper half.</summary>
    public uint NextUInt32()
    {
        if (hasHalfWord)
        {
            hasHalfWord = false;
            return halfWord;
        }

        var word = NextUInt64();
        hasHalfWord = true;
        halfWord = (uint)(word >> 32);
        return (uint)word;
    }

    /// <summary>A number in [0, 1), a multiple of 2⁻⁵³: NumPy's <c>random()</c>.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOf53Bits;

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>); rounding can give <paramref name="high"/> itself.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; a finite distance from <paramref name="low"/>, and may lie below it, as in NumPy.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance between the ends is not finite.</exception>
    public double Uniform(double low, double high) => low + (FiniteDistance(low, high) * NextDouble());

    /// <summary>A number from the normal distribution with mean 0 and standard deviation 1, by the ziggurat method.</summary>
    public double StandardNormal() => Ziggurat.Normal(this);

    /// <summary>A number from the normal distribution.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="standardDeviation"/> is negative or not a number.</exception>
    public double Normal(double mean, double standardDeviation)
    {
        ThrowIfNegativeOrNaN(standardDeviation);
        return mean + (standardDeviation * StandardNormal());
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, each as likely as any other.</summary>
    /// <param name="low">The lowest number drawn.</param>
    /// <param name="high">One above the highest number drawn, or that number itself if <paramref name="endpoint"/>.</param>
    /// <param name="endpoint">Whether <paramref name="high"/> itself can be drawn.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no number to draw.</exception>
    public long Integers(long low, long high, bool endpoint = false)
    {
        if (endpoint)
            ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
        else
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);

        var highest = unchecked((ulong)high - (ulong)low - (endpoint ? 0UL : 1UL));
        ulong offset = highest switch
        {
            0 => 0,
            < uint.MaxValue => Lemire32((uint)highest),
            uint.MaxValue => NextUInt32(),
            < ulong.MaxValue => Lemire64(highest),
            ulong.MaxValue => NextUInt64(),
        };
        return unchecked(low + (long)offset);
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
    /// <typeparam name="T">What is shuffled; rows of a matrix are shuffled by shuffling their indices.</typeparam>
    /// <param name="items">The items, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)MaskedRejection((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Fills <paramref name="destination"/> with what as many calls of <see cref="Uniform"/> would give.</summary>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, a finite distance from <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance between the ends is not finite.</exception>
    public void FillUniform(Span<double> destination, double low = 0, double high = 1)
    {
        var distance = FiniteDistance(low, high);
        foreach (ref var value in destination)
            value = low + (distance * NextDouble());
    }

    /// <summary>Fills <paramref name="destination"/> with what as many calls of <see cref="Normal"/> would give.</summary>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="standardDeviation"/> is negative or not a number.</exception>
    public void FillNormal(Span<double> destination, double mean = 0, double standardDeviation = 1)
    {
        ThrowIfNegativeOrNaN(standardDeviation);
        foreach (ref var value in destination)
            value = mean + (standardDeviation * StandardNormal());
    }

    internal static double FiniteDistance(double low, double high)
    {
        var distance = high - low;
        return double.IsFinite(distance)
            ? distance
            : throw new ArgumentOutOfRangeException(nameof(high), high, string.Create(CultureInfo.InvariantCulture, $"The distance from {low} to {high} is not finite."));
    }

    internal static void ThrowIfNegativeOrNaN(double standardDeviation)
    {
        if (double.IsNaN(standardDeviation) || standardDeviation < 0)
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "A standard deviation is 0 or more.");
    }

    private void Step()
    {
        var high = Math.BigMul(stateLow, MultiplierLow, out var low);
        high += (stateHigh * MultiplierLow) + (stateLow * MultiplierHigh);
        stateLow = low + incrementLow;
        stateHigh = high + incrementHigh + (stateLow < low ? 1UL : 0UL);
    }

    /// <summary>A number from 0 to <paramref name="highest"/>, which is below 2³² − 1.</summary>
    private uint Lemire32(uint highest)
    {
        var count = highest + 1;
        var product = (ulong)NextUInt32() * count;
        if ((uint)product < count)
        {
            var threshold = (uint.MaxValue - highest) % count;
            while ((uint)product < threshold)
                product = (ulong)NextUInt32() * count;
        }

        return (uint)(product >> 32);
    }

    /// <summary>A number from 0 to <paramref name="highest"/>, which is below 2⁶⁴ − 1.</summary>
    private ulong Lemire64(ulong highest)
    {
        var count = highest + 1;
        var drawn = Math.BigMul(NextUInt64(), count, out var low);
        if (low < count)
        {
            var threshold = (ulong.MaxValue - highest) % count;
            while (low < threshold)
                drawn = Math.BigMul(NextUInt64(), count, out low);
        }

        return drawn;
    }

    /// <summary>A number from 0 to <paramref name="highest"/>, as NumPy draws it for a shuffle.</summary>
    private uint MaskedRejection(uint highest)
    {
        var mask = uint.MaxValue >> BitOperations.LeadingZeroCount(highest);
        uint drawn;
        do
        {
            drawn = NextUInt32() & mask;
        }
        while (drawn > highest);
        return drawn;
    }
}
