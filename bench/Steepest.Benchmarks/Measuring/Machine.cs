using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Steepest.Benchmarks;

/// <summary>Where figures were measured.</summary>
internal static class Machine
{
    public static string Description =>
        $"{Compare.Machine.Processor}, {Environment.ProcessorCount} cores, {Lanes}-bit lanes; {OperatingSystem}; .NET {Environment.Version}";

    public static string Today => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Lanes => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;

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
