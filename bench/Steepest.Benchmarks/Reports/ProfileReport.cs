using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>Where a step of W3 spends its time, part by part, beside what the machine allows for each; and the sum beside the whole step as training
/// does it.</summary>
internal static class ProfileReport
{
    public static int Write(bool quick)
    {
        var effort = quick ? Effort.Quick : new Effort(0.6, 0.4, 9);
        var text = new StringBuilder();
        text.AppendLine("# Where a step of W3 spends its time").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- profile`").AppendLine();
        text.AppendLine("784-1000-1000-10, ReLU, batches of 128, Adam, float32. The calls that training makes, in its order and on its memory, with the clock read in between; in turns");
        text.AppendLine("with the whole step as training does it. The median of nine rounds, in brackets the least and the most. Limits, measured in the same rounds on one core: fused");
        text.AppendLine("multiply-adds alone for products, the same reads and writes without arithmetic for Adam, a copy of 128 × 1,000 floats for what only moves numbers; that of the");
        text.AppendLine("products is then taken times the threads.").AppendLine();
        foreach (var threads in new SortedSet<int> { 1, Environment.ProcessorCount })
        {
            text.AppendLine(threads == 1 ? "## One thread" : string.Create(CultureInfo.InvariantCulture, $"## {threads} threads")).AppendLine();
            var table = Profile(threads, effort);
            text.Append(table).AppendLine();
            if (threads == 1) Results.Quote("profile", table, effort);
        }

        Results.Write("w3-profile.md", text.ToString().TrimEnd() + "\n", effort);
        return 0;
    }

    private static Table Profile(int threads, Effort effort)
    {
        var step = new W3Step(threads);
        var whole = Workload.W3.Start(threads);
        var parameters = step.Parts.Single(part => part.Name == "Adam").Bytes / 28;
        var streams = new OptimizerStep((int)parameters, threads: 1);
        float[] from = new float[128 * 1000], to = new float[from.Length];

        var perPart = step.Parts.Select(_ => new List<double>()).ToArray();
        Contender[] contest =
        [
            new("the whole step", repetitions => whole(repetitions) / 8),
            new("part by part", repetitions => RunParts(step, repetitions, perPart)),
            FmaPeak<float>.Contender,
            Contender.Of("streams", () => streams.Stream(2)),
            Contender.Of("copy", () => from.CopyTo(to, 0)),
        ];
        var times = Contest.Run(contest, effort);
        var parts = perPart.Select(rounds => new Times([.. rounds.TakeLast(effort.Rounds)])).ToArray();
        var sum = new Times([.. Enumerable.Range(0, effort.Rounds).Select(round => parts.Sum(part => part.PerRound[round]))]);
        var peak = times[2].Rate(FmaPeak<float>.Operations / 1e9).Median * threads;
        var streaming = times[3].Rate(28 * parameters / 1e9).Median;
        var copying = times[4].Rate(8.0 * from.Length / 1e9).Median;

        var table = new Table("part", "ms", "of the step", "rate", "limit", "of the limit");
        for (var p = 0; p < parts.Length; p++)
        {
            var part = step.Parts[p];
            Add(part.Name, parts[p], part.Operations > 0 ? part.Operations : part.Bytes, part.Operations > 0 ? peak : part.Name == "Adam" ? streaming : copying, part.Operations > 0 ? "GFLOP/s" : "GB/s");
        }

        var operations = step.Parts.Sum(part => part.Operations);
        Add("all parts", sum, operations, peak, "GFLOP/s");
        Add("the whole step, as training does it", times[0], operations, peak, "GFLOP/s");
        return table;

        void Add(string name, Times seconds, double work, double limit, string unit)
        {
            var rate = work / seconds.Median / 1e9;
            string[] speed = work == 0 ? ["", "", ""] : [$"{Figures.Of(rate)} {unit}", Figures.Of(limit), Figures.Share(rate / limit)];
            table.Add([name, Figures.Spread(seconds.Scaled(1e3)), Percent(seconds.Over(times[0]).Median), .. speed]);
        }
    }

    private static double RunParts(W3Step step, int repetitions, List<double>[] perPart)
    {
        foreach (var part in step.Parts) part.Ticks = 0;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++) step.Run();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        for (var p = 0; p < perPart.Length; p++) perPart[p].Add((double)step.Parts[p].Ticks / Stopwatch.Frequency / repetitions);
        return seconds;
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "\u00A0", StringComparison.Ordinal);
}
