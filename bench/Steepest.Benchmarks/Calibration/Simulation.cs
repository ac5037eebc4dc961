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
    /// <param name="counters">How many numbers are counted.</param>
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

    /// <summary>Whether the verdict is better or worse.</summary>
    public static bool IsWin(PairedSample sample, Level level)
    {
        double[] differences = [.. sample.Differences];
        if (differences.Length < level.FewestRepeats || SignedRank.PValue(differences) > level.PerComparison) return false;

        // Where the test does not reject the interval holds no difference; without ties also the other way round, which spares the interval.
        Array.Sort(differences, (a, b) => Math.Abs(a).CompareTo(Math.Abs(b)));
        var isUntied = differences.Zip(differences.Skip(1)).All(pair => Math.Abs(pair.First) < Math.Abs(pair.Second)) && differences[0] != 0;
        return isUntied || Comparison.Of(sample, level, 0).Verdict is Verdict.Better or Verdict.Worse;
    }

    /// <summary>Whether any contender beats the baseline, contender 0, or is beaten by it.</summary>
    public static bool HasWin(ReachTime[][] times, int repeats, Level level)
    {
        var baseline = times[0][..repeats];
        for (var c = 1; c < times.Length; c++)
        {
            if (IsWin(PairedSample.OfTimes(times[c][..repeats], baseline), level)) return true;
        }

        return false;
    }

    /// <summary>Whether the intervals of all contenders hold the truth.</summary>
    public static bool HoldsTruth(ReachTime[][] times, Level level, double ratio) => times.Skip(1).All(one =>
    {
        var (sample, truth) = (PairedSample.OfTimes(one, times[0]), Math.Log(ratio));
        if (sample.Differences.Count == 0 || SignedRank.PValue([.. sample.Differences], truth) > level.PerComparison) return true;
        var found = Comparison.Of(sample, level, 0);
        return (found.Lower.Beyond < 0 || found.Lower.Value <= truth + 1e-9) && (found.Upper.Beyond > 0 || truth - 1e-9 <= found.Upper.Value);
    });
}
