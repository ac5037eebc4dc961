using System.IO.Compression;
using Steepest.Compare;

namespace Steepest.Tests.Compare.Tasks;

/// <summary>The targets of the catalogue are those that the committed trials give.</summary>
public sealed class TargetTests
{
    private const double Share = 0.6;

    private static readonly ILookup<string, LoggedRun> Runs = Read().ToLookup(run => run.Task);

    public static TheoryData<string> Fixed => [.. TaskCatalog.All.Select(one => one.Task.Name).Except(["iris", "logistic-breast-cancer", "logistic-digits"])];

    [Theory]
    [MemberData(nameof(Fixed))]
    public void A_target_is_what_the_worse_of_momentum_and_Adam_has_at_60_percent_of_the_budget_in_the_median(string name)
    {
        var task = TaskCatalog.Find(name);
        var budget = Share * task.Epochs * task.Prepare(0).StepsPerEpoch;

        var worse = Runs[name].GroupBy(run => run.Repeat).Select(repeat =>
        {
            Assert.Equal(2, repeat.Count());
            var best = repeat.Select(run => run.Steps.Zip(run.Metric).Where(row => row.First <= budget).Select(row => row.Second));
            return task.IsHigherBetter ? best.Min(values => values.Max()) : best.Max(values => values.Min());
        }).Order().ToArray();

        Assert.Equal(10, worse.Length);
        Assert.Equal(Eased((worse[4] + worse[5]) / 2, task.IsHigherBetter), task.Target!.Value, 1e-12);
    }

    private static double Eased(double value, bool isHigherBetter)
    {
        if (isHigherBetter) return Math.Floor(value * 1000) / 1000;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Ceiling(value / unit) * unit;
    }

    private static IReadOnlyList<LoggedRun> Read()
    {
        var path = Path.Combine(Path.GetTempPath(), $"steepest-reach-{Environment.ProcessId}.csv");
        try
        {
            using (var zipped = new GZipStream(File.OpenRead(Path.Combine(SamplesTests.Root, "bench", "results", "reach.csv.gz")), CompressionMode.Decompress))
            using (var plain = File.Create(path)) zipped.CopyTo(plain);
            return CurveCsv.Read(path, "metric");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
