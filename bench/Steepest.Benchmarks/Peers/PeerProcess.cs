using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Steepest.Benchmarks;

/// <summary>A process that stays up and runs workloads when it is told to; bench/peers/peer.py describes the conversation.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;

    private PeerProcess(Process process, JsonNode hello) => (this.process, Hello) = (process, hello);

    /// <summary>Who it is and what it can do.</summary>
    public JsonNode Hello { get; }

    public string Name => (string)Hello["name"]!;

    /// <summary>Starts this very program in another role.</summary>
    public static PeerProcess StartOurs(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Start(start);
    }

    public static PeerProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        var started = Process.Start(start)!;
        return new(started, Read(started));
    }

    /// <summary>The seconds that so many repetitions take.</summary>
    public double Seconds(string workload, int repetitions)
    {
        Begin(workload, repetitions);
        return End();
    }

    /// <summary>Tells it to run, without waiting.</summary>
    public void Begin(string workload, int repetitions) => Tell(new() { ["workload"] = workload, ["repetitions"] = repetitions });

    /// <summary>Waits for what was begun.</summary>
    public double End() => (double)Read(process)["seconds"]!;

    /// <summary>The loss of an epoch, or <see langword="null"/> where it has none to compare.</summary>
    public double? Check(string workload, int epochs)
    {
        Tell(new() { ["check"] = workload, ["epochs"] = epochs });
        return (double?)Read(process)["loss"];
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static JsonNode Read(Process process)
    {
        if (process.StandardOutput.ReadLine() is { } line) return JsonNode.Parse(line)!;
        process.WaitForExit();
        throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {process.ExitCode}.");
    }

    private void Tell(JsonObject request)
    {
        process.StandardInput.WriteLine(request.ToJsonString());
        process.StandardInput.Flush();
    }
}
