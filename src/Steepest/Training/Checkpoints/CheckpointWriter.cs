using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Steepest;

/// <summary>
/// Writes a checkpoint to a temporary file beside its place, and puts it there when it is complete: at any moment the place has the older
/// checkpoint or the newer, whole. Disposed of before that, it leaves everything as it was. Numbers go to the disk from where they are.
/// </summary>
internal sealed class CheckpointWriter : IDisposable
{
    private readonly string path;
    private readonly string target;
    private readonly FileStream temporary;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    private bool isOpen = true;

    private CheckpointWriter(string path, string target, FileStream temporary) =>
        (this.path, this.target, this.temporary) = (path, target, temporary);

    /// <summary>Begins a checkpoint.</summary>
    /// <param name="path">Where it is to be; its folder must be there, and a file of that name is replaced at the end.</param>
    /// <exception cref="SteepestException">Nothing can be written there.</exception>
    public static CheckpointWriter Create(string path) =>
        Create(path, name => new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, CheckpointFormat.Block));

    /// <summary>Begins a checkpoint with a temporary file of one's own.</summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="open">Makes the temporary file of a path and opens it to read and write.</param>
    /// <exception cref="SteepestException">Nothing can be written there.</exception>
    internal static CheckpointWriter Create(string path, Func<string, FileStream> open)
    {
        CheckpointFormat.RequirePlace(path);
        var place = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(place)!;
        if (!Directory.Exists(folder)) throw new SteepestException($"The checkpoint '{path}' cannot be written: there is no folder '{folder}'.");

        try
        {
            var writer = new CheckpointWriter(path, place, open(Path.Combine(folder, $".steepest-{Path.GetRandomFileName()}")));
            writer.Begin();
            return writer;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>Adds a text.</summary>
    /// <param name="name">The section's name; each may be there once.</param>
    /// <param name="text">The text, whole characters only.</param>
    /// <exception cref="SteepestException">The disk refuses.</exception>
    public void Add(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Add<byte>(name, CheckpointKind.Text, CheckpointFormat.Utf8.GetBytes(text));
    }

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">The section's name; each may be there once.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="SteepestException">The disk refuses.</exception>
    public void Add(string name, long number) => Add<long>(name, [number]);

    /// <summary>Adds a whole number that is not negative. Without this overload it would go as a double, and lose bits.</summary>
    /// <param name="name">The section's name; each may be there once.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="SteepestException">The disk refuses.</exception>
    public void Add(string name, ulong number) => Add<ulong>(name, [number]);

    /// <summary>Adds a number.</summary>
    /// <param name="name">The section's name; each may be there once.</param>
    /// <param name="number">The number; what is not finite comes back as it is, too.</param>
    /// <exception cref="SteepestException">The disk refuses.</exception>
    public void Add(string name, double number) => Add<double>(name, [number]);

    /// <summary>Adds numbers.</summary>
    /// <param name="name">The section's name; each may be there once.</param>
    /// <param name="numbers">The numbers, maybe none.</param>
    /// <typeparam name="TNumber">byte, int, long, uint, ulong, float or double.</typeparam>
    /// <exception cref="SteepestException">The disk refuses.</exception>
    public void Add<TNumber>(string name, ReadOnlySpan<TNumber> numbers)
        where TNumber : unmanaged => Add(name, CheckpointKinds.Of<TNumber>(), numbers);

    /// <summary>Puts the checkpoint in its place, after it is on the disk.</summary>
    /// <exception cref="SteepestException">The disk refuses; what was in the place is still there.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(!isOpen, this);
        try
        {
            Seal();
            temporary.Flush(flushToDisk: true);
            temporary.Dispose();
            File.Move(temporary.Name, target, overwrite: true);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            throw Unwritable(path, e);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Deletes the temporary file if there still is one.</summary>
    public void Dispose()
    {
        isOpen = false;
        try
        {
            temporary.Dispose();
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // What could not be written any more is deleted now.
        }

        try
        {
            File.Delete(temporary.Name);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            // A file that stays is no reason to hide the error that led here.
        }
    }

    private static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    private static SteepestException Unwritable(string path, Exception e) => new($"The checkpoint '{path}' cannot be written{DiskReason.Of(e)}.", e);

    private void Begin()
    {
        Span<byte> header = stackalloc byte[CheckpointFormat.HeaderLength];
        header.Clear();
        CheckpointFormat.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CheckpointFormat.Magic.Length..], CheckpointFormat.Version);
        Write(header);
    }

    private void Add<TElement>(string name, CheckpointKind kind, ReadOnlySpan<TElement> elements)
        where TElement : unmanaged
    {
        ObjectDisposedException.ThrowIf(!isOpen, this);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var encoded = CheckpointFormat.Utf8.GetBytes(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(encoded.Length, ushort.MaxValue, nameof(name));
        if (!names.Add(name)) throw new ArgumentException($"The checkpoint has a section '{name}' already.", nameof(name));

        var frame = new byte[CheckpointFormat.SectionFrame + encoded.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(frame, (ushort)encoded.Length);
        encoded.CopyTo(frame, sizeof(ushort));
        frame[sizeof(ushort) + encoded.Length] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(^sizeof(ulong)..), (ulong)elements.Length);
        Write(frame);

        // In blocks, as the bytes of the longest span are more than a span can have.
        var step = CheckpointFormat.Block / kind.Length();
        for (; !elements.IsEmpty; elements = elements[Math.Min(step, elements.Length)..])
            Write(MemoryMarshal.AsBytes(elements[..Math.Min(step, elements.Length)]));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            temporary.Write(bytes);
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            Dispose();
            throw Unwritable(path, e);
        }
    }

    // The hash begins with the length, which is known only at the end, so the file is read once more: from the system's memory, as a rule.
    private void Seal()
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(temporary.Length + CheckpointFormat.HashLength));
        temporary.Position = CheckpointFormat.LengthOffset;
        temporary.Write(length);

        temporary.Position = 0;
        Span<byte> hash = stackalloc byte[CheckpointFormat.HashLength];
        SHA256.HashData(temporary, hash);
        temporary.Write(hash);
    }
}
