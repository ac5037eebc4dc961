using System.IO.Compression;
using System.Text.Json;

namespace Steepest.Tests;

/// <summary>The reference numbers under Golden/, each a gzipped JSON document embedded in this assembly.</summary>
internal static class Golden
{
    public static JsonElement Load(string name)
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream(name + ".json.gz")
            ?? throw new FileNotFoundException($"No golden file {name}.json.gz is embedded in the tests.");
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(unzipped);
        return document.RootElement.Clone();
    }

    /// <summary>A number, or one of the strings that stand for a value JSON cannot write.</summary>
    public static double Number(this JsonElement element) => element.ValueKind == JsonValueKind.String
        ? double.Parse(element.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
        : element.GetDouble();

    public static double[] Vector(this JsonElement element) => [.. element.EnumerateArray().Select(Number)];

    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetInt32())];

    /// <summary>All numbers of nested arrays, the last index fastest.</summary>
    public static double[] Flat(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flat)] : [element.Number()];

    public static double[][] Matrix(this JsonElement element) => [.. element.EnumerateArray().Select(Vector)];
}
