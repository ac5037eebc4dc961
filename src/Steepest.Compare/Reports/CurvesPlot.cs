using ScottPlot;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The metric against the step: of each contender the median over repeats and the band of the middle half of them, and the target.</summary>
internal static class CurvesPlot
{
    private const int MostPoints = 400;

    public static Plot Compose(TaskJudgement task, string title, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var repeats = task.Repeats.Count;
        var frame = new JudgementFrame(
            width,
            height,
            title,
            task.Task,
            repeats == 1 ? "one repeat" : $"median and middle half of {repeats} repeats",
            [.. task.Contenders.Select(contender => contender.Name)],
            ChartFrame.Margin + 62,
            dash);
        var bands = task.Contenders.Select(Band.Of).ToArray();
        var values = bands.SelectMany(band => band.Points.SelectMany(point => new[] { point.Low, point.Middle, point.High })).Append(task.Reach.Value).Where(double.IsFinite).ToArray();

        // A run that blew up would press all others flat: what is drawn ends a little above where the contenders began.
        var isLog = values.Min() > 0 && !task.Reach.IsHigherBetter;
        var start = bands.Max(band => band.Points.Select(point => point.High).FirstOrDefault(double.IsFinite));
        double low = Scale(values.Min()), high = Scale(task.Reach.IsHigherBetter ? values.Max() : Math.Min(values.Max(), isLog ? 3 * start : start + Math.Abs(start)));
        var room = Math.Max((high - low) * 0.05, isLog ? 0.02 : 1e-6);
        var last = Math.Log10(Math.Max(10, task.Contenders.Max(contender => contender.Budget)));
        var limits = new AxisLimits(0, last * (1 + (12 / frame.Across)), low - room, high + room);
        var gap = 34 * limits.VerticalSpan / frame.Down;
        frame.SetAxes(
            limits,
            "step, counted from 1",
            LogTicks.Epochs(limits.Right, 60 * limits.HorizontalSpan / frame.Across),
            task.Reach.Metric,
            isLog ? LogTicks.Loss(limits.Bottom, limits.Top, gap) : EvenTicks.Of(limits.Bottom, limits.Top, gap));

        for (var place = 0; place < bands.Length; place++)
        {
            var points = bands[place].Points;
            double[] across = [.. points.Select(point => Math.Log10(point.Step + 1.0))];
            if (repeats > 1)
            {
                var fill = frame.Plot.Add.FillY(across, [.. points.Select(point => Held(point.Low))], [.. points.Select(point => Held(point.High))]);
                (fill.FillColor, fill.LineWidth, fill.MarkerStyle.IsVisible) = (ChartStyle.Colour(place).WithAlpha(0.16), 0, false);
            }

            var line = frame.Plot.Add.ScatterLine(across, [.. points.Select(point => Held(point.Middle))]);
            line.LineStyle = frame.Dashed(ChartStyle.Line(place));
        }

        frame.Line(limits.Left, Scale(task.Reach.Value), limits.Right, Scale(task.Reach.Value), frame.Dashed(ChartStyle.TargetLine));
        frame.Text($"target {LogTicks.Write(Math.Abs(task.Reach.Value))}", limits.Left + (6 * limits.HorizontalSpan / frame.Across), Scale(task.Reach.Value), ChartStyle.Ink, task.Reach.IsHigherBetter ? Alignment.LowerLeft : Alignment.UpperLeft);
        return frame.Plot;

        double Scale(double value) => isLog ? Math.Log10(value) : value;

        double Held(double value) => double.IsFinite(value) && (!isLog || value > 0) ? Math.Clamp(Scale(value), limits.Bottom, limits.Top)
            : double.IsNegativeInfinity(value) || (isLog && value <= 0) ? limits.Bottom : limits.Top;
    }

    private sealed record Band(IReadOnlyList<(long Step, double Low, double Middle, double High)> Points)
    {
        public static Band Of(ContenderResult contender)
        {
            var curves = contender.Selections.Select(selection => selection.Final.Curve).ToArray();
            var all = curves.SelectMany(curve => curve.Steps).Distinct().Order().ToArray();
            var budget = curves.Where(curve => !curve.HasDiverged).Select(curve => curve.Budget).DefaultIfEmpty(contender.Budget).Min();
            var column = Math.Log10(budget + 1.0) / MostPoints;
            return new Band([.. all.Where(step => step < budget).GroupBy(step => (int)(Math.Log10(step + 1.0) / column)).Select(group => group.Last())
                .Select(step => At(step, [.. curves.Select(curve => Value(curve, step)).Where(value => !double.IsNaN(value)).Order()]))]);
        }

        // After it diverged a run is beyond all.
        private static double Value(Curve curve, long step) => curve.At(step) is var value && step >= curve.Steps[0] && !double.IsFinite(value) ? double.PositiveInfinity : value;

        private static (long, double, double, double) At(long step, double[] sorted) => (step, Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));

        private static double Quantile(double[] sorted, double share)
        {
            var place = share * (sorted.Length - 1);
            double low = sorted[(int)Math.Floor(place)], high = sorted[(int)Math.Ceiling(place)];
            return low == high ? low : low + ((high - low) * (place - Math.Floor(place)));
        }
    }
}
