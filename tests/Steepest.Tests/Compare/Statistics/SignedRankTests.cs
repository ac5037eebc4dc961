using CsCheck;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Statistics;

/// <summary>The signed-rank test against all signs counted one by one and against published numbers.</summary>
public sealed class SignedRankTests
{
    /// <summary>Differences full of ties and zeros, and some that are infinite.</summary>
    internal static readonly Gen<double[]> Tied = Gen.Frequency(
        (8, Gen.Int[-4, 4].Select(i => i / 2.0)), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(double.NegativeInfinity))).Array[1, 11];

    // Two-sided 5 % points of the sum of ranks: Wilcoxon and Wilcox, "Some Rapid Approximate Statistical Procedures" (1964), table 2.
    private static readonly (int N, int Critical)[] Published =
    [
        (6, 0), (7, 2), (8, 3), (9, 5), (10, 8), (11, 10), (12, 13), (13, 17), (14, 21), (15, 25), (16, 29), (17, 34), (18, 40), (19, 46), (20, 52),
        (21, 58), (22, 65), (23, 73), (24, 81), (25, 89),
    ];

    [Fact]
    public void Tails_are_those_of_all_signs_counted_one_by_one() => Tied.Select(Gen.Int[-6, 6]).Sample((differences, quarters) =>
    {
        var shift = quarters / 4.0;
        var (below, above) = SignedRank.Tails(differences, shift);
        var (countedBelow, countedAbove) = Counted(differences, shift);
        Assert.Equal(countedBelow, below, 1e-12);
        Assert.Equal(countedAbove, above, 1e-12);
    });

    [Fact]
    public void Critical_values_are_the_published_ones()
    {
        foreach (var (n, critical) in Published)
        {
            Assert.True(SignedRank.PValue(WithNegativeSum(n, critical)) <= 0.05, $"{n} differences");
            Assert.True(SignedRank.PValue(WithNegativeSum(n, critical + 1)) > 0.05, $"{n} differences");
        }
    }

    [Fact]
    public void Hollander_and_Wolfes_depression_scale_factors_have_the_published_p_value_estimate_and_interval()
    {
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        double[] differences = [.. before.Zip(after, (b, a) => b - a)];
        Assert.Equal(20 / 512.0, SignedRank.PValue(differences), 1e-15);
        var shift = Shift.Of(differences, 0.05);
        Assert.Equal((0.46, 0.01, 0.786), (Math.Round(shift.Estimate, 9), Math.Round(shift.Lower, 9), Math.Round(shift.Upper, 9)));
    }

    [Fact]
    public void Zeros_keep_their_ranks()
    {
        // Pratt: ranks 2 to 7 are left for the others, of which one, the smallest, is negative: sums of at most 2 are 0 and 2 of 64.
        Assert.Equal(2 * 2 / 64.0, SignedRank.PValue([0, -1, 2, 3, 4, 5, 6]), 1e-15);
        Assert.Equal(1, SignedRank.PValue([0, 0, 0]));
    }

    // From permutation tests over all signs in SciPy 1.10.
    [Theory]
    [InlineData(0.21875, 0.84375, 2, 0, 5, 1, 0, -2, -2, 3)]
    [InlineData(0.15625, 0.87890625, 4, -1, 2, 4, -2, -1, 1, 2, 0, 0)]
    [InlineData(0.2109375, 0.8115234375, -2, 2, 5, -2, 4, -2, -3, 3, -2, 3, -1, 2)]
    public void Tails_with_ties_and_zeros_are_those_of_scipy(double above, double below, params int[] differences) =>
        Assert.Equal((below, above), SignedRank.Tails([.. differences.Select(difference => (double)difference)], 0));

    [Fact]
    public void All_infinite_on_one_side_is_as_unlikely_as_all_heads() =>
        Assert.Equal(Math.Pow(2, -9), SignedRank.PValue([.. Enumerable.Repeat(double.PositiveInfinity, 10)]), 1e-15);

    private static double[] WithNegativeSum(int n, int sum)
    {
        double[] differences = [.. Enumerable.Range(1, n).Select(rank => (double)rank)];
        for (var rank = n; rank > 0; rank--)
        {
            if (rank > sum) continue;
            differences[rank - 1] = -rank;
            sum -= rank;
        }

        return differences;
    }

    private static (double Below, double Above) Counted(double[] differences, double shift)
    {
        var shifted = differences.Select(difference => difference - shift).ToArray();
        var ranks = shifted.Select(one => shifted.Count(other => Math.Abs(other) < Math.Abs(one)) + ((shifted.Count(other => Math.Abs(other) == Math.Abs(one)) + 1) / 2.0)).ToArray();
        var signed = ranks.Where((_, i) => shifted[i] != 0).ToArray();
        var found = ranks.Where((_, i) => shifted[i] > 0).Sum();
        var sums = Enumerable.Range(0, 1 << signed.Length).Select(signs => signed.Where((_, i) => ((signs >> i) & 1) == 1).Sum()).ToArray();
        return (sums.Count(sum => sum <= found) / (double)sums.Length, sums.Count(sum => sum >= found) / (double)sums.Length);
    }
}
