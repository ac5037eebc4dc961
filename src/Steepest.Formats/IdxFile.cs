using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Steepest;

/// <summary>An open IDX file, gzipped or not: its header, and then its elements from the first to the last.</summary>
internal sealed class IdxFile : IDisposable
{
    private const int ElementsAtOnce = 8 * 1024;

    // No compressed byte of gzip stands for more than this many.
    private const long LargestExpansion = 1032;

    private readonly string path;
    private readonly Stream stream;
    private readonly long longest;
    private readonly byte[] bytes;
    private readonly double[] decoded = new double[ElementsAtOnce];
    private long found;

    private IdxFile(string path, Stream file)
    {
        this.path = path;
        try
        {
            var magic = new byte[4];
            stream = file;
            var start = Fill(magic.AsSpan(0, 2));
            file.Position = 0;
            var isZipped = start == 2 && magic is [0x1F, 0x8B, ..];
            stream = isZipped ? new GZipStream(file, CompressionMode.Decompress) : file;

            var length = Fill(magic);
            if (length < 4 || magic[0] != 0 || magic[1] != 0)
            {
                throw Says(
                    length == 0 ? "the file is empty" : $"found {Convert.ToHexString(magic, 0, length)} at the start",
                    "0000, an element type and a number of dimensions, as an IDX file begins with");
            }

            Element = IdxElement.All.FirstOrDefault(element => element.Code == magic[2])
                ?? throw Says($"found element type 0x{magic[2]:X2}", string.Join(", ", IdxElement.All));
            Sizes = ReadSizes(magic[3]);
            longest = isZipped ? file.Length * LargestExpansion : file.Length - file.Position;
            bytes = new byte[ElementsAtOnce * Element.Size];
        }
        catch
        {
            stream?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public IdxElement Element { get; }

    /// <summary>The length of each dimension.</summary>
    public IReadOnlyList<long> Sizes { get; }

    /// <summary>Opens a file and reads its header.</summary>
    public static IdxFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new SteepestException($"'{path}' is a folder, expected an IDX file.");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SteepestException($"'{path}': there is no such file, expected an IDX file.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new SteepestException($"'{path}': the file cannot be opened, expected an IDX file that can be read.", e);
        }

        if (file.CanSeek)
            return new IdxFile(path, file);
        file.Dispose();
        throw new SteepestException($"'{path}' is a stream that is read only once, expected a file.");
    }

    /// <summary>Makes sure of the number of dimensions; until then none of what follows may be asked.</summary>
    public void MustHaveDimensions(int fewest, int most, string expected)
    {
        if (Sizes.Count < fewest || Sizes.Count > most)
            throw Says($"found {Sizes.Count} {(Sizes.Count == 1 ? "dimension" : "dimensions")}", expected);
    }

    /// <summary>Makes sure, before memory is taken for them, that the file can hold the elements that its header announces.</summary>
    public void MustHoldItsElements()
    {
        if (Announced() <= (UInt128)longest)
            return;
        while (true)
            FillOrThrow(bytes);
    }

    /// <summary>Reads the next elements, multiplied by <paramref name="scale"/>.</summary>
    public void Read(Span<float> values, double scale)
    {
        while (!values.IsEmpty)
        {
            var part = Decode(values.Length);
            for (var i = 0; i < part.Length; i++)
                values[i] = (float)(part[i] * scale);
            values = values[part.Length..];
        }
    }

    /// <summary>Reads the next elements as they are, at most <paramref name="most"/>; they stay until the next call.</summary>
    public ReadOnlySpan<double> Decode(long most)
    {
        var values = decoded.AsSpan(0, (int)Math.Min(most, ElementsAtOnce));
        var raw = bytes.AsSpan(0, values.Length * Element.Size);
        FillOrThrow(raw);
        Element.Decode(raw, values);
        return values;
    }

    /// <summary>Makes sure that nothing comes after the elements.</summary>
    public void MustEnd()
    {
        if (Fill(bytes.AsSpan(0, 1)) > 0)
            throw Says($"found data after the {Shape()} elements that the header announces", "the end of the file");
    }

    public SteepestException Says(string found, string expected) => new($"'{path}': {found}, expected {expected}.");

    public void Dispose() => stream.Dispose();

    private long[] ReadSizes(int dimensions)
    {
        var raw = new byte[4 * dimensions];
        var length = Fill(raw);
        if (length < raw.Length)
            throw Says($"the header ends after {4 + length} bytes", $"{4 + raw.Length} for {dimensions} dimensions");
        var sizes = new long[dimensions];
        for (var i = 0; i < dimensions; i++)
            sizes[i] = BinaryPrimitives.ReadUInt32BigEndian(raw.AsSpan(4 * i));
        return sizes;
    }

    private void FillOrThrow(Span<byte> destination)
    {
        var length = Fill(destination);
        found += length;
        if (length < destination.Length)
            throw Says($"the data end after {Text.Of(found)} bytes", $"{Announced().ToString("N0", CultureInfo.InvariantCulture)} for {Shape()} elements of type {Element}");
    }

    private int Fill(Span<byte> destination)
    {
        try
        {
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new SteepestException($"'{path}': the compressed data are damaged or end early, expected a whole gzip file.", e);
        }
        catch (IOException e)
        {
            throw new SteepestException($"'{path}': the file cannot be read, expected an IDX file that can be.", e);
        }
    }

    private UInt128 Announced() => Sizes.Aggregate((UInt128)Element.Size, (product, size) => product * (UInt128)size);

    private string Shape() => string.Join(" × ", Sizes.Select(Text.Of));
}
