using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Steepest.Benchmarks;

/// <summary>W6: a small published program from the start of its process to its end: with as much as .NET compiles beforehand (ReadyToRun), compiled as it runs
/// and wholly ahead of time, beside one that does nothing.</summary>
internal sealed class Startup : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("steepest-startup-");

    /// <param name="ahead">Whether to publish the other kinds too, which takes a while.</param>
    public Startup(bool ahead)
    {
        var program = Path.Combine(Results.Root, "bench", "peers", "w6.cs");
        var nothing = Path.Combine(folder.FullName, "nothing.cs");
        File.WriteAllText(nothing, "return 0;\n");
        Published = Of("Steepest, published ReadyToRun", Publish(program, "r2r", "PublishAot=false", "SelfContained=false", "PublishReadyToRun=true", "TieredPGO=false"));
        Nothing = Of("an empty .NET program", Publish(nothing, "nothing", "PublishAot=false", "SelfContained=false"));
        if (!ahead) return;
        AsItRuns = Of("Steepest, published", Publish(program, "jit", "PublishAot=false", "SelfContained=false"));
        try
        {
            AheadOfTime = Of("Steepest, NativeAOT", Publish(program, "aot", "PublishAot=true"));
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"NativeAOT cannot publish here, so it is left out: {e.Message}");
        }
    }

    public Contender Published { get; }

    /// <summary>Compiled as it runs, where more than one kind was asked for.</summary>
    public Contender? AsItRuns { get; }

    public Contender Nothing { get; }

    /// <summary>Where NativeAOT has what it needs: a linker and its packages.</summary>
    public Contender? AheadOfTime { get; }

    /// <summary>A contender whose repetition is a whole process.</summary>
    public static Contender Of(string name, ProcessStartInfo start) => Contender.Of(name, () => Run(start));

    public void Dispose() => folder.Delete(recursive: true);

    private ProcessStartInfo Publish(string source, string name, params string[] properties)
    {
        var output = Path.Combine(folder.FullName, name);
        Run(new("dotnet", ["publish", source, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, .. properties.Select(p => $"-p:{p}"), "-o", output]));
        return new(Path.Combine(output, Path.GetFileNameWithoutExtension(source)));
    }

    private static void Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}. {output}");
    }
}
