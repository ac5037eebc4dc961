using CsCheck;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Statistics;

/// <summary>Medians, what smaller budgets would have given, profiles and sensitivity.</summary>
public sealed class MedianTests
{
    // Conover, "Practical Nonparametric Statistics" (1999), table A3, and every text since: the ranks of the 95 % interval.
    [Theory]
    [InlineData(6, 1, 6)]
    [InlineData(8, 1, 8)]
    [InlineData(9, 2, 8)]
    [InlineData(10, 2, 9)]
    [InlineData(20, 6, 15)]
    [InlineData(25, 8, 18)]
    [InlineData(100, 40, 61)]
    public void The_interval_of_a_median_is_of_the_published_ranks(int n, int low, int high) =>
        Assert.Equal((low, high), Median.Of(Enumerable.Range(1, n).Select(i => (double)i)).Interval);

    [Fact]
    public void Five_values_are_too_few_for_an_interval() => Assert.Equal(new Median(3, null), Median.Of([1, 2, 3, 4, 5]));

    [Fact]
    public void A_miss_is_a_time_beyond_all()
    {
        var median = Median.Of([1, 2, 3, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity]);
        Assert.Equal((double.PositiveInfinity, (1.0, double.PositiveInfinity)), (median.Value, median.Interval));
    }

    [Fact]
    public void The_expected_best_is_the_mean_over_all_draws() => Gen.Int[0, 9].Array[1, 4].Select(Gen.Bool).Sample((tries, isHigherBetter) =>
    {
        double[] values = [.. tries];
        var expected = ExpectedBest.Of(values, isHigherBetter);
        for (var n = 1; n <= values.Length; n++)
        {
            var draws = Enumerable.Range(0, (int)Math.Pow(values.Length, n)).Select(draw =>
            {
                var drawn = Enumerable.Range(0, n).Select(i => values[draw / (int)Math.Pow(values.Length, i) % values.Length]);
                return isHigherBetter ? drawn.Max() : drawn.Min();
            });
            Assert.Equal(draws.Average(), expected[n - 1], 1e-9);
        }
    });

    [Fact]
    public void A_try_that_diverged_counts_as_the_worst_that_did_not()
    {
        Assert.Equal(ExpectedBest.Of([1, 3, 3], isHigherBetter: false), ExpectedBest.Of([1, double.NaN, 3], isHigherBetter: false));
        Assert.All(ExpectedBest.Of([double.NaN, double.PositiveInfinity], isHigherBetter: false), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void A_profile_is_the_share_of_tasks_within_a_factor_of_the_best()
    {
        var profiles = PerformanceProfile.Of(["a", "b"], [[10, 20], [30, 10], [double.PositiveInfinity, 5], [8, 8]]);
        Assert.Equal([0.5, 0.5, 0.75, 0.75], [profiles[0].At(1), profiles[0].At(2.9), profiles[0].At(3), profiles[0].At(1e9)]);
        Assert.Equal([0.75, 1], [profiles[1].At(1), profiles[1].At(2)]);
        Assert.Equal((1 + 1 + (1 / 3.0)) / 4, profiles[0].Score, 1e-12);
        Assert.Equal((1 + 1 + 1 + (2 / 3.0)) / 4, profiles[1].Score, 1e-12);
    }

    [Fact]
    public void A_ranking_tells_without_which_task_it_would_be_another()
    {
        Assert.Equal([0], PerformanceProfile.RankingDependsOn(["a", "b"], [[10, 100], [20, 18], [20, 19]]));
        Assert.Empty(PerformanceProfile.RankingDependsOn(["a", "b"], [[10, 100], [10, 100]]));

        // Equal over both: without either the other is ahead, whoever is named first.
        Assert.Equal([0, 1], PerformanceProfile.RankingDependsOn(["a", "b"], [[10, 20], [20, 10]]));
    }

    [Fact]
    public void Sensitivity_is_the_width_around_the_best_that_reached_and_where_divergence_begins()
    {
        SettingTried[] tries =
        [
            new(1e-4, ReachTime.Beyond(100), 0.9), new(1e-3, new(80), 0.1), new(1e-2, new(20), 0.1), new(1e-1, new(10), 0.1),
            new(1, ReachTime.Beyond(100), 0.5), new(10, ReachTime.Never, double.NaN), new(100, ReachTime.Never, double.NaN),
        ];
        var found = Sensitivity.Of([tries, [.. tries.Reverse()], []]);
        Assert.Equal(2, found.Decades, 1e-12);
        Assert.Equal((10.0, 0.1, 1e-4, 100.0), (found.DivergesFrom, found.Best, found.Lowest, found.Highest));
    }

    [Fact]
    public void Tries_of_which_none_reached_have_no_width()
    {
        var found = Sensitivity.Of([[new(0.1, ReachTime.Beyond(9), 1), new(1, ReachTime.Beyond(9), 2)]]);
        Assert.Equal((0.0, null, null), (found.Decades, found.DivergesFrom, found.Best));
    }
}
