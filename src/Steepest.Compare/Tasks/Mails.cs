using System.Globalization;
using System.IO.Compression;
using Steepest.Numerics;

namespace Steepest.Compare;

/// <summary>
/// The mails, read once. A feature is ln(1 + count): a word's tenth use says less than its first, and a long mail does not drown the others. Most are 0, and stay 0 as long
/// as nobody shifts them. They are kept as floats, which lose nothing that a count knows: 85 MB.
/// </summary>
internal static class Mails
{
    private static readonly Lazy<Dataset> Read = new(ReadFiles);

    public static Dataset Load() => Read.Value;

    private static Dataset ReadFiles()
    {
        string[] words = [.. Lines("mails-words.txt.gz")];
        string[] rows = [.. Lines("mails.svm.gz")];
        var features = new float[rows.Length * words.Length];
        var labels = new int[rows.Length];
        var logarithms = new Dictionary<int, float>();
        for (var row = 0; row < rows.Length; row++)
        {
            var line = rows[row].AsSpan();
            var values = features.AsSpan(row * words.Length, words.Length);
            var isFirst = true;
            foreach (var range in line.Split(' '))
            {
                var part = line[range];
                var colon = part.IndexOf(':');
                if (isFirst) labels[row] = Number(part);
                else values[Number(part[..colon]) - 1] = LogarithmOf(Number(part[(colon + 1)..]));
                isFirst = false;
            }
        }

        return Dataset.OwningClassification("mails", new FeatureValues(features), words, labels, ["wanted", "spam"]);

        float LogarithmOf(int count) => logarithms.TryGetValue(count, out var known) ? known : logarithms[count] = (float)NearestExpLog.Log(1.0 + count);
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(Mails).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded in the library.");
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
