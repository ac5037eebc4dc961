using System.Globalization;
using System.IO.Compression;
using Steepest.Numerics;

namespace Steepest.Compare;

/// <summary>
/// The mails, read once. A feature is ln(1 + count): a word's tenth use says less than its first, and a long mail does not drown the others. Most are 0, and stay 0 as long
/// as nobody shifts them. They are kept as floats, which lose nothing that a count knows: 85 MB.
/// </summary>
internal static class MailData
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
            var space = line.IndexOf(' ');
            labels[row] = Number(line[..space]);

            // Some mails have none of the words.
            foreach (var range in line[(space + 1)..].TrimEnd().Split(' '))
            {
                var pair = line[(space + 1)..][range];
                if (pair.IsEmpty) continue;
                var colon = pair.IndexOf(':');
                values[Number(pair[..colon]) - 1] = LogarithmOf(Number(pair[(colon + 1)..]));
            }
        }

        return Dataset.OwningClassification("mails", new FeatureValues(features), words, labels, ["wanted", "spam"]);

        float LogarithmOf(int count) => logarithms.TryGetValue(count, out var known) ? known : logarithms[count] = (float)NearestExpLog.Log(1.0 + count);
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(MailData).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded in the library.");
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
