using System.Globalization;

namespace Steepest.Benchmarks;

/// <summary>The workloads in Steepest and in the peers that are installed, each in a process of its own, in turns.</summary>
internal static class PeersReport
{
    public const string OneLoopInC = "one loop in C";

    private const string StartsOnly = "w6";

    public static IReadOnlyList<string> Names { get; } = [.. Workload.All.Select(workload => workload.Name).Append(StartsOnly).Order(StringComparer.Ordinal)];

    public static int Write(IReadOnlyList<string> names, bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("steepest-peers-");
        try
        {
            foreach (var missing in Python.All.Where(python => python.Interpreter is null))
                Console.Error.WriteLine($"{missing.Name} is not installed here (Debian: {missing.Package}), so nothing is measured beside it.");
            Npy.WriteAll(folder.FullName);
            if (quick) Environment.SetEnvironmentVariable("STEEPEST_QUICK", "1");

            var standings = quick ? Standings.None : Standings.Load();
            foreach (var name in names.Count == 0 ? Names : names)
            {
                if (name == StartsOnly)
                {
                    standings = standings.With(Starts(folder.FullName, quick ? Effort.Quick : new(0, 0, 9)));
                }
                else
                {
                    var workload = Workload.All.Single(candidate => candidate.Name == name);
                    if (workload.HasData) standings = Measure(workload, folder.FullName, quick, standings);
                    else Console.Error.WriteLine($"The data of {name} is not installed here (Debian: dataset-fashion-mnist), so it is left out.");
                }

                if (!quick) standings.Save();
            }

            var effort = quick ? Effort.Quick : new Effort(0, 0, 0);
            Results.Write("peers.md", PeersText.Of(standings), effort);
            Results.Quote("peers", PeersText.Summary(standings), effort);
            Results.Quote("peers in short", PeersText.Short(standings), effort);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Standings Measure(Workload workload, string folder, bool quick, Standings standings)
    {
        var processes = new List<PeerProcess>();
        try
        {
            List<(Contender Contender, Func<Times, Line> ToLine)> contest = [];
            foreach (var threads in ThreadsOf(workload, quick))
            {
                var ours = PeerProcess.StartOurs("serve", threads.ToString(CultureInfo.InvariantCulture));
                processes.Add(ours);
                contest.Add((
                    new Contender("Steepest", repetitions => ours.Seconds(workload.Name, repetitions)),
                    times => new("Steepest", (string)ours.Hello["version"]!, Role.Ours, threads, In(workload, times))));
                foreach (var python in Python.All.Where(python => python.Interpreter is not null))
                {
                    var peer = PeerProcess.Start(python.StartInfo(folder, threads));
                    processes.Add(peer);
                    contest.AddRange(Of(workload, peer, threads, ours, quick));
                }
            }

            if (workload == Workload.W4 && CLoops.Load() is { } c)
            {
                var step = new OptimizerStep(10_000_000, threads: 1);
                contest.Add((Contender.Of(OneLoopInC, () => step.Adam(c)), times => new(OneLoopInC, c.Description, Role.Other, 1, In(workload, times))));
            }

            var (limit, limitIs, perSecond) = LimitOf(workload);
            var times = Contest.Run([.. contest.Select(entry => entry.Contender), limit], quick ? Effort.Quick : EffortOf(workload));
            return standings.With(
                new(
                    workload.Name, $"{workload.Title}, {workload.Precision}", workload.Unit, Machine.Description, Machine.Today, [.. times[^1].Scaled(perSecond).PerRound], limitIs,
                    CoresShareLimit: workload != Workload.W4, [.. contest.Select((entry, i) => entry.ToLine(times[i]))]),
                processes.Where(process => process.Hello["bytes"] is not null).Select(process => (process.Name, (long)process.Hello["bytes"]!)));
        }
        finally
        {
            foreach (var process in processes) process.Dispose();
        }
    }

    /// <summary>One thread, and as many as there are cores where a single training may use them; sixty-four trainings always may.</summary>
    private static SortedSet<int> ThreadsOf(Workload workload, bool quick) =>
        workload == Workload.W5 ? [Environment.ProcessorCount]
        : quick || workload == Workload.W1 ? [1]
        : [1, Environment.ProcessorCount];

    private static Effort EffortOf(Workload workload) =>
        workload == Workload.W5 ? new(0.6, 0.01, 3)
        : workload == Workload.Fashion ? new(0.6, 1, 3)
        : new(0.6, 0.3, 7);

    /// <summary>A peer's ways to do a workload: none, one, or several.</summary>
    private static IEnumerable<(Contender, Func<Times, Line>)> Of(Workload workload, PeerProcess peer, int threads, PeerProcess ours, bool quick)
    {
        foreach (var (key, note) in peer.Hello["workloads"]!.AsObject())
        {
            if (key != workload.Name && !key.StartsWith(workload.Name + "-", StringComparison.Ordinal)) continue;
            var difference = workload == Workload.W4 || workload == Workload.W5 ? null : Difference(workload, peer, ours, quick);
            var version = string.Join(", ", ((string?[])[(string?)peer.Hello["version"], (string?)peer.Hello["details"], (string?)note]).Where(part => !string.IsNullOrEmpty(part)));
            yield return (
                new Contender(peer.Name, repetitions => peer.Seconds(key, repetitions)),
                times => new(peer.Name, version, Role.Peer, threads, In(workload, times), difference));
        }
    }

    private static double? Difference(Workload workload, PeerProcess peer, PeerProcess ours, bool quick)
    {
        var epochs = quick ? 2 : Epochs(workload);
        if (peer.Check(workload.Name, epochs) is not { } loss) return null;
        var own = ours.Check(workload.Name, epochs)!.Value;
        return Math.Abs(loss - own) / own;
    }

    /// <summary>Epochs after which losses are compared.</summary>
    public static int Epochs(Workload workload) => workload == Workload.W1 ? 200 : 5;

    private static double[] In(Workload workload, Times times) => [.. times.PerRound.Select(seconds => seconds * workload.Scale)];

    /// <summary>What bounds the workload, and what one second of a repetition of it is in the workload's unit.</summary>
    private static (Contender Contender, string Is, double PerSecond) LimitOf(Workload workload)
    {
        if (workload == Workload.W4)
        {
            var step = new OptimizerStep(10_000_000, threads: 1);
            return (Contender.Of("limit", () => step.Stream(2)), "the same reads and writes without arithmetic", workload.Scale);
        }

        var operations = workload.Name switch
        {
            "w1" => Workload.ProductOperations(Workload.W1Spec, WorkloadData.Iris.Rows),
            "w2" => Workload.ProductOperations(Workload.W2Spec, WorkloadData.Digits.Rows),
            "w3" => Workload.ProductOperations(Workload.W3Spec, WorkloadData.Random.Rows),
            "w5" => Workload.ProductOperations(Workload.W1Spec, WorkloadData.Iris.Rows) * 64 * 2000,
            _ => Workload.ProductOperations(Workload.FashionSpec, WorkloadData.FashionMnist.Value.Rows),
        };
        var inDouble = workload.Precision == "float64";
        var perRepetition = inDouble ? FmaPeak<double>.Operations : FmaPeak<float>.Operations;
        return (
            (inDouble ? FmaPeak<double>.Contender : FmaPeak<float>.Contender) with { Name = "limit" },
            "the products alone at the peak of fused multiply-adds",
            operations / perRepetition * workload.Scale);
    }

    private static Standing Starts(string folder, Effort effort)
    {
        using var startup = new Startup(ahead: !effort.IsQuick);
        List<(Contender Contender, string Version, Role Role)> contest = [(startup.Published, "for the .NET of the machine, TieredPGO off", Role.Ours)];
        if (startup.AsItRuns is { } asItRuns) contest.Add((asItRuns, "for the .NET of the machine, compiled as it runs", Role.Other));
        if (startup.AheadOfTime is { } ahead) contest.Add((ahead, "compiled ahead of time", Role.Other));
        foreach (var python in Python.All.Where(python => python.Interpreter is not null))
            contest.Add((Startup.Of(python.Name, python.StartInfo(folder, 1, StartsOnly)), $"{python.Interpreter} {python.Script}", Role.Peer));
        contest.Add((startup.Nothing, "", Role.Other));
        var times = Contest.Run([.. contest.Select(entry => entry.Contender)], effort);
        var lines = contest.Select((entry, i) => new Line(entry.Contender.Name, entry.Version, entry.Role, 1, [.. times[i].PerRound]));
        return new(
            StartsOnly, "a small program from the start of its process to its end: 200 epochs of W1, float64", "s", Machine.Description, Machine.Today,
            [.. times[^1].PerRound], "an empty .NET program", CoresShareLimit: false, [.. lines]);
    }
}
