using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Steepest.Benchmarks;

/// <summary>The peers in Python: bench/peers.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Module">What must be there to be imported.</param>
/// <param name="Script">Its file in bench/peers.</param>
/// <param name="Package">Debian's package of it.</param>
internal sealed record Python(string Name, string Module, string Script, string Package)
{
    public static IReadOnlyList<Python> All { get; } =
    [
        new("NumPy", "numpy", "numpy_peer.py", "python3-numpy"),
        new("scikit-learn", "sklearn", "sklearn_peer.py", "python3-sklearn"),
        new("PyTorch", "torch", "torch_peer.py", "python3-torch"),
    ];

    /// <summary>The first interpreter that has the module; <see langword="null"/> if there is none.</summary>
    public string? Interpreter { get; } = Array.Find(["python3", "/usr/bin/python3", "python"], interpreter => Has(interpreter, Module));

    /// <summary>How it is started with so many threads.</summary>
    public ProcessStartInfo StartInfo(string folder, int threads, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter!, [Path.Combine(Results.Root, "bench", "peers", Script), folder, .. arguments]);
        foreach (var library in (string[])["OMP", "OPENBLAS", "MKL"]) start.Environment[$"{library}_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);

        // A machine may steer OpenBLAS away from the kernels that suit it.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");

        // PyTorch's OpenMP threads would spin against OpenBLAS's own and take ten times as long.
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        return start;
    }

    private static bool Has(string interpreter, string module)
    {
        try
        {
            var start = new ProcessStartInfo(interpreter, ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"]);
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
