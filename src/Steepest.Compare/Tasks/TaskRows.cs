using System.Collections.Concurrent;

namespace Steepest.Compare.Tasks;

/// <summary>The rows of a network task as one split leaves them, scaled.</summary>
/// <param name="Train">Training rows.</param>
/// <param name="Validation">Validation rows; <see langword="null"/> for none.</param>
/// <param name="Test">Test rows; <see langword="null"/> for none.</param>
internal sealed record TaskRows(Dataset Train, Dataset? Validation, Dataset? Test)
{
    // Trials of a repeat run one after the other, so that few splits are in use at once; some data is large.
    private static readonly int MostKept = Environment.ProcessorCount + 2;
    private static readonly ConcurrentQueue<(NetworkTask Task, uint Split)> Kept = new();
    private static readonly ConcurrentDictionary<(NetworkTask Task, uint Split), Lazy<TaskRows>> Known = new();

    /// <summary>The rows of a task and a split, which trials share.</summary>
    /// <param name="task">The task.</param>
    /// <param name="split">Decides which rows train, validate and test.</param>
    public static TaskRows Of(NetworkTask task, uint split)
    {
        if (task.ValidationShare == 0 && task.TestShare == 0) split = 0;

        // All that decides the rows; the rest is the same for all.
        var key = (new NetworkTask("", task.Data, []) { Epochs = 1, Scaling = task.Scaling, ValidationShare = task.ValidationShare, TestShare = task.TestShare, IsAutoencoder = task.IsAutoencoder }, split);
        if (Known.TryGetValue(key, out var rows)) return rows.Value;
        rows = new Lazy<TaskRows>(() => Make(key.Item1, split));
        if (!Known.TryAdd(key, rows)) return Known.TryGetValue(key, out var other) ? other.Value : rows.Value;
        Kept.Enqueue(key);
        while (Kept.Count > MostKept && Kept.TryDequeue(out var oldest)) Known.TryRemove(oldest, out _);
        return rows.Value;
    }

    private static TaskRows Make(NetworkTask task, uint split)
    {
        var data = TaskData.Find(task.Data).Load();
        if (task.Scaling == Scaling.RowsToLengthOne) data = data.ScaleRows(Norm.L2);
        var (train, validation, test) = Split(data, task, split);
        var scaler = task.Scaling switch
        {
            Scaling.Standard => Scaler.Standard(train),
            Scaling.UnitRange => Scaler.MinMax(train),
            _ => (Scaler?)null,
        };
        return new TaskRows(Finished(train)!, Finished(validation), Finished(test));

        Dataset? Finished(Dataset? part)
        {
            if (part is null) return null;
            if (scaler is not null) part = scaler.Apply(part);
            return task.IsAutoencoder ? Dataset.Regression(part.Name, part.Values, [.. part.FeatureNames], part.Values, [.. part.FeatureNames]) : part;
        }
    }

    private static (Dataset Train, Dataset? Validation, Dataset? Test) Split(Dataset data, NetworkTask task, uint split)
    {
        if (task.ValidationShare > 0 && task.TestShare > 0) return data.Split(task.ValidationShare, task.TestShare, split);
        if (task.ValidationShare == 0 && task.TestShare == 0) return (data, null, null);
        var (train, other) = data.Split(task.ValidationShare + task.TestShare, split);
        return task.TestShare > 0 ? (train, null, other) : (train, other, null);
    }
}
