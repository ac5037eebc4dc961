using System.Globalization;
using Dapper;
using Steepest.Compare.Descriptions;

namespace Steepest.Compare.Store;

/// <summary>
/// Results remembered in one file, under the hashes of their descriptions. Threads and processes may use it at once; who is killed loses the trials that it had not kept
/// and nothing else.
/// </summary>
public sealed class SqliteTrialStore : ITrialStore, IDisposable
{
    /// <summary>The file's name unless another is given.</summary>
    public const string UsualName = "steepest.db";

    private readonly TimeProvider time;

    /// <summary>Opens a store, and makes it if it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Tells when a result was kept; the system's time unless given.</param>
    /// <exception cref="SteepestException">The file is no store, belongs to a newer version, lies on a network drive, or cannot be opened.</exception>
    public SqliteTrialStore(string path, TimeProvider? time = null)
        : this(new StoreFile(path, path, create: true), time)
    {
    }

    internal SqliteTrialStore(StoreFile file, TimeProvider? time = null)
    {
        File = file;
        this.time = time ?? TimeProvider.System;
        (Trials, Experiments) = (new StoredTrials(this), new StoredExperiments(this));
    }

    /// <summary>Its trials, in lists.</summary>
    public StoredTrials Trials { get; }

    /// <summary>Its experiments.</summary>
    public StoredExperiments Experiments { get; }

    /// <summary>The file under it.</summary>
    internal StoreFile File { get; }

    /// <inheritdoc/>
    /// <exception cref="SteepestException">The store cannot be read.</exception>
    public TrialResult? Find(TrialSpec trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Find(KeyOf(trial));
    }

    /// <inheritdoc/>
    /// <exception cref="SteepestException">The store cannot be written; the result is not in it.</exception>
    public void Keep(TrialSpec trial, TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(result);
        var key = KeyOf(trial);
        var finite = result.Metric.Where(double.IsFinite).ToArray();
        var row = new
        {
            key,
            description = TrialJson.Write(trial),
            task = trial.Task.Summary,
            optimizer = OptimizerOf(trial),
            rate = trial.Optimizer.LearningRate.ToString(),
            final = result.Metric is [.., var last] && double.IsFinite(last) ? last : (double?)null,
            best = finite.Length == 0 ? (double?)null : trial.Task.IsHigherBetter ? finite.Max() : finite.Min(),
            diverged = result.DivergedAt,
            epochs = result.Epochs is [.., var end] ? end : 0,
            seconds = result.Seconds,
            machine = result.Machine,
            at = Now(),
        };
        var curve = new { key, result = ResultBytes.Write(result) };
        File.Write(connection =>
        {
            // Equal results: the first stays.
            var isNew = connection.Execute("INSERT OR IGNORE INTO trials VALUES (@key, @description, @task, @optimizer, @rate, @final, @best, @diverged, @epochs, @seconds, @machine, @at)", row);
            return isNew == 0 ? 0 : connection.Execute("INSERT INTO curves VALUES (@key, @result)", curve);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();

    internal TrialResult? Find(byte[] key)
    {
        var row = File.Read(connection => connection.QueryFirstOrDefault<Row>("SELECT seconds, machine, result FROM trials JOIN curves USING (key) WHERE key = @key", new { key }));
        if (row is null) return null;
        try
        {
            return ResultBytes.Read(row.Result, row.Seconds, row.Machine);
        }
        catch (InvalidDataException e)
        {
            throw File.Damaged(e);
        }
    }

    /// <summary>Gives the room of what was deleted back to the disk where that is worthwhile: a megabyte that is a quarter of the file.</summary>
    internal bool ShrinkIfWorthwhile() => File.ShrinkIf(unused: 1 << 20, share: 0.25);

    internal string Now() => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static byte[] KeyOf(TrialSpec trial) => Convert.FromHexString(TrialKey.Of(trial));

    private static string OptimizerOf(TrialSpec trial) => string.Join(' ', [trial.Optimizer.ToString(), .. trial.Groups.Select(group => group.ToString())]);

    private sealed record Row(double Seconds, string Machine, byte[] Result);
}
