using System.Diagnostics;

namespace Steepest.Tests.Compare.Store;

/// <summary>Starts the program that computes and keeps made trials.</summary>
internal static class Keeper
{
    /// <summary>Starts it.</summary>
    /// <param name="store">The store's file.</param>
    /// <param name="log">A file that receives the number of each trial before it is computed.</param>
    /// <param name="trials">It keeps the trials of the numbers below.</param>
    public static Process Start(string store, string log, int trials)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Steepest.Keeper.exe" : "Steepest.Keeper");
        return Process.Start(new ProcessStartInfo(program, [store, log, $"{trials}"]) { UseShellExecute = false, RedirectStandardError = true })!;
    }
}
