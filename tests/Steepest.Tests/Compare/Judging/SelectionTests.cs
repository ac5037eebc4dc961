using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Judging;

/// <summary>Which setting is selected, and by what.</summary>
public sealed class SelectionTests
{
    private static readonly Reach Reach = new("loss", false, 0.1);

    [Fact]
    public void A_lucky_try_is_not_selected_where_its_confirmations_are_slower()
    {
        var selection = Selection.Of([Run(TrialRole.Try, "1", 5), Run(TrialRole.Try, "2", 20), .. Confirmations("1", 40, 50, 60), .. Confirmations("2", 18, 22, 24), Run(TrialRole.Final, "2", 21)], Reach);
        Assert.Equal(("2", 21.0, false), (selection.Chosen, selection.Final.Curve.TimeTo(Reach).Count, selection.IsOwnChoice));
        Assert.Equal((2, 6), (selection.Tries.Count, selection.Confirmations.Count));
    }

    [Fact]
    public void Of_confirmations_a_miss_is_later_than_all()
    {
        var selection = Selection.Of([.. Confirmations("1", 5, 200, 200), .. Confirmations("2", 90, 90, 200), Run(TrialRole.Final, "2", 21)], Reach);
        Assert.Equal("2", selection.Chosen);
    }

    [Fact]
    public void Neither_the_final_run_nor_the_one_as_set_is_selected_from()
    {
        var selection = Selection.Of([Run(TrialRole.Try, "1", 30), Run(TrialRole.Try, "2", 40), Run(TrialRole.Final, "3", 1), Run(TrialRole.AsSet, "4", 2)], Reach);

        // It is told which setting ran, though another would be selected now.
        Assert.Equal(("3", "3", "4"), (selection.Chosen, selection.Final.Setting, selection.AsSet?.Setting));
        Assert.Equal(["1", "2"], selection.Tries.Select(one => one.Setting));
        Assert.Equal(200, selection.Budget);
    }

    [Fact]
    public void Where_there_is_no_other_run_the_one_as_set_counts() =>
        Assert.Equal("1", Selection.Of([Run(TrialRole.AsSet, "1", 30)], Reach).Final.Setting);

    [Fact]
    public void A_trial_without_a_role_has_the_one_that_its_try_says()
    {
        var trial = Run(TrialRole.Final, "1", 3);
        Assert.Equal(TrialRole.Final, new Trial("", "a", "1", trial.Curve).Role);
        Assert.Equal(TrialRole.Final, new Trial("", "a", "1", trial.Curve) { Try = "final" }.Role);
        Assert.Equal(TrialRole.Try, new Trial("", "a", "1", trial.Curve) { Try = "7" }.Role);
    }

    [Fact]
    public void Several_runs_as_set_are_refused() =>
        Assert.Throws<SteepestException>(() => Selection.Of([Run(TrialRole.AsSet, "1", 30), Run(TrialRole.AsSet, "2", 30)], Reach));

    // At 0.1 after so many steps, of 100.
    private static Trial Run(TrialRole role, string setting, int time) =>
        new("", "a", "1", new Curve([.. Enumerable.Range(0, 100).Select(step => (long)step)], [.. Enumerable.Range(1, 100).Select(step => step >= time ? 0.1 : 0.2)])) { Role = role, Setting = setting };

    private static IEnumerable<Trial> Confirmations(string setting, params int[] times) => times.Select(time => Run(TrialRole.Confirmation, setting, time));
}
