using Steepest.Compare.Statistics;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>How simulated times scatter within a repeat.</summary>
internal enum Scatter
{
    LogNormal,

    /// <summary>Logarithms of Student's t with two degrees of freedom: no variance.</summary>
    HeavyTailed,

    /// <summary>Log-normal, but rounded so coarsely that a dozen different times are all there are; as logarithms, for then the truth stays what it is.</summary>
    Tied,
}

/// <summary>Times to a target whose truth is known: contender c takes ratio times as long as contender 0, whatever the repeat.</summary>
/// <param name="Scatter">The distribution.</param>
/// <param name="Spread">The standard deviation of the logarithm of a ratio within a pair, where it has one.</param>
/// <param name="IsCensored">Whether the budget ends where about a fifth of the baseline's runs have not reached the target.</param>
/// <param name="Ratio">How many times longer the baseline, contender 0, takes than every other.</param>
internal sealed record SimulatedTimes(Scatter Scatter, double Spread = 0.5, bool IsCensored = false, double Ratio = 1)
{
    // Repeats differ too: what they share cancels out within a pair.
    private const double Typical = 1000, SpreadOfRepeats = 0.4, CensoredFrom = 0.85;

    // Half of the logarithm of 1.5: contenders whose times differ by a factor of 1.5 are tied with each other too.
    private static readonly double Grid = Math.Log(1.5) / 2;

    /// <summary>Times by contender and repeat.</summary>
    public ReachTime[][] Draw(int contenders, int repeats, Pcg64 random)
    {
        var budget = IsCensored ? Typical * Ratio * Math.Exp(CensoredFrom * Math.Sqrt((SpreadOfRepeats * SpreadOfRepeats) + (Spread * Spread / 2))) : double.PositiveInfinity;
        var times = new ReachTime[contenders][];
        for (var c = 0; c < contenders; c++) times[c] = new ReachTime[repeats];
        for (var r = 0; r < repeats; r++)
        {
            var shared = SpreadOfRepeats * random.StandardNormal();
            for (var c = 0; c < contenders; c++)
            {
                var luck = shared + (Spread / Math.Sqrt(2) * Noise(random));
                if (Scatter == Scatter.Tied) luck = Grid * Math.Round(luck / Grid);
                var time = Typical * (c == 0 ? Ratio : 1) * Math.Exp(luck);
                times[c][r] = time <= budget ? new ReachTime(time) : ReachTime.Beyond(budget);
            }
        }

        return times;
    }

    private double Noise(Pcg64 random)
    {
        var normal = random.StandardNormal();
        if (Scatter != Scatter.HeavyTailed) return normal;

        // The mean square of two normals is an exponential.
        return normal / Math.Sqrt(-Math.Log(1 - random.NextDouble()));
    }
}
