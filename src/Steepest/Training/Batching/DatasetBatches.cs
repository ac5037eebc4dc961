using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The rows of a dataset: all of them in order, or mini-batches of an order shuffled anew each epoch.</summary>
internal sealed class DatasetBatches<T> : Batches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dataset data;
    private readonly int[] order;
    private Batch<T>? holdsAll;
    private int next;

    public DatasetBatches(Dataset data, int? size, ulong seed)
        : base(DataShape.Of(data), data.Rows, size)
    {
        this.data = data;
        order = new int[data.Rows];
        Reset();
        Order = Count == 1 ? null : RandomStreams.Of(seed, RandomPurpose.BatchOrder);
    }

    /// <exception cref="SteepestException">The data does not fit the network or the loss, or has fewer rows than a batch.</exception>
    public static DatasetBatches<T> Of(Network<T> network, Dataset data, TrainingSpec spec)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(spec);
        var shape = DataShape.Of(data);
        network.CheckFeatures(shape);
        network.CheckedFit(data, spec.Loss ?? Loss.For(shape, network.Outputs));
        return new DatasetBatches<T>(data, spec.BatchSize, spec.Seed);
    }

    public override Pcg64? Order { get; }

    public override Description Identity => new Description().Add("kind", "a dataset").Add("number of rows", Text.Of(data.Rows)).Add("content hash", data.ContentHash);

    public override void Begin(int done)
    {
        next = (int)Math.Min((long)done * Size, order.Length);
        if (Order is null) return;

        // From the same order each time, so that an epoch's is known from the generator alone.
        Reset();
        Order.Shuffle(order.AsSpan());
    }

    public override bool Next(Batch<T> batch)
    {
        var rows = order.AsSpan(next, Math.Min(Size, order.Length - next));
        if (rows.IsEmpty) return false;
        next += rows.Length;

        // All rows in their own order need loading only once.
        if (holdsAll != batch) batch.Load(data, rows);
        if (Order is null) holdsAll = batch;
        return true;
    }

    private void Reset()
    {
        for (var i = 0; i < order.Length; i++) order[i] = i;
    }
}
