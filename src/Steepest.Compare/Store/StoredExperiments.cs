using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Steepest.Compare.Descriptions;
using Steepest.Compare.Running;

namespace Steepest.Compare.Store;

/// <summary>The experiments of a store. They own no trials: several may use the same one.</summary>
public sealed class StoredExperiments
{
    private readonly SqliteTrialStore store;

    internal StoredExperiments(SqliteTrialStore store) => this.store = store;

    /// <summary>
    /// Begins an experiment, or goes on with the one of its name. That may grow: tasks and contenders may be added, and repeats, which is a new look at it; a part of it may
    /// be asked for. It may also be judged otherwise.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>It, to be told of its trials while it runs.</returns>
    /// <exception cref="SteepestException">The store has another experiment of this name, or cannot be written.</exception>
    public BegunExperiment Begin(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var name = experiment.Name;
        var here = (JsonObject)JsonNode.Parse(ExperimentJson.Write(experiment))!;

        // At once, and not while others wait to write: a task may have to load its data to know.
        var entries = (
            from task in experiment.Tasks
            from contender in experiment.Contenders
            where task.Refusal(contender) is null
            select new { experiment = name, task = task.Name, contender = contender.Contender.Name, trials = new TuningRun(experiment, task, contender, repeat: 0).Trials }).ToArray();
        var looks = store.File.Write<ValueList<Look>>(connection =>
        {
            var stored = connection.QueryFirstOrDefault<Row>("SELECT name, description, looks FROM experiments WHERE name = @name", new { name })?.Read();
            if (stored is not null && ExperimentDifference.Of(stored.Description, here) is { } difference)
            {
                throw new SteepestException(
                    $"The store has another experiment named {name}: {difference}; give this one another name, or delete that one with: steepest runs delete {Quoted(name)}");
            }

            var whole = stored is null ? here : ExperimentDifference.Union(stored.Description, here);
            var looks = stored?.Looks ?? [];
            if (looks.Count == 0 || looks[^1].Repeats < experiment.Repeats) looks = [.. looks, new Look(DateTimeOffset.Parse(store.Now(), CultureInfo.InvariantCulture), experiment.Repeats)];
            connection.Execute(
                "INSERT INTO experiments VALUES (@name, @text, @looks) ON CONFLICT DO UPDATE SET description = excluded.description, looks = excluded.looks",
                new { name, text = whole.ToJsonString(), looks = JsonSerializer.Serialize(looks) });
            connection.Execute("INSERT OR REPLACE INTO experiment_entries VALUES (@experiment, @task, @contender, @trials)", entries);
            return looks;
        });
        return new BegunExperiment(store, experiment, looks);
    }

    /// <summary>All experiments, by name.</summary>
    public IReadOnlyList<StoredExperiment> All() => Query("", null);

    /// <summary>An experiment; <see langword="null"/> if there is none of the name.</summary>
    /// <param name="name">Its name.</param>
    public StoredExperiment? Find(string name) => Query("WHERE name = @name", name).SingleOrDefault();

    /// <summary>Deletes an experiment.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="withTrials">Whether the trials go too that no other experiment uses.</param>
    /// <returns>The number of trials that were deleted; <see langword="null"/> if there is no experiment of the name.</returns>
    public int? Delete(string name, bool withTrials) => store.File.Write<int?>(connection =>
    {
        if (connection.ExecuteScalar<int>("SELECT count(*) FROM experiments WHERE name = @name", new { name }) == 0) return null;
        var trials = !withTrials ? 0 : connection.Execute(
            """
            DELETE FROM trials WHERE key IN (SELECT key FROM experiment_trials WHERE experiment = @name)
                AND key NOT IN (SELECT key FROM experiment_trials WHERE experiment <> @name)
            """,
            new { name });
        connection.Execute("DELETE FROM experiments WHERE name = @name", new { name });
        return trials;
    });

    /// <summary>The places of the trials that are kept, by task, contender and repeat: tries first, the final run last but one.</summary>
    /// <param name="experiment">The experiment.</param>
    internal IReadOnlyList<TrialPlace> Places(StoredExperiment experiment)
    {
        var places = store.File.Read(connection => connection.Query<TrialPlace>(
            "SELECT key, task, contender, repeat, role, n, setting FROM experiment_trials WHERE experiment = @Name AND key IN (SELECT key FROM trials)", new { experiment.Name }));

        // Another program may have added a task or contender since: it comes first.
        string[] roles = ["try", "confirmation", "final", "as-set"], tasks = [.. experiment.Tasks], contenders = [.. experiment.Contenders];
        return
        [
            .. places.OrderBy(place => Array.IndexOf(tasks, place.Task))
                .ThenBy(place => Array.IndexOf(contenders, place.Contender))
                .ThenBy(place => place.Repeat).ThenBy(place => Array.IndexOf(roles, place.Role)).ThenBy(place => place.N).ThenBy(place => place.Setting, StringComparer.Ordinal),
        ];
    }

    private static string Quoted(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"'{name}'" : name;

    private StoredExperiment[] Query(string where, string? name) => store.File.Read<StoredExperiment[]>(connection =>
    [
        .. connection.Query<Row>($"SELECT name, description, looks FROM experiments {where} ORDER BY name", new { name }).Select(row =>
        {
            var experiment = row.Read();
            var (entered, kept, bytes) = connection.QuerySingle<(long, long, long)>(
                """
                SELECT (SELECT coalesce(sum(trials), 0) FROM experiment_entries WHERE experiment = @Name),
                    (SELECT count(*) FROM experiment_trials WHERE experiment = @Name AND key IN (SELECT key FROM trials)),
                    (SELECT coalesce(sum(length(result)), 0) FROM curves WHERE key IN (SELECT key FROM experiment_trials WHERE experiment = @Name))
                """,
                new { row.Name });
            return experiment with { Planned = entered * experiment.Repeats, Kept = kept, Bytes = bytes };
        }),
    ]);

    private sealed record Row(string Name, string Description, string Looks)
    {
        public StoredExperiment Read()
        {
            var description = (JsonObject)JsonNode.Parse(Description)!;
            return new StoredExperiment(
                Name, [.. ExperimentDifference.Names(description, "tasks")], [.. ExperimentDifference.Names(description, "contenders")], [.. JsonSerializer.Deserialize<Look[]>(Looks)!])
            {
                Description = description,
            };
        }
    }
}
