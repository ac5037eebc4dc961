namespace Steepest.Numerics;

/// <summary>
/// Turns a seed into as many well-mixed words as a generator wants, and into independent seeds for streams of their own.
/// The words equal those of NumPy's <c>numpy.random.SeedSequence</c> with a pool of four words.
/// </summary>
/// <remarks>Source: NumPy reference, "Parallel random number generation"; the mixing is O'Neill's <c>seed_seq_fe</c> (2015).</remarks>
public sealed class SeedSequence
{
    private const int PoolSize = 4;
    private const int XorShift = 16;
    private const uint EntropyStart = 0x43b0d7e5, EntropyMultiplier = 0x931e8875;
    private const uint OutputStart = 0x8b51f9dd, OutputMultiplier = 0x58f38ded;
    private const uint MixLeft = 0xca01f9dd, MixRight = 0x4973f715;

    private readonly uint[] spawnKey;
    private readonly uint[] pool = new uint[PoolSize];

    /// <summary>Mixes <paramref name="entropy"/> and <paramref name="spawnKey"/> into the pool.</summary>
    /// <param name="entropy">The seed, any non-negative integer below 2¹²⁸.</param>
    /// <param name="spawnKey">The stream's place in the tree of streams; empty for the root.</param>
    public SeedSequence(UInt128 entropy, params ReadOnlySpan<uint> spawnKey)
    {
        Entropy = entropy;
        this.spawnKey = spawnKey.ToArray();
        MixPool(AssembledEntropy());
    }

    /// <summary>The seed this sequence was made from.</summary>
    public UInt128 Entropy { get; }

    /// <summary>The stream's place in the tree of streams; empty for the root.</summary>
    public ReadOnlySpan<uint> SpawnKey => spawnKey;

    /// <summary>How many children <see cref="Spawn"/> has made so far; the next child's key ends with this number.</summary>
    public int ChildrenSpawned { get; private set; }

    /// <summary>The first <paramref name="words"/> 32-bit words; every call gives the same ones.</summary>
    /// <param name="words">How many words, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is negative.</exception>
    public uint[] GenerateState32(int words)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(words);
        var state = new uint[words];
        var constant = OutputStart;
        for (var i = 0; i < words; i++)
            state[i] = Hash(pool[i % PoolSize], ref constant, OutputMultiplier);
        return state;
    }

    /// <summary>The first <paramref name="words"/> 64-bit words: pairs of the 32-bit words, low half first.</summary>
    /// <param name="words">How many words, 0 to 2³⁰ − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is out of that range.</exception>
    public ulong[] GenerateState64(int words)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(words);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words, int.MaxValue / 2);
        var halves = GenerateState32(2 * words);
        var state = new ulong[words];
        for (var i = 0; i < words; i++)
            state[i] = halves[2 * i] | ((ulong)halves[(2 * i) + 1] << 32);
        return state;
    }

    /// <summary>
    /// Makes <paramref name="n"/> sequences for independent streams; a further call goes on with further children. A child is the sequence
    /// with the same entropy whose spawn key is this one's with the child's number at its end.
    /// </summary>
    /// <param name="n">How many children, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public SeedSequence[] Spawn(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var children = new SeedSequence[n];
        for (var i = 0; i < n; i++)
            children[i] = new SeedSequence(Entropy, [.. spawnKey, (uint)ChildrenSpawned++]);
        return children;
    }

    /// <summary>The seed's words, least significant first, then the spawn key's.</summary>
    private List<uint> AssembledEntropy()
    {
        List<uint> words = [(uint)Entropy];
        for (var rest = Entropy >> 32; rest != 0; rest >>= 32)
            words.Add((uint)rest);

        // A short seed is padded before a spawn key, so that a key's first word can never pass for a seed's second.
        while (spawnKey.Length > 0 && words.Count < PoolSize)
            words.Add(0);
        words.AddRange(spawnKey);
        return words;
    }

    private void MixPool(List<uint> entropy)
    {
        var constant = EntropyStart;
        for (var i = 0; i < PoolSize; i++)
            pool[i] = Hash(i < entropy.Count ? entropy[i] : 0, ref constant, EntropyMultiplier);

        for (var source = 0; source < PoolSize; source++)
        {
            for (var target = 0; target < PoolSize; target++)
            {
                if (source != target)
                    pool[target] = Mix(pool[target], Hash(pool[source], ref constant, EntropyMultiplier));
            }
        }

        for (var source = PoolSize; source < entropy.Count; source++)
        {
            for (var target = 0; target < PoolSize; target++)
                pool[target] = Mix(pool[target], Hash(entropy[source], ref constant, EntropyMultiplier));
        }
    }

    private static uint Hash(uint value, ref uint constant, uint multiplier)
    {
        value ^= constant;
        constant *= multiplier;
        value *= constant;
        return value ^ (value >> XorShift);
    }

    private static uint Mix(uint x, uint y)
    {
        var mixed = (MixLeft * x) - (MixRight * y);
        return mixed ^ (mixed >> XorShift);
    }
}
