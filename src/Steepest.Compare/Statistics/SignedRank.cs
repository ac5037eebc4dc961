using System.Collections.Concurrent;
using System.Numerics;

namespace Steepest.Compare.Statistics;

/// <summary>
/// The exact Wilcoxon signed-rank test. Differences of zero keep their ranks and have no sign (Pratt); ties, and all that are infinite, share the
/// mean of their ranks; the distribution is the one that these very ranks have when every sign is the toss of a fair coin.
/// </summary>
/// <remarks>Sources: Wilcoxon, "Individual Comparisons by Ranking Methods" (1945); Pratt, "Remarks on Zeros and Ties in the Wilcoxon Signed Rank Procedures" (1959).</remarks>
public static class SignedRank
{
    /// <summary>Differences nearer than this are equal: less is rounding in logarithms of ratios of counts.</summary>
    internal const double Tie = 1e-10;

    private const int MostOnStack = 256;

    private static readonly ConcurrentDictionary<int, double[]> WithoutTies = new();

    /// <summary>How likely a sum of ranks at least as far from its mean is, in either direction, if the differences are symmetric about <paramref name="shift"/>.</summary>
    /// <param name="differences">Paired differences; may be infinite, not NaN.</param>
    /// <param name="shift">A finite number.</param>
    /// <returns>Above 0 and at most 1.</returns>
    public static double PValue(ReadOnlySpan<double> differences, double shift = 0)
    {
        var (below, above) = Tails(differences, shift);
        return Math.Min(1, 2 * Math.Min(below, above));
    }

    /// <summary>The probabilities of a sum of positive ranks as low as the one found, and as high.</summary>
    internal static (double Below, double Above) Tails(ReadOnlySpan<double> differences, double shift)
    {
        var n = differences.Length;
        var size = n <= MostOnStack ? stackalloc double[n] : new double[n];
        var isPositive = n <= MostOnStack ? stackalloc bool[n] : new bool[n];
        for (var i = 0; i < n; i++)
        {
            var difference = differences[i] - shift;
            (size[i], isPositive[i]) = (Math.Abs(difference), difference > 0);
        }

        size.Sort(isPositive);

        // Twice a mean of ranks is a whole number. The smallest are first, and zeros are the smallest.
        var ranks = n <= MostOnStack ? stackalloc int[n] : new int[n];
        int signed = 0, positive = 0, negative = 0;
        var isTied = false;
        for (var from = 0; from < n;)
        {
            var to = from + 1;
            while (to < n && (size[to] == size[to - 1] || size[to] - size[to - 1] <= Tie)) to++;
            var isZero = size[from] <= Tie;
            isTied |= to - from > 1 || isZero;
            for (var i = from; i < to && !isZero; i++)
            {
                ranks[signed++] = from + 1 + to;
                if (isPositive[i]) positive += from + 1 + to;
                else negative += from + 1 + to;
            }

            from = to;
        }

        if (!isTied)
        {
            var untied = WithoutTies.GetOrAdd(n, CumulatedWithoutTies);
            return (untied[positive / 2], untied[negative / 2]);
        }

        // The distribution is symmetric: as high as the larger sum is as low as the smaller.
        var least = Math.Min(positive, negative);
        var (atMost, below) = LowerTail(ranks[..signed], least);
        return positive <= negative ? (atMost, 1 - below) : (1 - below, atMost);
    }

    /// <summary>The probabilities of at most <paramref name="sum"/> and of less, over all signs of these ranks.</summary>
    private static (double AtMost, double Below) LowerTail(ReadOnlySpan<int> ranks, int sum)
    {
        var probability = Distribution(ranks, sum);
        double below = 0;
        for (var s = 0; s < sum; s++) below += probability[s];
        return (below + probability[sum], below);
    }

    private static double[] CumulatedWithoutTies(int n)
    {
        var cumulated = Distribution([.. Enumerable.Range(1, n)], n * (n + 1) / 2);
        for (var s = 1; s < cumulated.Length; s++) cumulated[s] += cumulated[s - 1];
        return cumulated;
    }

    /// <summary>The probability of each sum of positive ranks up to <paramref name="most"/>.</summary>
    private static double[] Distribution(ReadOnlySpan<int> ranks, int most)
    {
        double[] before = new double[most + 1], after = new double[most + 1];
        before[0] = 1;
        var half = new Vector<double>(0.5);
        var highest = 0;
        foreach (var rank in ranks)
        {
            highest = Math.Min(most, highest + rank);
            var s = 0;
            for (; s < rank && s <= highest; s++) after[s] = before[s] / 2;
            for (; s + Vector<double>.Count <= highest + 1; s += Vector<double>.Count)
                ((new Vector<double>(before, s) + new Vector<double>(before, s - rank)) * half).CopyTo(after, s);
            for (; s <= highest; s++) after[s] = (before[s] + before[s - rank]) / 2;
            (before, after) = (after, before);
        }

        return before;
    }
}
