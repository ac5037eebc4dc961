using System.Numerics;

namespace Steepest.Compare;

/// <summary>Adds up the epochs of trials that run at once.</summary>
internal sealed class RaceMeter
{
    private const int TellEvery = 256;

    private readonly IProgress<RaceProgress>? progress;
    private readonly long planned;
    private readonly int trials;
    private long done;
    private int trialsDone;

    public RaceMeter(RacePlan plan, IProgress<RaceProgress>? progress)
    {
        this.progress = progress;
        planned = plan.Trials.Sum(trial => (long)trial.Epochs);
        trials = plan.Trials.Count;
    }

    public Count<T> Begin<T>(TrialSpec trial)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(this, trial.Epochs);

    private void Add(long epochs, int finished = 0)
    {
        var now = Interlocked.Add(ref done, epochs);
        progress?.Report(new RaceProgress(now, planned, Interlocked.Add(ref trialsDone, finished), trials));
    }

    /// <summary>One trial's share: what it did not need when it ends counts as done.</summary>
    internal sealed class Count<T>(RaceMeter meter, int budget) : ITrainingObserver<T>, IDisposable
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private int told;

        public void OnEpoch(TrainingState<T> state)
        {
            if (state.Epoch + 1 - told < TellEvery) return;
            meter.Add(state.Epoch + 1 - told);
            told = state.Epoch + 1;
        }

        public void Dispose() => meter.Add(budget - told, finished: 1);
    }
}
