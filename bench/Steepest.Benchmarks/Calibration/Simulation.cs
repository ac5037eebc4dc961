using Steepest.Compare.Statistics;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>Experiments simulated on all cores, with the same result on any number of them.</summary>
internal static class Simulation
{
    private const int PerStream = 500;

    /// <summary>Does something for every experiment and adds up what it counts.</summary>
    /// <param name="experiments">How many.</param>
    /// <param name="stream">Which random numbers.</param>
    /// <param name="count">Counts in one experiment.</param>
    public static long[] Sum(int experiments, uint stream, int counters, Action<Pcg64, long[]> count)
    {
        var total = new long[counters];
        Parallel.For(0, (experiments + PerStream - 1) / PerStream, part =>
        {
            var random = new Pcg64(new SeedSequence(2026, [stream, (uint)part]));
            var counted = new long[counters];
            for (var i = part * PerStream; i < Math.Min(experiments, (part + 1) * PerStream); i++) count(random, counted);
            lock (total)
            {
                for (var c = 0; c < counters; c++) total[c] += counted[c];
            }
        });
        return total;
    }

    /// <summary>Whether the interval excludes no difference. A test that does not reject spares the interval, which then holds it.</summary>
    public static bool IsWin(PairedSample sample, Level level)
    {
        double[] differences = [.. sample.Differences];
        if (differences.Length < level.FewestRepeats || SignedRank.PValue(differences) > level.PerComparison) return false;
        var shift = Shift.Of(differences, level.PerComparison);
        return shift.Lower > 0 || shift.Upper < 0;
    }

    /// <summary>Whether any contender beats the baseline, contender 0, or is beaten by it.</summary>
    public static bool HasWin(ReachTime[][] times, int repeats, Level level) =>
        times.Skip(1).Any(one => IsWin(PairedSample.OfTimes(one[..repeats], times[0][..repeats]), level));

    /// <summary>Whether the intervals of all contenders hold the truth.</summary>
    public static bool HoldsTruth(ReachTime[][] times, Level level, double ratio) => times.Skip(1).All(one =>
    {
        var shift = Shift.Of([.. PairedSample.OfTimes(one, times[0]).Differences], level.PerComparison);
        var truth = Math.Log(ratio);
        return shift.Lower <= truth + 1e-9 && truth - 1e-9 <= shift.Upper;
    });
}
