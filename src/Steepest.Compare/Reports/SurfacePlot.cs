using ScottPlot;

namespace Steepest.Compare.Reports;

/// <summary>Sets a surface chart up as a ScottPlot plot.</summary>
internal sealed class SurfacePlot
{
    // Contours are drawn over squares of this many pixels: smooth to the eye.
    private const float Square = 4;

    private const int Levels = 16;

    private readonly Plot plot;
    private readonly SurfaceChart chart;
    private readonly Func<LineStyle, LineStyle> dash;
    private readonly AxisLimits limits;
    private readonly PixelRect area;

    private SurfacePlot(Plot plot, SurfaceChart chart, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        (this.plot, this.chart, this.dash) = (plot, chart, dash);
        var scale = Math.Max(0.7f, Math.Min(width / 1080f, height / 810f));
        var (across, down) = (width / scale, height / scale);
        plot.ScaleFactor = scale;
        plot.FigureBackground.Color = ChartStyle.Ground;
        var legend = ChartFrame.Fill(plot.Legend, chart.Paths.Select((path, place) => (NameOf(path), place)), across, dash);
        var frame = new ChartFrame(chart.Title, chart.Subtitle, chart.Note, legend, across);
        plot.Axes.AddPanel(frame);
        var padding = new PixelPadding(ChartFrame.Margin + 48, ChartFrame.Margin + 4, 66, Math.Min(frame.Height + 18, down - 160));
        plot.Layout.Fixed(padding);
        area = new PixelRect(padding.Left, across - padding.Right, down - padding.Bottom, padding.Top);
        limits = Limits();
        plot.Axes.SetLimits(limits);
        SetAxes();
        if (chart.Function.Dimensions == 2) AddContours();
        foreach (var minimum in chart.Function.Minima) AddMinimum(minimum);
        foreach (var (place, path) in chart.Paths.Index()) AddPath(path, place);
    }

    /// <summary>The plot, to be drawn in exactly this size; <paramref name="dash"/> may exchange the style of every dashed line.</summary>
    public static Plot Compose(SurfaceChart chart, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var composed = new Plot();
        _ = new SurfacePlot(composed, chart, width, height, dash);
        return composed;
    }

    public static string NameOf(SurfacePath path)
    {
        var end = path switch
        {
            { DivergedAt: { } step } => $", diverged at step {Words.Count(step)}",
            { ArrivedAt: { } step } => $", there in {Words.Count(step)}",
            _ => "",
        };
        return ChartFrame.Clean($"{path.Contender.Title}{(path.HasSchedule ? string.Empty : $" · {Words.Number(path.LearningRate)}")}{end}");
    }

    /// <summary>The function's own view, widened to hold a start that lies outside.</summary>
    private AxisLimits Limits()
    {
        var (left, right, bottom, top) = chart.Function.View;
        if (chart.Function.Dimensions == 1)
        {
            var steps = Math.Max(chart.Paths.Select(path => path.Steps).DefaultIfEmpty(100).Max(), 1);
            return new(0, steps, left - (0.08 * (right - left)), right + (0.08 * (right - left)));
        }

        var (roomAcross, roomDown) = (0.05 * (right - left), 0.05 * (top - bottom));
        foreach (var start in chart.Paths.Select(path => path.Path.Places[0]))
        {
            (left, right) = (Math.Min(left, start[0] - roomAcross), Math.Max(right, start[0] + roomAcross));
            (bottom, top) = (Math.Min(bottom, start[1] - roomDown), Math.Max(top, start[1] + roomDown));
        }

        return new(left, right, bottom, top);
    }

    private void SetAxes()
    {
        var isPlane = chart.Function.Dimensions == 2;
        SetAxis(plot.Axes.Bottom, isPlane ? "x" : "step", limits.Left, limits.Right);
        SetAxis(plot.Axes.Left, isPlane ? "y" : "x", limits.Bottom, limits.Top);
        plot.Axes.Top.FrameLineStyle.Width = plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = isPlane ? Colors.Transparent : ChartStyle.Rule;
    }

    private static void SetAxis(IAxis axis, string name, double low, double high)
    {
        var step = Math.Pow(10, Math.Floor(Math.Log10((high - low) / 3)));
        foreach (var times in (double[])[1, 2, 5, 10])
        {
            if ((high - low) / (step * times) > 8) continue;
            step *= times;
            break;
        }

        var ticks = new List<(double, string)>();
        for (var i = Math.Ceiling(low / step); i * step <= high; i++) ticks.Add((i * step, Words.Number(Math.Round(i * step, 10)).Replace('-', '−')));
        LossPlot.SetAxis(axis, name, ticks);
    }

    /// <summary>Heights by the logarithm above the least value: a valley's floor has contours too.</summary>
    private void AddContours()
    {
        var (columns, rows) = ((int)(area.Width / Square), (int)(area.Height / Square));
        var heights = new double[rows, columns];
        var grid = new Coordinates3d[rows, columns];
        var least = chart.Function.Minima.Min(minimum => chart.Function.Value([.. minimum]));
        var all = new List<double>(rows * columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var x = limits.Left + (limits.HorizontalSpan * column / (columns - 1));
                var y = limits.Top - (limits.VerticalSpan * row / (rows - 1));
                heights[row, column] = chart.Function.Value([x, y]) - least;
                if (double.IsFinite(heights[row, column])) all.Add(heights[row, column]);
            }
        }

        all.Sort();
        var floor = Math.Max(all[all.Count / 200], 1e-12 * Math.Max(all[^1], 1e-300));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var height = heights[row, column];

                // What no number can hold is as high as the highest that one can.
                heights[row, column] = Math.Log10(double.IsFinite(height) ? Math.Max(height, floor) : all[^1]);
                grid[row, column] = new(
                    limits.Left + (limits.HorizontalSpan * column / (columns - 1)), limits.Top - (limits.VerticalSpan * row / (rows - 1)), heights[row, column]);
            }
        }

        var (low, high) = (Math.Log10(floor), Math.Log10(all[^1]));
        var shade = plot.Add.Heatmap(heights);
        shade.Extent = new(limits.Left, limits.Right, limits.Bottom, limits.Top);
        shade.Colormap = new Shades();
        shade.Smooth = true;
        var contours = plot.Add.ContourLines(grid);
        contours.ContourLineLevels = [.. Enumerable.Range(0, Levels).Select(i => low + ((high - low) * (i + 0.5) / Levels))];
        contours.LineStyle.Color = new Color("#8e9bab").WithAlpha(0.55);
        contours.LineStyle.Width = 1;
        contours.LabelStyle.IsVisible = false;
    }

    private void AddMinimum(ValueList<double> at)
    {
        if (chart.Function.Dimensions == 1)
        {
            plot.Add.Line(limits.Left, at[0], limits.Right, at[0]).LineStyle = dash(ChartStyle.TargetLine);
            return;
        }

        var cross = plot.Add.Marker(new Coordinates(at[0], at[1]), MarkerShape.Cross, 15, ChartStyle.Ink);
        cross.MarkerStyle.LineWidth = 1.8f;
    }

    private void AddPath(SurfacePath path, int place)
    {
        var points = path.Path.Places.Select(Where).ToList();
        var line = plot.Add.ScatterLine(Thin(points));
        line.LineStyle = dash(ChartStyle.Line(place));
        line.LineStyle.Width = path.Path.Places.Count > 400 ? 1.6f : 2.2f;
        Mark(points[0], MarkerShape.FilledCircle, 9, ChartStyle.Ink);
        if (path.DivergedAt is null) Mark(points[^1], MarkerShape.FilledCircle, 12, ChartStyle.Colour(place));
    }

    private Coordinates Where(ValueList<double> at, int step) => at.Count == 1 ? new(step, at[0]) : new(at[0], at[1]);

    /// <summary>Steps that stay in the same pixel are not seen; a value far beyond the picture would only be clipped.</summary>
    private List<Coordinates> Thin(List<Coordinates> points)
    {
        var (across, down) = (limits.HorizontalSpan / area.Width / 2, limits.VerticalSpan / area.Height / 2);
        var kept = new List<Coordinates> { points[0] };
        foreach (var point in points.Skip(1))
        {
            var inside = new Coordinates(
                Math.Clamp(point.X, limits.Left - (10 * limits.HorizontalSpan), limits.Right + (10 * limits.HorizontalSpan)),
                Math.Clamp(point.Y, limits.Bottom - (10 * limits.VerticalSpan), limits.Top + (10 * limits.VerticalSpan)));
            if (Math.Abs(inside.X - kept[^1].X) >= across || Math.Abs(inside.Y - kept[^1].Y) >= down) kept.Add(inside);
        }

        return kept;
    }

    private void Mark(Coordinates at, MarkerShape shape, float size, Color colour)
    {
        if (!limits.Contains(at)) return;
        var marker = plot.Add.Marker(at, shape, size, colour);
        (marker.MarkerStyle.OutlineWidth, marker.MarkerStyle.OutlineColor) = (1.8f, ChartStyle.Ground);
    }

    /// <summary>Low ground a little darker than high.</summary>
    private sealed class Shades : IColormap
    {
        public string Name => "Ground";

        public Color GetColor(double position)
        {
            var share = double.IsFinite(position) ? Math.Clamp(position, 0, 1) : 1;
            static byte Mix(double share, byte low, byte high) => (byte)Math.Round(low + (share * (high - low)));
            return new(Mix(share, 0xCF, 0xFA), Mix(share, 0xDC, 0xFA), Mix(share, 0xE8, 0xF7));
        }
    }
}
