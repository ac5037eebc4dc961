using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Steepest;

/// <summary>Hashes what a dataset holds, byte for byte the same on every machine.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] bytes = new byte[8 * 1024];

    /// <summary>SHA-256, as lower-case hex, over kind, shape, names, numbers and any weights; the dataset's own name stays out.</summary>
    public static string Of(Dataset data)
    {
        using var content = new ContentHash();
        content.Add(data.IsClassification ? "classification" : "regression");
        content.Add(data.Rows);
        content.Add(data.FeatureNames);
        content.Add(data.ClassNames);
        content.Add(data.TargetNames);
        content.AddFeatures(data);
        content.Add(data.Labels);
        content.Add(data.Targets);
        if (data.HasWeights)
            content.Add(data.Weights);
        return Convert.ToHexStringLower(content.hash.GetHashAndReset());
    }

    public void Dispose() => hash.Dispose();

    // Every count and length goes in before what it counts, so no two contents run together into the same bytes.
    private void Add(IReadOnlyList<string> names)
    {
        Add(names.Count);
        foreach (var name in names)
            Add(name);
    }

    private void Add(string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Add(encoded.Length);
        hash.AppendData(encoded);
    }

    private void Add(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes, 0, sizeof(int));
    }

    private void Add(ReadOnlySpan<int> numbers)
    {
        Add(numbers.Length);
        foreach (var number in numbers)
            Add(number);
    }

    // Widened piece by piece: floats give the bytes of the doubles that they equal, and no copy of all is made.
    private void AddFeatures(Dataset data)
    {
        Span<double> piece = stackalloc double[512];
        var length = data.Rows * data.FeatureCount;
        Add(length);
        var start = 0;
        while (start < length)
        {
            var part = piece[..Math.Min(piece.Length, length - start)];
            data.CopyValues(start, part);
            AddBytes(part);
            start += part.Length;
        }
    }

    private void Add(ReadOnlySpan<double> numbers)
    {
        Add(numbers.Length);
        AddBytes(numbers);
    }

    private void AddBytes(ReadOnlySpan<double> numbers)
    {
        while (!numbers.IsEmpty)
        {
            var count = Math.Min(numbers.Length, bytes.Length / sizeof(double));
            for (var i = 0; i < count; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), numbers[i]);
            hash.AppendData(bytes, 0, count * sizeof(double));
            numbers = numbers[count..];
        }
    }
}
