using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>Finds room for the labels in the plot: off the other labels, off the marks and, where that can be, off the curves.</summary>
internal sealed class LabelSpace(PixelRect room, IReadOnlyList<(Pixel From, Pixel To)> ink)
{
    // A place on a line costs what some rows farther from the mark do.
    private const int Rows = 8, OnALine = 16;

    private readonly List<PixelRect> taken = [];

    public void Take(PixelRect rect) => taken.Add(rect);

    /// <summary>The best place for a label at a mark: a falling curve leaves the upper right and the lower left free.</summary>
    public PixelRect At(Pixel mark, PixelSize size, float away) => Best(
        from row in Enumerable.Range(0, Rows)
        let rise = row * size.Height
        from side in new[] { (Right: true, Up: true), (Right: false, Up: false), (Right: true, Up: false), (Right: false, Up: true) }
        let x = side.Right ? mark.X + away : mark.X - away - size.Width
        let y = side.Up ? mark.Y - (away / 2) - size.Height - rise : mark.Y + (away / 2) + rise
        select new PixelRect(x, x + size.Width, y + size.Height, y));

    /// <summary>The best place for a label of this size on a horizontal line.</summary>
    public PixelRect Along(float y, PixelSize size) => Best(
        from step in Enumerable.Range(0, 9)
        from top in new[] { y - size.Height - 2, y + 2 }
        let x = room.Left + (step / 8f * (room.Width - size.Width))
        select new PixelRect(x, x + size.Width, top + size.Height, top));

    private PixelRect Best(IEnumerable<PixelRect> places)
    {
        var best = places.Select((place, rank) => (Place: place, Cost: Cost(place) + rank)).MinBy(p => p.Cost).Place;
        Take(best);
        return best;
    }

    private double Cost(PixelRect place)
    {
        var cost = place.Left < room.Left || place.Right > room.Right || place.Top < room.Top || place.Bottom > room.Bottom ? 1e6 : 0;
        cost += 1e4 * taken.Count(other => Meet(place, other));
        var crossed = ink.Count(line => Cross(place.Expand(2), line));
        return crossed == 0 ? cost : cost + Math.Min(40, OnALine + (4 * crossed));
    }

    private static bool Meet(PixelRect a, PixelRect b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    // Their boxes meet, and the corners of the place are not all on one side of the line.
    private static bool Cross(PixelRect place, (Pixel From, Pixel To) line)
    {
        var (from, to) = line;
        if (Math.Max(from.X, to.X) < place.Left || Math.Min(from.X, to.X) > place.Right || Math.Max(from.Y, to.Y) < place.Top || Math.Min(from.Y, to.Y) > place.Bottom)
            return false;
        float across = to.X - from.X, down = to.Y - from.Y;
        var off = (across * (place.VerticalCenter - from.Y)) - (down * (place.HorizontalCenter - from.X));
        return Math.Abs(off) <= (place.Height / 2 * Math.Abs(across)) + (place.Width / 2 * Math.Abs(down));
    }
}
