using System.Numerics;

namespace Steepest.Compare;

/// <summary>Adds up the epochs of runs that go on at once.</summary>
internal sealed class RaceMeter
{
    private const int TellEvery = 256;

    private readonly IProgress<RaceProgress>? progress;
    private readonly long planned;
    private readonly int runs;
    private long done;
    private int runsDone;

    public RaceMeter(RacePlan plan, IProgress<RaceProgress>? progress)
    {
        this.progress = progress;
        planned = plan.Runs.Sum(run => (long)run.Epochs);
        runs = plan.Runs.Count;
    }

    public Count<T> Begin<T>(RunSpec run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(this, run.Epochs);

    private void Add(long epochs, int finished = 0)
    {
        var now = Interlocked.Add(ref done, epochs);
        progress?.Report(new RaceProgress(now, planned, Interlocked.Add(ref runsDone, finished), runs));
    }

    /// <summary>One run's share: what it did not need when it ends counts as done.</summary>
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
