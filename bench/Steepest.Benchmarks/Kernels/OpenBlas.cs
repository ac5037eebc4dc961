using System.Numerics;
using System.Runtime.InteropServices;

namespace Steepest.Benchmarks;

/// <summary>OpenBLAS's matrix product on one thread, where the library is installed.</summary>
internal static unsafe class OpenBlas
{
    private const int RowMajor = 101, AsItIs = 111, Transposed = 112;

    private static readonly nint Library = Load();
    private static readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> Single =
        (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)Export("cblas_sgemm");
    private static readonly delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void> Double =
        (delegate* unmanaged<int, int, int, int, int, int, double, double*, int, double*, int, double, double*, int, void>)Export("cblas_dgemm");

    public static bool IsInstalled => Library != 0;

    /// <summary>Its version, and the kernels that it chose for this processor.</summary>
    public static string Description
    {
        get
        {
            if (!IsInstalled) return "OpenBLAS is not installed here (Debian: libopenblas0-pthread), so nothing is measured beside it.";
            var core = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)Export("openblas_get_corename"))());
            var config = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)Export("openblas_get_config"))());
            return $"{config?.Trim()}; its kernels for {core}";
        }
    }

    /// <summary>C = op(A) · op(B), all row by row and without gaps; m × n with k products to a sum.</summary>
    public static void Multiply<T>(int m, int n, int k, ref T a, bool transposeA, ref T b, bool transposeB, ref T c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rowA, rowB) = (transposeA ? m : k, transposeB ? k : n);
        var (opA, opB) = (transposeA ? Transposed : AsItIs, transposeB ? Transposed : AsItIs);
        fixed (T* pa = &a, pb = &b, pc = &c)
        {
            if (typeof(T) == typeof(float))
            {
                Single(RowMajor, opA, opB, m, n, k, 1, (float*)pa, rowA, (float*)pb, rowB, 0, (float*)pc, n);
            }
            else
            {
                Double(RowMajor, opA, opB, m, n, k, 1, (double*)pa, rowA, (double*)pb, rowB, 0, (double*)pc, n);
            }
        }
    }

    private static nint Load()
    {
        foreach (var name in (string[])["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib", "libopenblas.dll", "openblas"])
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
            return library;
        }

        return 0;
    }

    private static void* Export(string name) => Library == 0 ? null : (void*)NativeLibrary.GetExport(Library, name);
}
