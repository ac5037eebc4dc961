using System.Globalization;
using System.IO.Compression;
using System.Text;
using Steepest.Compare;
using Steepest.Compare.Running;
using Steepest.Compare.Statistics;
using Steepest.Compare.Tuning;

namespace Steepest.Benchmarks;

/// <summary>
/// Fixes the targets of the catalogue's tasks: what the worse of tuned momentum and tuned Adam has reached at 60 % of the budget, in the median of ten repeats whose seed no
/// experiment uses. reach.md has the table, reach.csv.gz the trials.
/// </summary>
internal static class ReachReport
{
    private const ulong Seed = 20_250_607;
    private const double Share = 0.6;

    private static readonly ExperimentContender[] Setters = [Tuned(new Sgd(0.01, Momentum: 0.9)), Tuned(new Adam(0.001))];

    public static int Write(bool quick)
    {
        var text = new StringBuilder();
        text.AppendLine("# The targets of the tasks").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Today}, {Machine.Description}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- reach`.").AppendLine();
        text.AppendLine("Momentum 0.9 and Adam are tuned as in any experiment (25 tries, the best 3 on 3 fresh starts), by the metric at the end, in ten repeats whose seed no experiment uses. In each");
        text.AppendLine("repeat the final run of each has a best value within the first 60 % of its budget, of which the worse counts; the target is the median over the repeats, to two digits, rounded to");
        text.AppendLine("the easier side. So the target is one that two well-known rules come to when they are tuned, with room to spare. The trials are in [reach.csv.gz](reach.csv.gz). Tasks whose");
        text.AppendLine("least value is known have a gap to it instead, and the article's task the article's target; for them the table shows what this procedure would have given.").AppendLine();
        var table = new Table("task", "metric", "momentum, median", "Adam, median", "by this procedure", "target");
        var csv = new StringBuilder("task,contender,repeat,setting,step,metric\n");
        foreach (var task in TaskCatalog.All.Select(one => one.Task))
        {
            var experiment = new Experiment("reach", [quick ? task with { Epochs = Math.Min(task.Epochs, 3), Target = null } : task with { Target = null }], [.. Setters])
            {
                Seed = Seed,
                Repeats = quick ? 1 : 10,
                Tries = quick ? 2 : 25,
                Confirmed = quick ? 1 : 3,
                Confirmations = quick ? 1 : 3,
            };
            var finals = ExperimentRunner.Run(experiment, store: null, Environment.ProcessorCount).Trials.Where(trial => trial.Purpose == TrialPurpose.Final).ToArray();
            foreach (var final in finals) Append(csv, final);
            var best = finals.GroupBy(final => final.Contender.Contender.Name).Select(group => group.Select(BestOf).ToArray()).ToArray();
            var worse = best[0].Zip(best[1], (one, other) => task.IsHigherBetter ? Math.Min(one, other) : Math.Max(one, other));
            table.Add(task.Name, task.MetricName, Figure(Median.Of(best[0]).Value), Figure(Median.Of(best[1]).Value), Figure(Eased(Median.Of(worse).Value, task.IsHigherBetter)), task.Target is { } target ? Figure(target) : "none");
            Console.Error.WriteLine($"{task.Name} done");
        }

        text.Append(table);
        if (!quick) File.WriteAllBytes(Results.PathOf("reach.csv.gz"), Zipped(csv.ToString()));
        Results.Write("reach.md", text.ToString(), quick ? Effort.Quick : new(0, 0, 0));
        return 0;
    }

    private static ExperimentContender Tuned(Optimizer optimizer) => new(Steepest.Compare.Contender.Of(optimizer), optimizer, SearchSpaces.UsualFor(optimizer));

    private static double BestOf(ExperimentTrial final)
    {
        var budget = Share * final.Result.Evaluations[^1];
        var values = final.Result.Evaluations.Zip(final.Result.Metric).Where(pair => pair.First <= budget && double.IsFinite(pair.Second)).Select(pair => pair.Second).DefaultIfEmpty(double.NaN);
        return final.Task.IsHigherBetter ? values.Max() : values.Min();
    }

    // Two digits, towards the side on which it is reached sooner; of an accuracy three.
    private static double Eased(double value, bool isHigherBetter)
    {
        if (isHigherBetter) return Math.Floor(value * 1000) / 1000;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        return Math.Ceiling(value / unit) * unit;
    }

    // Every fall of the best by a thousandth, and the one that counts.
    private static void Append(StringBuilder csv, ExperimentTrial final)
    {
        var (best, kept, budget) = (double.NaN, double.NaN, Share * final.Result.Evaluations[^1]);
        var falls = new List<(long Count, double Metric)>();
        foreach (var (count, metric) in final.Result.Evaluations.Zip(final.Result.Metric))
        {
            if (!double.IsNaN(best) && !(final.Task.IsHigherBetter ? metric > best : metric < best)) continue;
            best = metric;
            falls.Add((count, metric));
        }

        var counts = falls.LastOrDefault(fall => fall.Count <= budget);
        foreach (var fall in falls)
        {
            if (Math.Abs(fall.Metric - kept) < Math.Abs(kept) / 1000 && fall != counts) continue;
            kept = fall.Metric;
            csv.Append(CultureInfo.InvariantCulture, $"{final.Task.Name},\"{final.Contender.Contender.Name}\",{final.Repeat + 1},{final.Setting},{fall.Count},{fall.Metric:G7}\n");
        }
    }

    private static byte[] Zipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.SmallestSize)) zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
