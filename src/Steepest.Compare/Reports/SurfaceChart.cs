using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>
/// A still picture of paths over a test function: contours, every path with its start and its end, and the minima. A function of one number is drawn against the step.
/// </summary>
/// <param name="Title">What the picture shows; may be a sentence.</param>
/// <param name="Subtitle">The function and the setting; may be empty.</param>
/// <param name="Function">The function.</param>
/// <param name="Paths">The paths, in the order of the legend; maybe none.</param>
/// <param name="Note">What stands at the bottom right; may be empty.</param>
public sealed record SurfaceChart(string Title, string Subtitle, TestFunction Function, IReadOnlyList<SurfacePath> Paths, string Note)
{
    /// <summary>Draws the chart as a PNG picture; above 1080 × 810 everything grows with it.</summary>
    /// <param name="width">Pixels across, 480 to 8192.</param>
    /// <param name="height">Pixels down, 320 to 8192.</param>
    /// <returns>The bytes of the PNG file; the same bytes for the same chart.</returns>
    /// <exception cref="SteepestException">The size is out of range.</exception>
    public byte[] ToPng(int width = 1080, int height = 810)
    {
        ChartSize.Check(width, height);
        using var plot = SurfacePlot.Compose(this, width, height, dash => dash);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    /// <summary>Draws the chart as an SVG picture whose words stay words.</summary>
    /// <param name="width">Pixels across, 480 to 8192.</param>
    /// <param name="height">Pixels down, 320 to 8192.</param>
    /// <returns>One SVG document.</returns>
    /// <exception cref="SteepestException">The size is out of range.</exception>
    public string ToSvg(int width = 1080, int height = 810)
    {
        ChartSize.Check(width, height);
        var svg = new SvgFinish();
        using var plot = SurfacePlot.Compose(this, width, height, svg.Disguise);
        return svg.Apply(plot.GetSvgXml(width, height), Title, string.Join("; ", Paths.Select(SurfacePlot.NameOf)));
    }
}
