using System.Numerics;

namespace Steepest;

/// <summary>Whoever looks on while a network trains: a progress bar, a recorder, a keeper of checkpoints. Called on the training thread.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public interface ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Before the first step.</summary>
    /// <param name="state">The run.</param>
    void OnStart(TrainingState<T> state)
    {
    }

    /// <summary>After each update. The gradient, unless the optimizer changed it, is still the one the update used.</summary>
    /// <param name="state">The run.</param>
    void OnStep(TrainingState<T> state)
    {
    }

    /// <summary>After the last update of each epoch, and the look at the validation rows.</summary>
    /// <param name="state">The run.</param>
    void OnEpoch(TrainingState<T> state)
    {
    }

    /// <summary>When the run has ended, before the network is put to what it is left with.</summary>
    /// <param name="state">The run.</param>
    /// <param name="outcome">How it ended.</param>
    void OnEnd(TrainingState<T> state, TrainingOutcome outcome)
    {
    }
}
