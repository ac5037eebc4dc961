using ScottPlot;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>The metric at the end to expect of the best of n tries, against n.</summary>
internal static class TuningPlot
{
    public static bool Has(TaskJudgement task) => task.Contenders.Any(contender => contender.ExpectedBest.Count > 1);

    public static Plot Compose(TaskJudgement task, string title, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var spotlight = Spotlight.Of(task);
        var tuned = spotlight.Order.Where(number => task.Contenders[number].ExpectedBest.Count > 1).ToArray();
        var frame = new JudgementFrame(
            width,
            height,
            title,
            $"{(task.Task.Length == 0 ? "" : $"{task.Task}. ")}What the best of so many tries is expected to come to, from the tries that were made",
            task.Repeats.Count == 1 ? "one repeat" : $"mean of {task.Repeats.Count} repeats",
            [.. spotlight.Legend([.. task.Contenders.Select(contender => contender.Name)]).Where(line => line.Place == ChartStyle.Other || tuned.Any(number => spotlight.Places[number] == line.Place))],
            ChartFrame.Margin + 62,
            dash);
        double[] values = [.. tuned.SelectMany(number => task.Contenders[number].ExpectedBest).Where(double.IsFinite)];
        var axis = MetricAxis.Of(values, task.Reach, double.PositiveInfinity);
        var last = Math.Log10(tuned.Max(number => task.Contenders[number].ExpectedBest.Count));
        var limits = new AxisLimits(-0.01 * last, last * 1.01, axis.Bottom, axis.Top);
        frame.SetAxes(limits, "tries", LogTicks.Epochs(limits.Right, 60 * limits.HorizontalSpan / frame.Across), $"{task.Reach.Metric} at the end", axis.Ticks(frame.Down));
        frame.Line(limits.Left, axis.At(task.Reach.Value), limits.Right, axis.At(task.Reach.Value), dash(ChartStyle.TargetLine));
        foreach (var number in tuned)
        {
            var expected = task.Contenders[number].ExpectedBest;
            frame.Plot.Add.ScatterLine(expected.Index().Where(one => double.IsFinite(one.Item)).Select(one => new Coordinates(Math.Log10(one.Index + 1), axis.At(one.Item))).ToArray()).LineStyle = dash(ChartStyle.Line(spotlight.Places[number]));
        }

        frame.Text($"target {LogTicks.Write(Math.Abs(task.Reach.Value))}", limits.Left + (6 * limits.HorizontalSpan / frame.Across), axis.At(task.Reach.Value), ChartStyle.Ink, task.Reach.IsHigherBetter ? Alignment.LowerLeft : Alignment.UpperLeft);
        return frame.Plot;
    }
}
