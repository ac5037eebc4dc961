using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>The axis of a metric: logarithmic for a loss above 0, else even. What lies beyond it is drawn at its edge.</summary>
internal sealed record MetricAxis(bool IsLog, double Bottom, double Top)
{
    /// <summary>An axis that holds the values and the target.</summary>
    /// <param name="values">The values; what is not finite takes no room.</param>
    /// <param name="reach">The metric, its direction and its target.</param>
    /// <param name="start">Where training began: a loss that blew up would press all others flat, so that of it only what is a little above this is shown.</param>
    public static MetricAxis Of(IEnumerable<double> values, Reach reach, double start)
    {
        var finite = values.Append(reach.Value).Where(double.IsFinite).ToArray();
        var isLog = finite.Min() > 0 && !reach.IsHigherBetter;
        var most = reach.IsHigherBetter || !double.IsFinite(start) ? finite.Max() : Math.Max(reach.Value, Math.Min(finite.Max(), isLog ? 3 * start : start + Math.Abs(start)));
        double low = isLog ? Math.Log10(finite.Min()) : finite.Min(), high = isLog ? Math.Log10(most) : most;
        var room = Math.Max((high - low) * 0.05, isLog ? 0.02 : 1e-6);
        return new MetricAxis(isLog, low - room, high + room);
    }

    /// <summary>Where a value lies.</summary>
    public double At(double value) => double.IsFinite(value) && (!IsLog || value > 0) ? Math.Clamp(IsLog ? Math.Log10(value) : value, Bottom, Top)
        : double.IsNegativeInfinity(value) || (IsLog && value <= 0) ? Bottom : Top;

    /// <summary>The ticks.</summary>
    /// <param name="down">The pixels from end to end.</param>
    public List<(double At, string Label)> Ticks(float down)
    {
        var gap = 34 * (Top - Bottom) / down;
        return IsLog ? LogTicks.Loss(Bottom, Top, gap) : EvenTicks.Of(Bottom, Top, gap);
    }
}
