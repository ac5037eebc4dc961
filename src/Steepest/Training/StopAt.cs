using System.Numerics;

namespace Steepest;

/// <summary>Observers that end a run once it is good enough.</summary>
public static class StopAt
{
    /// <summary>Ends the run after the first epoch whose loss is at most <paramref name="target"/>, as <see cref="History.FirstEpochAt"/> counts it.</summary>
    /// <param name="target">The loss to reach.</param>
    /// <typeparam name="T">The network's precision.</typeparam>
    public static ITrainingObserver<T> Loss<T>(double target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new LossObserver<T>(target);

    private sealed class LossObserver<T>(double target) : ITrainingObserver<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void OnEpoch(TrainingState<T> state)
        {
            if (History.Reaches(state.Loss, target)) state.RequestStop();
        }
    }
}
