using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Rows read one after another from a source, shuffled by a bounded buffer.</summary>
internal sealed class SourceBatches<T> : Batches<T>, IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowSource source;
    private readonly ShuffledRows rows;
    private readonly int shuffleRows;
    private long taken;

    private SourceBatches(RowSource source, DataShape shape, TrainingSpec spec, Loss loss)
        : base(shape, source.Rows, spec.BatchSize)
    {
        this.source = source;
        shuffleRows = spec.ShuffleRows;
        rows = new ShuffledRows(source, shuffleRows, loss, inFloat: typeof(T) == typeof(float));
        Order = RandomStreams.Of(spec.Seed, RandomPurpose.BatchOrder);
    }

    /// <exception cref="SteepestException">The source does not fit the network or the loss, has fewer rows than a batch, or there is no batch size.</exception>
    public static SourceBatches<T> Of(Network<T> network, RowSource source, TrainingSpec spec)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(spec);
        CheckedRows.CheckShape(source);
        var shape = new DataShape(source.Name, source.FeatureCount, source.Classes, source.TargetCount);
        network.CheckFeatures(shape);
        var chosen = spec.Loss ?? Loss.For(shape, network.Outputs);
        chosen.CheckFit(shape, network.Outputs);
        return spec.BatchSize is not null
            ? new SourceBatches<T>(source, shape, spec, chosen)
            : throw new SteepestException($"{source.Name} is read row by row, so training on it needs a batch size.");
    }

    public override Pcg64 Order { get; }

    // Rows that are read one by one are not all read to be compared.
    public override Description Identity => new Description()
        .Add("kind", "a source")
        .Add("name", source.Name)
        .Add("number of rows", Text.Of(source.Rows))
        .Add("number of features", Text.Of(source.FeatureCount))
        .Add("number of classes", Text.Of(source.Classes))
        .Add("number of targets", Text.Of(source.TargetCount))
        .Add("content hash", source.ContentHash)
        .Add("shuffle buffer", $"{Text.Of(shuffleRows)} rows");

    public override void Begin(int done)
    {
        rows.Begin(Order);
        taken = Math.Min((long)done * Size, Rows);
        rows.Skip(taken);
    }

    public override bool Next(Batch<T> batch)
    {
        var count = (int)Math.Min(Size, Rows - taken);
        if (count == 0) return false;
        batch.Begin(count);
        for (var b = 0; b < count; b++)
        {
            // The rows make sure themselves that there are as many as the source says.
            if (!rows.Next(out var row)) throw new InvalidOperationException("A checked source ended early.");
            Load(batch, b, row);
        }

        batch.End();
        taken += count;

        // Asks for the row after the last, so that a source that goes on is found out.
        if (taken == Rows) rows.Next(out _);
        return true;
    }

    public void Dispose() => rows.Dispose();

    private void Load(Batch<T> batch, int b, Row row)
    {
        var features = batch.RowAt(b);
        for (var f = 0; f < features.Length; f++) features[f] = T.CreateTruncating(row.Features[f]);
        if (source.IsClassification)
        {
            batch.SetLabel(b, row.Label, row.Weight);
        }
        else
        {
            batch.SetTargets(b, row.Targets, row.Weight);
        }
    }
}
