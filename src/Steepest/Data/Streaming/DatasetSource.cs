namespace Steepest;

/// <summary>The rows of a dataset, in its order.</summary>
internal sealed class DatasetSource(Dataset data) : RowSource
{
    public override string Name => data.Name;

    public override int FeatureCount => data.FeatureCount;

    public override int Classes => data.Classes;

    public override int TargetCount => data.TargetCount;

    public override long Rows => data.Rows;

    internal override string ContentHash => data.ContentHash;

    public override RowReader Open() => new Reader(data);

    private sealed class Reader(Dataset data) : RowReader
    {
        private int next;

        public override bool Read(Row row)
        {
            if (next == data.Rows)
                return false;
            data.CopyRow<double>(next, row.Features);
            data.Targets.Slice(next * data.TargetCount, data.TargetCount).CopyTo(row.Targets);
            if (data.IsClassification)
                row.Label = data.Labels[next];
            row.Weight = data.HasWeights ? data.Weights[next] : 1;
            next++;
            return true;
        }
    }
}
