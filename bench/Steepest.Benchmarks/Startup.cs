using System.Diagnostics;

namespace Steepest.Benchmarks;

/// <summary>W6: a small published program, samples/iris.cs, from the start of its process to its end, beside a program that does nothing.</summary>
internal static class Startup
{
    public static int Measure(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("steepest-startup-");
        try
        {
            var nothing = Path.Combine(folder.FullName, "nothing.cs");
            File.WriteAllText(nothing, "return 0;\n");
            var program = Publish(Path.Combine(Root(), "samples", "iris.cs"), Path.Combine(folder.FullName, "iris"));
            var empty = Publish(nothing, Path.Combine(folder.FullName, "nothing-published"));

            var seconds = new double[2][];
            seconds[0] = new double[runs];
            seconds[1] = new double[runs];
            for (var run = -1; run < runs; run++)
            {
                // In turns, so that both see the same machine; the first of each only fills the caches.
                var (a, b) = (Seconds(program), Seconds(empty));
                if (run >= 0) (seconds[0][run], seconds[1][run]) = (a, b);
            }

            foreach (var times in seconds) Array.Sort(times);
            Console.WriteLine($"samples/iris.cs, published: median {seconds[0][runs / 2]:F3} s ({seconds[0][0]:F3} to {seconds[0][^1]:F3}) over {runs} starts");
            Console.WriteLine($"an empty program, published: median {seconds[1][runs / 2]:F3} s ({seconds[1][0]:F3} to {seconds[1][^1]:F3})");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Publish(string source, string output)
    {
        Run("dotnet", "publish", source, "-c", "Release", "-p:PublishAot=false", "-o", output);
        return Path.Combine(output, Path.GetFileNameWithoutExtension(source));
    }

    private static double Seconds(string program)
    {
        var started = Stopwatch.GetTimestamp();
        Run(program);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>The folder of the repository: the nearest above that has samples.</summary>
    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "samples"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("There is no folder samples above this program.");
        return folder.FullName;
    }
}
