namespace Steepest.Tests.Data.Streaming;

/// <summary>A source whose rows a test writes itself: row i has i as its only feature unless <paramref name="change"/> says otherwise.</summary>
internal sealed class MadeSource(long rows, Action<int, Row>? change = null, int classes = 0, int targets = 1, int features = 1, long? given = null) : RowSource
{
    public override string Name => "made";

    public override int FeatureCount => features;

    public override int Classes => classes;

    public override int TargetCount => targets;

    public override long Rows => rows;

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public override RowReader Open()
    {
        Opened++;
        return new Reader(this, given ?? rows, change);
    }

    private sealed class Reader(MadeSource source, long rows, Action<int, Row>? change) : RowReader
    {
        private int next;

        public override bool Read(Row row)
        {
            if (next == rows)
                return false;
            row.Features[0] = next;
            row.Label = 0;
            row.Targets.AsSpan().Fill(-next);
            change?.Invoke(next, row);
            next++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            source.Closed++;
            base.Dispose(disposing);
        }
    }
}
