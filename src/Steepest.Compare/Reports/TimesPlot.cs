using ScottPlot;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The time to the target of every repeat as a dot, a row for each contender, with the median and its interval; a miss is an open dot at its budget.</summary>
internal static class TimesPlot
{
    private const float NameSize = 15, MostForNames = 420, DotSize = 9;

    public static Plot Compose(TaskJudgement task, string title, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var contenders = task.Contenders;
        using var paint = Paint.NewDisposablePaint();
        var style = ChartStyle.Label("", NameSize, ChartStyle.Ink);
        string[] names = [.. contenders.Select(contender => ChartFrame.Fit(ChartFrame.Clean(contender.Name), style, MostForNames, paint))];
        var left = names.Max(name => style.Measure(name, paint).Width) + ChartFrame.Margin + 16;
        var missed = contenders.Any(contender => contender.Reached < contender.Times.Count);
        var frame = new JudgementFrame(
            width,
            height,
            title,
            $"{(task.Task.Length == 0 ? "" : $"{task.Task}. ")}Steps to {task.Reach}: every repeat, the median and its 95 % interval",
            missed ? "an open dot did not reach the target within its budget" : "",
            [],
            left,
            dash);

        double[] times = [.. contenders.SelectMany(contender => contender.Times.Select(time => At(time, contender)))];
        double low = times.Min(), high = times.Max(), room = Math.Max(0.08 * (high - low), 0.03);
        var limits = new AxisLimits(Math.Max(0, low - room), high + (1.6 * room), -0.5, contenders.Count - 0.5);
        var ticks = LogTicks.Loss(limits.Left, limits.Right, 76 * limits.HorizontalSpan / frame.Across);
        frame.SetAxes(limits, $"steps to {task.Reach}", ticks, "", [.. names.Select((name, place) => ((double)(contenders.Count - 1 - place), name))]);
        frame.Plot.Grid.YAxisStyle.MajorLineStyle.Width = 0;
        (frame.Plot.Axes.Left.TickLabelStyle.FontSize, frame.Plot.Axes.Left.TickLabelStyle.ForeColor) = (NameSize, ChartStyle.Ink);

        var row = 1 / (double)frame.Down * limits.VerticalSpan;
        for (var place = 0; place < contenders.Count; place++)
        {
            var (contender, y, colour) = (contenders[place], contenders.Count - 1.0 - place, ChartStyle.Colour(place));
            for (var repeat = 0; repeat < contender.Times.Count; repeat++)
            {
                var time = contender.Times[repeat];

                // Dots of equal times lie beside each other.
                var off = ((repeat % 5) - 2) * 7 * row;
                var dot = frame.Plot.Add.Marker(At(time, contender), y - off, time.IsCensored ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, DotSize, time.IsCensored ? colour : colour.WithAlpha(0.55));
                dot.MarkerStyle.LineWidth = 1.6f;
            }

            var above = y + (26 * row);
            if (contender.Time.Interval is { } interval)
                frame.Line(Place(interval.Lower, contender), above, Place(interval.Upper, contender), above, new LineStyle(2.6f, colour));
            frame.Line(Place(contender.Time.Value, contender), above - (7 * row), Place(contender.Time.Value, contender), above + (7 * row), new LineStyle(4, colour));
            frame.Text(JudgementWords.Time(contender.Time.Value, contender.Budget), Place(contender.Time.Value, contender), above + (8 * row), ChartStyle.TextColour(place), Alignment.LowerCenter, 15);
        }

        return frame.Plot;

        double At(ReachTime time, ContenderResult contender) => Math.Log10(Math.Min(time.Count, contender.Budget));

        double Place(double steps, ContenderResult contender) => Math.Log10(double.IsFinite(steps) ? steps : contender.Budget);
    }
}
