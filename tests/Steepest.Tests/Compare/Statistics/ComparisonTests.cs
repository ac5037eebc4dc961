using CsCheck;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Statistics;

/// <summary>From times and metrics to verdicts.</summary>
public sealed class ComparisonTests
{
    private static readonly Gen<ReachTime> AnyTime = Gen.Frequency((4, Gen.Int[1, 40].Select(time => new ReachTime(time))), (1, Gen.Const(ReachTime.Beyond(40))));

    private static readonly Gen<(ReachTime Mine, ReachTime Its)[]> AnyPairs = AnyTime.Select(AnyTime).Array[1, 14];

    [Fact]
    public void Verdict_and_interval_agree() => AnyPairs.Sample(pairs =>
    {
        var found = Of(pairs);
        Assert.Equal(found.Verdict == Verdict.Better, found.Lower is { IsKnown: true, Value: > 1 } || found.Lower is { Value: 1, Beyond: > 0 });
        Assert.Equal(found.Verdict == Verdict.Worse, found.Upper is { IsKnown: true, Value: < 1 } || found.Upper is { Value: 1, Beyond: < 0 });
        if (found.Verdict is Verdict.Better or Verdict.Worse) Assert.True(found.PValue <= 0.05 && found.CanShow);
    });

    [Fact]
    public void Ratios_that_cancel_out_but_for_rounding_are_no_difference()
    {
        // 5 of 64 signs give a sum of ranks as high, and a mean of two logarithms that cancel out is 1e-16.
        double[] mine = [2, 3, 7, 1, 6, 1, 6], its = [6, 9, 8, 6, 9, 4, 4];
        var found = Of([.. mine.Zip(its, (a, b) => (new ReachTime(a), new ReachTime(b)))]);
        Assert.Equal((Verdict.CannotTell, 1.0), (found.Verdict, found.Lower.Value));
        Assert.True(found.PValue > 0.05);
    }

    [Fact]
    public void Ratios_of_the_margin_are_practically_equal_whatever_their_rounding()
    {
        for (var time = 10; time <= 1000; time += 10)
            Assert.Equal(Verdict.PracticallyEqual, Of([.. Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? (new ReachTime(time), new ReachTime(1.1 * time)) : (new ReachTime(1.1 * time), new ReachTime(time)))]).Verdict);
    }

    [Fact]
    public void Repeats_that_are_added_are_advised_for_the_level_of_the_next_look()
    {
        ReachTime[] mine = [.. Enumerable.Range(0, 10).Select(i => new ReachTime(100 + (37 * i % 100)))], its = [.. Enumerable.Range(0, 10).Select(i => new ReachTime(110 + (61 * i % 100)))];
        RepeatsAdvice At(int look) => Comparison.OfTimes(mine, its, new Level(1, look)).Advice!;
        Assert.Equal(RepeatsAdvice.For([.. PairedSample.OfTimes(mine, its).AtLeast], 0, new Level(1, 2), Math.Log(1.1)), At(1));
        Assert.Equal(RepeatsAdvice.For([.. PairedSample.OfTimes(mine, its).AtLeast], 0, new Level(), Math.Log(1.1)), At(0));
    }

    [Fact]
    public void Contenders_that_change_places_have_the_reciprocal_ratio_and_the_opposite_verdict() => AnyPairs.Sample(pairs =>
    {
        var (found, swapped) = (Of(pairs), Of([.. pairs.Select(pair => (pair.Its, pair.Mine))]));
        AssertReciprocal(found.Estimate, swapped.Estimate);
        AssertReciprocal(found.Lower, swapped.Upper);
        Assert.Equal(found.Verdict switch { Verdict.Better => Verdict.Worse, Verdict.Worse => Verdict.Better, var same => same }, swapped.Verdict);
        Assert.Equal((found.PValue, found.Informative, found.LeftOut), (swapped.PValue, swapped.Informative, swapped.LeftOut));
    });

    [Fact]
    public void A_faster_contender_is_never_worse_for_it() => AnyPairs.Sample(pairs =>
    {
        var faster = pairs.Select(pair => (pair.Mine.IsCensored ? pair.Mine : new ReachTime(pair.Mine.Count / 2), pair.Its)).ToArray();
        Assert.True(Of(faster).Estimate.Value >= Of(pairs).Estimate.Value - 1e-9 || Of(pairs).Informative == 0 || Of(pairs).Estimate.Beyond != 0 || Of(faster).Estimate.Beyond != 0);
    });

    [Fact]
    public void A_contender_always_reached_ten_times_sooner_than_a_budget_is_better_beyond_that()
    {
        var found = Of([.. Enumerable.Repeat((new ReachTime(100), ReachTime.Beyond(1000)), 8)]);
        Assert.Equal(Verdict.Better, found.Verdict);
        Assert.Equal((1, 1, 1), (found.Lower.Beyond, found.Estimate.Beyond, found.Upper.Beyond));
        Assert.Equal(10, found.Lower.Value, 1e-9);
    }

    [Fact]
    public void Pairs_that_say_nothing_are_left_out()
    {
        var found = Of([
            (ReachTime.Beyond(100), ReachTime.Beyond(100)),     // neither reached
            (new ReachTime(80), ReachTime.Beyond(50)),          // the other's budget ended before
            (ReachTime.Never, ReachTime.Beyond(100)),
            (new ReachTime(80), ReachTime.Beyond(80)),          // not reached in as long
            (new ReachTime(80), ReachTime.Never),
            (new ReachTime(80), new ReachTime(160)),
        ]);
        Assert.Equal((3, 3, 3), (found.Informative, found.LeftOut, found.Ahead));
    }

    [Fact]
    public void Times_that_differ_by_a_few_percent_are_practically_equal()
    {
        var found = Of([.. Enumerable.Range(0, 10).Select(i => (new ReachTime(1000 + (i % 3)), new ReachTime(1000 + (i * 7 % 5) - 2)))]);
        Assert.Equal(Verdict.PracticallyEqual, found.Verdict);
        Assert.Null(found.Advice);
    }

    [Fact]
    public void All_times_equal_are_practically_equal()
    {
        var found = Of([.. Enumerable.Repeat((new ReachTime(7), new ReachTime(7)), 6)]);
        Assert.Equal((Verdict.PracticallyEqual, 1.0, 1.0), (found.Verdict, found.Lower.Value, found.Upper.Value));
    }

    [Fact]
    public void Too_few_repeats_show_nothing_and_advise_at_least_as_many_as_can()
    {
        var found = Of([.. Enumerable.Range(10, 5).Select(i => (new ReachTime(i), new ReachTime((3 * i) + (i % 2))))]);
        Assert.False(found.CanShow);
        Assert.False(found.Lower.IsKnown || found.Upper.IsKnown);
        Assert.Equal(Verdict.CannotTell, found.Verdict);
        Assert.InRange(found.Advice!.Least, 6, found.Advice.About);
        Assert.InRange(found.Advice.Most, found.Advice.About, int.MaxValue);
    }

    [Fact]
    public void The_fewest_repeats_are_the_protocols()
    {
        Assert.Equal((6, 10, 12), (new Level(1).FewestRepeats, new Level(13).FewestRepeats, new Level(91).FewestRepeats));
        for (var m = 1; m <= 91; m++)
        {
            var level = new Level(m);
            Assert.True(SignedRank.PValue(Ahead(level.FewestRepeats)) <= level.PerComparison, $"{m} comparisons");
            Assert.True(SignedRank.PValue(Ahead(level.FewestRepeats - 1)) > level.PerComparison, $"{m} comparisons");
        }

        static double[] Ahead(int repeats) => [.. Enumerable.Range(1, repeats).Select(i => (double)i)];
    }

    [Fact]
    public void All_looks_together_stay_within_the_family_wise_level() =>
        Assert.InRange(Enumerable.Range(1, 30).Sum(look => new Level(1, look).OfLook), 0.0499999, 0.05);

    [Fact]
    public void A_metric_that_diverged_is_worse_than_any()
    {
        double[] mine = [0.90, 0.91, 0.92, 0.93, 0.94, 0.95, double.NaN], its = [double.NaN, 0.5, 0.5, 0.5, 0.5, 0.5, double.NaN];
        var found = Comparison.OfMetrics(mine, its, isHigherBetter: true, new Level());
        Assert.Equal((6, 1, Verdict.Better), (found.Informative, found.LeftOut, found.Verdict));
        Assert.Equal(Verdict.Worse, Comparison.OfMetrics(mine, its, isHigherBetter: false, new Level()).Verdict is Verdict.CannotTell ? Verdict.Worse : Verdict.Better);
    }

    private static Comparison Of((ReachTime Mine, ReachTime Its)[] pairs) =>
        Comparison.OfTimes([.. pairs.Select(pair => pair.Mine)], [.. pairs.Select(pair => pair.Its)], new Level());

    private static void AssertReciprocal(Bound a, Bound b)
    {
        Assert.Equal(a.Beyond, -b.Beyond);
        if (a.IsKnown && b.IsKnown) Assert.Equal(1, a.Value * b.Value, 1e-9);
    }
}
