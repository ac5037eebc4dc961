using System.Text;

namespace Steepest;

/// <summary>
/// How a checkpoint lies on the disk, all numbers little-endian: 8 bytes that no other file begins with, the format as uint32, the length of
/// the whole file as uint64, sections, and SHA-256 over everything before it. A section is the length of its name as uint16, the name in
/// UTF-8, a byte for the kind of its elements, their count as uint64, and the elements.
/// </summary>
internal static class CheckpointFormat
{
    public const uint Version = 1;
    public const int LengthOffset = 12;
    public const int HeaderLength = 20;
    public const int HashLength = 32;
    public const int ShortestLength = HeaderLength + HashLength;

    /// <summary>How many bytes are read or written at a time: enough to make calls of the system rare.</summary>
    public const int Block = 1 << 16;

    /// <summary>A section without its name and its elements.</summary>
    public const int SectionFrame = sizeof(ushort) + sizeof(byte) + sizeof(ulong);

    /// <summary>UTF-8 that refuses half a surrogate pair, so that a text comes back as it went.</summary>
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A first byte that no text has, and both line ends, which a transfer as text would change.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'S', (byte)'T', (byte)'P', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Refuses what can be no place for a checkpoint.</summary>
    /// <exception cref="SteepestException">The path is empty or a folder's.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine is big-endian.</exception>
    public static void RequirePlace(string path)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Checkpoints can be kept on little-endian machines only.");
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            throw new SteepestException($"The path of a checkpoint is '{path}', but the name of a file was expected.");
        if (Directory.Exists(path)) throw new SteepestException($"The checkpoint '{path}' is a folder, but a file was expected.");
    }
}

/// <summary>What the elements of a section are, by the byte that says so in a checkpoint.</summary>
internal enum CheckpointKind : byte
{
    Text = 1,
    Byte = 2,
    Int = 3,
    Long = 4,
    UInt = 5,
    ULong = 6,
    Float = 7,
    Double = 8,
}

/// <summary>What a kind of element is called, how long it is and which type holds it.</summary>
internal static class CheckpointKinds
{
    /// <summary>The kind that holds <typeparamref name="TNumber"/>.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static CheckpointKind Of<TNumber>()
        where TNumber : unmanaged =>
        default(TNumber) switch
        {
            byte => CheckpointKind.Byte,
            int => CheckpointKind.Int,
            long => CheckpointKind.Long,
            uint => CheckpointKind.UInt,
            ulong => CheckpointKind.ULong,
            float => CheckpointKind.Float,
            double => CheckpointKind.Double,
            _ => throw new NotSupportedException($"A checkpoint holds no {typeof(TNumber).Name}."),
        };

    public static int Length(this CheckpointKind kind) => kind switch
    {
        CheckpointKind.Text or CheckpointKind.Byte => 1,
        CheckpointKind.Int or CheckpointKind.UInt or CheckpointKind.Float => 4,
        _ => 8,
    };

    /// <summary>The kind in a sentence.</summary>
    public static string Word(this CheckpointKind kind) => kind.ToString().ToLowerInvariant();
}
