using Steepest.Compare;
using Steepest.Compare.Running;

namespace Steepest.Tests.Compare.Running;

/// <summary>The procedure against curves made by hand.</summary>
public sealed class TuningRunTests
{
    private static readonly TaskSpec Valley = TaskCatalog.TurnedValley with { Epochs = 4, Target = 0.5 };

    [Fact]
    public void Tries_come_first_then_fresh_starts_of_the_best_then_the_final_run_and_the_one_as_set()
    {
        var trials = Run(SmallExperiment.Adam, Valley, (_, number, _) => Falling(by: number));
        Assert.Equal(
            [.. Enumerable.Repeat(TrialPurpose.Try, 6), .. Enumerable.Repeat(TrialPurpose.Confirmation, 9), TrialPurpose.Final, TrialPurpose.AsSet], trials.Select(trial => trial.Purpose));
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 0], trials.Select(trial => trial.Number));
        Assert.All(trials, trial => Assert.Equal(trial.Purpose is TrialPurpose.Final or TrialPurpose.AsSet, trial.Spec.KeepsEveryEpoch));
        Assert.Equal("", trials[^1].Setting);
        Assert.Equal(SmallExperiment.Adam.Optimizer, trials[^1].Spec.Optimizer);
    }

    [Fact]
    public void The_fastest_three_are_confirmed_and_of_those_that_never_reach_it_the_lowest()
    {
        // The target is reached at the third, second, and third evaluation; then by the end's height.
        double[][] tries = [[1, 0.9, 0.9, 0.9], [1, 1, 0.4, 0.9], [1, 0.4, 1, 1], [1, 1, 0.5, 0.1], [1, 1, 1, double.NaN], [1, 1, 1, 0.6]];
        var trials = Run(SmallExperiment.Adam, Valley, (purpose, number, _) => purpose == TrialPurpose.Try ? tries[number] : [1, 1, 1, 1]);
        Assert.Equal(Settings(trials, 2, 3, 1), Confirmed(trials));

        var none = Run(SmallExperiment.Adam, Valley with { Target = null }, (purpose, number, _) => purpose == TrialPurpose.Try ? tries[number] : [1, 1, 1, 1]);
        Assert.Equal(Settings(none, 3, 5, 0), Confirmed(none));
    }

    [Fact]
    public void The_best_median_of_fresh_starts_is_selected_for_one_lucky_start_is_none()
    {
        var trials = Run(SmallExperiment.Adam, Valley, (purpose, number, seen) => purpose switch
        {
            TrialPurpose.Try => Falling(by: number),

            // The first of the best reaches it at once, but once only; the second always late; the third twice.
            TrialPurpose.Confirmation => (seen, number) switch
            {
                (0, 0) => [0, 0, 0, 0],
                (0, _) => [1, 1, 1, 1],
                (1, _) => [1, 1, 1, 0],
                (_, 1) => [1, 1, 1, 1],
                _ => [1, 1, 0, 0],
            },
            _ => [1, 1, 1, 1],
        });
        Assert.Equal(Confirmed(trials)[2], trials.Single(trial => trial.Purpose == TrialPurpose.Final).Setting);
    }

    [Fact]
    public void Of_an_accuracy_the_higher_is_better()
    {
        var digits = TaskCatalog.Digits with { Target = null };
        var trials = Run(SmallExperiment.Adam, digits, (purpose, number, _) => purpose == TrialPurpose.Try ? [0, 0.1 * number] : [0, 0.5]);
        Assert.Equal(Settings(trials, 5, 4, 3), Confirmed(trials));
    }

    [Fact]
    public void A_space_of_two_settings_confirms_both_and_is_complete()
    {
        var contender = SmallExperiment.Of("sgd", new Sgd(0.1, Momentum: 0.9), new([new("nesterov", 0, 1, SpaceScale.Whole)]));
        var trials = Run(contender, Valley, (_, number, _) => Falling(by: number));
        Assert.Equal(6 + (2 * 3) + 2, trials.Count);
        Assert.Equal(trials.Count, new TuningRun(SmallExperiment.Experiment with { Tries = 6 }, Valley, contender, repeat: 0).Trials);
        Assert.True(SmallExperiment.Run(SmallExperiment.Experiment with { Contenders = [SmallExperiment.Adam, contender] }).IsComplete);
    }

    [Fact]
    public void As_set_there_is_one_run()
    {
        var contender = SmallExperiment.Of("adam", new Adam(0.02), SearchSpace.AsSet);
        var trial = Assert.Single(Run(contender, Valley, (_, _, _) => [1, 1, 1, 1]));
        Assert.Equal((TrialPurpose.Final, contender.Optimizer), (trial.Purpose, trial.Spec.Optimizer));
    }

    [Fact]
    public void A_procedure_that_is_cancelled_gives_what_it_has()
    {
        var left = 8;
        Assert.Equal(8, Run(SmallExperiment.Adam, Valley, (_, number, _) => left-- > 0 ? Falling(by: number) : null).Count);
    }

    // The curve is of a purpose, a number, and which of the confirmed settings it is.
    private static IReadOnlyList<ExperimentTrial> Run(ExperimentContender contender, TaskSpec task, Func<TrialPurpose, int, int, double[]?> curve)
    {
        var confirmed = new List<string>();
        return new TuningRun(SmallExperiment.Experiment with { Tries = 6 }, task, contender, repeat: 0).Run((run, purpose, number, point) =>
        {
            if (purpose == TrialPurpose.Confirmation && !confirmed.Contains(point!.ToString())) confirmed.Add(point.ToString());
            if (curve(purpose, number, confirmed.Count - 1) is not { } metric) return null;
            var result = new TrialResult([.. Enumerable.Range(0, metric.Length)], [.. metric], [.. Enumerable.Range(1, metric.Length).Select(count => (long)count)]);
            return new ExperimentTrial(task, contender, 0, purpose, number, point?.ToString() ?? "", run.Describe(purpose, number, point), result, IsRemembered: false);
        });
    }

    private static double[] Falling(int by) => [1, 1, 1, 1 - (0.01 * by)];

    private static string[] Settings(IReadOnlyList<ExperimentTrial> trials, params int[] tries) => [.. tries.Select(n => trials[n].Setting)];

    private static string[] Confirmed(IReadOnlyList<ExperimentTrial> trials) => [.. trials.Where(trial => trial.Purpose == TrialPurpose.Confirmation).Select(trial => trial.Setting).Distinct()];
}
