namespace Steepest.Compare;

/// <summary>
/// One training run of one contender with one setting and one set of streams, over its whole budget: all that decides its result, so that a result that is kept under its
/// description need never be computed again.
/// </summary>
/// <param name="Task">What is trained; its name and target are no part of the trial.</param>
/// <param name="Optimizer">The rule with its settings.</param>
/// <param name="Split">Decides which rows train, validate and test.</param>
/// <param name="Seed">Decides the start, the order of rows, dropout and noise.</param>
public sealed record TrialSpec(TaskSpec Task, Optimizer Optimizer, uint Split, ulong Seed)
{
    /// <summary>The segments that are trained otherwise than by the optimizer alone; the first that matches wins.</summary>
    public ValueList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>Whether the result keeps every epoch; else 1,000 of them and every fall of the best so far by 0.1 %.</summary>
    public bool KeepsEveryEpoch { get; init; }
}

/// <summary>What a trial gave, at the epochs that are kept.</summary>
/// <param name="Epochs">The epochs, from 0, ascending.</param>
/// <param name="Metric">The task's metric at each; the last is not finite if the trial diverged.</param>
/// <param name="Evaluations">Gradient evaluations used until the metric of each was known; for the training loss of a full batch, its own among them.</param>
public sealed record TrialResult(ValueList<int> Epochs, ValueList<double> Metric, ValueList<long> Evaluations)
{
    /// <summary>The training loss at each epoch, where the metric is another and every epoch is kept; else empty.</summary>
    public ValueList<double> TrainingLoss { get; init; } = [];

    /// <summary>Steps an epoch.</summary>
    public int StepsPerEpoch { get; init; } = 1;

    /// <summary>The epoch at which it diverged; <see langword="null"/> if it did not.</summary>
    public int? DivergedAt { get; init; }

    /// <summary>The loss on the test rows at the end; <see langword="null"/> without test rows, or if it diverged.</summary>
    public double? TestLoss { get; init; }

    /// <summary>Test rows predicted right at the end; <see langword="null"/> where none can be, or if it diverged.</summary>
    public long? TestRight { get; init; }

    /// <summary>Test rows.</summary>
    public long TestRows { get; init; }

    /// <summary>The time it took, in seconds; no part of what makes results equal.</summary>
    public double Seconds { get; init; }

    /// <summary>Where it ran: the processor and its cores; no part of what makes results equal.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Equal in all but time and machine.</summary>
    /// <param name="other">The other result.</param>
    public bool Equals(TrialResult? other) => other is not null
        && Epochs.Equals(other.Epochs)
        && SameBits(Metric, other.Metric)
        && Evaluations.Equals(other.Evaluations)
        && SameBits(TrainingLoss, other.TrainingLoss)
        && (StepsPerEpoch, DivergedAt, TestLoss, TestRight, TestRows).Equals((other.StepsPerEpoch, other.DivergedAt, other.TestLoss, other.TestRight, other.TestRows));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epochs, Metric, DivergedAt, TestLoss);

    private static bool SameBits(ValueList<double> one, ValueList<double> other) =>
        one.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(other.Select(BitConverter.DoubleToInt64Bits));
}
