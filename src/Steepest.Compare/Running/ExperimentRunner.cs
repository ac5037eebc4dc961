using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Steepest.Compare.Store;
using Steepest.Compare.Tuning;

namespace Steepest.Compare.Running;

/// <summary>
/// Runs experiments, one trial a core. What the store remembers is not computed again: the same experiment, begun anew after whatever ended it, goes on where it was, and
/// a contender more costs its own trials alone.
/// </summary>
public static class ExperimentRunner
{
    /// <summary>Runs what is not remembered, task by task.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="store">Where results are remembered; <see langword="null"/> to remember nothing.</param>
    /// <param name="threads">Trials at once; at least 1.</param>
    /// <param name="observers">Who looks on, in this order.</param>
    /// <param name="cancellation">Ends it; trials in flight are lost, all others are kept.</param>
    /// <exception cref="SteepestException">A task cannot be prepared, a contender can enter none, or the store cannot be written.</exception>
    public static ExperimentResult Run(
        Experiment experiment, ITrialStore? store, int threads, IReadOnlyList<IExperimentObserver>? observers = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var refusals = Refusals(experiment);
        var entries = (
            from task in experiment.Tasks
            from repeat in Enumerable.Range(0, experiment.Repeats)
            from contender in experiment.Contenders
            where !refusals.Any(refusal => refusal.Task == task.Name && refusal.Contender == contender.Contender.Name)
            select (task, repeat, contender)).ToArray();

        // One that fails ends all, as whoever cancels does: nobody waits for an hour to be told of a full disk.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var runs = entries.Select(entry => new TuningRun(experiment, entry.task, entry.contender, entry.repeat)).ToArray();
        var meter = new ExperimentMeter(runs.Sum(run => run.Trials), threads, observers ?? []);
        var trials = new IReadOnlyList<ExperimentTrial>[runs.Length];
        Array.Fill(trials, []);
        try
        {
            // One after the other as cores come free: neither in chunks, nor the last first.
            Parallel.ForEach(
                System.Collections.Concurrent.Partitioner.Create(Enumerable.Range(0, runs.Length), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                (i, state) =>
                {
                    try
                    {
                        if (ending.IsCancellationRequested) state.Stop();
                        else trials[i] = runs[i].Run(RunOne);
                    }
                    catch
                    {
                        ending.Cancel();
                        throw;
                    }
                });
        }
        catch (AggregateException several)
        {
            // What the first trial throws is told as if it were alone.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return new ExperimentResult(experiment, [.. trials.SelectMany(some => some)], refusals, trials.Sum(some => some.Count) == meter.Planned);

        ExperimentTrial? RunOne(TuningRun run, TrialPurpose purpose, int number, SpacePoint? point)
        {
            if (ending.IsCancellationRequested) return null;
            var spec = run.Describe(purpose, number, point);
            var remembered = store?.Find(spec);
            var started = Stopwatch.GetTimestamp();
            if ((remembered ?? spec.Task.Prepare(spec.Split).Run(spec, ending.Token)) is not { } result) return null;
            if (remembered is null) store?.Keep(spec, result);
            var trial = new ExperimentTrial(run.Task, run.Contender, run.Repeat, purpose, number, point?.ToString() ?? "", spec, result, remembered is not null);
            meter.Count(trial, Stopwatch.GetElapsedTime(started));
            return trial;
        }
    }

    /// <summary>Who cannot enter which task, and why.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <exception cref="SteepestException">A task cannot be prepared, or a contender can enter none of them.</exception>
    public static ValueList<ExperimentRefusal> Refusals(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ValueList<ExperimentRefusal> refusals =
        [
            .. from task in experiment.Tasks
               from contender in experiment.Contenders
               let reason = task.Refusal(contender)
               where reason is not null
               select new ExperimentRefusal(task.Name, contender.Contender.Name, reason),
        ];
        foreach (var contender in experiment.Contenders)
        {
            ExperimentRefusal[] own = [.. refusals.Where(refusal => refusal.Contender == contender.Contender.Name)];
            if (own.Length == experiment.Tasks.Count) throw new SteepestException($"The contender {contender.Contender.Name} can enter no task; on {own[0].Task}: {own[0].Reason}");
        }

        var baseline = experiment.BaselineContender.Contender.Name;
        return refusals.FirstOrDefault(refusal => refusal.Contender == baseline) is { } missing
            ? throw new SteepestException($"The baseline {baseline} cannot enter {missing.Task}: {missing.Reason.TrimEnd('.')}; name another baseline.")
            : refusals;
    }
}
