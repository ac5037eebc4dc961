namespace Steepest.Compare.Reports;

/// <summary>How large a picture may be.</summary>
internal static class ChartSize
{
    private const int LeastWidth = 480, LeastHeight = 320, Most = 8192;

    /// <exception cref="SteepestException">The size is out of range.</exception>
    public static void Check(int width, int height)
    {
        if (width is < LeastWidth or > Most || height is < LeastHeight or > Most)
        {
            throw new SteepestException(
                $"A chart of {width} × {height} pixels cannot be drawn; it takes {LeastWidth} to {Most} across and {LeastHeight} to {Most} down.");
        }
    }
}
