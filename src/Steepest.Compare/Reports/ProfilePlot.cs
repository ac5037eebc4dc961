using System.Globalization;
using ScottPlot;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The performance profiles: on which share of the tasks each contender is within a factor τ of the fastest.</summary>
internal static class ProfilePlot
{
    // Where shares are equal, lines lie beside each other.
    private const double Apart = 2.5;

    public static Plot Compose(Judgement judgement, string title, int width, int height, Func<LineStyle, LineStyle> dash)
    {
        var profiles = judgement.Profiles;
        string[] names = [.. profiles.Select(profile => profile.Contender)];
        var spotlight = Spotlight.Of(names, PerformanceProfile.Ranking(profiles), JudgementWords.Baseline(judgement));
        var frame = new JudgementFrame(
            width,
            height,
            title,
            $"The share of {judgement.Tasks.Count} tasks on which the median time is within a factor of the fastest contender's",
            "the more area below a line, the better",
            spotlight.Legend(names),
            ChartFrame.Margin + 62,
            dash);
        var limits = new AxisLimits(1, PerformanceProfile.LargestFactor + 0.02, -0.02, 1.04);
        frame.SetAxes(
            limits,
            "times as long as the fastest",
            [.. ((double[])[1, 1.5, 2, 2.5, 3, 3.5, 4]).Select(factor => (factor, factor.ToString("0.#", CultureInfo.InvariantCulture)))],
            "share of tasks",
            EvenTicks.Of(0, 1, 0.2));
        foreach (var number in spotlight.Order)
        {
            var place = spotlight.Places[number];
            var off = place == ChartStyle.Other ? 0 : (place - ((Math.Min(names.Length, ChartStyle.Count) - 1) / 2.0)) * Apart * limits.VerticalSpan / frame.Down;
            frame.Plot.Add.ScatterLine(Steps(profiles[number]).Select(at => new Coordinates(at.X, at.Y - off)).ToArray()).LineStyle = dash(ChartStyle.Line(place));
        }

        return frame.Plot;
    }

    private static IEnumerable<Coordinates> Steps(PerformanceProfile profile)
    {
        yield return new(1, profile.At(1));
        foreach (var ratio in profile.Ratios.Where(ratio => ratio is > 1 and <= PerformanceProfile.LargestFactor).Distinct())
        {
            yield return new(ratio, profile.At(Math.BitDecrement(ratio)));
            yield return new(ratio, profile.At(ratio));
        }

        yield return new(PerformanceProfile.LargestFactor, profile.At(PerformanceProfile.LargestFactor));
    }
}
