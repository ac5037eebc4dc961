using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Steepest.Benchmarks;

/// <summary>Where figures were measured.</summary>
internal static class Machine
{
    public static string Description =>
        $"{Processor}, {Environment.ProcessorCount} cores, {Lanes}-bit lanes; {OperatingSystem}; .NET {Environment.Version}";

    public static string Today => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Lanes => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;

    /// <summary>The processor's name, and family and model: what a virtual machine's processor is called may say little.</summary>
    private static string Processor
    {
        get
        {
            const string Information = "/proc/cpuinfo";
            if (!File.Exists(Information)) return RuntimeInformation.ProcessArchitecture.ToString();
            var facts = File.ReadLines(Information).TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                .GroupBy(pair => pair[0].Trim()).ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1].Trim());
            return facts.TryGetValue("model name", out var name)
                ? $"{name} (family {facts.GetValueOrDefault("cpu family")}, model {facts.GetValueOrDefault("model")})"
                : RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    private static string OperatingSystem
    {
        get
        {
            const string Release = "/etc/os-release";
            var name = File.Exists(Release) ? File.ReadLines(Release).FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)) : null;
            return name is null ? RuntimeInformation.OSDescription : name["PRETTY_NAME=".Length..].Trim('"');
        }
    }
}
