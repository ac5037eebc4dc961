namespace Steepest;

/// <summary>A pair of IDX files read row by row.</summary>
internal sealed class IdxRows(IdxPair pair) : RowSource
{
    public override string Name => pair.Name;

    public override int FeatureCount => pair.FeatureCount;

    public override int Classes => pair.ClassNames.Count;

    public override int TargetCount => 0;

    public override long Rows => pair.Rows;

    public override RowReader Open()
    {
        var images = pair.OpenImages();
        try
        {
            return new Reader(pair, images, pair.OpenLabels());
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }

    private sealed class Reader(IdxPair pair, IdxFile images, IdxFile labels) : RowReader
    {
        // Through floats, so that a streamed row is to the bit the row of a dataset that was read at once.
        private readonly float[] features = new float[pair.FeatureCount];
        private long read;

        public override bool Read(Row row)
        {
            if (read == pair.Rows)
            {
                images.MustEnd();
                labels.MustEnd();
                return false;
            }

            images.Read(features, pair.Scale);
            for (var i = 0; i < features.Length; i++)
                row.Features[i] = features[i];
            row.Label = (int)labels.Decode(1)[0];
            read++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            images.Dispose();
            labels.Dispose();
            base.Dispose(disposing);
        }
    }
}
