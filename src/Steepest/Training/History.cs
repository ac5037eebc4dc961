using System.Collections.ObjectModel;

namespace Steepest;

/// <summary>How a training run ended. Each is a result.</summary>
public enum TrainingOutcome
{
    /// <summary>It ran all its epochs.</summary>
    Completed,

    /// <summary>An observer asked it to stop.</summary>
    Stopped,

    /// <summary>It was cancelled from outside.</summary>
    Cancelled,

    /// <summary>The loss or a parameter became NaN or infinite.</summary>
    Diverged,
}

/// <summary>What a training run leaves.</summary>
public sealed class History
{
    private const double ReachTolerance = 1e-9;

    internal History(ArraySegment<double> loss, int epochs, TrainingOutcome outcome, int? divergedAt, long gradientEvaluations)
    {
        Loss = new ReadOnlyCollection<double>(loss);
        Epochs = epochs;
        Outcome = outcome;
        DivergedAt = divergedAt;
        GradientEvaluations = gradientEvaluations;
    }

    /// <summary>
    /// The mean training loss of each epoch, counted from 0, taken before the updates: for a full batch the loss before the epoch's one update; for
    /// mini-batches the mean over the rows of each batch's loss before its own update. Every value is finite.
    /// </summary>
    public IReadOnlyList<double> Loss { get; }

    /// <summary>Epochs run to their end.</summary>
    public int Epochs { get; }

    /// <summary>How the run ended.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>The epoch, counted from 0, whose loss or updated parameters were not finite; <see langword="null"/> if there was none.</summary>
    public int? DivergedAt { get; }

    /// <summary>How often loss and gradient were computed.</summary>
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
