using System.Text.Json.Nodes;

namespace Steepest.Benchmarks;

/// <summary>Steepest in a process of its own that answers as the peers do (see bench/peers/peer.py), so that all are measured in the same way.</summary>
internal static class Server
{
    public static int Answer(int threads)
    {
        Tell(new() { ["name"] = "Steepest", ["version"] = typeof(Network<>).Assembly.GetName().Version!.ToString(3) });
        string? ready = null;
        Func<int, double>? run = null;
        while (Console.ReadLine() is { } line)
        {
            var request = JsonNode.Parse(line)!;
            if ((string?)request["check"] is { } check)
            {
                Tell(new() { ["loss"] = Workload.Check(check, (int)request["epochs"]!) });
                continue;
            }

            var name = (string)request["workload"]!;
            if (ready != name)
            {
                run = Workload.All.Single(workload => workload.Name == name).Start(threads);
                ready = name;
            }

            Tell(new() { ["seconds"] = run!((int)request["repetitions"]!) });
        }

        return 0;
    }

    /// <summary>Keeps a core busy until its input ends: another program on the same machine.</summary>
    public static int Spin()
    {
        var over = false;
        var busy = new Thread(() =>
        {
            var x = 1.0;
            while (!Volatile.Read(ref over)) x = Math.Sqrt(x + 1);
            GC.KeepAlive(x);
        });
        busy.Start();
        Tell(new() { ["name"] = "a busy neighbour" });
        while (Console.ReadLine() is not null)
        {
            // Whatever is said, it goes on.
        }

        Volatile.Write(ref over, true);
        busy.Join();
        return 0;
    }

    private static void Tell(JsonObject answer) => Console.WriteLine(answer.ToJsonString());
}
