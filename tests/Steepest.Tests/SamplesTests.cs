using System.Diagnostics;
using System.Globalization;

namespace Steepest.Tests;

/// <summary>The programs under samples/ run as they stand, and the README shows the first of them.</summary>
public sealed class SamplesTests
{
    internal static readonly string Root = RootOfRepository();

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs").Select(path => Path.GetFileName(path)!).Order()];

    /// <summary>Those that need nothing but themselves.</summary>
    public static TheoryData<string> Ready => ["iris.cs", "look-inside.cs", "own-data.cs", "own-optimizer.cs"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_short(string sample) => Assert.InRange(File.ReadAllLines(Path.Combine(Root, "samples", sample)).Length, 1, 60);

    [Theory]
    [MemberData(nameof(Ready))]
    public void A_sample_runs(string sample)
    {
        var (exitCode, output) = Run(sample);
        Assert.True(exitCode == 0, output);
        Assert.NotEmpty(output);
    }

    [Fact]
    public void Every_sample_is_run_by_a_test() => Assert.Equal(
        Samples.Select(row => row.Data).Order(), Ready.Select(row => row.Data).Concat(["curves.cs", "fashion-mnist.cs", "resume.cs"]).Order());

    [Fact]
    public void The_fashion_sample_tells_89_percent_of_the_test_pictures_right_within_15_epochs()
    {
        Requires.That(File.Exists("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz"), "The Debian package dataset-fashion-mnist is not installed.");
        var (exitCode, output) = Run("fashion-mnist.cs");
        Assert.True(exitCode == 0, output);
        var lines = output.TrimEnd().Split('\n');
        Assert.InRange(int.Parse(lines[^2].Split(' ')[0], CultureInfo.InvariantCulture), 1, 15);
        Assert.InRange(double.Parse(lines[^1].Split(' ')[2], CultureInfo.InvariantCulture), 89, 100);
    }

    [Fact]
    public void The_fashion_sample_says_which_file_is_missing()
    {
        var (exitCode, output) = Run("fashion-mnist.cs", "/nowhere");
        Assert.Equal(2, exitCode);
        Assert.Equal("'/nowhere/t10k-images-idx3-ubyte.gz': there is no such file, expected an IDX file.", output.Trim());
    }

    [Fact]
    public void The_resume_sample_ends_the_same_whether_it_was_interrupted_or_not()
    {
        Requires.That(!OperatingSystem.IsWindows(), "There is no kill.");
        var folder = Directory.CreateTempSubdirectory("steepest-tests-");
        try
        {
            // Built, as a signal to dotnet run would not reach the program.
            using (var build = Start("dotnet", "build", "-c", "Release", Path.Combine(Root, "samples", "resume.cs"), "-o", folder.FullName))
            {
                var (exitCode, said) = End(build);
                Assert.True(exitCode == 0, said);
            }

            var (program, checkpoint) = (Path.Combine(folder.FullName, "resume"), Path.Combine(folder.FullName, "run.checkpoint"));
            using var unbroken = Start(program, checkpoint);
            var expected = LastLine(End(unbroken));

            // The run takes a second: on a busy machine it may be over before the signal comes, and then there was no interruption.
            var interrupted = Enumerable.Range(0, 10).Select(_ => Interrupt(program, checkpoint)).FirstOrDefault(exitCode => exitCode != 0);
            Assert.Equal(130, interrupted);

            using var resumed = Start(program, checkpoint);
            Assert.Equal(expected, LastLine(End(resumed)));
            Assert.False(File.Exists(checkpoint));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_iris_sample_prints_what_its_last_comment_says()
    {
        var promised = File.ReadAllText(Path.Combine(Root, "samples", "iris.cs")).Split("// ")[^1].Trim();
        Assert.Equal(promised, Run("iris.cs").Output.Trim());
    }

    [Fact]
    public void The_curves_sample_writes_the_file_that_is_kept_beside_it() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Root, "samples", "runs.csv")), Run("curves.cs").Output.ReplaceLineEndings("\n"));

    [Fact]
    public void The_first_example_of_the_README_is_the_iris_sample()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var example = readme.Split("```csharp\n")[1].Split("```")[0];
        var sample = string.Join('\n', File.ReadAllLines(Path.Combine(Root, "samples", "iris.cs")).Where(line => !line.StartsWith("#:", StringComparison.Ordinal)));
        Assert.Equal(sample.Trim(), example.Trim());
    }

    [Fact]
    public void The_README_has_at_most_250_lines() => Assert.InRange(File.ReadAllLines(Path.Combine(Root, "README.md")).Length, 1, 250);

    private static int Interrupt(string program, string checkpoint)
    {
        using var broken = Start(program, checkpoint);
        Assert.StartsWith("epoch 1 of", broken.StandardOutput.ReadLine(), StringComparison.Ordinal);
        using (var kill = Process.Start("kill", $"-INT {broken.Id}")) kill.WaitForExit();
        return End(broken).ExitCode;
    }

    private static string LastLine((int ExitCode, string Output) end)
    {
        Assert.True(end.ExitCode == 0, end.Output);
        return end.Output.TrimEnd().Split('\n')[^1];
    }

    private static (int ExitCode, string Output) Run(string sample, params string[] arguments)
    {
        using var process = Start("dotnet", ["run", "-c", "Release", Path.Combine(Root, "samples", sample), "--", .. arguments]);
        return End(process);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        WorkingDirectory = Root,
    })!;

    /// <summary>How it ended, and what it still had to say on both streams.</summary>
    private static (int ExitCode, string Output) End(Process process)
    {
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static string RootOfRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Steepest.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("There is no Steepest.slnx above the tests.");
        }

        return folder.FullName;
    }
}
