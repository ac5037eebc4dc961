using System.Buffers.Binary;

namespace Steepest;

/// <summary>A type of element that an IDX file can hold, numbers of more than one byte with the highest byte first.</summary>
internal sealed record IdxElement(byte Code, string Name, int Size, bool IsWhole, IdxElement.Decoder Decode)
{
    /// <summary>All that there are.</summary>
    public static readonly IReadOnlyList<IdxElement> All =
    [
        new(0x08, "unsigned byte", 1, IsWhole: true, Bytes),
        new(0x09, "signed byte", 1, IsWhole: true, Each(1, bytes => unchecked((sbyte)bytes[0]))),
        new(0x0B, "short", 2, IsWhole: true, Each(2, bytes => BinaryPrimitives.ReadInt16BigEndian(bytes))),
        new(0x0C, "int", 4, IsWhole: true, Each(4, bytes => BinaryPrimitives.ReadInt32BigEndian(bytes))),
        new(0x0D, "float", 4, IsWhole: false, Each(4, bytes => BinaryPrimitives.ReadSingleBigEndian(bytes))),
        new(0x0E, "double", 8, IsWhole: false, Each(8, BinaryPrimitives.ReadDoubleBigEndian)),
    ];

    /// <summary>Turns bytes into as many numbers as <paramref name="values"/> has places for.</summary>
    public delegate void Decoder(ReadOnlySpan<byte> bytes, Span<double> values);

    private delegate double One(ReadOnlySpan<byte> bytes);

    /// <summary>The type as messages write it.</summary>
    public override string ToString() => $"0x{Code:X2} ({Name})";

    // Most files are of bytes: they have a loop without a call for each.
    private static void Bytes(ReadOnlySpan<byte> bytes, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = bytes[i];
    }

    private static Decoder Each(int size, One one) => (bytes, values) =>
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = one(bytes.Slice(i * size, size));
    };
}
