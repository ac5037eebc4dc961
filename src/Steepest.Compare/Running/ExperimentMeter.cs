namespace Steepest.Compare.Running;

/// <summary>Counts the trials of an experiment and tells how long the rest will take.</summary>
internal sealed class ExperimentMeter(int planned, int threads, IReadOnlyList<IExperimentObserver> observers)
{
    private readonly Lock gate = new();
    private int done, computed;
    private double seconds;

    public int Planned => planned;

    public void Count(ExperimentTrial trial, TimeSpan took)
    {
        lock (gate)
        {
            done++;
            if (!trial.IsRemembered)
            {
                computed++;
                seconds += took.TotalSeconds;
            }

            // What the store remembers takes no time worth telling.
            TimeSpan? left = computed == 0 ? null : TimeSpan.FromSeconds((planned - done) * seconds / computed / threads);
            var progress = new ExperimentProgress(done, planned, computed, left);
            foreach (var observer in observers) observer.OnTrial(trial, progress);
        }
    }
}
