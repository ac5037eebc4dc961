using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>How the time of an epoch grows with rows, width, depth and batch; float, Adam, ReLU, random rows. A cliff is a size whose time per operation is
/// more than twice that of both its neighbours, or more than twice its smaller neighbour's at the largest.</summary>
internal static class GrowthReport
{
    private const double Cliff = 2;

    public static int Write(int threads, bool quick)
    {
        var text = new StringBuilder();
        text.AppendLine("# How time grows").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}; {Machine.Today}. Threads: {threads}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- growth`").AppendLine();
        text.AppendLine("Time of an epoch in float: ReLU, Adam, random rows of 64 features in ten classes, shuffled. The median of three rounds, in brackets the least and the most.");
        text.AppendLine("The slope is that of time over size between two lines, both as logarithms: 1 is in proportion. A cliff is a size at which an operation takes more than");
        text.AppendLine("twice as long as at both its neighbours.").AppendLine();

        int[] Sizes(params int[] sizes) => quick ? sizes[..2] : sizes;
        var cliffs = 0;
        cliffs += Add("Rows", "64-128-64-10, batches of 64", "rows", Sizes(1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000), rows => (rows, [128, 64], 64));
        cliffs += Add("Width", "64-w-w-10, 1,024 rows, batches of 128", "w", Sizes(8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096), width => (1024, [width, width], 128));
        cliffs += Add("Depth", "so many hidden layers of 128, 4,096 rows, batches of 128", "layers", Sizes(1, 2, 4, 8, 16, 32), depth => (4096, [.. Enumerable.Repeat(128, depth)], 128));
        cliffs += Add(
            "Batch", "64-128-64-10, 8,192 rows; a small batch has many optimizer steps", "batch", Sizes(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192),
            batch => (8192, [128, 64], batch));
        text.AppendLine(cliffs == 0 ? "No cliffs." : string.Create(CultureInfo.InvariantCulture, $"Cliffs: {cliffs}."));
        Results.Write("growth.md", text.ToString().TrimEnd() + "\n", quick ? Effort.Quick : new(0, 0, 0));
        return 0;

        int Add(string title, string what, string size, int[] sizes, Func<int, (int Rows, int[] Hidden, int Batch)> setUp)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{what}.").AppendLine();
            var points = sizes.Select(value => Measure(value, setUp(value), threads, quick)).ToArray();
            var table = new Table(size, "ms an epoch", "slope", "GFLOP/s of the products", "");
            var found = 0;
            for (var i = 0; i < points.Length; i++)
            {
                var point = points[i];
                var slope = i == 0 ? "" : Figures.Of(Math.Log(point.Seconds.Median / points[i - 1].Seconds.Median) / Math.Log((double)point.Size / points[i - 1].Size));
                var isCliff = i > 0 && point.PerOperation > Cliff * points[i - 1].PerOperation && (i + 1 == points.Length || point.PerOperation > Cliff * points[i + 1].PerOperation);
                found += isCliff ? 1 : 0;
                table.Add(point.Size.ToString("N0", CultureInfo.InvariantCulture), Figures.Spread(point.Seconds.Scaled(1e3)), slope, Figures.Of(1e-9 / point.PerOperation), isCliff ? "cliff" : "");
            }

            text.Append(table).AppendLine();
            return found;
        }
    }

    private static Point Measure(int size, (int Rows, int[] Hidden, int Batch) setUp, int threads, bool quick)
    {
        var spec = NetworkSpec.Mlp(64, setUp.Hidden, 10, Activation.Relu);
        var network = Workload.Build<float>(spec, threads);
        var data = WorkloadData.Rows(setUp.Rows, 64, 10, seed: 1);
        var contender = new Contender("", epochs =>
        {
            var trainer = new Trainer<float>(network, data, new TrainingSpec(new Adam(1e-4), epochs, setUp.Batch));
            var started = Stopwatch.GetTimestamp();
            trainer.Run();
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        });
        var seconds = Contest.Run([contender], quick ? Effort.Quick : new(0.3, 0.3, 3))[0];
        return new(size, seconds, seconds.Median / Workload.ProductOperations(spec, setUp.Rows));
    }

    private sealed record Point(int Size, Times Seconds, double PerOperation);
}
