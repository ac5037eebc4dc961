namespace Steepest.Compare.Running;

/// <summary>What a step of a contender costs on a task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Milliseconds">The median time of a step, its gradients with it.</param>
/// <param name="StateBytesPerParameter">Bytes of state that the optimizer keeps for each parameter.</param>
public sealed record StepTime(string Task, string Contender, double Milliseconds, double StateBytesPerParameter);

/// <summary>
/// Measures steps apart from the trials, which share the machine with each other: one contender after another, alone, after a warm-up, several rounds of all of them, so that
/// what else the machine does meets all alike.
/// </summary>
public static class StepTimes
{
    private const int Rounds = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    /// <summary>Measures every contender, as it is set, on every task that it entered.</summary>
    /// <param name="experiment">The experiment; none of its trials should be running.</param>
    /// <param name="refusals">Who did not enter which task.</param>
    /// <param name="cancellation">Ends it early; what is measured until then is kept.</param>
    public static ValueList<StepTime> Measure(Experiment experiment, ValueList<ExperimentRefusal> refusals, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(refusals);
        return [.. experiment.Tasks.SelectMany(task => Measure(
            task, [.. experiment.Contenders.Where(contender => !refusals.Any(refusal => refusal.Task == task.Name && refusal.Contender == contender.Contender.Name))], experiment.Seed, cancellation))];
    }

    private static List<StepTime> Measure(TaskSpec task, ExperimentContender[] contenders, ulong seed, CancellationToken cancellation)
    {
        var streams = new ExperimentStreams(seed, repeat: 0);

        // Without a look at validation rows, which is no part of a step.
        task = task with { Metric = TaskMetric.TrainingLoss };
        var slices = contenders.Select(contender => SliceOf(task, contender, streams, cancellation)).ToArray();
        var times = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds && !cancellation.IsCancellationRequested; round++)
        {
            for (var c = 0; c < contenders.Length; c++)
            {
                if (Run(slices[c], cancellation) is { } time) times[c].Add(time);
            }
        }

        return
        [
            .. contenders.Select((contender, c) => (contender, Times: times[c], Prepared: slices[c].Task.Prepare(streams.Split)))
                .Where(one => one.Times.Count > 0)
                .Select(one => new StepTime(
                    task.Name,
                    one.contender.Contender.Name,
                    Statistics.Median.Of(one.Times).Value,
                    (double)one.Prepared.StateBytes(one.contender.Optimizer) / one.Prepared.Parameters)),
        ];
    }

    /// <summary>A trial short enough to take turns and long enough for the clock. Each length is run twice: the first time compiles what it needs.</summary>
    private static TrialSpec SliceOf(TaskSpec task, ExperimentContender contender, ExperimentStreams streams, CancellationToken cancellation)
    {
        for (var epochs = 1; ; epochs = Math.Min(2 * epochs, task.Epochs))
        {
            var slice = new TrialSpec(task with { Epochs = epochs }, contender.Optimizer, streams.Split, streams.Start(TrialPurpose.AsSet))
            {
                Groups = [.. contender.Groups.Select(group => group.For(contender.Optimizer))],
            };
            slice.Task.Prepare(slice.Split).Run(slice, cancellation);
            var result = slice.Task.Prepare(slice.Split).Run(slice, cancellation);
            if (result is null || result.Seconds >= Slice.TotalSeconds || epochs == task.Epochs) return slice;
        }
    }

    private static double? Run(TrialSpec slice, CancellationToken cancellation) => slice.Task.Prepare(slice.Split).Run(slice, cancellation) is { } result
        ? 1000 * result.Seconds / ((result.Epochs[^1] + 1.0) * result.StepsPerEpoch)
        : null;
}
