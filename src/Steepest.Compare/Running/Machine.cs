using System.Runtime.InteropServices;

namespace Steepest.Compare;

/// <summary>The machine that trials run on, which is kept beside their results.</summary>
internal static class Machine
{
    private const string Information = "/proc/cpuinfo";

    /// <summary>The processor and how many cores it has, such as "AMD EPYC (family 25, model 17), 2 cores".</summary>
    public static string Name => field ??= $"{Processor}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}";

    /// <summary>The processor's name, and family and model: what a virtual machine's processor is called may say little.</summary>
    public static string Processor
    {
        get
        {
            var facts = Facts();
            return facts.TryGetValue("model name", out var name)
                ? $"{name} (family {facts.GetValueOrDefault("cpu family")}, model {facts.GetValueOrDefault("model")})"
                : RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    private static Dictionary<string, string> Facts()
    {
        try
        {
            if (!File.Exists(Information)) return [];
            return File.ReadLines(Information).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                .GroupBy(pair => pair[0].Trim(), StringComparer.Ordinal).ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1].Trim(), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
