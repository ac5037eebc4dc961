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
        var spotlight = Spotlight.Of(task);
        var frame = new JudgementFrame(
            width,
            height,
            title,
            task.Task,
            repeats == 1 ? "one repeat" : $"median and middle half of {repeats} repeats",
            spotlight.Legend([.. task.Contenders.Select(contender => contender.Name)]),
            ChartFrame.Margin + 62,
            dash);
        var bands = task.Contenders.Select(Band.Of).ToArray();
        var axis = MetricAxis.Of(
            bands.SelectMany(band => band.Points.SelectMany(point => new[] { point.Low, point.Middle, point.High })), task.Reach, bands.Max(band => band.Points.Select(point => point.High).FirstOrDefault(double.IsFinite)));
        var last = Math.Log10(Math.Max(10, task.Contenders.Max(contender => contender.Budget)));
        var limits = new AxisLimits(0, last * (1 + (12 / frame.Across)), axis.Bottom, axis.Top);
        frame.SetAxes(
            limits,
            $"{task.Unit}, counted from 1",
            LogTicks.Epochs(limits.Right, 60 * limits.HorizontalSpan / frame.Across),
            task.Reach.Metric,
            axis.Ticks(frame.Down));

        foreach (var number in spotlight.Order)
        {
            var (points, place) = (bands[number].Points, spotlight.Places[number]);
            double[] across = [.. points.Select(point => Math.Log10(point.Step + 1.0))];
            if (repeats > 1 && place != ChartStyle.Other)
            {
                var fill = frame.Plot.Add.FillY(across, [.. points.Select(point => axis.At(point.Low))], [.. points.Select(point => axis.At(point.High))]);
                (fill.FillColor, fill.LineWidth, fill.MarkerStyle.IsVisible) = (ChartStyle.Colour(place).WithAlpha(0.16), 0, false);
            }

            var line = frame.Plot.Add.ScatterLine(across, [.. points.Select(point => axis.At(point.Middle))]);
            line.LineStyle = frame.Dashed(ChartStyle.Line(place));
        }

        frame.Line(limits.Left, axis.At(task.Reach.Value), limits.Right, axis.At(task.Reach.Value), frame.Dashed(ChartStyle.TargetLine));
        frame.Text($"target {LogTicks.Write(Math.Abs(task.Reach.Value))}", limits.Left + (6 * limits.HorizontalSpan / frame.Across), axis.At(task.Reach.Value), ChartStyle.Ink, task.Reach.IsHigherBetter ? Alignment.LowerLeft : Alignment.UpperLeft);
        return frame.Plot;
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
