using Steepest.Compare.Judging;
using Steepest.Compare.Reports;
using Steepest.Compare.Statistics;
using MetricCurve = Steepest.Compare.Statistics.Curve;

namespace Steepest.Tests.Compare.Judging;

/// <summary>From trials to what is compared.</summary>
public sealed class JudgeTests
{
    [Fact]
    public void Contenders_are_compared_within_the_shorter_of_their_budgets()
    {
        // Mirrored times: in half of the repeats each is slow. Only the second's slow runs would be misses, so that its budget would decide.
        var found = Judged(Enumerable.Range(0, 20).SelectMany(repeat => (Trial[])
        [
            Run("patient", repeat, repeat % 2 == 0 ? 30 + repeat : 80 + repeat, budget: 1000),
            Run("hasty", repeat, repeat % 2 == 1 ? 29 + repeat : 81 + repeat, budget: 50),
        ])).Contests[0].Time;
        Assert.Equal((20, 10, 1.0), (found.Informative, found.Ahead, found.PValue));
        Assert.Equal(Verdict.CannotTell, found.Verdict);
    }

    [Fact]
    public void Runs_that_stop_where_they_reach_the_target_have_no_shorter_budget()
    {
        var found = Judged(Enumerable.Range(0, 10).SelectMany(repeat => (Trial[])[Run("slow", repeat, 100 + repeat, 101 + repeat), Run("fast", repeat, 10, 11)])).Contests[0].Time;
        Assert.Equal((Verdict.Better, 0), (found.Verdict, found.Estimate.Beyond));
        Assert.InRange(found.Estimate.Value, 9, 11);
    }

    [Fact]
    public void A_target_that_no_one_reaches_puts_no_one_in_another_order()
    {
        // At 0.1 b is the first; what is 10 % harder is beyond both budgets, whoever is named first.
        var found = Judged(Enumerable.Range(0, 6).SelectMany(repeat => (Trial[])[Run("a", repeat, 40, 41), Run("b", repeat, 20, 21)]));
        Assert.Empty(found.MovesWithReach);
    }

    [Fact]
    public void A_target_that_changes_who_is_first_is_told()
    {
        // Ten percent easier, at 0.11, is reached by a at once.
        var found = Judged(Enumerable.Range(0, 6).SelectMany(repeat => (Trial[])
            [new("", "a", $"{repeat}", new MetricCurve([0, 5, 40], [1, 0.105, 0.1])), new("", "b", $"{repeat}", new MetricCurve([0, 20, 40], [1, 0.1, 0.1]))]));
        Assert.Equal([new Reach("loss", false, 0.1).Moved(1.1)], found.MovesWithReach);
    }

    [Fact]
    public void A_target_from_runs_of_several_settings_is_from_the_best_of_each_repeat()
    {
        var found = Judge.Of(
            [.. Enumerable.Range(0, 6).SelectMany(repeat => (Trial[])[Ending("a", repeat, "0.1", 0.2 + (repeat / 100.0)), Ending("a", repeat, "1e-9", 2.3), Ending("b", repeat, "0.1", 0.1)])],
            new JudgeOptions());
        Assert.Equal(0.25, found.Tasks[0].Reach.Value);

        static Trial Ending(string contender, int repeat, string setting, double loss) => new("", contender, $"{repeat}", new MetricCurve([0, 10], [2.3, loss])) { Setting = setting };
    }

    [Fact]
    public void One_that_always_diverged_is_beaten_by_more_than_any_ratio()
    {
        var trials = Enumerable.Range(0, 8).SelectMany(repeat => (Trial[])[Run("a", repeat, 10, 100), new("", "b", $"{repeat}", new MetricCurve([0, 3], [1, double.NaN]))]).ToArray();
        var said = JudgementWords.Of(Judge.Of(trials, new JudgeOptions { Target = 0.1 }));
        Assert.Equal("a needs fewer steps than b by more than any ratio, for b diverged.", said[1]);
    }

    private static TaskJudgement Judged(IEnumerable<Trial> trials) => Judge.Of([.. trials], new JudgeOptions { Target = 0.1 }).Tasks[0];

    // Evaluated at every step; at 0.1 from the step on.
    private static Trial Run(string contender, int repeat, int reachedAt, int budget) =>
        new("", contender, $"{repeat}", new MetricCurve([.. Enumerable.Range(0, budget).Select(step => (long)step)], [.. Enumerable.Range(0, budget).Select(step => step < reachedAt ? 1 : 0.1)]));
}
