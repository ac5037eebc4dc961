using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>A picture to be drawn as PNG or SVG.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">What is in it, for those who do not see it.</param>
/// <param name="Compose">Sets it up in a size; may exchange the style of every dashed line.</param>
public sealed record StillPicture(string Title, string Description, Func<int, int, Func<LineStyle, LineStyle>, Plot> Compose)
{
    private const int Width = 1280, Height = 720;

    /// <summary>The bytes of a PNG file of 1280 × 720; the same for the same picture.</summary>
    public byte[] ToPng()
    {
        using var plot = Compose(Width, Height, dash => dash);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    /// <summary>One SVG document whose words stay words.</summary>
    public string ToSvg()
    {
        var svg = new SvgFinish();
        using var plot = Compose(Width, Height, svg.Disguise);
        return svg.Apply(plot.GetSvgXml(Width, Height), Title, Description);
    }
}
