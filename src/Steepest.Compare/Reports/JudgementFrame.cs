using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>What the pictures of a judgement have in common: heading, legend, fixed margins and two axes.</summary>
internal sealed class JudgementFrame
{
    private const float Right = ChartFrame.Margin + 4, Bottom = 66, LeastHeight = 160, Gap = 18;

    private readonly Func<LineStyle, LineStyle> dash;

    public JudgementFrame(int width, int height, string title, string subtitle, string note, IReadOnlyList<(string Name, int Place)> legend, float left, Func<LineStyle, LineStyle> dash)
    {
        this.dash = dash;
        Plot.FigureBackground.Color = ChartStyle.Ground;
        var frame = new ChartFrame(title, subtitle, note, ChartFrame.Fill(Plot.Legend, legend.Select(line => (ChartFrame.Clean(line.Name), line.Place)), width, dash), width);
        Plot.Axes.AddPanel(frame);
        var padding = new PixelPadding(left, Right, Bottom, Math.Min(frame.Height + Gap, height - LeastHeight));
        Plot.Layout.Fixed(padding);
        (Across, Down) = (width - padding.Horizontal, height - padding.Vertical);
    }

    public Plot Plot { get; } = new();

    /// <summary>The pixels of the plot itself.</summary>
    public float Across { get; }

    public float Down { get; }

    public void SetAxes(AxisLimits limits, string across, List<(double, string)> ticksAcross, string down, List<(double, string)> ticksDown)
    {
        Plot.Axes.SetLimits(limits);
        LossPlot.SetAxis(Plot.Axes.Bottom, across, ticksAcross);
        LossPlot.SetAxis(Plot.Axes.Left, down, ticksDown);
        Plot.Axes.Top.FrameLineStyle.Width = Plot.Axes.Right.FrameLineStyle.Width = 0;
        Plot.Grid.MajorLineColor = ChartStyle.Rule;
        Plot.Grid.XAxisStyle.MajorLineStyle.AntiAlias = Plot.Grid.YAxisStyle.MajorLineStyle.AntiAlias = false;
    }

    public void Line(double x0, double y0, double x1, double y1, LineStyle style) => Plot.Add.Line(x0, y0, x1, y1).LineStyle = style;

    public LineStyle Dashed(LineStyle style) => dash(style);

    public void Text(string text, double x, double y, Color colour, Alignment alignment, float size = 14)
    {
        var label = ChartStyle.Label(text, size, colour, ChartStyle.Medium);
        label.Alignment = alignment;
        Plot.Add.Text(text, x, y).LabelStyle = label;
    }
}
