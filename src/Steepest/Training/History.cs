using System.Collections.ObjectModel;

namespace Steepest;

/// <summary>How a training run ended. Each is a result.</summary>
public enum TrainingOutcome
{
    /// <summary>It ran all its epochs.</summary>
    Completed,

    /// <summary>An observer asked it to stop.</summary>
    Stopped,

    /// <summary>The validation rows saw nothing better for as long as <see cref="EarlyStopping.Patience"/> says.</summary>
    StoppedEarly,

    /// <summary>It was cancelled from outside.</summary>
    Cancelled,

    /// <summary>The loss, a parameter or a running statistic became NaN or infinite.</summary>
    Diverged,
}

/// <summary>What a training run leaves.</summary>
public sealed class History
{
    private const double ReachTolerance = 1e-9;

    internal History(HistoryLog log, int epochs, TrainingOutcome outcome, int? divergedAt, int? bestEpoch, long gradientEvaluations)
    {
        Loss = log.Loss.ToList();
        ValidationLoss = log.ValidationLoss.ToList();
        Metrics = new ReadOnlyDictionary<Metric, IReadOnlyList<double>>(
            log.Metrics.ToDictionary(metric => metric.Key, metric => (IReadOnlyList<double>)metric.Value.ToList()));
        Epochs = epochs;
        Outcome = outcome;
        DivergedAt = divergedAt;
        BestEpoch = bestEpoch;
        GradientEvaluations = gradientEvaluations;
    }

    /// <summary>
    /// The mean training loss of each epoch, counted from 0, with its penalty and taken before the updates: for a full batch the loss before the epoch's one
    /// update; for mini-batches the mean over the rows of each batch's loss before its own update. Every value is finite.
    /// </summary>
    public IReadOnlyList<double> Loss { get; }

    /// <summary>The loss on the validation rows after each epoch, with the same penalty; empty without validation rows. An epoch that left parameters or
    /// running statistics which are not finite has none.</summary>
    public IReadOnlyList<double> ValidationLoss { get; }

    /// <summary>Each of <see cref="TrainingSpec.Metrics"/> on the validation rows after each epoch; empty without validation rows.</summary>
    public IReadOnlyDictionary<Metric, IReadOnlyList<double>> Metrics { get; }

    /// <summary>Epochs run to their end.</summary>
    public int Epochs { get; }

    /// <summary>How the run ended.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>The epoch, counted from 0, whose loss, updated parameters or running statistics were not finite; <see langword="null"/> if there was none.</summary>
    public int? DivergedAt { get; }

    /// <summary>With <see cref="TrainingSpec.EarlyStopping"/> the epoch, counted from 0, after which the watched value was best; <see langword="null"/> otherwise.</summary>
    public int? BestEpoch { get; }

    /// <summary>How often loss and gradient of a step were computed.</summary>
    public long GradientEvaluations { get; }

    /// <summary>The first epoch, counted from 0, whose loss was at most <paramref name="target"/>; <see langword="null"/> if there was none.</summary>
    /// <param name="target">The loss to reach; a billionth more still counts, so that a run reaches its own last loss on any machine.</param>
    public int? FirstEpochAt(double target)
    {
        for (var epoch = 0; epoch < Loss.Count; epoch++)
        {
            if (Reaches(Loss[epoch], target)) return epoch;
        }

        return null;
    }

    /// <summary>Whether a loss is at most a target.</summary>
    /// <param name="loss">The loss; NaN never reaches anything.</param>
    /// <param name="target">The target, of which a billionth more still counts.</param>
    public static bool Reaches(double loss, double target) => loss <= target * (1 + ReachTolerance);
}
