using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;
using Steepest.Compare.Tuning;

namespace Steepest.Compare.Running;

/// <summary>One contender in one repeat on one task: the whole procedure, from the first try to the final run.</summary>
internal sealed class TuningRun
{
    private readonly Experiment experiment;
    private readonly ExperimentStreams streams;
    private readonly SpacePoint[] points;
    private readonly int confirmed;

    /// <summary>Prepares the procedure.</summary>
    /// <param name="experiment">For how many tries and fresh starts.</param>
    /// <param name="task">The task.</param>
    /// <param name="contender">Who.</param>
    /// <param name="repeat">The repeat, from 0.</param>
    public TuningRun(Experiment experiment, TaskSpec task, ExperimentContender contender, int repeat)
    {
        (this.experiment, Task, Contender, Repeat) = (experiment, task, contender, repeat);
        streams = new ExperimentStreams(experiment.Seed, repeat, contender.Salt);
        if (contender.Space.IsAsSet)
        {
            points = [];
            return;
        }

        var places = streams.Places(contender.Space.Dimensions.Count);
        points = [.. Enumerable.Range(0, experiment.Tries).Select(n => SpacePoint.At(contender.Space, places.At(n)))];

        // A space of two settings has no third best one.
        confirmed = Math.Min(experiment.Confirmed, points.Distinct().Count());
    }

    public TaskSpec Task { get; }

    public ExperimentContender Contender { get; }

    public int Repeat { get; }

    /// <summary>How many trials the procedure has.</summary>
    public int Trials => Contender.Space.IsAsSet ? 1 : points.Length + (confirmed * experiment.Confirmations) + 2;

    /// <summary>The trial of a purpose.</summary>
    public TrialSpec Describe(TrialPurpose purpose, int number, SpacePoint? point)
    {
        var optimizer = point?.Of(Contender.Optimizer) ?? Contender.Optimizer;
        return new TrialSpec(Task, optimizer, streams.Split, streams.Start(purpose, number))
        {
            Groups = [.. Contender.Groups.Select(group => group.For(optimizer))],
            KeepsEveryEpoch = purpose is TrialPurpose.Final or TrialPurpose.AsSet,
        };
    }

    /// <summary>Runs the procedure.</summary>
    /// <param name="run">Gives the trial of a purpose, a number and a setting, wherever it comes from; <see langword="null"/> once cancelled.</param>
    /// <returns>Its trials in order, as far as it came.</returns>
    public IReadOnlyList<ExperimentTrial> Run(Func<TuningRun, TrialPurpose, int, SpacePoint?, ExperimentTrial?> run)
    {
        var trials = new List<ExperimentTrial>();
        if (Contender.Space.IsAsSet)
        {
            Add(TrialPurpose.Final, 0, null);
            return trials;
        }

        for (var n = 0; n < points.Length; n++)
        {
            if (!Add(TrialPurpose.Try, n, points[n])) return trials;
        }

        var best = Best(trials);
        foreach (var point in best)
        {
            for (var start = 0; start < experiment.Confirmations; start++)
            {
                if (!Add(TrialPurpose.Confirmation, start, point)) return trials;
            }
        }

        if (Add(TrialPurpose.Final, 0, Selected(trials, best))) Add(TrialPurpose.AsSet, 0, null);
        return trials;

        bool Add(TrialPurpose purpose, int number, SpacePoint? point)
        {
            if (run(this, purpose, number, point) is not { } trial) return false;
            trials.Add(trial);
            return true;
        }
    }

    // No loss is so low, and no accuracy so high: without a target the metric at the end alone decides.
    private Reach Reach => Task.Reach ?? new("", Task.IsHigherBetter, Task.IsHigherBetter ? double.PositiveInfinity : double.NegativeInfinity);

    /// <summary>The best settings by their single tries; of equal ones the first.</summary>
    private List<SpacePoint> Best(List<ExperimentTrial> tries) =>
    [
        .. points.Zip(tries, (point, trial) => (Point: point, Trial: trial)).OrderBy(one => Ranking.Of([one.Trial.Curve()], Reach)).Select(one => one.Point).Distinct().Take(confirmed),
    ];

    /// <summary>The setting whose fresh starts have the best median.</summary>
    private SpacePoint Selected(List<ExperimentTrial> trials, List<SpacePoint> best) =>
        best.MinBy(point => Ranking.Of([.. trials.Where(trial => trial.Purpose == TrialPurpose.Confirmation && trial.Setting == point.ToString()).Select(trial => trial.Curve())], Reach))!;
}
