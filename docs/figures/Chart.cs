using ScottPlot;
using SkiaSharp;
using Steepest.Compare.Reports;

namespace Steepest.Figures;

/// <summary>An axis with the places of its ticks.</summary>
/// <param name="Name">What is measured, with its unit.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Ticks">Values to name, each with its name.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal factors.</param>
internal sealed record Scale(string Name, double Low, double High, IReadOnlyList<(double Value, string Name)> Ticks, bool IsLogarithmic = false)
{
    /// <summary>An axis whose ticks are named by their own numbers.</summary>
    public static Scale Of(string name, double low, double high, IEnumerable<double> ticks, bool isLogarithmic = false) =>
        new(name, low, high, [.. ticks.Select(tick => (tick, tick.ToString("#,0.####", System.Globalization.CultureInfo.InvariantCulture)))], isLogarithmic);

    public double Place(double value) => IsLogarithmic ? Math.Log10(value) : value;
}

/// <summary>A picture of a page: lines, dots and words in the look of the race's pictures, larger, so that it can be read at 720 pixels.</summary>
internal sealed class Chart : IDisposable
{
    private const int Width = 1120, Height = 630;
    private const float Zoom = 1.09375f, WordSize = 15;

    private readonly Plot plot = new() { ScaleFactor = Zoom };
    private readonly Scale x, y;
    private readonly float left;

    /// <param name="title">What was found, in a sentence.</param>
    /// <param name="subtitle">Data, network and settings.</param>
    /// <param name="note">How much chance there is in it; at the bottom right.</param>
    /// <param name="x">The axis across.</param>
    /// <param name="y">The axis up.</param>
    /// <param name="left">Room for the ticks' names on the left.</param>
    public Chart(string title, string subtitle, string note, Scale x, Scale y, float left = 62)
    {
        (this.x, this.y, this.left) = (x, y, left);
        Title = title;
        plot.FigureBackground.Color = ChartStyle.Ground;
        plot.Legend.IsVisible = false;
        const float Across = Width / Zoom;
        var frame = new ChartFrame(title, subtitle, note, plot.Legend, Across);
        plot.Axes.AddPanel(frame);
        plot.Layout.Fixed(new PixelPadding(ChartFrame.Margin + left, ChartFrame.Margin + 4, 66, frame.Height + 20));
        plot.Axes.SetLimits(x.Place(x.Low), x.Place(x.High), y.Place(y.Low), y.Place(y.High));
        LossPlot.SetAxis(plot.Axes.Bottom, x.Name, [.. x.Ticks.Select(tick => (x.Place(tick.Value), tick.Name))]);
        LossPlot.SetAxis(plot.Axes.Left, y.Name, [.. y.Ticks.Select(tick => (y.Place(tick.Value), tick.Name))]);
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = ChartStyle.Rule;
        plot.Grid.XAxisStyle.MajorLineStyle.AntiAlias = plot.Grid.YAxisStyle.MajorLineStyle.AntiAlias = true;
    }

    public string Title { get; }

    /// <summary>A line through points, in the colour and dash of a place.</summary>
    public Chart Line(IEnumerable<(double X, double Y)> points, int place, float width = 2.6f, bool? dashed = null, double opacity = 1)
    {
        var line = plot.Add.ScatterLine(points.Select(At).ToArray());
        line.LineStyle = ChartStyle.Line(place);
        (line.LineWidth, line.Color) = (width, ChartStyle.Colour(place).WithAlpha(opacity));
        if (dashed is { } isDashed) line.LinePattern = isDashed ? new([7, 6], 0, "") : LinePattern.Solid;
        return this;
    }

    /// <summary>A thin dashed line of no colour, such as a limit.</summary>
    public Chart Rule((double X, double Y) from, (double X, double Y) to)
    {
        plot.Add.Line(new CoordinateLine(At(from), At(to))).LineStyle = ChartStyle.TargetLine;
        return this;
    }

    /// <summary>Round dots, or rings.</summary>
    public Chart Dots(IEnumerable<(double X, double Y)> points, int place, float size = 11, double opacity = 1, bool rings = false)
    {
        foreach (var point in points)
        {
            var marker = plot.Add.Marker(At(point), rings ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, size, ChartStyle.Colour(place).WithAlpha(opacity));
            if (rings) marker.MarkerStyle.LineWidth = 2;
        }

        return this;
    }

    /// <summary>One dot with a light edge, to stand out from lines.</summary>
    public Chart Mark((double X, double Y) at, int place, float size = 14)
    {
        var marker = plot.Add.Marker(At(at), MarkerShape.FilledCircle, size, ChartStyle.Colour(place));
        (marker.MarkerStyle.OutlineWidth, marker.MarkerStyle.OutlineColor) = (2, ChartStyle.Ground);
        return this;
    }

    /// <summary>Words in the colour of a place, or in ink where there is none.</summary>
    public Chart Words(string words, (double X, double Y) at, int? place = null, Alignment alignment = Alignment.MiddleLeft, float right = 0, float up = 0)
    {
        var text = plot.Add.Text(words, At(at));
        text.LabelStyle = ChartStyle.Label(words, WordSize, place is { } colour ? ChartStyle.TextColour(colour) : ChartStyle.Ink, ChartStyle.Medium);
        text.LabelStyle.Alignment = alignment;
        text.LabelStyle.LineSpacing = 20;
        (text.OffsetX, text.OffsetY) = (right, -up);
        return this;
    }

    /// <summary>The picture. Flat colours pack smaller without PNG's filters, and the edges of lines and letters smaller in fewer shades.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        plot.Render(surface.Canvas, Width, Height);
        using var pixels = surface.PeekPixels();
        foreach (ref var channel in pixels.GetPixelSpan<byte>())
        {
            if (channel < 0xF0) channel = (byte)((channel + 4) & ~7);
        }

        using var png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 9))!;
        return png.ToArray();
    }

    public void Dispose() => plot.Dispose();

    private Coordinates At((double X, double Y) point) => new(x.Place(point.X), y.Place(point.Y));
}
