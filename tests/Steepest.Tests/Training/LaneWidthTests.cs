using System.Diagnostics;
using System.Globalization;
using Steepest.Numerics;
using Steepest.Tests.Networks;

namespace Steepest.Tests.Training;

/// <summary>Whole runs have the same bits on any number of threads, in processes that are forbidden the wider lanes, and by other compilations of the code.</summary>
public sealed class LaneWidthTests
{
    private const string File = "STEEPEST_FINGERPRINT_FILE", Threads = "STEEPEST_FINGERPRINT_THREADS";

    private static readonly Lazy<Dictionary<string, string>> Expected = new(() => WholeRuns.All(threads: 1).ToDictionary(run => run.Name, run => run.Hash));

    /// <summary>The tests below start this one again in a process of its own, and name a file for what it finds.</summary>
    [Fact]
    public void Whole_runs_have_the_same_bits_on_any_number_of_threads()
    {
        var threads = (Environment.GetEnvironmentVariable(Threads) ?? "1 2 3 8").Split(' ').Select(count => int.Parse(count, CultureInfo.InvariantCulture));
        var found = threads.SelectMany(count => WholeRuns.All(count).Select(run => new Found(count, run.Name, run.Hash)));
        if (Environment.GetEnvironmentVariable(File) is { } file)
            System.IO.File.WriteAllLines(file, [$"{LaneBits()}", .. found.Select(run => $"{run.Threads}\t{run.Name}\t{run.Hash}")]);
        else
            AssertExpected(found);
    }

    /// <summary>Where vectors are narrow and nothing is fused, the runs take seconds: one number of threads has to do.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256, "1 2 3 8")]
    [InlineData("DOTNET_EnableAVX2", 128, "3")]
    [InlineData("DOTNET_EnableHWIntrinsic", 64, "2")]
    public async Task Whole_runs_have_the_same_bits_with_narrower_lanes(string forbidden, int bits, string threads)
    {
        var (lanes, found) = await InAProcessWith(threads, [forbidden]);
        Assert.Equal(Math.Min(bits, LaneBits()), lanes);
        AssertExpected(found);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Products_of_every_shape_have_the_bits_of_plain_loops_with_narrower_lanes(string forbidden)
    {
        var start = Tests("-class", typeof(DoubleDenseProductTests).FullName!, "-class", typeof(FloatDenseProductTests).FullName!);
        start.Environment[forbidden] = "0";
        await Pass(start, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("DOTNET_TieredCompilation")]
    [InlineData("DOTNET_TieredPGO", "DOTNET_ReadyToRun")]
    public async Task Whole_runs_have_the_same_bits_however_the_code_is_compiled(params string[] forbidden)
    {
        var (lanes, found) = await InAProcessWith("2", forbidden);
        Assert.Equal(LaneBits(), lanes);
        AssertExpected(found);
    }

    private static void AssertExpected(IEnumerable<Found> runs)
    {
        var seen = new HashSet<string>();
        foreach (var (threads, name, hash) in runs)
        {
            Assert.True(Expected.Value[name] == hash, $"{name}: other bits than here on one thread; threads: {threads}.");
            seen.Add(name);
        }

        Assert.Equal(Expected.Value.Count, seen.Count);
    }

    /// <summary>The bits of a lane there, and the runs.</summary>
    private static async Task<(int LaneBits, Found[] Runs)> InAProcessWith(string threads, string[] forbidden)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var file = Path.GetTempFileName();
        try
        {
            var start = Tests("-method", $"{typeof(LaneWidthTests).FullName}.{nameof(Whole_runs_have_the_same_bits_on_any_number_of_threads)}");
            foreach (var variable in forbidden) start.Environment[variable] = "0";
            (start.Environment[Threads], start.Environment[File]) = (threads, file);
            await Pass(start, cancellation).ConfigureAwait(false);

            var lines = await System.IO.File.ReadAllLinesAsync(file, cancellation).ConfigureAwait(false);
            return (
                int.Parse(lines[0], CultureInfo.InvariantCulture),
                [.. lines[1..].Select(line => line.Split('\t')).Select(run => new Found(int.Parse(run[0], CultureInfo.InvariantCulture), run[1], run[2]))]);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    private static ProcessStartInfo Tests(params string[] filter) =>
        new(Path.Combine(AppContext.BaseDirectory, "Steepest.Tests" + (OperatingSystem.IsWindows() ? ".exe" : "")), filter)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };

    /// <summary>Fails unless the process's tests run and pass.</summary>
    private static async Task Pass(ProcessStartInfo tests, CancellationToken cancellation)
    {
        using var process = Process.Start(tests)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        Assert.True(process.ExitCode == 0 && !output.Contains("Total: 0", StringComparison.Ordinal), output);
    }

    private static int LaneBits()
    {
        var width = default(Width);
        Lanes.Run<double, Width>(ref width);
        return width.Bits;
    }

    private sealed record Found(int Threads, string Name, string Hash);

    private struct Width : ILaneWork<double>
    {
        public int Bits { get; private set; }

        public void Run<V>()
            where V : struct, IKernelLane<V, double> => Bits = 64 * V.Count;
    }
}
