using CsCheck;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Statistics;

/// <summary>The Hodges–Lehmann estimate and the interval that inverts the signed-rank test.</summary>
public sealed class ShiftTests
{
    private static readonly Gen<double> AnyLevel = Gen.OneOf(Gen.Const(0.5), Gen.Const(0.05), Gen.Const(0.05 / 2), Gen.Const(0.05 / 13));

    // Roots of different numbers: no two means of pairs are equal.
    private static readonly Gen<double[]> Untied = Gen.Int[1, 9_999].Array[1, 14].Where(roots => roots.Distinct().Count() == roots.Length)
        .Select(roots => roots.Select(root => (root % 2 == 0 ? 1 : -1) * Math.Sqrt(root)).ToArray());

    [Fact]
    public void A_shift_that_the_test_accepts_lies_in_the_interval() => SignedRankTests.Tied.Select(Gen.Int[-20, 20], AnyLevel).Sample((differences, eighths, level) =>
    {
        var shift = Shift.Of(differences, level);
        var at = eighths / 8.0;
        if (SignedRank.PValue(differences, at) > level) Assert.InRange(at, shift.Lower, shift.Upper);
    });

    [Fact]
    public void A_sum_as_high_is_never_less_likely_about_a_higher_shift() => SignedRankTests.Tied.Select(Gen.Int[-20, 20], Gen.Int[0, 20]).Sample((differences, eighths, more) =>
        Assert.True(SignedRank.Tails(differences, eighths / 8.0).Above <= SignedRank.Tails(differences, (eighths + more) / 8.0).Above + 1e-12));

    [Fact]
    public void The_interval_is_the_one_that_a_search_through_all_shifts_finds() => SignedRankTests.Tied.Select(AnyLevel).Sample((differences, level) =>
    {
        // Ranks change at quarters only; so every eighth and the two ends are all that there is to try.
        double[] accepted = [.. Enumerable.Range(-40, 81).Select(eighth => eighth / 8.0).Where(at => SignedRank.Tails(differences, at).Above > level / 2)];
        var least = accepted.Length == 0 ? double.PositiveInfinity : accepted[0] <= -5 ? double.NegativeInfinity : Math.Floor(accepted[0] * 4) / 4;
        Assert.Equal(least, Shift.Of(differences, level).Lower);
    });

    [Fact]
    public void Differences_of_any_size_have_the_interval_of_their_ranks()
    {
        Assert.Equal((1, 1e31), (Math.Round(Shift.Of([1, 1e17, 3e17, 1e20, 1e30, 1e31], 0.05).Lower, 9), Shift.Of([1, 1e17, 3e17, 1e20, 1e30, 1e31], 0.05).Upper));
        Assert.Equal((-1e31, -1e17), (Shift.Of([-1e17, -3e17, -1e19, -1e20, -1e30, -1e31], 0.05).Lower, Shift.Of([-1e17, -3e17, -1e19, -1e20, -1e30, -1e31], 0.05).Upper));
    }

    [Fact]
    public void A_bound_is_accepted_or_next_to_shifts_that_are() => SignedRankTests.Tied.Select(AnyLevel).Sample((differences, level) =>
    {
        var shift = Shift.Of(differences, level);
        if (double.IsFinite(shift.Lower)) Assert.Contains((double[])[shift.Lower, shift.Lower + 0.01], at => SignedRank.Tails(differences, at).Above > level / 2);
        if (double.IsFinite(shift.Upper)) Assert.Contains((double[])[shift.Upper, shift.Upper - 0.01], at => SignedRank.Tails(differences, at).Below > level / 2);
    });

    [Fact]
    public void Without_ties_the_interval_holds_exactly_what_the_test_accepts() => Untied.Select(Gen.Double[-100, 100]).Sample((differences, at) =>
    {
        var shift = Shift.Of(differences, 0.05);
        Assert.Equal(SignedRank.PValue(differences, at) > 0.05, shift.Lower <= at && at <= shift.Upper);
    });

    [Fact]
    public void The_estimate_is_the_median_of_the_means_of_pairs() => Gen.Double[-1, 1].Array[1, 14].Sample(differences =>
    {
        var means = differences.SelectMany((a, i) => differences.Skip(i).Select(b => (a + b) / 2)).Order().ToArray();
        Assert.Equal((means[(means.Length - 1) / 2] + means[means.Length / 2]) / 2, Shift.Of(differences, 0.05).Estimate, 1e-12);
    });

    [Fact]
    public void Mirrored_differences_have_the_mirrored_interval() => SignedRankTests.Tied.Select(AnyLevel).Sample((differences, level) =>
    {
        var (shift, mirrored) = (Shift.Of(differences, level), Shift.Of([.. differences.Select(difference => -difference)], level));
        Assert.Equal((-shift.Estimate, -shift.Upper, -shift.Lower), (mirrored.Estimate, mirrored.Lower, mirrored.Upper));
    });

    [Fact]
    public void Moving_all_differences_moves_the_interval_as_far() => Gen.Double[-1, 1].Array[6, 14].Select(Gen.Double[-3, 3]).Sample((differences, by) =>
    {
        var (shift, moved) = (Shift.Of(differences, 0.05), Shift.Of([.. differences.Select(difference => difference + by)], 0.05));
        Assert.Equal(shift.Estimate + by, moved.Estimate, 1e-9);
        Assert.Equal(shift.Lower + by, moved.Lower, 1e-9);
        Assert.Equal(shift.Upper + by, moved.Upper, 1e-9);
    });

    [Fact]
    public void A_stricter_level_gives_an_interval_that_holds_the_other() => SignedRankTests.Tied.Sample(differences =>
    {
        var (wide, narrow) = (Shift.Of(differences, 0.05 / 13), Shift.Of(differences, 0.05));
        Assert.True(wide.Lower <= narrow.Lower && narrow.Upper <= wide.Upper);
    });

    [Fact]
    public void The_estimate_lies_in_the_interval() => SignedRankTests.Tied.Sample(differences =>
    {
        var shift = Shift.Of(differences, 0.05);
        Assert.InRange(shift.Estimate, shift.Lower, shift.Upper);
    });

    [Fact]
    public void A_difference_beyond_all_counts_the_same_however_large_it_is() => Gen.Double[-1, 1].Array[6, 14].Sample(differences =>
    {
        var (infinite, large) = (Shift.Of([.. differences, double.PositiveInfinity], 0.05), Shift.Of([.. differences, 1e6], 0.05));
        Assert.Equal(double.IsFinite(infinite.Upper) ? infinite.Upper : 1e5, Math.Min(large.Upper, 1e5), 1e-9);
        Assert.Equal(infinite.Lower, large.Lower, 1e-9);
    });

    [Fact]
    public void Six_repeats_without_ties_span_all_means_and_five_none()
    {
        Assert.Equal(new Shift(3.5, 1, 6), Shift.Of([1, 2, 3, 4, 5, 6], 0.05));
        Assert.Equal(new Shift(3, double.NegativeInfinity, double.PositiveInfinity), Shift.Of([1, 2, 3, 4, 5], 0.05));
        Assert.Equal(Shift.Unknown, Shift.Of([], 0.05));
    }

    [Fact]
    public void A_hundred_repeats_full_of_ties_have_an_interval_about_the_truth()
    {
        double[] differences = [.. Enumerable.Range(0, 100).Select(i => (i * 37 % 21) - 10.0)];
        var shift = Shift.Of(differences, 0.05 / 91);
        Assert.InRange(0, shift.Lower, shift.Upper);
        Assert.InRange(shift.Upper - shift.Lower, 1, 8);
    }
}
