using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Steepest.Benchmarks;

/// <summary>The optimizer steps of bench/peers/adam.c, compiled for this very processor where there is a C compiler.</summary>
internal sealed unsafe class CLoops
{
    private const string Options = "-O3 -march=native -fno-math-errno";

    private readonly delegate* unmanaged<float*, float*, float*, float*, nint, float, float, float, float, float, float, void> adam;
    private readonly delegate* unmanaged<float*, float*, nint, float, void> gradientDescent;

    private CLoops(nint library, string compiler)
    {
        adam = (delegate* unmanaged<float*, float*, float*, float*, nint, float, float, float, float, float, float, void>)NativeLibrary.GetExport(library, "adam");
        gradientDescent = (delegate* unmanaged<float*, float*, nint, float, void>)NativeLibrary.GetExport(library, "gradient_descent");
        Description = $"{compiler}, {Options}";
    }

    public string Description { get; }

    /// <summary>Compiles and loads them; <see langword="null"/> without a C compiler.</summary>
    public static CLoops? Load()
    {
        var folder = Directory.CreateTempSubdirectory("steepest-c-");
        try
        {
            var library = Path.Combine(folder.FullName, "adam.so");
            var source = Path.Combine(Results.Root, "bench", "peers", "adam.c");
            Run("cc", [.. Options.Split(' '), "-shared", "-fPIC", "-o", library, source]);
            return new(NativeLibrary.Load(library), Run("cc", ["--version"]).Split('\n')[0]);
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Adam(Parameters<float> parameters, Parameters<float> gradient, Parameters<float> m, Parameters<float> v)
    {
        fixed (float* p = parameters.Values, g = gradient.Values, pm = m.Values, pv = v.Values)
        {
            adam(p, g, pm, pv, parameters.Values.Length, 0.001f, 0.9f, 0.999f, 1e-8f, 1.5f, 1.2f);
        }
    }

    public void GradientDescent(Parameters<float> parameters, Parameters<float> gradient)
    {
        fixed (float* p = parameters.Values, g = gradient.Values) gradientDescent(p, g, parameters.Values.Length, 0.001f);
    }

    private static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
