using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>The workloads in Steepest alone, in this process: W1 beside plain loops and with what it allocates, the others on one thread and on all.</summary>
internal static class WorkloadsReport
{
    public static int Write(bool quick)
    {
        var effort = quick ? Effort.Quick : new Effort(0.6, 0.3, 9);
        var text = new StringBuilder();
        text.AppendLine("# The workloads in Steepest alone").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- workloads`").AppendLine();
        text.AppendLine("The median of nine rounds in turns, in brackets the least and the most.").AppendLine();
        AddW1(text, effort);
        var table = new Table("", "threads", "time");
        foreach (var workload in Workload.All.Skip(1).Where(workload => workload.HasData))
        {
            int[] counts = quick ? [1] : [1, Environment.ProcessorCount];
            var runs = counts.Select(workload.Start).ToArray();
            var times = Contest.Run([.. runs.Select((run, i) => new Contender("", run))], workload == Workload.Fashion ? effort with { Rounds = Math.Min(3, effort.Rounds) } : effort);
            for (var i = 0; i < counts.Length; i++)
                table.Add($"{workload.Title}, {workload.Precision}", counts[i].ToString(CultureInfo.InvariantCulture), $"{Figures.Spread(times[i].Scaled(workload.Scale))} {workload.Unit}");
        }

        text.AppendLine("## The others").AppendLine().Append(table).AppendLine();

        // To publish takes long, and a quick run of the peers does it too.
        if (!quick) AddStarts(text, new(0, 0, 21));
        Results.Write("workloads.md", text.ToString().TrimEnd() + "\n", effort);
        return 0;
    }

    private static void AddW1(StringBuilder text, Effort effort)
    {
        var plain = new PlainLoops(Workload.W1Spec.Build<double>(42), WorkloadData.Iris);
        Func<int, double> inDouble = Workload.W1.Start(1), inFloat = Workload.W1InFloat.Start(1);
        Contender[] contest = [new("plain loops over arrays, double", Contender.Timed(plain.Run)), new("Steepest, double", inDouble), new("Steepest, float", inFloat)];
        var times = Contest.Run(contest, effort);
        var table = new Table("", Workload.W1.Unit, "over the plain loops", "bytes allocated");
        for (var c = 0; c < contest.Length; c++)
            table.Add(contest[c].Name, Figures.Spread(times[c].Scaled(Workload.W1.Scale)), Figures.Spread(times[c].Over(times[0])), Allocated(contest[c].Seconds));
        text.AppendLine("## W1").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{Workload.W1.Title}; one thread.").AppendLine().Append(table).AppendLine();
    }

    private static void AddStarts(StringBuilder text, Effort effort)
    {
        using var startup = new Startup(ahead: true);
        Contender[] contest = [startup.Published, .. new[] { startup.AsItRuns, startup.AheadOfTime }.OfType<Contender>(), startup.Nothing];
        var times = Contest.Run(contest, effort);
        var table = new Table("", "s");
        for (var c = 0; c < contest.Length; c++) table.Add(contest[c].Name, Figures.Spread(times[c]));
        text.AppendLine("## W6").AppendLine().AppendLine("A small published program from the start of its process to its end: 200 epochs of W1.").AppendLine().Append(table).AppendLine();
    }

    /// <summary>What one more repetition allocates: what a run allocates for itself, however long, cancels out.</summary>
    private static string Allocated(Func<int, double> run)
    {
        var (one, eleven) = (Of(1), Of(11));
        return ((eleven - one) / 10).ToString("N0", CultureInfo.InvariantCulture);

        long Of(int repetitions)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            run(repetitions);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
}
