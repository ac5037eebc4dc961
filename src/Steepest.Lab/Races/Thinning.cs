namespace Steepest.Lab.Races;

/// <summary>
/// A curve as a screen can show it: of each column of pixels the lowest and the highest value. The columns of an even and of a logarithmic axis cut the curve together, so that
/// neither axis loses anything. Points come out in order, each once, while the curve grows.
/// </summary>
/// <param name="columns">Columns of pixels.</param>
/// <param name="longest">The length at which the axis ends.</param>
internal sealed class Thinning(int columns, int longest)
{
    private readonly List<(int Epoch, double Value)> ready = [];
    private (int Even, int Log) cell = (-1, -1);
    private (int Epoch, double Value) lowest, highest, last;

    /// <summary>Adds the next value.</summary>
    /// <param name="epoch">Its place, from 1.</param>
    /// <param name="value">The value.</param>
    public void Add(int epoch, double value)
    {
        var place = ((int)((long)columns * epoch / longest), longest == 1 ? 0 : (int)(columns * Math.Log(epoch) / Math.Log(longest)));
        if (place != cell)
        {
            Close();
            (cell, lowest, highest) = (place, (epoch, value), (epoch, value));
        }

        if (value < lowest.Value) lowest = (epoch, value);
        if (value > highest.Value) highest = (epoch, value);
        last = (epoch, value);
    }

    /// <summary>Takes the points that are ready.</summary>
    /// <param name="all">Also those of the column that is not full yet, as at the end of the curve; they are not told again.</param>
    public IReadOnlyList<(int Epoch, double Value)> Take(bool all)
    {
        if (all)
        {
            Close();
            cell = (-1, -1);
        }

        (int, double)[] taken = [.. ready];
        ready.Clear();
        return taken;
    }

    private void Close()
    {
        if (cell.Even < 0) return;
        (int Epoch, double Value)[] points = [lowest, highest, last];
        ready.AddRange(points.DistinctBy(point => point.Epoch).OrderBy(point => point.Epoch));
    }
}
