using System.Globalization;
using System.IO.Compression;

namespace Steepest;

/// <summary>
/// Reads the embedded files, which are all of one form: a header line, then numbers separated by commas, the class last. Files from outside
/// need a reader that expects more.
/// </summary>
internal static class BundledFile
{
    public static Dataset Read(string name, string[] classNames)
    {
        var file = name + ".csv.gz";
        using var stream = typeof(BundledFile).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded in the library.");
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);

        var header = reader.ReadLine()!.Split(',');
        var features = new List<double>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            var classAt = line.LastIndexOf(',');
            var row = line.AsSpan(0, classAt);
            foreach (var cell in row.Split(','))
                features.Add(double.Parse(row[cell], NumberStyles.Float, CultureInfo.InvariantCulture));
            labels.Add(int.Parse(line.AsSpan(classAt + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return Dataset.OwningClassification(name, new FeatureValues(features.ToArray()), header[..^1], [.. labels], classNames);
    }
}
