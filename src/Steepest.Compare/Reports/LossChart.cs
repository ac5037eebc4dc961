using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>
/// A still picture of a race: the training loss of every contender against the epoch, both axes logarithmic, with the target and the epoch,
/// counted from 1, at which each contender first reached it. Text is set in an embedded font, so that a PNG looks the same on any machine.
/// </summary>
/// <param name="Title">What the picture shows; may be a sentence, which is wrapped and, when long, set smaller.</param>
/// <param name="Subtitle">The setting, such as data, network and seed; may be empty.</param>
/// <param name="Curves">The contenders, in the order of the legend.</param>
/// <param name="Target">The loss to reach, or null; a target that is not a positive number is not drawn.</param>
/// <param name="Note">What the lines are, such as how many repeats, at the bottom right; may be empty.</param>
public sealed record LossChart(string Title, string Subtitle, IReadOnlyList<LossCurve> Curves, double? Target, string Note)
{
    /// <summary>Draws the chart as a PNG picture; above 1280 × 720 everything grows with it.</summary>
    /// <param name="width">Pixels across, 480 to 8192.</param>
    /// <param name="height">Pixels down, 320 to 8192.</param>
    /// <returns>The bytes of the PNG file; the same bytes for the same chart.</returns>
    /// <exception cref="SteepestException">The size is out of range.</exception>
    public byte[] ToPng(int width = 1280, int height = 720)
    {
        ChartSize.Check(width, height);
        using var plot = LossPlot.Compose(this, width, height, dash => dash);
        return plot.GetImageBytes(width, height, ImageFormat.Png);
    }

    /// <summary>Draws the chart as an SVG picture whose words stay words; without the font they show in another, set to the same widths.</summary>
    /// <param name="width">Pixels across, 480 to 8192.</param>
    /// <param name="height">Pixels down, 320 to 8192.</param>
    /// <returns>One SVG document.</returns>
    /// <exception cref="SteepestException">The size is out of range.</exception>
    public string ToSvg(int width = 1280, int height = 720)
    {
        ChartSize.Check(width, height);
        var svg = new SvgFinish();
        using var plot = LossPlot.Compose(this, width, height, svg.Disguise);
        return svg.Apply(plot.GetSvgXml(width, height), Title, string.Join("; ", Curves.Select(LossPlot.NameOf)));
    }
}
