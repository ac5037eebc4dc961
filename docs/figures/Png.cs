using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace Steepest.Figures;

/// <summary>PNG files of one byte a pixel, which are half as large as those of four.</summary>
internal static class Png
{
    private const int MostColours = 256, BytesOfColour = 4;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The surface in its 256 most frequent colours; the edges of lines and letters hold more, and take the nearest of them.</summary>
    public static byte[] Of(SKSurface surface)
    {
        using var pixels = surface.PeekPixels();
        var (width, height) = (pixels.Width, pixels.Height);
        var colours = new uint[width * height];
        for (var i = 0; i < colours.Length; i++) colours[i] = BinaryPrimitives.ReadUInt32LittleEndian(pixels.GetPixelSpan<byte>().Slice(BytesOfColour * i, BytesOfColour));
        uint[] palette = [.. colours.CountBy(colour => colour).OrderByDescending(count => count.Value).ThenBy(count => count.Key).Take(MostColours).Select(count => count.Key)];
        var places = palette.Select((colour, place) => (colour, place)).ToDictionary(pair => pair.colour, pair => (byte)pair.place);
        foreach (var colour in colours.Distinct().Where(colour => !places.ContainsKey(colour)).ToArray())
            places[colour] = (byte)Enumerable.Range(0, palette.Length).MinBy(place => Difference(palette[place], colour));

        // A byte before each row says that it stands as it is.
        var rows = new byte[(width + 1) * height];
        for (var i = 0; i < colours.Length; i++) rows[i + (i / width) + 1] = places[colours[i]];
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(rows);

        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        Write(file, "IHDR"u8, header);
        Write(file, "PLTE"u8, [.. palette.SelectMany(colour => (byte[])[(byte)colour, (byte)(colour >> 8), (byte)(colour >> 16)])]);
        Write(file, "IDAT"u8, packed.ToArray());
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static int Difference(uint a, uint b)
    {
        var sum = 0;
        for (var shift = 0; shift < 24; shift += 8)
        {
            var d = (int)((a >> shift) & 0xFF) - (int)((b >> shift) & 0xFF);
            sum += d * d;
        }

        return sum;
    }

    private static void Write(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        byte[] checkedPart = [.. kind, .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(checkedPart));
        file.Write(number);
    }

    /// <summary>CRC-32 as PNG has it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var value in bytes)
        {
            rest ^= value;
            for (var bit = 0; bit < 8; bit++) rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320;
        }

        return ~rest;
    }
}
