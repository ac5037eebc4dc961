using Steepest.Compare.Statistics;

namespace Steepest.Compare;

/// <summary>What a task measures at every evaluation: what tuning selects by, and what the target is a value of.</summary>
public enum TaskMetric
{
    /// <summary>The training loss, on a function its value: where the task is about optimization alone.</summary>
    TrainingLoss,

    /// <summary>The loss on the validation rows after each epoch.</summary>
    ValidationLoss,

    /// <summary>The share of validation rows predicted right after each epoch.</summary>
    ValidationAccuracy,
}

/// <summary>
/// What contenders are compared on: data and a network, or a function, with a budget. With an optimizer, a split and a seed it decides a trial to the last bit.
/// </summary>
/// <param name="Name">What reports call it; no part of a trial.</param>
public abstract record TaskSpec(string Name)
{
    /// <summary>
    /// The budget: passes over the training rows, or steps on a function; at least 1. It is the same for all in gradient evaluations: a contender that takes several a step
    /// has fewer epochs.
    /// </summary>
    public required int Epochs { get; init => field = value >= 1 ? value : throw new SteepestException($"The task {Name} has a budget of {Text.Of(value)} epochs, but it needs at least 1."); }

    /// <summary>What is measured.</summary>
    public TaskMetric Metric { get; init; }

    /// <summary>The target, a value of <see cref="Metric"/>; no part of a trial. <see langword="null"/> to take it from the baseline's runs.</summary>
    public double? Target { get; init; }

    /// <summary>The precision of parameters and arithmetic.</summary>
    public Precision Precision { get; init; }

    /// <summary>The task in a few words for the head of a report, such as "iris, 4-10-3, full batch, 2,000 epochs".</summary>
    public abstract string Summary { get; }

    /// <summary>The target with its metric; <see langword="null"/> where there is none.</summary>
    public Reach? Reach => Target is { } value ? new Reach(MetricName, IsHigherBetter, value) : null;

    /// <summary>Whether a higher metric is the better one.</summary>
    public bool IsHigherBetter => Metric == TaskMetric.ValidationAccuracy;

    /// <summary>The metric in a sentence, such as "validation loss".</summary>
    public virtual string MetricName => Metric switch
    {
        TaskMetric.TrainingLoss => "training loss",
        TaskMetric.ValidationLoss => "validation loss",
        _ => "validation accuracy",
    };

    /// <summary>What identifies the data beside its name; empty where there is none.</summary>
    internal virtual string ContentHash => "";

    /// <summary>How its members stand in JSON.</summary>
    internal abstract Descriptions.TaskKind Kind { get; }

    /// <summary>Whether every step sees all rows and the gradient has no noise.</summary>
    internal abstract bool IsFullBatch { get; }

    /// <summary>Loads, splits and scales what trials share.</summary>
    /// <param name="split">Decides which rows train, validate and test.</param>
    /// <exception cref="SteepestException">The data is unknown, or cannot be split so.</exception>
    internal abstract PreparedTask Prepare(uint split);

    /// <summary>Why a contender cannot enter, in a few words such as "needs all rows at every step"; <see langword="null"/> if it can.</summary>
    /// <param name="contender">The contender.</param>
    /// <exception cref="SteepestException">The task itself cannot be prepared.</exception>
    internal string? Refusal(ExperimentContender contender) => Refusal(contender.Optimizer, contender.Groups);

    /// <inheritdoc cref="Refusal(ExperimentContender)"/>
    /// <param name="optimizer">The contender's optimizer.</param>
    /// <param name="own">The segments that it trains otherwise.</param>
    internal string? Refusal(Optimizer optimizer, ValueList<ContenderGroup>? own = null)
    {
        ValueList<ParameterGroup> groups = [.. (own ?? []).Select(group => group.For(optimizer))];
        if (!IsFullBatch && (optimizer.NeedsAllRows || groups.Any(group => group.Optimizer is { NeedsAllRows: true }))) return "needs the exact gradient of all rows at every step";
        var prepared = Prepare(0);
        try
        {
            prepared.CheckFit(optimizer, groups);
            return null;
        }
        catch (SteepestException e)
        {
            return e.Message;
        }
    }
}

/// <summary>A task ready for trials; several may run at once.</summary>
internal abstract class PreparedTask
{
    /// <summary>Steps an epoch.</summary>
    public abstract int StepsPerEpoch { get; }

    /// <summary>Numbers that are trained.</summary>
    public abstract int Parameters { get; }

    /// <summary>Runs a trial over its whole budget.</summary>
    /// <param name="trial">A trial on the task, and the split, that this was prepared for.</param>
    /// <param name="cancellation">Ends it before its next step.</param>
    /// <returns>What came of it; <see langword="null"/> if it was cancelled.</returns>
    public abstract TrialResult? Run(TrialSpec trial, CancellationToken cancellation);

    /// <summary>Says at once what would be refused when a trial begins.</summary>
    /// <exception cref="SteepestException">The optimizer does not suit the parameters, the batches or the precision.</exception>
    public abstract void CheckFit(Optimizer optimizer, ValueList<ParameterGroup> groups);

    /// <summary>Bytes of state that an optimizer keeps.</summary>
    public abstract long StateBytes(Optimizer optimizer);
}
