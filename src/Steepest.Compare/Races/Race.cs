using System.Diagnostics;
using System.Numerics;
using System.Runtime.ExceptionServices;
using Steepest.Compare.Reports;

namespace Steepest.Compare;

/// <summary>How far a race is.</summary>
/// <param name="EpochsDone">Epochs run or no longer needed.</param>
/// <param name="EpochsPlanned">Epochs that all runs may take.</param>
/// <param name="RunsDone">Runs finished.</param>
/// <param name="RunsPlanned">Runs in the plan.</param>
public readonly record struct RaceProgress(long EpochsDone, long EpochsPlanned, int RunsDone, int RunsPlanned);

/// <summary>Runs races: the pace setter first if it sets the target, the others one to a core.</summary>
public static class Race
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(60);

    /// <summary>Runs all runs of a plan.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="threads">Runs at once; at least 1.</param>
    /// <param name="progress">Told from time to time, from any thread.</param>
    /// <param name="cancellation">Ends the race; finished runs are kept, those in flight are dropped.</param>
    /// <exception cref="SteepestException">The task cannot be prepared, or an optimizer does not work in its precision.</exception>
    public static RaceResult Run(RacePlan plan, int threads, IProgress<RaceProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var task = plan.Task.Prepare();
        return task.Spec.Precision == Precision.Float
            ? Run<float>(plan, task, threads, progress, cancellation)
            : Run<double>(plan, task, threads, progress, cancellation);
    }

    private static RaceResult Run<T>(RacePlan plan, PreparedRace task, int threads, IProgress<RaceProgress>? progress, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var results = new RunResult?[plan.Runs.Count];
        var meter = new RaceMeter(plan, progress);
        var target = plan.Target;
        var first = 0;
        RequireFit<T>(plan, task);
        WarmUpAll<T>(plan, task, cancellation);
        if (target is null)
        {
            var pace = Counted(plan.Runs[0], null);
            first = 1;
            if (pace?.FinalLoss is { } loss)
            {
                target = new Target(TargetMetric.Loss, loss);
                pace = pace with { ReachedAt = Enumerable.Range(0, pace.Loss.Count).First(epoch => target.IsReached(pace.Loss[epoch], 0, 1)) };
            }

            results[0] = pace;
        }

        if (!cancellation.IsCancellationRequested)
        {
            try
            {
                Parallel.For(first, results.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
                    results[i] = cancellation.IsCancellationRequested ? null : Counted(plan.Runs[i], target));
            }
            catch (AggregateException several)
            {
                // What one run throws is told as if it were alone.
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        }

        return new RaceResult(plan, task, target, [.. results.OfType<RunResult>()], results.All(r => r is not null));

        RunResult? Counted(RunSpec run, Target? reach)
        {
            using var count = meter.Begin<T>(run);
            return RunOne(run, task, reach, count, cancellation);
        }
    }

    /// <summary>Trains one run of a race.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">What it is on.</param>
    /// <param name="target">What to reach, if that is known already.</param>
    /// <param name="observer">Who looks on.</param>
    /// <param name="cancellation">Ends it before its next step.</param>
    /// <returns>What came of it; <see langword="null"/> if it was cancelled.</returns>
    internal static RunResult? RunOne<T>(RunSpec run, PreparedRace task, Target? target, ITrainingObserver<T> observer, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = task.Network.Build<T>(task.Spec.Seed);

        // The cores are taken by the races beside it.
        network.Threads = 1;
        var watch = new TargetWatch<T>(target, run.StopsAtTarget);
        var trainer = new Trainer<T>(network, task.Train, TrainingOf(run, task), watch, observer);

        var started = Stopwatch.GetTimestamp();
        var history = trainer.Run(cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (history.Outcome == TrainingOutcome.Cancelled) return null;

        var test = network.Evaluate(task.Test);
        return new RunResult(run, history.Loss, history.Epochs, watch.ReachedAt, history.DivergedAt, test.Right!.Value, test.Rows, seconds);
    }

    /// <summary>What cannot be trained is said before anything is.</summary>
    internal static void RequireFit<T>(RacePlan plan, PreparedRace task)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var run in plan.Runs)
        {
            CheckRate<T>(run.Optimizer);
            foreach (var group in run.Groups) CheckRate<T>(group.Optimizer);
        }

        foreach (var run in plan.Runs.DistinctBy(run => run.Contender)) _ = new Trainer<T>(task.Network.Build<T>(task.Spec.Seed), task.Train, TrainingOf(run, task));
    }

    private static void CheckRate<T>(Optimizer? optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (optimizer?.LearningRate is not Constant constant) return; // The run itself sees what a schedule gives.
        var rate = T.CreateChecked(constant.Value);
        if (rate > T.Zero && T.IsFinite(rate)) return;
        throw new SteepestException(
            $"The learning-rate of {optimizer.Info.Name} is {Words.Number(constant.Value)}, which is {(rate == T.Zero ? "zero" : "not a positive finite number")} in {(typeof(T) == typeof(float) ? "float" : "double")}.");
    }

    // Batches as large as the data are the full batch.
    private static TrainingSpec TrainingOf(RunSpec run, PreparedRace task) =>
        new(run.Optimizer, run.Epochs, task.Spec.BatchSize < task.Train.Rows ? task.Spec.BatchSize : null, task.Spec.Seed) { Groups = run.Groups };

    /// <summary>Lets the runtime compile what the race will use, so that their times are of training alone.</summary>
    private static void WarmUpAll<T>(RacePlan plan, PreparedRace task, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var run in plan.Runs.DistinctBy(run => run.Contender))
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            enough.CancelAfter(WarmUp);
            new Trainer<T>(task.Network.Build<T>(task.Spec.Seed), task.Train, TrainingOf(run, task), new TargetWatch<T>(null, stops: false)).Run(enough.Token);
        }
    }
}

/// <summary>Notes the first epoch at the target, and ends the run there if it is to.</summary>
internal sealed class TargetWatch<T>(Target? target, bool stops) : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int? ReachedAt { get; private set; }

    public void OnStart(TrainingState<T> state) => state.CountsRight = target?.Metric == TargetMetric.Accuracy;

    public void OnEpoch(TrainingState<T> state)
    {
        if (target is null || ReachedAt is not null || !target.IsReached(state.Loss, state.Right, state.Rows)) return;
        ReachedAt = state.Epoch;
        if (stops) state.RequestStop();
    }
}
