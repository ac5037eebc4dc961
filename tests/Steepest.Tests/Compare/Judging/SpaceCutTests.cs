using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Judging;

/// <summary>Verdicts where every space lacks half a decade.</summary>
public sealed class SpaceCutTests
{
    private static readonly JudgeOptions Options = new() { Target = 0.1, Baseline = "slow" };

    [Fact]
    public void A_contender_whose_best_setting_is_cut_away_loses_its_verdict()
    {
        // Fast is so at its highest setting alone, slow anywhere.
        var task = Judge.Of(Trials(fast: setting => setting == 10 ? 20 : 60, slow: _ => 40), Options).Tasks[0];
        Assert.Equal(Verdict.Better, task.Contests[0].Time.Verdict);
        Assert.Equal([true, false], task.SpaceCuts.Select(cut => cut.IsLowest));
        Assert.Empty(task.SpaceCuts[0].Changes);
        var change = Assert.Single(task.SpaceCuts[1].Changes);
        Assert.Equal(("fast", "slow", Verdict.Better, Verdict.Worse), (change.Contender, change.Against, change.Whole, change.Cut.Verdict));
    }

    [Fact]
    public void Confirmed_starts_are_what_counts_while_any_is_left()
    {
        // The confirmations of 1 need 80 steps, its try only 20: were tries counted, fast would stay better.
        var trials = Trials(fast: _ => 20, slow: _ => 40).Concat(from repeat in Enumerable.Range(0, 10) from start in Enumerable.Range(0, 3) select Run("fast", repeat, 1, 80, TrialRole.Confirmation)).ToArray();
        var cut = Judge.Of(trials, Options).Tasks[0].SpaceCuts;
        Assert.All(cut, one => Assert.Empty(one.Changes));
    }

    [Fact]
    public void A_space_that_half_a_decade_would_empty_stays_whole()
    {
        var task = Judge.Of(Trials(fast: _ => 20, slow: _ => 40, 1, 1.5), Options).Tasks[0];
        Assert.All(task.SpaceCuts, cut => Assert.Empty(cut.Changes));
    }

    [Fact]
    public void Contenders_that_were_not_tuned_have_no_space_to_cut() =>
        Assert.Empty(Judge.Of([.. Trials(fast: _ => 20, slow: _ => 40).Where(trial => trial.Role == TrialRole.Final)], Options).Tasks[0].SpaceCuts);

    private static Trial[] Trials(Func<double, int> fast, Func<double, int> slow, params double[] settings) =>
    [
        .. from repeat in Enumerable.Range(0, 10)
           from one in ((string Name, Func<double, int> Time)[])[("slow", slow), ("fast", fast)]
           from setting in settings.Length == 0 ? [0.01, 0.1, 1, 10] : settings
           from trial in (Trial[])[Run(one.Name, repeat, setting, one.Time(setting), TrialRole.Try), .. setting == 1 ? [Run(one.Name, repeat, 10, one.Time(10), TrialRole.Final)] : (Trial[])[]]
           select trial,
    ];

    private static Trial Run(string contender, int repeat, double setting, int time, TrialRole role) =>
        new("", contender, $"{repeat}", new Curve([.. Enumerable.Range(0, 100).Select(step => (long)step)], [.. Enumerable.Range(1, 100).Select(step => step >= time ? 0.1 : 0.2)]))
        {
            Role = role,
            Setting = setting.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        };
}
