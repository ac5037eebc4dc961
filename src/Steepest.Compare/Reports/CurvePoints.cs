using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>Turns losses by epoch into the few points that a picture needs, as decimal logarithms.</summary>
internal static class CurvePoints
{
    // Less than this many decades are shown as this many: noise in the last digits is no landscape.
    private const double LeastSpan = 0.06;

    // A run that blows up would press all others flat: of it only this much above the highest other loss is shown.
    private const double RoomForDivergence = 3;

    // Where no other run is in the picture, the way up is what there is to see.
    private const double RoomForDivergenceAlone = 100;

    /// <summary>Whether a loss has a place on a logarithmic axis.</summary>
    public static bool CanBeDrawn(double loss) => loss > 0 && double.IsFinite(loss);

    /// <summary>
    /// Of each column this many decades wide the lowest and the highest point, so that the line covers what the full one would; and both ends.
    /// </summary>
    public static List<Coordinates> Thin(IReadOnlyList<double> loss, double column)
    {
        var points = new List<Coordinates>();
        int current = -1, lowest = -1, highest = -1, last = -1, written = -1;
        for (var i = 0; i < loss.Count; i++)
        {
            if (!CanBeDrawn(loss[i]))
                continue;
            var at = (int)(Math.Log10(i + 1.0) / column);
            if (at != current)
            {
                Flush();
                if (last < 0)
                    Write(i);
                (current, lowest, highest) = (at, i, i);
            }

            last = i;
            lowest = loss[i] < loss[lowest] ? i : lowest;
            highest = loss[i] > loss[highest] ? i : highest;
        }

        Flush();
        Write(last);
        return points;

        void Flush()
        {
            Write(Math.Min(lowest, highest));
            Write(Math.Max(lowest, highest));
        }

        void Write(int i)
        {
            if (i <= written)
                return;
            points.Add(new Coordinates(Math.Log10(i + 1.0), Math.Log10(loss[i])));
            written = i;
        }
    }

    /// <summary>
    /// The decades of loss that hold the target, every curve that did not diverge, and of those that did as much as leaves the others readable.
    /// </summary>
    public static CoordinateRange LossRange(IReadOnlyList<LossCurve> curves, double? target)
    {
        double low = target ?? double.PositiveInfinity, high = target ?? 0, blownUp = 0;
        foreach (var curve in curves)
        {
            var first = true;
            foreach (var loss in curve.Loss.Where(CanBeDrawn))
            {
                low = Math.Min(low, loss);
                blownUp = Math.Max(blownUp, loss);
                if (first || curve.DivergedAt is null)
                    high = Math.Max(high, loss);
                first = false;
            }
        }

        if (high == 0)
            return new CoordinateRange(-1, 0);
        var room = curves.All(c => c.DivergedAt is not null) ? RoomForDivergenceAlone : RoomForDivergence;
        high = Math.Log10(high) + Math.Clamp(Math.Log10(Math.Max(blownUp, high)) - Math.Log10(high), 0, Math.Log10(room));
        var widen = Math.Max(0, LeastSpan - (high - Math.Log10(low))) / 2;
        return new CoordinateRange(Math.Log10(low) - widen, high + widen);
    }

    /// <summary>
    /// The points with everything above <paramref name="top"/> pressed down to it: the line leaves where it would, then runs along the top.
    /// </summary>
    public static List<Coordinates> Cap(List<Coordinates> points, double top)
    {
        var capped = new List<Coordinates>(points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            if (i > 0 && (points[i - 1].Y > top) != (points[i].Y > top))
            {
                var (a, b) = (points[i - 1], points[i]);
                Add(new Coordinates(a.X + ((top - a.Y) / (b.Y - a.Y) * (b.X - a.X)), top));
            }

            Add(new Coordinates(points[i].X, Math.Min(points[i].Y, top)));
        }

        return capped;

        // Along the top only the two ends of the way are needed.
        void Add(Coordinates at)
        {
            if (at.Y == top && capped.Count > 1 && capped[^1].Y == top && capped[^2].Y == top)
                capped.RemoveAt(capped.Count - 1);
            capped.Add(at);
        }
    }
}
