using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Steepest.Tests.Commands;

/// <summary>The program itself, started as a shell would start it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("steepest-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_races_and_says_where_the_results_are()
    {
        using var program = Start("compare --epochs 2");
        var said = End(program);

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Contains("Pictures, curves and numbers are in steepest-iris-1/", said.Output.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.DoesNotContain("\e", said.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "steepest-iris-1", "race.json")));
    }

    [Fact]
    public void It_knows_its_version()
    {
        using var program = Start("--version");

        Assert.Matches(@"^\d+\.\d+\.\d+", End(program).Output);
    }

    [Fact]
    public void It_refuses_bad_input_with_a_sentence_and_exit_code_2()
    {
        using var program = Start("compare irsi");

        End(program).IsRefusal("There is no data set 'irsi'; did you mean iris?");
    }

    [Fact]
    public void An_interrupt_before_a_run_is_finished_leaves_nothing()
    {
        Requires.That(!OperatingSystem.IsWindows(), "There is no kill.");
        using var program = Start("compare digits --epochs 100000000 --format json");

        InterruptAfter(program, TimeSpan.FromSeconds(1));
        var said = End(program);

        Assert.Equal((130, string.Empty, "Interrupted before a run was finished; nothing was saved." + Environment.NewLine), (said.Code, said.Output, said.Error));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void An_interrupt_keeps_the_runs_that_were_finished()
    {
        Requires.That(!OperatingSystem.IsWindows(), "There is no kill.");

        // The first run takes milliseconds, the second days.
        using var program = Start("compare digits --optimizer gradient-descent,learning-rate=1/1e-12 --reach 1 --epochs 100000000 --threads 2 --format json");

        InterruptAfter(program, TimeSpan.FromSeconds(2));
        var said = End(program);

        Assert.Equal((130, string.Empty), (said.Code, said.Error));
        using var race = JsonDocument.Parse(said.Output);
        Assert.Equal(1, Assert.Single(Run.Of(race.RootElement)).LearningRate);
        Assert.Equal("steepest-digits-1", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(folder))));
        Assert.Equal(said.Output.TrimEnd(), File.ReadAllText(Path.Combine(folder, "steepest-digits-1", "race.json")));
    }

    [Theory]
    [InlineData("list optimizers")]
    [InlineData("list optimizers --format json")]
    public void It_speaks_UTF8_whatever_the_system_does(string arguments)
    {
        using var program = Start(arguments, "en_US.ISO-8859-1");
        var said = End(program);

        Assert.Contains("β₁", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\uFEFF", said.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list data | head -n 1")]
    [InlineData("list data >&-")]
    [InlineData("list data --format json >&-")]
    [InlineData("compare irsi 2>&-")]
    [InlineData("list data >/dev/full 2>/dev/full")]
    public void It_ends_quietly_when_nobody_listens(string line)
    {
        using var shell = Shell(line);
        var said = End(shell);

        Assert.Equal(string.Empty, said.Error);
        Assert.Equal(line.Contains('|', StringComparison.Ordinal) ? 0 : 2, said.Code);
    }

    [Fact]
    public void It_says_that_its_output_cannot_be_written()
    {
        using var shell = Shell("list data >/dev/full");

        End(shell).IsRefusal("The output cannot be written: No space left on device.");
    }

    private Process Shell(string line)
    {
        Requires.That(OperatingSystem.IsLinux(), "There is no sh or no /dev/full.");
        return Start(new ProcessStartInfo("sh", ["-c", $"'{Program}' {line}"]));
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Steepest.Cli.exe" : "Steepest.Cli");

    private Process Start(string arguments, string? locale = null)
    {
        var start = new ProcessStartInfo(Program, arguments);
        if (locale is not null) start.Environment["LC_ALL"] = locale;
        return Start(start);
    }

    private Process Start(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        return Process.Start(start)!;
    }

    private static Said End(Process program)
    {
        var error = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return new Said(program.ExitCode, output, error.GetAwaiter().GetResult());
    }

    // So much work done is well into the race: the runtime starts in a tenth of a second.
    private static void InterruptAfter(Process program, TimeSpan work)
    {
        while (program.TotalProcessorTime < work) Assert.False(program.WaitForExit(TimeSpan.FromMilliseconds(10)), "It ended before it was interrupted.");
        using var kill = Process.Start("kill", $"-INT {program.Id}");
        kill.WaitForExit();
    }
}
