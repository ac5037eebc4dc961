using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Steepest;

/// <summary>Reads a checkpoint. The whole file is checked when it is opened; a section is read when it is asked for.</summary>
internal sealed class CheckpointReader : IDisposable
{
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly Dictionary<string, Section> sections = new(StringComparer.Ordinal);

    private CheckpointReader(string path, SafeFileHandle file) => (this.path, this.file) = (path, file);

    /// <summary>Opens a checkpoint and checks that it is whole.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="SteepestException">There is none, it cannot be read, it is something else, of a newer version, truncated or altered.</exception>
    public static CheckpointReader Open(string path)
    {
        CheckpointFormat.RequirePlace(path);
        var reader = new CheckpointReader(path, OpenFile(path));
        try
        {
            reader.Check();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a section of that name.</summary>
    public bool Has(string name) => sections.ContainsKey(name);

    /// <summary>The text of a section.</summary>
    /// <exception cref="SteepestException">There is no such section, it is of another kind, or the disk refuses.</exception>
    public string Text(string name) => Encoding.UTF8.GetString(Elements<byte>(Find(name, CheckpointKind.Text)));

    /// <summary>The whole number of a section that was added as long.</summary>
    /// <exception cref="SteepestException">There is no such section, it is of another kind or length, or the disk refuses.</exception>
    public long Integer(string name) => Single<long>(name);

    /// <summary>The whole number of a section that was added as ulong.</summary>
    /// <exception cref="SteepestException">There is no such section, it is of another kind or length, or the disk refuses.</exception>
    public ulong Unsigned(string name) => Single<ulong>(name);

    /// <summary>The number of a section that was added as double.</summary>
    /// <exception cref="SteepestException">There is no such section, it is of another kind or length, or the disk refuses.</exception>
    public double Number(string name) => Single<double>(name);

    /// <summary>Reads numbers to where they belong.</summary>
    /// <param name="name">The section's name.</param>
    /// <param name="numbers">Where they go: as many as there are.</param>
    /// <typeparam name="TNumber">What they were added as.</typeparam>
    /// <exception cref="SteepestException">There is no such section, it is of another kind or length (then nothing is changed), or the disk refuses.</exception>
    public void Read<TNumber>(string name, Span<TNumber> numbers)
        where TNumber : unmanaged
    {
        var section = Find(name, CheckpointKinds.Of<TNumber>());
        if (section.Count != numbers.Length)
        {
            throw new SteepestException(
                $"The section '{name}' of the checkpoint '{path}' has the length {Steepest.Text.Of(section.Count)}, but {Steepest.Text.Of(numbers.Length)} was expected.");
        }

        Fill(section, numbers);
    }

    /// <summary>The numbers of a section, however many.</summary>
    /// <param name="name">The section's name.</param>
    /// <typeparam name="TNumber">What they were added as.</typeparam>
    /// <exception cref="SteepestException">There is no such section, it is of another kind, or the disk refuses.</exception>
    public TNumber[] Array<TNumber>(string name)
        where TNumber : unmanaged => Elements<TNumber>(Find(name, CheckpointKinds.Of<TNumber>()));

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    private static SafeFileHandle OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SteepestException($"There is no checkpoint '{path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static SteepestException Unreadable(string path, Exception e) => new($"The checkpoint '{path}' cannot be read{DiskReason.Of(e)}.", e);

    private TNumber Single<TNumber>(string name)
        where TNumber : unmanaged
    {
        var number = default(TNumber);
        Read(name, new Span<TNumber>(ref number));
        return number;
    }

    private TElement[] Elements<TElement>(Section section)
        where TElement : unmanaged
    {
        var elements = new TElement[section.Count];
        Fill<TElement>(section, elements);
        return elements;
    }

    private Section Find(string name, CheckpointKind kind)
    {
        if (!sections.TryGetValue(name, out var section)) throw new SteepestException($"The checkpoint '{path}' has no section '{name}'.");
        return section.Kind == kind
            ? section
            : throw new SteepestException($"The section '{name}' of the checkpoint '{path}' holds {section.Kind.Word()}, but {kind.Word()} was expected.");
    }

    // In blocks, as the bytes of the longest span are more than a span can have.
    private void Fill<TElement>(Section section, Span<TElement> elements)
        where TElement : unmanaged
    {
        var step = CheckpointFormat.Block / section.Kind.Length();
        for (var at = section.Offset; !elements.IsEmpty; at += CheckpointFormat.Block)
        {
            var count = Math.Min(step, elements.Length);
            Fill(MemoryMarshal.AsBytes(elements[..count]), at);
            elements = elements[count..];
        }
    }

    private void Check()
    {
        var length = Length();
        Span<byte> header = stackalloc byte[CheckpointFormat.HeaderLength];
        header = header[..(int)Math.Min(length, header.Length)];
        Fill(header, 0);

        var magic = CheckpointFormat.Magic;
        if (!magic.StartsWith(header[..Math.Min(header.Length, magic.Length)])) throw NotACheckpoint();
        if (header.Length >= CheckpointFormat.LengthOffset)
        {
            var version = BinaryPrimitives.ReadUInt32LittleEndian(header[magic.Length..]);
            if (version == 0) throw NotACheckpoint();
            if (version > CheckpointFormat.Version)
            {
                throw new SteepestException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The checkpoint '{path}' is of version {version}, but this program reads versions up to {CheckpointFormat.Version}."));
            }
        }

        if (length < CheckpointFormat.ShortestLength)
            throw Damaged($"truncated: it has {length:N0} of at least {CheckpointFormat.ShortestLength:N0} bytes");
        var expected = BinaryPrimitives.ReadUInt64LittleEndian(header[CheckpointFormat.LengthOffset..]);
        if ((ulong)length < expected) throw Damaged($"truncated: it has {length:N0} of {expected:N0} bytes");
        if ((ulong)length > expected) throw Damaged($"altered: it has {length:N0} bytes, but {expected:N0} were written");

        CheckHash(length - CheckpointFormat.HashLength);
        FindSections(length - CheckpointFormat.HashLength);
    }

    private void CheckHash(long end)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[Math.Min(CheckpointFormat.Block, end)];
        for (long at = 0; at < end; at += block.Length)
        {
            var part = block.AsSpan(0, (int)Math.Min(block.Length, end - at));
            Fill(part, at);
            hash.AppendData(part);
        }

        Span<byte> written = stackalloc byte[CheckpointFormat.HashLength];
        Fill(written, end);
        if (!written.SequenceEqual(hash.GetHashAndReset())) throw Damaged($"altered: its contents do not have the hash that was written with them");
    }

    // A right hash says that nothing was altered, not that we wrote it: every number is checked before it is used.
    private void FindSections(long end)
    {
        Span<byte> nameLength = stackalloc byte[sizeof(ushort)];
        for (long at = CheckpointFormat.HeaderLength; at < end;)
        {
            if (end - at < CheckpointFormat.SectionFrame) throw IllFormed();
            Fill(nameLength, at);
            var rest = new byte[CheckpointFormat.SectionFrame - nameLength.Length + BinaryPrimitives.ReadUInt16LittleEndian(nameLength)];
            at += nameLength.Length;
            if (end - at < rest.Length) throw IllFormed();
            Fill(rest, at);
            at += rest.Length;

            var name = Encoding.UTF8.GetString(rest, 0, rest.Length - sizeof(ulong) - sizeof(byte));
            var kind = (CheckpointKind)rest[^(sizeof(ulong) + sizeof(byte))];
            var count = BinaryPrimitives.ReadUInt64LittleEndian(rest.AsSpan(^sizeof(ulong)..));
            if (!Enum.IsDefined(kind) || count > (ulong)((end - at) / kind.Length())) throw IllFormed();
            if (!sections.TryAdd(name, new Section(kind, (long)count, at))) throw IllFormed();
            at += (long)count * kind.Length();
        }
    }

    private long Length()
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    private void Fill(Span<byte> bytes, long at)
    {
        while (!bytes.IsEmpty)
        {
            int read;
            try
            {
                read = RandomAccess.Read(file, bytes, at);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw Unreadable(path, e);
            }

            if (read == 0) throw Damaged($"truncated: it became shorter while it was read");
            bytes = bytes[read..];
            at += read;
        }
    }

    private SteepestException NotACheckpoint() => new($"The file '{path}' is not a checkpoint.");

    private SteepestException IllFormed() => new($"The checkpoint '{path}' was not written by this program: its sections do not fit together.");

    private SteepestException Damaged(FormattableString how) => new($"The checkpoint '{path}' is {how.ToString(CultureInfo.InvariantCulture)}.");

    private readonly record struct Section(CheckpointKind Kind, long Count, long Offset);
}
