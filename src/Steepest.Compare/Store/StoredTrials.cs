using Dapper;

namespace Steepest.Compare.Store;

/// <summary>A trial as a list shows it.</summary>
/// <param name="Key">The hash of its description.</param>
/// <param name="Task">What was trained.</param>
/// <param name="Optimizer">The optimizer in the command's spelling, without its learning rate.</param>
/// <param name="Rate">The learning rate, or its schedule.</param>
/// <param name="Final">The metric at the end; <see langword="null"/> if it is not finite.</param>
/// <param name="Best">The best metric; <see langword="null"/> if none is finite.</param>
/// <param name="Diverged">The epoch at which it diverged; <see langword="null"/> if it did not.</param>
/// <param name="Epochs">The last epoch, from 0.</param>
/// <param name="Seconds">The time that it took.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="KeptAt">When it was kept, in UTC.</param>
public sealed record StoredTrial(
    byte[] Key, string Task, string Optimizer, string Rate, double? Final, double? Best, long? Diverged, long Epochs, double Seconds, string Machine, string KeptAt)
{
    /// <summary>The key as it is typed, in hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(Key);
}

/// <summary>The trials of a store, in lists that read no curves.</summary>
public sealed class StoredTrials
{
    private const string Columns = "key, task, optimizer, learning_rate AS rate, final, best, diverged_at AS diverged, epochs, seconds, machine, kept_at AS keptAt";
    private const int KeyDigits = 64;

    private readonly SqliteTrialStore store;

    internal StoredTrials(SqliteTrialStore store) => this.store = store;

    /// <summary>Trials, by task, optimizer and time.</summary>
    /// <param name="task">Only those on a task of this name in an experiment, or whose task has this in its description; <see langword="null"/> for all.</param>
    /// <param name="optimizer">Only those of this optimizer, with whatever settings; <see langword="null"/> for all.</param>
    /// <param name="experiment">Only those that this experiment uses; <see langword="null"/> for all.</param>
    public IReadOnlyList<StoredTrial> List(string? task = null, string? optimizer = null, string? experiment = null) => store.File.Read(connection => connection.Query<StoredTrial>(
        $"""
        SELECT {Columns} FROM trials
        WHERE (@task IS NULL OR instr(lower(task), lower(@task)) > 0 OR key IN (SELECT key FROM experiment_trials WHERE task = @task))
            AND (@optimizer IS NULL OR optimizer = @optimizer OR instr(optimizer, @optimizer || ',') = 1 OR instr(optimizer, @optimizer || '(') = 1 OR instr(optimizer, @optimizer || ' ') = 1)
            AND (@experiment IS NULL OR key IN (SELECT key FROM experiment_trials WHERE experiment = @experiment))
        ORDER BY task, optimizer, kept_at, key
        """,
        new { task, optimizer, experiment }).AsList());

    /// <summary>The trials whose keys begin so.</summary>
    /// <param name="prefix">Hexadecimal digits.</param>
    public IReadOnlyList<StoredTrial> Find(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length is 0 or > KeyDigits || !prefix.All(char.IsAsciiHexDigit)) return [];
        var (low, high) = (Convert.FromHexString(prefix.PadRight(KeyDigits, '0')), Convert.FromHexString(prefix.PadRight(KeyDigits, 'f')));
        return store.File.Read(connection => connection.Query<StoredTrial>($"SELECT {Columns} FROM trials WHERE key BETWEEN @low AND @high ORDER BY key", new { low, high }).AsList());
    }

    /// <summary>How many there are.</summary>
    public int Count() => store.File.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM trials"));

    /// <summary>The description of a trial, as JSON, and the experiments that use it.</summary>
    /// <param name="trial">The trial.</param>
    public (string Description, IReadOnlyList<string> Experiments) Describe(StoredTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return store.File.Read(connection => (
            connection.ExecuteScalar<string>("SELECT description FROM trials WHERE key = @Key", new { trial.Key })!,
            connection.Query<string>("SELECT DISTINCT experiment FROM experiment_trials WHERE key = @Key ORDER BY experiment", new { trial.Key }).AsList()));
    }

    /// <summary>Deletes a trial; experiments that use it compute it again.</summary>
    /// <param name="trial">The trial.</param>
    public void Delete(StoredTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        store.File.Write(connection => connection.Execute("DELETE FROM trials WHERE key = @Key", new { trial.Key }));
    }
}
