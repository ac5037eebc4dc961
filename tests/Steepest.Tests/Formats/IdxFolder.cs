using System.Buffers.Binary;
using System.IO.Compression;

namespace Steepest.Tests.Formats;

/// <summary>A folder for hand-made IDX files that goes away after the test.</summary>
public abstract class IdxFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("steepest-idx-");

    protected string Images => Path.Combine(folder.FullName, "images");

    protected string Labels => Path.Combine(folder.FullName, "labels");

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => folder.Delete(recursive: true);

    /// <summary>The bytes of a file with the given header.</summary>
    protected static byte[] Idx(byte type, uint[] sizes, byte[] data)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(data);
        var header = new byte[4 + (4 * sizes.Length)];
        (header[2], header[3]) = (type, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        return [.. header, .. data];
    }

    protected static byte[] Zipped(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionMode.Compress))
            zip.Write(content);
        return memory.ToArray();
    }

    /// <summary>Three images of 1 × 2 bytes with labels 1, 0, 2, unless said otherwise.</summary>
    protected void Write(byte[]? images = null, byte[]? labels = null)
    {
        File.WriteAllBytes(Images, images ?? Idx(0x08, [3, 1, 2], [0, 51, 102, 153, 204, 255]));
        File.WriteAllBytes(Labels, labels ?? Idx(0x08, [3], [1, 0, 2]));
    }
}
