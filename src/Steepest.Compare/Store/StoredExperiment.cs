using System.Text.Json.Nodes;
using Steepest.Compare.Running;

namespace Steepest.Compare.Store;

/// <summary>A look at an experiment: with how many repeats it was begun, or to how many it grew.</summary>
/// <param name="At">When.</param>
/// <param name="Repeats">Repeats since then.</param>
public sealed record Look(DateTimeOffset At, int Repeats);

/// <summary>An experiment as a list shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tasks">The names of its tasks.</param>
/// <param name="Contenders">The names of its contenders.</param>
/// <param name="Looks">The looks at it, in order; at least one.</param>
public sealed record StoredExperiment(string Name, ValueList<string> Tasks, ValueList<string> Contenders, ValueList<Look> Looks)
{
    /// <summary>Repeats: K.</summary>
    public int Repeats => Looks[^1].Repeats;

    /// <summary>Trials that it has when it is complete.</summary>
    public long Planned { get; init; }

    /// <summary>Those of them that the store keeps.</summary>
    public long Kept { get; init; }

    /// <summary>What the results of these take.</summary>
    public long Bytes { get; init; }

    /// <summary>The description, as JSON.</summary>
    public required JsonObject Description { get; init; }
}

/// <summary>What a trial is to an experiment.</summary>
/// <param name="Key">The trial's key.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Role">What it is for: try, confirmation, final or as-set.</param>
/// <param name="N">The try, or which of the fresh starts, from 1.</param>
/// <param name="Setting">The setting that was run; empty where nothing is tuned.</param>
internal sealed record TrialPlace(byte[] Key, string Task, string Contender, long Repeat, string Role, long N, string Setting)
{
    /// <summary>The place of a trial that ran.</summary>
    public static TrialPlace Of(ExperimentTrial trial) => new(
        SqliteTrialStore.KeyOf(trial.Spec), trial.Task.Name, trial.Contender.Contender.Name, trial.Repeat + 1, Word(trial.Purpose), trial.Number + 1, trial.Setting);

    private static string Word(TrialPurpose purpose) => purpose switch
    {
        TrialPurpose.Try => "try",
        TrialPurpose.Confirmation => "confirmation",
        TrialPurpose.AsSet => "as-set",
        _ => "final",
    };
}
