using System.Runtime.InteropServices;

namespace Steepest.Compare;

/// <summary>The machine that trials run on, which is kept beside their results.</summary>
internal static class Machine
{
    private const string Information = "/proc/cpuinfo";

    /// <summary>The processor and how many cores it has, such as "AMD EPYC 9R14, 2 cores".</summary>
    public static string Name { get; } = $"{Processor()}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}";

    private static string Processor()
    {
        try
        {
            var line = File.Exists(Information) ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
