using System.Diagnostics;

namespace Steepest.Benchmarks;

/// <summary>Something that is timed beside others.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Seconds">Does the work so many times and says how long that took.</param>
internal sealed record Contender(string Name, Func<int, double> Seconds)
{
    /// <summary>Times the work from here.</summary>
    public static Contender Of(string name, Action work) => new(name, Timed(repetitions =>
    {
        for (var i = 0; i < repetitions; i++) work();
    }));

    /// <summary>Times work that repeats itself.</summary>
    public static Func<int, double> Timed(Action<int> work) => repetitions =>
    {
        var started = Stopwatch.GetTimestamp();
        work(repetitions);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    };
}

/// <summary>How long to measure.</summary>
/// <param name="WarmUp">Seconds that each contender works before it is timed: the runtime's final code must be in place.</param>
/// <param name="Round">About how long each works in a round, in seconds; 0 is a single repetition, and no warm-up.</param>
/// <param name="Rounds">How often each has its turn.</param>
/// <param name="IsQuick">Whether it only shows that everything runs: its figures mean nothing.</param>
internal sealed record Effort(double WarmUp, double Round, int Rounds, bool IsQuick = false)
{
    public static Effort Quick { get; } = new(0, 0, 1, IsQuick: true);
}

/// <summary>Measures contenders in turns, A B C A B C, so that all of them see the same machine, noise included.</summary>
internal static class Contest
{
    /// <summary>The seconds of one repetition, for each contender.</summary>
    public static Times[] Run(IReadOnlyList<Contender> contenders, Effort effort)
    {
        var repetitions = contenders.Select(contender => WarmUp(contender, effort)).ToArray();
        var seconds = contenders.Select(_ => new double[effort.Rounds]).ToArray();
        for (var round = 0; round < effort.Rounds; round++)
        {
            for (var c = 0; c < contenders.Count; c++) seconds[c][round] = contenders[c].Seconds(repetitions[c]) / repetitions[c];
        }

        return [.. seconds.Select(perRound => new Times(perRound))];
    }

    /// <summary>Works until the warm-up is over and gives how many repetitions fill a round.</summary>
    private static int WarmUp(Contender contender, Effort effort)
    {
        if (effort.Round == 0) return 1;
        var (repetitions, total) = (1, 0.0);
        while (true)
        {
            var seconds = contender.Seconds(repetitions);
            total += seconds;
            if (total >= effort.WarmUp) return Math.Max(1, (int)Math.Round(effort.Round / Math.Max(seconds / repetitions, 1e-9)));
            if (seconds < effort.WarmUp / 4) repetitions = checked(repetitions * 2);
        }
    }
}
