using MathNet.Numerics.Distributions;

namespace Steepest.Compare.Statistics;

/// <summary>How many repeats in all would probably decide a comparison that could not be decided.</summary>
/// <param name="Least">If the difference is as clear as it may well be.</param>
/// <param name="About">If it is as estimated.</param>
/// <param name="Most">If it is as unclear as it may well be.</param>
public sealed record RepeatsAdvice(int Least, int About, int Most)
{
    // Decided with this probability; and the quartiles of where the difference may be say what may well be.
    private const double Power = 0.8, MayWellBe = 0.5;

    /// <summary>
    /// The width of an interval falls with the root of the repeats: from the width that it has now follows how many make it narrow enough to exclude no
    /// difference, or to lie within the margin of it, whichever comes first.
    /// </summary>
    /// <param name="differences">What is known of each informative pair; what is infinite counts as the farthest that is not.</param>
    /// <param name="leftOut">Pairs that say nothing; as many more must be expected.</param>
    /// <param name="level">The level at which to decide.</param>
    /// <param name="margin">The largest difference that makes no practical difference.</param>
    /// <returns><see langword="null"/> where there are too few differences to estimate from, fewer than 3, or all are equal.</returns>
    public static RepeatsAdvice? For(ReadOnlySpan<double> differences, int leftOut, Level level, double margin)
    {
        var known = Bounded(differences);
        if (known.Length < 3) return null;
        var shift = Shift.Of(known, MayWellBe);
        var deviation = Math.Sqrt(known.Length) * (shift.Upper - shift.Lower) / 2 / Normal.InvCDF(0, 1, 1 - (MayWellBe / 2));
        if (!double.IsFinite(deviation) || deviation <= SignedRank.Tie) return null;

        double clearest = Math.Max(Math.Abs(shift.Lower), Math.Abs(shift.Upper)), nearest = shift.Lower > 0 || shift.Upper < 0 ? Math.Min(Math.Abs(shift.Lower), Math.Abs(shift.Upper)) : 0;
        double[] possible = [nearest, Math.Clamp(margin / 2, nearest, clearest), clearest];
        int informative = differences.Length, all = informative + leftOut, about = Needed(shift.Estimate);
        return new RepeatsAdvice(Math.Min(about, possible.Min(Needed)), about, Math.Max(about, possible.Max(Needed)));

        int Needed(double difference)
        {
            double z = Normal.InvCDF(0, 1, 1 - (level.PerComparison / 2)), away = Math.Abs(difference);
            var toShow = Math.Pow((z + Normal.InvCDF(0, 1, Power)) * deviation / away, 2);
            var toEquate = away < margin ? Math.Pow((z + Normal.InvCDF(0, 1, Power)) * deviation / (margin - away), 2) : double.PositiveInfinity;
            var needed = Math.Max(level.FewestRepeats, Math.Min(toShow, toEquate) + (z * z / 2));
            return (int)Math.Min(1e6, Math.Max(all + 1, Math.Ceiling(needed * all / informative)));
        }
    }

    private static double[] Bounded(ReadOnlySpan<double> differences)
    {
        double[] all = [.. differences];
        var finite = all.Where(double.IsFinite).ToArray();
        return finite.Length == 0 ? [] : [.. all.Select(difference => Math.Clamp(difference, finite.Min(), finite.Max()))];
    }
}
