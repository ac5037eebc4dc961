using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>Arrays as NumPy's files, version 1.0 of the format: how the peers get the same data and the same starts.</summary>
internal static class Npy
{
    /// <summary>Writes the data and the starts of all workloads into a folder.</summary>
    public static void WriteAll(string folder)
    {
        Write(folder, "iris", WorkloadData.Iris, v => v);
        Write(folder, "digits", WorkloadData.Digits, v => (float)v);
        Write(folder, "random", WorkloadData.Random, v => (float)v);
        Write(Path.Combine(folder, "w1-start.npy"), Start(Workload.W1Spec.Build<double>(42)));
        Write(Path.Combine(folder, "w2-start.npy"), Start(Workload.W2Spec.Build<float>(42)));
        Write(Path.Combine(folder, "w3-start.npy"), Start(Workload.W3Spec.Build<float>(42)));
        double[][] starts = [.. Enumerable.Range(0, 64).Select(seed => Start(Workload.W1Spec.Build<double>((ulong)seed)))];
        Write<double>(Path.Combine(folder, "w5-starts.npy"), [.. starts.SelectMany(start => start)], starts.Length, starts[0].Length);
        if (!Workload.Fashion.HasData) return;
        Write(folder, "fashion", WorkloadData.FashionMnist.Value, v => (float)v);
        Write(Path.Combine(folder, "fashion-start.npy"), Start(Workload.FashionSpec.Build<float>(42)));
    }

    private static void Write<T>(string folder, string name, Dataset data, Func<double, T> number)
        where T : unmanaged, INumber<T>
    {
        var features = new T[(long)data.Rows * data.FeatureCount];
        for (var row = 0; row < data.Rows; row++)
        {
            var values = data.Row(row);
            for (var f = 0; f < values.Length; f++) features[(row * values.Length) + f] = number(values[f]);
        }

        Write(Path.Combine(folder, $"{name}-features.npy"), features, data.Rows, data.FeatureCount);
        Write<long>(Path.Combine(folder, $"{name}-labels.npy"), [.. data.Labels.ToArray().Select(label => (long)label)]);
    }

    /// <summary>Weights and biases one after another.</summary>
    private static T[] Start<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. network.Parameters.Layout.Segments.SelectMany(segment => network.Parameters[segment].ToArray())];

    private static void Write<T>(string path, T[] numbers, params int[] shape)
        where T : unmanaged
    {
        var type = typeof(T) == typeof(double) ? "<f8" : typeof(T) == typeof(float) ? "<f4" : "<i8";
        var sizes = string.Join(", ", (shape.Length == 0 ? [numbers.Length] : shape).Select(size => size.ToString(CultureInfo.InvariantCulture)));
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes},), }}";
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        using var file = File.Create(path);
        file.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length % 256), (byte)(header.Length / 256)]);
        file.Write(Encoding.ASCII.GetBytes(header));
        file.Write(MemoryMarshal.AsBytes<T>(numbers));
    }
}
