using Steepest.Numerics;

namespace Steepest.Compare.Tuning;

/// <summary>
/// Points that fill the unit cube evenly, however many are taken: the radical inverse of 0, 1, 2 … in a prime base for each dimension, every digit put through a
/// permutation of its own that chance decides, so that the points of two repeats differ and each is uniform.
/// </summary>
/// <remarks>Sources: Halton 1960; scrambled as in Owen, A randomized Halton algorithm in R (2017).</remarks>
internal sealed class HaltonSequence
{
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

    private readonly int[][][] permutations;

    /// <summary>The sequence of a stream.</summary>
    /// <param name="dimensions">1 to 12.</param>
    /// <param name="chance">Decides the permutations; those of the first dimensions are the same however many there are.</param>
    public HaltonSequence(int dimensions, Pcg64 chance)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, Primes.Length);
        permutations = [.. Primes.Take(dimensions).Select(prime => Digits(prime).Select(_ => chance.Permutation(prime)).ToArray())];
    }

    /// <summary>A point: a number in [0, 1) for each dimension.</summary>
    /// <param name="index">Which, from 0.</param>
    public ValueList<double> At(int index) => [.. permutations.Select((digits, dimension) => InverseOf(index, Primes[dimension], digits))];

    // Summed from the smallest digit, so that nothing is lost; all digits count, for those past the index are 0 and permuted too.
    private static double InverseOf(int index, int prime, int[][] permutations)
    {
        var digits = new int[permutations.Length];
        for (var d = 0; d < digits.Length; d++, index /= prime) digits[d] = permutations[d][index % prime];
        var inverse = 0.0;
        for (var d = digits.Length - 1; d >= 0; d--) inverse = (inverse + digits[d]) / prime;
        return Math.Min(inverse, Math.BitDecrement(1));
    }

    // As many digits as a double can tell apart.
    private static IEnumerable<int> Digits(int prime)
    {
        var place = 0;
        for (var left = 1.0; left > 1.0 / (1L << 53); left /= prime) yield return place++;
    }
}
