using Dapper;
using Steepest.Compare.Running;

namespace Steepest.Compare.Store;

/// <summary>An experiment that runs over a store: it writes down which trials it uses.</summary>
public sealed class BegunExperiment : IExperimentObserver
{
    private readonly SqliteTrialStore store;
    private readonly Experiment experiment;

    internal BegunExperiment(SqliteTrialStore store, Experiment experiment, ValueList<Look> looks) => (this.store, this.experiment, Looks) = (store, experiment, looks);

    /// <summary>The looks at it so far, in order; this one is among them.</summary>
    public ValueList<Look> Looks { get; }

    /// <summary>Which look this is, from 1, where repeats were added; 0 where they never were.</summary>
    public int Look => Looks.Count == 1 ? 0 : 1 + Looks.Count(look => look.Repeats < experiment.Repeats);

    /// <inheritdoc/>
    public void OnTrial(ExperimentTrial trial, ExperimentProgress progress)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var place = TrialPlace.Of(trial);
        var row = new { experiment = experiment.Name, place.Task, place.Contender, place.Repeat, place.Role, place.N, place.Setting, place.Key };
        store.File.Write(connection => connection.Execute(
            "INSERT OR REPLACE INTO experiment_trials VALUES (@experiment, @Task, @Contender, @Repeat, @Role, @N, @Setting, @Key)", row));
    }
}
