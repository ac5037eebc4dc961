using System.Numerics;

namespace Steepest;

/// <summary>An observer that keeps a checkpoint of a run: every so many epochs or steps, and when the run is cancelled.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public sealed class CheckpointKeeper<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly string path;
    private readonly int? everyEpochs;
    private readonly long? everySteps;

    /// <summary>Chooses file and moments.</summary>
    /// <param name="path">The file; each checkpoint replaces the one before once it is complete.</param>
    /// <param name="everyEpochs">After how many epochs each; at least 1, or <see langword="null"/>.</param>
    /// <param name="everySteps">After how many steps each; at least 1, or <see langword="null"/>.</param>
    /// <exception cref="SteepestException">A number is less than 1.</exception>
    public CheckpointKeeper(string path, int? everyEpochs = 1, long? everySteps = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (everyEpochs < 1) throw new SteepestException($"A checkpoint is to be kept every {Text.Of(everyEpochs.Value)} epochs, but it needs at least 1.");
        if (everySteps < 1) throw new SteepestException($"A checkpoint is to be kept every {Text.Of(everySteps.Value)} steps, but it needs at least 1.");
        this.path = path;
        this.everyEpochs = everyEpochs;
        this.everySteps = everySteps;
    }

    /// <inheritdoc/>
    /// <exception cref="SteepestException">The file cannot be written: better known before the training than after its first epochs.</exception>
    void ITrainingObserver<T>.OnStart(TrainingState<T> state) => CheckpointWriter.Create(path).Dispose();

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnStep(TrainingState<T> state)
    {
        if (state.Stepper.StepCount % everySteps == 0) state.SaveCheckpoint(path);
    }

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnEpoch(TrainingState<T> state)
    {
        if ((state.Epoch + 1) % everyEpochs == 0) state.SaveCheckpoint(path);
    }

    /// <inheritdoc/>
    void ITrainingObserver<T>.OnEnd(TrainingState<T> state, TrainingOutcome outcome)
    {
        if (outcome == TrainingOutcome.Cancelled) state.SaveCheckpoint(path);
    }
}
