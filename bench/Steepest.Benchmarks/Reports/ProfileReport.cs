using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>Where a step of W3 spends its time, part by part, beside what the machine allows for each; and the sum beside the whole step as training
/// does it. One thread.</summary>
internal static class ProfileReport
{
    public static int Write(bool quick)
    {
        var effort = quick ? Effort.Quick : new Effort(0.6, 0.4, 9);
        var step = new W3Step();
        var whole = Workload.W3.Start(1);
        var parameters = step.Parts.Single(part => part.Name == "Adam").Bytes / 28;
        var streams = new OptimizerStep((int)parameters);
        var copy = new float[2][];
        for (var i = 0; i < 2; i++) copy[i] = new float[128 * 1000];

        var perPart = step.Parts.Select(_ => new List<double>()).ToArray();
        Contender[] contest =
        [
            new("the whole step", repetitions => whole(repetitions) / 8),
            new("part by part", repetitions => RunParts(step, repetitions, perPart)),
            FmaPeak<float>.Contender,
            Contender.Of("streams", () => streams.Stream(2)),
            Contender.Of("copy", () => copy[0].CopyTo(copy[1], 0)),
        ];
        var times = Contest.Run(contest, effort);
        var parts = perPart.Select(rounds => new Times([.. rounds.TakeLast(effort.Rounds)])).ToArray();
        var sum = new Times([.. Enumerable.Range(0, effort.Rounds).Select(round => parts.Sum(part => part.PerRound[round]))]);
        var peak = times[2].Rate(FmaPeak<float>.Operations / 1e9).Median;
        var streaming = times[3].Rate(28 * parameters / 1e9).Median;
        var copying = times[4].Rate(8.0 * copy[0].Length / 1e9).Median;

        var table = new Table("part", "ms", "of the step", "rate", "limit", "of the limit");
        for (var p = 0; p < parts.Length; p++)
        {
            var part = step.Parts[p];
            var (rate, limit, unit) = part.Operations > 0 ? (part.Operations, peak, "GFLOP/s") : (part.Bytes, part.Name == "Adam" ? streaming : copying, "GB/s");
            rate /= parts[p].Median * 1e9;
            table.Add(
                part.Name, Figures.Spread(parts[p].Scaled(1e3)), Percent(parts[p].Over(times[0]).Median),
                rate == 0 ? "" : $"{Figures.Of(rate)} {unit}", rate == 0 ? "" : Figures.Of(limit), rate == 0 ? "" : Figures.Share(rate / limit));
        }

        table.Add("all parts", Figures.Spread(sum.Scaled(1e3)), Percent(sum.Over(times[0]).Median), $"{Figures.Of(Total(step) / sum.Median / 1e9)} GFLOP/s", Figures.Of(peak), Figures.Share(Total(step) / sum.Median / 1e9 / peak));
        table.Add("the whole step, as training does it", Figures.Spread(times[0].Scaled(1e3)), Percent(1), $"{Figures.Of(Total(step) / times[0].Median / 1e9)} GFLOP/s", Figures.Of(peak), Figures.Share(Total(step) / times[0].Median / 1e9 / peak));

        var text = new StringBuilder();
        text.AppendLine("# Where a step of W3 spends its time").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. One thread. `dotnet run -c Release --project bench/Steepest.Benchmarks -- profile`").AppendLine();
        text.AppendLine("784-1000-1000-10, ReLU, batches of 128, Adam, float32. The calls that training makes, in its order and on its memory, with the clock read in between; in turns");
        text.AppendLine("with the whole step as training does it. The median of nine rounds, in brackets the least and the most. Limits, measured in the same rounds: fused");
        text.AppendLine("multiply-adds alone for products, the same reads and writes without arithmetic for Adam, a copy of 128 × 1,000 floats for what only moves numbers.").AppendLine();
        text.Append(table);
        Results.Write("w3-profile.md", text.ToString(), effort);
        return 0;
    }

    private static double Total(W3Step step) => step.Parts.Sum(part => part.Operations);

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
