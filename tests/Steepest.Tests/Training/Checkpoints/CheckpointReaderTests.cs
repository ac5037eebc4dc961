using System.Buffers.Binary;
using System.Security.Cryptography;
using Steepest.Numerics;

namespace Steepest.Tests.Training.Checkpoints;

public sealed class CheckpointReaderTests : IDisposable
{
    private const int HeaderLength = 20;
    private const int HashLength = 32;

    private readonly CheckpointFolder at = new();

    public void Dispose() => at.Dispose();

    [Fact]
    public void What_was_written_comes_back_bit_for_bit()
    {
        at.WriteSmall();
        using var reader = CheckpointReader.Open(at.Path);
        Assert.Equal("4-10-3 ∇", reader.Text("network"));
        Assert.Equal(-7, reader.Integer("step"));
        Assert.Equal(ulong.MaxValue, reader.Unsigned("seed"));
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.NaN), BitConverter.DoubleToInt64Bits(reader.Number("loss")));
        Assert.Equal([0, 255], reader.Array<byte>("bytes"));
        Assert.Equal([int.MinValue, 5], reader.Array<int>("ints"));
        Assert.Equal([uint.MaxValue], reader.Array<uint>("uints"));
        Assert.Equal([-7], reader.Array<long>("step"));
        Assert.Equal([ulong.MaxValue], reader.Array<ulong>("seed"));
        Assert.Empty(reader.Array<double>("none"));

        var floats = new float[3];
        reader.Read<float>("floats", floats);
        Assert.Equal([BitConverter.SingleToInt32Bits(-0f), 1, BitConverter.SingleToInt32Bits(1.5f)], floats.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Sections_are_found_by_their_whole_name_only()
    {
        at.WriteSmall();
        using var reader = CheckpointReader.Open(at.Path);
        Assert.True(reader.Has("none"));
        Assert.False(reader.Has("Step"));
        Assert.False(reader.Has("ste"));
    }

    // Longer than the block in which it is written and read, and no multiple of it.
    [Theory]
    [InlineData(1)]
    [InlineData(8_192)]
    [InlineData(300_001)]
    public void Long_sections_come_back_and_their_neighbours_with_them(int count)
    {
        var numbers = new double[count];
        new Pcg64(4).FillNormal(numbers);
        using (var writer = CheckpointWriter.Create(at.Path))
        {
            writer.Add<double>("first", numbers);
            writer.Add<float>("second", [.. numbers.Select(x => (float)x)]);
            writer.Add("third", 3L);
            writer.Complete();
        }

        using var reader = CheckpointReader.Open(at.Path);
        Assert.Equal(3, reader.Integer("third"));
        Assert.Equal(numbers.Select(x => (float)x), reader.Array<float>("second"));
        Assert.Equal(numbers, reader.Array<double>("first"));
    }

    [Fact]
    public void The_file_is_laid_out_as_it_is_described()
    {
        using (var writer = CheckpointWriter.Create(at.Path))
        {
            writer.Add("step", 258L);
            writer.Complete();
        }

        byte[] start =
        [
            0x89, (byte)'S', (byte)'T', (byte)'P', 13, 10, 26, 10, 1, 0, 0, 0, 75, 0, 0, 0, 0, 0, 0, 0,
            4, 0, (byte)'s', (byte)'t', (byte)'e', (byte)'p', 4, 1, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal([.. start, .. SHA256.HashData(start)], File.ReadAllBytes(at.Path));
    }

    [Fact]
    public void What_is_no_file_is_refused_in_one_sentence()
    {
        Assert.Equal($"There is no checkpoint '{at.Path}'.", at.Refusal());
        Assert.Equal(
            $"There is no checkpoint '{at.In("none/run")}'.", Assert.Throws<SteepestException>(() => CheckpointReader.Open(at.In("none/run"))).Message);
        Assert.Equal(
            $"The checkpoint '{at.Folder}' is a folder, but a file was expected.", Assert.Throws<SteepestException>(() => CheckpointReader.Open(at.Folder)).Message);
        Assert.Equal(
            "The path of a checkpoint is ' ', but the name of a file was expected.", Assert.Throws<SteepestException>(() => CheckpointReader.Open(" ")).Message);
    }

    [Fact]
    public void A_file_that_another_program_has_locked_is_refused_in_one_sentence()
    {
        at.WriteSmall();
        using var locked = new FileStream(at.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal($"The checkpoint '{at.Path}' cannot be read: another program is using it.", at.Refusal());
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_refused_in_one_sentence()
    {
        Requires.That(!OperatingSystem.IsWindows(), "Files without any permission are Unix's.");
        at.WriteSmall();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(at.Path, UnixFileMode.None);
        if (Environment.IsPrivilegedProcess)
            CheckpointReader.Open(at.Path).Dispose(); // Nothing is forbidden to root.
        else
            Assert.Equal($"The checkpoint '{at.Path}' cannot be read: permission is denied.", at.Refusal());
    }

    [Theory]
    [InlineData("epoch,loss\n1,0.5\n")]
    [InlineData("x")]
    public void Another_file_is_no_checkpoint(string contents)
    {
        File.WriteAllText(at.Path, contents);
        Assert.Equal($"The file '{at.Path}' is not a checkpoint.", at.Refusal());
    }

    [Theory]
    [InlineData(2u, "is of version 2, but this program reads versions up to 1.")]
    [InlineData(uint.MaxValue, "is of version 4294967295, but this program reads versions up to 1.")]
    public void A_newer_version_is_refused_with_both_numbers(uint version, string sentence)
    {
        var bytes = at.WriteSmall();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), version);
        WriteWithHash(bytes);
        Assert.Equal($"The checkpoint '{at.Path}' {sentence}", at.Refusal());
    }

    [Fact]
    public void A_file_that_ends_anywhere_before_its_end_is_truncated()
    {
        var bytes = at.WriteSmall();
        for (var length = 0; length < bytes.Length; length++)
        {
            at.Put(bytes[..length]);
            var of = length < HeaderLength + HashLength ? "at least 52" : $"{bytes.Length}";
            Assert.Equal($"The checkpoint '{at.Path}' is truncated: it has {length} of {of} bytes.", at.Refusal());
        }
    }

    [Fact]
    public void A_file_that_goes_on_after_its_end_is_altered()
    {
        var bytes = at.WriteSmall();
        at.Put([.. bytes, 0]);
        Assert.Equal($"The checkpoint '{at.Path}' is altered: it has {bytes.Length + 1} bytes, but {bytes.Length} were written.", at.Refusal());
    }

    [Fact]
    public void A_file_with_any_byte_altered_is_refused()
    {
        var bytes = at.WriteSmall();
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var flip in (byte[])[1, 128, 255])
            {
                bytes[i] ^= flip;
                at.Put(bytes);
                var sentence = at.Refusal();
                if (i >= HeaderLength)
                    Assert.Equal($"The checkpoint '{at.Path}' is altered: its contents do not have the hash that was written with them.", sentence);
                else
                    Assert.Contains($"'{at.Path}' is ", sentence, StringComparison.Ordinal);
                bytes[i] ^= flip;
            }
        }
    }

    // Nobody alters a file so by accident, but what is read from it must not lead out of it either.
    [Fact]
    public void A_file_whose_hash_was_altered_with_it_is_read_or_refused_but_never_believed_beyond_its_end()
    {
        var bytes = at.WriteSmall();
        var refused = 0;
        for (var i = HeaderLength; i < bytes.Length - HashLength; i++)
        {
            foreach (var flip in (byte[])[1, 2, 128, 255])
            {
                bytes[i] ^= flip;
                WriteWithHash(bytes);
                try
                {
                    using var reader = CheckpointReader.Open(at.Path);
                    if (reader.Has("ints")) ReadAny(reader, "ints");
                }
                catch (SteepestException)
                {
                    refused++;
                }

                bytes[i] ^= flip;
            }
        }

        Assert.InRange(refused, 100, bytes.Length * 4);
    }

    [Fact]
    public void Sections_that_do_not_fit_together_are_refused_in_one_sentence()
    {
        byte[][] contents =
        [
            [1], // a length of a name, cut off
            [255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // a name longer than the file
            [1, 0, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 0, 0], // no kind
            [1, 0, (byte)'a', 9, 0, 0, 0, 0, 0, 0, 0, 0], // no such kind
            [1, 0, (byte)'a', 8, 1, 0, 0, 0, 0, 0, 0, 0], // a number that is not there
            [1, 0, (byte)'a', 8, 0, 0, 0, 0, 0, 0, 0, 32], // so many numbers that their bytes overflow
            [1, 0, (byte)'a', 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, (byte)'a', 2, 0, 0, 0, 0, 0, 0, 0, 0], // one name twice
        ];
        var header = at.WriteSmall()[..HeaderLength];
        foreach (var sections in contents)
        {
            byte[] bytes = [.. header, .. sections, .. new byte[HashLength]];
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), bytes.Length);
            WriteWithHash(bytes);
            Assert.Equal($"The checkpoint '{at.Path}' was not written by this program: its sections do not fit together.", at.Refusal());
        }
    }

    [Fact]
    public void A_section_that_is_missing_or_of_another_kind_or_length_is_named()
    {
        at.WriteSmall();
        using var reader = CheckpointReader.Open(at.Path);
        AssertRefused($"The checkpoint '{at.Path}' has no section 'epoch'.", () => reader.Integer("epoch"));
        AssertRefused($"The section 'seed' of the checkpoint '{at.Path}' holds ulong, but long was expected.", () => reader.Integer("seed"));
        AssertRefused($"The section 'network' of the checkpoint '{at.Path}' holds text, but byte was expected.", () => reader.Array<byte>("network"));
        AssertRefused($"The section 'bytes' of the checkpoint '{at.Path}' holds byte, but text was expected.", () => reader.Text("bytes"));
        AssertRefused($"The section 'none' of the checkpoint '{at.Path}' has the length 0, but 1 was expected.", () => reader.Number("none"));

        var place = new float[1_000];
        AssertRefused(
            $"The section 'floats' of the checkpoint '{at.Path}' has the length 3, but 1,000 was expected.",
            () =>
            {
                reader.Read<float>("floats", place);
                return place;
            });
        Assert.All(place, x => Assert.Equal(0, x));
    }

    [Fact]
    public void A_file_that_is_cut_after_it_was_checked_is_refused_in_one_sentence()
    {
        Requires.That(!OperatingSystem.IsWindows(), "A file that is being read can be cut on Unix only.");
        at.WriteSmall();
        using var reader = CheckpointReader.Open(at.Path);
        using (var other = new FileStream(at.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) other.SetLength(HeaderLength);
        AssertRefused($"The checkpoint '{at.Path}' is truncated: it became shorter while it was read.", () => reader.Text("network"));
    }

    [Fact]
    public void A_reader_keeps_what_it_opened_while_a_newer_checkpoint_takes_its_place()
    {
        at.WriteSmall();
        using var reader = CheckpointReader.Open(at.Path);
        using (var writer = CheckpointWriter.Create(at.Path))
        {
            writer.Add("step", 8L);
            writer.Complete();
        }

        Assert.Equal(-7, reader.Integer("step"));
        using var newer = CheckpointReader.Open(at.Path);
        Assert.Equal(8, newer.Integer("step"));
    }

    private static void AssertRefused(string sentence, Func<object> read) => Assert.Equal(sentence, Assert.Throws<SteepestException>(read).Message);

    private static void ReadAny(CheckpointReader reader, string name)
    {
        try
        {
            reader.Array<int>(name);
        }
        catch (SteepestException e)
        {
            Assert.Contains("but int was expected", e.Message, StringComparison.Ordinal);
        }
    }

    private void WriteWithHash(byte[] bytes)
    {
        SHA256.HashData(bytes.AsSpan(..^HashLength), bytes.AsSpan(^HashLength..));
        at.Put(bytes);
    }
}
