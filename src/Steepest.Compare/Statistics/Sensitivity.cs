namespace Steepest.Compare.Statistics;

/// <summary>One setting that was tried.</summary>
/// <param name="Setting">Its value, such as a learning rate, above 0.</param>
/// <param name="Time">Its time to the target.</param>
/// <param name="Final">The metric at the end; not finite where it diverged.</param>
public readonly record struct SettingTried(double Setting, ReachTime Time, double Final);

/// <summary>How much a contender's result depends on a setting: the median over repeats of what one repeat's tries show.</summary>
/// <param name="Decades">The decades of settings around the best in which every try reached the target; 0 where none or only one did.</param>
/// <param name="DivergesFrom">The least setting above the best that diverged; <see langword="null"/> where in most repeats none did.</param>
/// <param name="Best">The setting of the try that reached the target first; <see langword="null"/> where in most repeats none did.</param>
/// <param name="Lowest">The lowest setting that was tried.</param>
/// <param name="Highest">The highest setting that was tried.</param>
public sealed record Sensitivity(double Decades, double? DivergesFrom, double? Best, double Lowest, double Highest)
{
    /// <summary>Looks at the tries of every repeat.</summary>
    /// <param name="repeats">For each repeat its tries, in any order; at least one in all.</param>
    public static Sensitivity Of(IReadOnlyList<IReadOnlyList<SettingTried>> repeats)
    {
        var seen = repeats.Where(tries => tries.Count > 0).Select(OfRepeat).ToArray();
        return new Sensitivity(
            Median.Of(seen.Select(one => one.Decades)).Value,
            Finite(Median.Of(seen.Select(one => one.DivergesFrom)).Value),
            Finite(Median.Of(seen.Select(one => one.Best)).Value),
            repeats.SelectMany(tries => tries).Min(one => one.Setting),
            repeats.SelectMany(tries => tries).Max(one => one.Setting));

        static double? Finite(double value) => double.IsFinite(value) ? value : null;
    }

    private static (double Decades, double DivergesFrom, double Best) OfRepeat(IReadOnlyList<SettingTried> tries)
    {
        var sorted = tries.OrderBy(one => one.Setting).ToArray();
        var best = Array.IndexOf(sorted, sorted.MinBy(one => one.Time.OrInfinity));
        if (sorted[best].Time.IsCensored)
        {
            return (0, Diverging(sorted), double.PositiveInfinity);
        }

        int low = best, high = best;
        while (low > 0 && !sorted[low - 1].Time.IsCensored) low--;
        while (high + 1 < sorted.Length && !sorted[high + 1].Time.IsCensored) high++;
        return (Math.Log10(sorted[high].Setting / sorted[low].Setting), Diverging(sorted.AsSpan(best)), sorted[best].Setting);
    }

    private static double Diverging(ReadOnlySpan<SettingTried> tries)
    {
        foreach (var one in tries)
        {
            if (!double.IsFinite(one.Final)) return one.Setting;
        }

        return double.PositiveInfinity;
    }
}
