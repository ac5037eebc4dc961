using System.Diagnostics;

namespace Steepest.Tests;

/// <summary>The programs under samples/ run as they stand, and the README shows the first of them.</summary>
public sealed class SamplesTests
{
    private static readonly string Root = RootOfRepository();

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs").Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_short_and_runs(string sample)
    {
        var path = Path.Combine(Root, "samples", sample);
        Assert.InRange(File.ReadAllLines(path).Length, 1, 60);
        var (exitCode, output) = Run(path);
        Assert.True(exitCode == 0, output);
        Assert.NotEmpty(output);
    }

    [Fact]
    public void The_iris_sample_prints_what_its_last_comment_says()
    {
        var path = Path.Combine(Root, "samples", "iris.cs");
        var promised = File.ReadAllText(path).Split("// ")[^1].Trim();
        Assert.Equal(promised, Run(path).Output.Trim());
    }

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

    private static (int ExitCode, string Output) Run(string sample)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", "-c", "Release", sample])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Root,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
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
