using System.Collections.ObjectModel;

namespace Steepest;

/// <summary>What a run has to tell so far, epoch by epoch.</summary>
internal sealed class HistoryLog(int epochs, bool validates, ValueList<Metric> metrics)
{
    public EpochLog Loss { get; } = new(epochs);

    public EpochLog ValidationLoss { get; } = new(validates ? epochs : 0);

    public KeyValuePair<Metric, EpochLog>[] Metrics { get; } = [.. metrics.Distinct().Select(metric => KeyValuePair.Create(metric, new EpochLog(epochs)))];
}

/// <summary>One number an epoch; room for a million epochs is made at once, so that the loop allocates nothing.</summary>
internal sealed class EpochLog(int epochs)
{
    private const int MadeAtOnce = 1 << 20;

    private double[] values = new double[Math.Min(epochs, MadeAtOnce)];
    private int count;

    public ReadOnlySpan<double> Values => values.AsSpan(0, count);

    public void Add(double value)
    {
        if (count == values.Length) Array.Resize(ref values, Math.Max(16, values.Length * 2));
        values[count++] = value;
    }

    public void Set(ReadOnlySpan<double> earlier)
    {
        if (earlier.Length > values.Length) values = new double[earlier.Length];
        earlier.CopyTo(values);
        count = earlier.Length;
    }

    /// <summary>The numbers without a copy, once no more come.</summary>
    public IReadOnlyList<double> ToList() => new ReadOnlyCollection<double>(new ArraySegment<double>(values, 0, count));
}
