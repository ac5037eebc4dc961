using Steepest.Compare;
using Steepest.Compare.Running;

namespace Steepest.Tests.Compare.Running;

/// <summary>What contenders of a repeat share, and what they do not.</summary>
public sealed class PairingTests
{
    private static readonly ExperimentResult Small = SmallExperiment.Run(SmallExperiment.Experiment);

    [Fact]
    public void Contenders_share_the_split_of_a_repeat_and_each_start() =>
        Assert.All(Small.Trials.GroupBy(trial => (trial.Task, trial.Repeat, trial.Purpose, trial.Number)), together =>
        {
            Assert.Equal(2, together.Select(trial => trial.Contender).Distinct().Count());
            Assert.Single(together.Select(trial => (trial.Spec.Split, trial.Spec.Seed)).Distinct());
        });

    [Fact]
    public void Tries_confirmations_and_the_final_run_start_elsewhere_and_so_do_repeats()
    {
        var starts = Small.Trials.Where(trial => trial.Task == Small.Experiment.Tasks[0]).GroupBy(trial => trial.Spec.Seed, trial => (trial.Repeat, Purpose: trial.Purpose == TrialPurpose.AsSet ? TrialPurpose.Final : trial.Purpose, trial.Number));
        Assert.All(starts, start => Assert.Single(start.Distinct()));
        Assert.Equal(2 * (4 + 3 + 1), starts.Count());
        Assert.Equal(2, Small.Trials.Select(trial => trial.Spec.Split).Distinct().Count());
    }

    [Fact]
    public void Contenders_of_one_space_try_the_same_places_and_repeats_try_others()
    {
        var copies = SmallExperiment.Run(SmallExperiment.Experiment with { Contenders = [SmallExperiment.Adam, SmallExperiment.Of("yogi", new Yogi(0.01))] });
        var tries = copies.Trials.Where(trial => trial.Purpose == TrialPurpose.Try).ToArray();
        Assert.All(tries.GroupBy(trial => (trial.Repeat, trial.Number)), together => Assert.Single(together.Select(trial => trial.Setting).Distinct()));
        Assert.Equal(8, tries.Select(trial => trial.Setting).Distinct().Count());
    }

    [Fact]
    public void Who_is_added_changes_nothing_for_the_others_whatever_the_order_and_threads()
    {
        var more = SmallExperiment.Run(SmallExperiment.Experiment with { Contenders = [SmallExperiment.Lion, SmallExperiment.Adam, SmallExperiment.GradientDescent] }, threads: 3);
        foreach (var contender in Small.Experiment.Contenders) Assert.Equal(Of(Small, contender), Of(more, contender));
    }

    [Fact]
    public void More_repeats_begin_with_the_same_ones()
    {
        var more = SmallExperiment.Run(SmallExperiment.Experiment with { Repeats = 3 });
        Assert.Equal(Small.Trials.Select(Numbers), more.Trials.Where(trial => trial.Repeat < 2).Select(Numbers));
    }

    [Fact]
    public void A_salt_gives_other_starts_and_settings_on_the_same_split()
    {
        var salted = SmallExperiment.Run(SmallExperiment.Experiment with { Contenders = [SmallExperiment.Adam, SmallExperiment.Of("copy", new Adam(0.001)) with { Salt = 1UL << 32 }] });
        var (plain, copy) = (Of(salted, SmallExperiment.Adam), salted.Trials.Where(trial => trial.Contender.Salt != 0).Select(Numbers).ToArray());
        Assert.Equal(Of(Small, SmallExperiment.Adam), plain);
        Assert.Equal(plain.Select(one => one.Spec.Split), copy.Select(one => one.Spec.Split));
        Assert.Empty(plain.Select(one => one.Spec.Seed).Intersect(copy.Select(one => one.Spec.Seed)));
        Assert.Empty(plain.Where(one => one.Purpose == TrialPurpose.Try).Select(one => one.Spec.Optimizer).Intersect(copy.Select(one => one.Spec.Optimizer)));
    }

    private static (TrialPurpose Purpose, TrialSpec Spec, TrialResult Result)[] Of(ExperimentResult result, ExperimentContender contender) =>
        [.. result.Trials.Where(trial => trial.Contender == contender).Select(Numbers)];

    private static (TrialPurpose Purpose, TrialSpec Spec, TrialResult Result) Numbers(ExperimentTrial trial) => (trial.Purpose, trial.Spec, trial.Result);
}
