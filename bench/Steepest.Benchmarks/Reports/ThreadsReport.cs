using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>W3 on one thread and on all, alone, beside another W3, and beside a neighbour that keeps a core busy: each in a process of its own.</summary>
internal static class ThreadsReport
{
    private const double MostForTwo = 2.5;

    public static int Write(bool quick)
    {
        var cores = Environment.ProcessorCount;
        var effort = quick ? Effort.Quick : new Effort(0.6, 0.4, 9);
        using var one = Serve(1);
        using var all = Serve(cores);
        using var other = Serve(cores);
        Contender[] contest =
        [
            new("alone, 1 thread", repetitions => one.Seconds(Name, repetitions)),
            new($"alone, {cores} threads", repetitions => all.Seconds(Name, repetitions)),
            new($"two at once, {cores} threads each", repetitions =>
            {
                all.Begin(Name, repetitions);
                other.Begin(Name, repetitions);
                return Math.Max(all.End(), other.End());
            }),
            new($"{cores} threads, beside a busy neighbour", repetitions => BesideNeighbour(() => all.Seconds(Name, repetitions))),
            new("1 thread, beside a busy neighbour", repetitions => BesideNeighbour(() => one.Seconds(Name, repetitions))),
        ];
        Times[] times = [.. Contest.Run(contest, effort).Select(seconds => seconds.Scaled(Workload.W3.Scale))];

        var table = new Table("W3", Workload.W3.Unit, "over 1 thread alone", $"over {cores} threads alone");
        for (var c = 0; c < contest.Length; c++) table.Add(contest[c].Name, Figures.Spread(times[c]), Figures.Spread(times[c].Over(times[0])), Figures.Spread(times[c].Over(times[1])));

        var text = new StringBuilder();
        text.AppendLine("# Threads").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- threads`").AppendLine();
        text.AppendLine("W3 (784-1000-1000-10, batches of 128, Adam, float32) in processes of its own, in turns; the median of nine rounds, in brackets the least and the most.");
        text.AppendLine("The neighbour is a process that spins on one core. Of two at once the slower counts.").AppendLine();
        text.Append(table).AppendLine();
        var forTwo = times[2].Over(times[1]).Median;
        text.AppendLine(CultureInfo.InvariantCulture, $"Two copies at once take {Figures.Of(forTwo)} times as long as one alone; at most {MostForTwo} is the goal: {(forTwo <= MostForTwo ? "reached" : "missed")}.");
        var cost = times[3].Over(times[1]).Median;
        var fair = cores / (cores - 1.0);
        text.AppendLine(CultureInfo.InvariantCulture, $"A neighbour that takes one of {cores} cores leaves {cores - 1}, which is {Figures.Of(fair)} times the time; it costs {Figures.Of(cost)} times.");
        Results.Write("threads.md", text.ToString(), effort);
        Results.Quote("threads", table, effort);
        return 0;
    }

    private static string Name => Workload.W3.Name;

    private static PeerProcess Serve(int threads) => PeerProcess.StartOurs("serve", threads.ToString(CultureInfo.InvariantCulture));

    private static double BesideNeighbour(Func<double> work)
    {
        using var neighbour = PeerProcess.StartOurs("spin");
        return work();
    }
}
