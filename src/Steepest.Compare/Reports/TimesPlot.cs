using ScottPlot;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The time to the target of every repeat as a dot, a row for each contender, with the median and its interval; a miss is an open dot at its budget.</summary>
internal static class TimesPlot
{
    private const float NameSize = 15, MostForNames = 420, DotSize = 9, RoomyRow = 70;

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
            $"{(task.Task.Length == 0 ? "" : $"{task.Task}. ")}{Words.Capital(Words.Many(task.Unit))} to {task.Reach}: every repeat, the median and its 95 % interval",
            missed ? "an open dot did not reach the target within its budget" : "",
            [],
            left,
            dash);

        double[] times = [.. contenders.SelectMany(contender => contender.Times.Select(time => At(time, contender)))];
        double low = times.Min(), high = times.Max(), room = Math.Max(0.08 * (high - low), 0.03);
        var limits = new AxisLimits(Math.Max(0, low - room), high + (1.6 * room), -0.5, contenders.Count - 0.5);
        var ticks = LogTicks.Loss(limits.Left, limits.Right, 76 * limits.HorizontalSpan / frame.Across);
        frame.SetAxes(limits, $"{Words.Many(task.Unit)} to {task.Reach}", ticks, "", [.. names.Select((name, place) => ((double)(contenders.Count - 1 - place), name))]);
        frame.Plot.Grid.YAxisStyle.MajorLineStyle.Width = 0;
        (frame.Plot.Axes.Left.TickLabelStyle.FontSize, frame.Plot.Axes.Left.TickLabelStyle.ForeColor) = (NameSize, ChartStyle.Ink);

        var row = 1 / (double)frame.Down * limits.VerticalSpan;
        var isTight = frame.Down / contenders.Count < RoomyRow;
        var spotlight = Spotlight.Of(task);
        for (var number = 0; number < contenders.Count; number++)
        {
            var (contender, y, place) = (contenders[number], contenders.Count - 1.0 - number, spotlight.Places[number]);
            var colour = ChartStyle.Colour(place);
            for (var repeat = 0; repeat < contender.Times.Count; repeat++)
            {
                var time = contender.Times[repeat];

                // Dots of equal times lie beside each other.
                var off = isTight ? (((repeat % 3) - 1) * 4 * row) + (5 * row) : ((repeat % 5) - 2) * 7 * row;
                var dot = frame.Plot.Add.Marker(At(time, contender), y - off, time.IsCensored ? MarkerShape.OpenCircle : MarkerShape.FilledCircle, isTight ? 7 : DotSize, time.IsCensored ? colour : colour.WithAlpha(0.55));
                dot.MarkerStyle.LineWidth = 1.6f;
            }

            var above = y + ((isTight ? 9 : 26) * row);
            if (contender.Time.Interval is { } interval)
                frame.Line(Place(interval.Lower, contender), above, Place(interval.Upper, contender), above, new LineStyle(2.6f, colour));
            var (median, half) = (Place(contender.Time.Value, contender), (isTight ? 4 : 7) * row);
            frame.Line(median, above - half, median, above + half, new LineStyle(4, colour));
            var text = JudgementWords.Time(contender.Time.Value, contender.Budget);
            if (isTight) frame.Text(text, Place(contender.Time.Interval?.Upper ?? contender.Time.Value, contender) + (7 * limits.HorizontalSpan / frame.Across), above, ChartStyle.TextColour(place), Alignment.MiddleLeft, 13);
            else frame.Text(text, median, above + (8 * row), ChartStyle.TextColour(place), Alignment.LowerCenter, 15);
        }

        return frame.Plot;

        double At(ReachTime time, ContenderResult contender) => Math.Log10(Math.Min(time.Count, contender.Budget));

        double Place(double steps, ContenderResult contender) => Math.Log10(double.IsFinite(steps) ? steps : contender.Budget);
    }
}
