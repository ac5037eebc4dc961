using ScottPlot;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>
/// The metric at the end against the setting that was tried, such as the learning rate: every try a faint dot, of each contender the line through the medians of as many
/// neighbouring tries as there are repeats. A try that diverged is a cross at the worst edge; a diamond marks the contender as set.
/// </summary>
internal static class SensitivityPlot
{
    public static bool Has(TaskJudgement task) => task.Contenders.Any(contender => contender.Sensitivity is not null);

    public static Plot Compose(TaskJudgement task, string title, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var spotlight = Spotlight.Of(task);
        var tuned = spotlight.Order.Where(number => task.Contenders[number].Sensitivity is not null).ToArray();
        var tries = tuned.ToDictionary(number => number, number => TriesOf(task.Contenders[number], task.Reach));
        var frame = new JudgementFrame(
            width,
            height,
            title,
            $"{(task.Task.Length == 0 ? "" : $"{task.Task}. ")}Every try of {task.Repeats.Count} repeats, and the median of {(task.Repeats.Count == 1 ? "each" : $"{task.Repeats.Count} neighbours")}",
            $"{(tries.Values.Any(all => all.Any(one => !double.IsFinite(one.Final))) ? "a cross diverged" : "")}{(tuned.Any(number => DefaultOf(task.Contenders[number], task.Reach) is not null) ? "; a diamond is the contender as set" : "")}".TrimStart(';', ' '),
            [.. spotlight.Legend([.. task.Contenders.Select(contender => contender.Name)]).Where(line => line.Place == ChartStyle.Other || tuned.Any(number => spotlight.Places[number] == line.Place))],
            ChartFrame.Margin + 62,
            dash);
        var axis = MetricAxis.Of(tries.Values.SelectMany(all => all.Select(one => one.Final)), task.Reach, tuned.Max(number => task.Contenders[number].Selections[0].Final.Curve.Values[0]));
        double low = Math.Log10(tries.Values.Min(all => all[0].Setting)), high = Math.Log10(tries.Values.Max(all => all[^1].Setting)), room = Math.Max(0.02 * (high - low), 0.02);
        var limits = new AxisLimits(low - room, high + room, axis.Bottom, axis.Top + (0.02 * (axis.Top - axis.Bottom)));
        frame.SetAxes(limits, task.Setting, LogTicks.Loss(limits.Left, limits.Right, 76 * limits.HorizontalSpan / frame.Across), $"{task.Reach.Metric} at the end", axis.Ticks(frame.Down));

        // Grey ones have no dots: eight times 250 would be a fog.
        foreach (var number in tuned.Where(number => spotlight.Places[number] != ChartStyle.Other)) Dots(tries[number], ChartStyle.Colour(spotlight.Places[number]));
        frame.Line(limits.Left, axis.At(task.Reach.Value), limits.Right, axis.At(task.Reach.Value), dash(ChartStyle.TargetLine));
        foreach (var number in tuned)
        {
            var (contender, place, medians) = (task.Contenders[number], spotlight.Places[number], MediansOf(tries[number], task.Repeats.Count));
            frame.Plot.Add.ScatterLine(medians.Select(one => new Coordinates(Math.Log10(one.Setting), axis.At(one.Final))).ToArray()).LineStyle = dash(ChartStyle.Line(place));
            if (place == ChartStyle.Other || DefaultOf(contender, task.Reach) is not { } asSet || !limits.XRange.Contains(Math.Log10(asSet.Setting))) continue;
            var diamond = frame.Plot.Add.Marker(Math.Log10(asSet.Setting), axis.At(asSet.Final), MarkerShape.FilledDiamond, 15, ChartStyle.Colour(place));
            (diamond.MarkerStyle.OutlineWidth, diamond.MarkerStyle.OutlineColor) = (2, ChartStyle.Ground);
        }

        frame.Text($"target {LogTicks.Write(Math.Abs(task.Reach.Value))}", limits.Left + (6 * limits.HorizontalSpan / frame.Across), axis.At(task.Reach.Value), ChartStyle.Ink, task.Reach.IsHigherBetter ? Alignment.LowerLeft : Alignment.UpperLeft);
        return frame.Plot;

        void Dots((double Setting, double Final)[] all, Color colour)
        {
            foreach (var (setting, final) in all)
            {
                var isThere = double.IsFinite(final);
                var dot = frame.Plot.Add.Marker(Math.Log10(setting), axis.At(final), isThere ? MarkerShape.FilledCircle : MarkerShape.Eks, isThere ? 5 : 8, colour.WithAlpha(isThere ? 0.3 : 0.55));
                dot.MarkerStyle.LineWidth = 1.3f;
            }
        }
    }

    private static double FinalOf(Trial trial, Reach reach) =>
        !trial.Curve.HasDiverged ? trial.Curve.Final : reach.IsHigherBetter ? double.NegativeInfinity : double.PositiveInfinity;

    private static (double Setting, double Final)[] TriesOf(ContenderResult contender, Reach reach) =>
        [.. contender.Selections.SelectMany(selection => selection.Tries).Where(one => one.SettingValue is not null).Select(one => (one.SettingValue!.Value, FinalOf(one, reach))).OrderBy(one => one.Item1)];

    private static (double Setting, double Final)? DefaultOf(ContenderResult contender, Reach reach)
    {
        var runs = contender.Selections.Select(selection => selection.AsSet).OfType<Trial>().ToArray();
        return runs.Length > 0 && runs[0].SettingValue is { } setting ? (setting, Median.Of(runs.Select(run => FinalOf(run, reach))).Value) : null;
    }

    private static IEnumerable<(double Setting, double Final)> MediansOf((double Setting, double Final)[] tries, int repeats) =>
        tries.Chunk(Math.Max(1, repeats)).Where(chunk => chunk.Length > repeats / 2).Select(chunk =>
            (Math.Pow(10, chunk.Average(one => Math.Log10(one.Setting))), Median.Of(chunk.Select(one => one.Final)).Value));
}
