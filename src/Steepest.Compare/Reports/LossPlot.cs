using System.Globalization;
using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>Sets a loss chart up as a ScottPlot plot of decimal logarithms.</summary>
internal sealed class LossPlot
{
    private const float MarkerSize = 13, NumberSize = 16, LabelSize = 14, LabelAway = 11, RoomForLabels = 54;

    private readonly Plot plot;
    private readonly LossChart chart;
    private readonly Func<LineStyle, LineStyle> dash;
    private readonly PixelRect area;
    private readonly AxisLimits limits;
    private readonly LabelSpace space;
    private readonly double? targetLevel;

    // Just inside the top, so that a cross there is whole.
    private readonly double cap;

    private LossPlot(Plot plot, LossChart chart, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        (this.plot, this.chart, this.dash) = (plot, chart, dash);
        targetLevel = chart.Target is { } target && CurvePoints.CanBeDrawn(target) ? Math.Log10(target) : null;
        var scale = Math.Max(0.7f, Math.Min(width / 1280f, height / 720f));
        var (across, down) = (width / scale, height / scale);
        plot.ScaleFactor = scale;
        plot.FigureBackground.Color = ChartStyle.Ground;
        var frame = new ChartFrame(chart.Title, chart.Subtitle, chart.Note, Legend(across), across);
        plot.Axes.AddPanel(frame);
        var top = Math.Min(frame.Height + 18, down - 160);
        var padding = new PixelPadding(ChartFrame.Margin + 62, ChartFrame.Margin + 4, 66, top);
        plot.Layout.Fixed(padding);
        area = new PixelRect(padding.Left, across - padding.Right, down - padding.Bottom, top);
        limits = Limits();
        plot.Axes.SetLimits(limits);
        SetAxes();
        cap = limits.Top - (8 * limits.VerticalSpan / area.Height);
        var curves = chart.Curves.Select(PointsOf).ToList();
        space = new LabelSpace(area.Contract(4), [.. curves.SelectMany(Ink)]);
        AddTargetLine();
        foreach (var (curve, points) in chart.Curves.Zip(curves))
        {
            var line = plot.Add.ScatterLine(points);
            line.LineStyle = dash(ChartStyle.Line(curve.Place));
            if (points.Count == 1)
                line.MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, MarkerSize / 2, ChartStyle.Colour(curve.Place));
        }

        AddMarks(curves);
    }

    /// <summary>The plot, to be drawn in exactly this size; <paramref name="dash"/> may exchange the style of every dashed line.</summary>
    public static Plot Compose(LossChart chart, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var composed = new Plot();
        _ = new LossPlot(composed, chart, width, height, dash);
        return composed;
    }

    public static string NameOf(LossCurve curve) =>
        ChartFrame.Clean(curve.Detail.Length == 0 ? curve.Label : $"{curve.Label} · {curve.Detail}");

    private Legend Legend(float across)
    {
        var legend = plot.Legend;
        (legend.Orientation, legend.TightHorizontalWrapping) = (Orientation.Horizontal, true);
        (legend.BackgroundColor, legend.OutlineWidth, legend.ShadowColor) = (Colors.Transparent, 0, Colors.Transparent);
        (legend.Padding, legend.InterItemPadding) = (new PixelPadding(0), new PixelPadding(0, 26, 2, 2));
        (legend.SymbolWidth, legend.SymbolPadding) = (36, 9);
        using var paint = Paint.NewDisposablePaint();
        foreach (var curve in chart.Curves)
        {
            var label = ChartStyle.Label("", 15, ChartStyle.Ink);
            label.Text = ChartFrame.Fit(NameOf(curve), label, across - (2 * ChartFrame.Margin) - 80, paint);
            label.Alignment = Alignment.MiddleLeft;
            legend.ManualItems.Add(new LegendItem { LabelStyle = label, LineStyle = dash(ChartStyle.Line(curve.Place)) });
        }

        // The frame draws it; by itself it would stand inside the plot.
        legend.IsVisible = false;
        return legend;
    }

    private AxisLimits Limits()
    {
        var loss = CurvePoints.LossRange(chart.Curves, targetLevel is { } t ? Math.Pow(10, t) : null);
        var epochs = Math.Log10(Math.Max(10, chart.Curves.Select(c => c.Loss.Count).DefaultIfEmpty().Max()));
        double above = 14, below = targetLevel - loss.Min < 0.12 * loss.Span ? RoomForLabels : 18;
        var unit = loss.Span / Math.Max(20, area.Height - above - below);
        return new AxisLimits(0, epochs * (1 + (12 / area.Width)), loss.Min - (below * unit), loss.Max + (above * unit));
    }

    private void SetAxes()
    {
        SetAxis(plot.Axes.Bottom, "epoch", LogTicks.Epochs(limits.Right, 60 * limits.HorizontalSpan / area.Width));
        SetAxis(plot.Axes.Left, "training loss", LogTicks.Loss(limits.Bottom, limits.Top, 34 * limits.VerticalSpan / area.Height));
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = ChartStyle.Rule;
        // Without smoothing a rule is crisp; but a part of a pixel would vanish in one place and be a whole one in another.
        plot.Grid.XAxisStyle.MajorLineStyle.AntiAlias = plot.Grid.YAxisStyle.MajorLineStyle.AntiAlias = plot.ScaleFactor % 1 != 0;
    }

    public static void SetAxis(IAxis axis, string name, List<(double Log, string Label)> ticks)
    {
        axis.SetTicks([.. ticks.Select(t => t.Log)], [.. ticks.Select(t => t.Label)]);
        (axis.Label.Text, axis.Label.FontName, axis.Label.FontSize, axis.Label.Bold) = (name, ChartStyle.Regular, LabelSize, false);
        (axis.TickLabelStyle.FontName, axis.TickLabelStyle.FontSize) = (ChartStyle.Regular, LabelSize);
        axis.Label.ForeColor = axis.TickLabelStyle.ForeColor = ChartStyle.Muted;
        axis.MajorTickStyle.Length = axis.MinorTickStyle.Length = axis.FrameLineStyle.Width = 0;
        axis.MajorTickStyle.Width = axis.MinorTickStyle.Width = 0;
    }

    private void AddTargetLine()
    {
        if (targetLevel is not { } y)
            return;
        plot.Add.Line(limits.Left, y, limits.Right, y).LineStyle = dash(ChartStyle.TargetLine);
    }

    private void AddMarks(List<List<Coordinates>> curves)
    {
        var reached = new List<(LossCurve Curve, Coordinates At)>();
        foreach (var curve in chart.Curves.Where(c => c.ReachedAt is { } epoch && epoch >= 0 && epoch < c.Loss.Count))
        {
            var loss = curve.Loss[curve.ReachedAt!.Value];
            if (!CurvePoints.CanBeDrawn(loss) && targetLevel is null)
                continue;
            var at = new Coordinates(
                Math.Log10(curve.ReachedAt.Value + 1.0),
                CurvePoints.CanBeDrawn(loss) ? Math.Log10(loss) : targetLevel!.Value);
            var marker = plot.Add.Marker(at, MarkerShape.FilledCircle, MarkerSize, ChartStyle.Colour(curve.Place));
            (marker.MarkerStyle.OutlineWidth, marker.MarkerStyle.OutlineColor) = (2, ChartStyle.Ground);
            reached.Add((curve, at));
            space.Take(Around(at));
        }

        var diverged = new List<(LossCurve Curve, Coordinates At)>();
        foreach (var curve in chart.Curves.Where(c => c.DivergedAt is not null && c.Loss.Count > 0))
        {
            var at = EndOf(curve);
            var marker = plot.Add.Marker(at, MarkerShape.Eks, MarkerSize, ChartStyle.Colour(curve.Place));
            marker.MarkerStyle.LineWidth = 2.6f;
            diverged.Add((curve, at));
            space.Take(Around(at));
        }

        foreach (var (curve, at) in diverged)
        {
            var text = $"diverged after {Grouped(curve.Loss.Count)} {(curve.Loss.Count == 1 ? "epoch" : "epochs")}";
            AddLabel(text, LabelSize, ChartStyle.TextColour(curve.Place), size => space.At(PixelOf(at), size, LabelAway));
        }

        foreach (var (curve, at) in reached.OrderBy(r => r.At.X))
        {
            var epoch = Grouped(curve.ReachedAt!.Value + 1L);
            AddLabel(epoch, NumberSize, ChartStyle.TextColour(curve.Place), size => space.At(PixelOf(at), size, LabelAway));
        }

        if (targetLevel is not { } target)
            return;
        var name = "target " + LogTicks.Write(chart.Target!.Value);
        AddLabel(name, LabelSize, ChartStyle.Ink, size => space.Along(PixelOf(new(0, target)).Y, size));
    }

    private static string Grouped(long count) => LogTicks.Grouped(count.ToString(CultureInfo.InvariantCulture));

    private void AddLabel(string text, float fontSize, Color colour, Func<PixelSize, PixelRect> place)
    {
        var label = ChartStyle.Label(text, fontSize, colour, ChartStyle.Medium);
        using var paint = Paint.NewDisposablePaint();
        var rect = place(label.Measure(text, paint).Size);
        label.Alignment = Alignment.UpperLeft;
        var at = new Coordinates(
            limits.Left + ((rect.Left - area.Left) / area.Width * limits.HorizontalSpan),
            limits.Top - ((rect.Top - area.Top) / area.Height * limits.VerticalSpan));
        plot.Add.Text(text, at).LabelStyle = label;
    }

    private List<Coordinates> PointsOf(LossCurve curve)
    {
        var points = CurvePoints.Thin(curve.Loss, limits.HorizontalSpan / area.Width);
        if (curve.DivergedAt is null)
            return points;
        if (curve.Loss.Count > 0 && !CurvePoints.CanBeDrawn(curve.Loss[^1]))
            points.Add(EndOf(curve));
        return CurvePoints.Cap(points, cap);
    }

    // A last loss without a logarithm is one that overflowed: it lies above every range.
    private Coordinates EndOf(LossCurve curve)
    {
        var last = curve.Loss[^1];
        return new Coordinates(Math.Log10(curve.Loss.Count), CurvePoints.CanBeDrawn(last) ? Math.Min(Math.Log10(last), cap) : cap);
    }

    private IEnumerable<(Pixel From, Pixel To)> Ink(List<Coordinates> points) =>
        points.Zip(points.Skip(1), (a, b) => (PixelOf(a), PixelOf(b)));

    private PixelRect Around(Coordinates at) => new(PixelOf(at), MarkerSize / 2);

    private Pixel PixelOf(Coordinates at) => new(
        area.Left + ((at.X - limits.Left) / limits.HorizontalSpan * area.Width),
        area.Top + ((limits.Top - at.Y) / limits.VerticalSpan * area.Height));
}
