namespace Steepest.Tests.Training.Checkpoints;

public sealed class CheckpointWriterTests : IDisposable
{
    private readonly CheckpointFolder at = new();

    public void Dispose() => at.Dispose();

    [Fact]
    public void A_complete_checkpoint_replaces_the_older_and_leaves_nothing_beside_it()
    {
        at.WriteSmall();
        using (var writer = CheckpointWriter.Create(at.Path))
        {
            writer.Add("step", 1L);
            Assert.Equal(2, at.Files.Count());
            writer.Complete();
            Assert.Equal(["run.steepest"], at.Files);
        }

        Assert.Equal(["run.steepest"], at.Files);
        using var reader = CheckpointReader.Open(at.Path);
        Assert.Equal(1, reader.Integer("step"));
        Assert.False(reader.Has("network"));
    }

    [Fact]
    public void A_checkpoint_that_is_not_completed_leaves_the_older_as_it_was()
    {
        var older = at.WriteSmall();
        using (var writer = CheckpointWriter.Create(at.Path))
            writer.Add<double>("numbers", new double[100_000]);

        Assert.Equal(["run.steepest"], at.Files);
        Assert.Equal(older, File.ReadAllBytes(at.Path));
    }

    [Fact]
    public void A_checkpoint_goes_to_the_folder_that_was_current_when_it_was_begun()
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, at.Path);
        using (var writer = CheckpointWriter.Create(relative)) writer.Complete();
        Assert.Equal(["run.steepest"], at.Files);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(70_000)]
    public void A_full_disk_is_said_in_one_sentence_and_leaves_the_older_as_it_was(int room)
    {
        var older = at.WriteSmall();
        var sentence = Assert.Throws<SteepestException>(() =>
        {
            using var writer = CheckpointWriter.Create(at.Path, name => new FullDisk(name, room));
            writer.Add("network", "4-10-3");
            writer.Add<double>("numbers", new double[100_000]);
            writer.Complete();
        }).Message;

        Assert.Equal($"The checkpoint '{at.Path}' cannot be written: the disk is full.", sentence);
        Assert.Equal(["run.steepest"], at.Files);
        Assert.Equal(older, File.ReadAllBytes(at.Path));
    }

    [Fact]
    public void A_disk_that_fills_up_as_the_file_is_flushed_is_said_in_one_sentence()
    {
        var older = at.WriteSmall();
        using var writer = CheckpointWriter.Create(at.Path, name => new FullDisk(name, room: long.MaxValue) { FailsToFlush = true });
        writer.Add("step", 1L);
        Assert.Equal(
            $"The checkpoint '{at.Path}' cannot be written: the disk is full.", Assert.Throws<SteepestException>(writer.Complete).Message);
        Assert.Equal(["run.steepest"], at.Files);
        Assert.Equal(older, File.ReadAllBytes(at.Path));
    }

    [Fact]
    public void After_an_error_of_the_disk_a_checkpoint_can_be_neither_continued_nor_completed()
    {
        using var writer = CheckpointWriter.Create(at.Path, name => new FullDisk(name, room: 100));
        Assert.Throws<SteepestException>(() => writer.Add<double>("numbers", new double[100_000]));
        Assert.Throws<ObjectDisposedException>(() => writer.Add("step", 1L));
        Assert.Throws<ObjectDisposedException>(writer.Complete);
        Assert.Empty(at.Files);
    }

    [Fact]
    public void A_checkpoint_is_completed_once_and_nothing_is_added_after()
    {
        using var writer = CheckpointWriter.Create(at.Path);
        writer.Complete();
        Assert.Throws<ObjectDisposedException>(writer.Complete);
        Assert.Throws<ObjectDisposedException>(() => writer.Add("step", 1L));
    }

    [Fact]
    public void A_missing_folder_is_said_in_one_sentence()
    {
        var path = at.In("none/run");
        Assert.Equal($"The checkpoint '{path}' cannot be written: there is no folder '{at.In("none")}'.", Refusal(path));
        Assert.Empty(at.Files);
    }

    [Fact]
    public void A_path_that_is_no_file_is_refused_in_one_sentence()
    {
        Assert.Equal($"The checkpoint '{at.Folder}' is a folder, but a file was expected.", Refusal(at.Folder));
        Assert.Equal("The path of a checkpoint is '', but the name of a file was expected.", Refusal(string.Empty));
        Assert.Empty(at.Files);
    }

    [Fact]
    public void A_forbidden_folder_is_said_in_one_sentence()
    {
        var e = Assert.Throws<SteepestException>(() => CheckpointWriter.Create(at.Path, _ => throw new UnauthorizedAccessException()));
        Assert.Equal($"The checkpoint '{at.Path}' cannot be written: permission is denied.", e.Message);
    }

    [Fact]
    public void A_place_that_is_taken_by_a_folder_meanwhile_is_said_in_one_sentence_and_left()
    {
        using var writer = CheckpointWriter.Create(at.Path);
        Directory.CreateDirectory(at.Path);
        var e = Assert.Throws<SteepestException>(writer.Complete);
        Assert.StartsWith($"The checkpoint '{at.Path}' cannot be written", e.Message, StringComparison.Ordinal);
        Assert.Equal(["run.steepest"], at.Files);
    }

    [Fact]
    public void A_name_that_is_too_long_is_said_in_one_sentence()
    {
        var path = at.In(new string('a', 300));
        using var writer = CheckpointWriter.Create(path);
        var e = Assert.Throws<SteepestException>(writer.Complete);
        Assert.StartsWith($"The checkpoint '{path}' cannot be written", e.Message, StringComparison.Ordinal);
        Assert.Empty(at.Files);
    }

    [Fact]
    public void Sections_have_names_of_their_own_and_elements_that_can_be_kept()
    {
        using var writer = CheckpointWriter.Create(at.Path);
        writer.Add("step", 1L);
        Assert.Throws<ArgumentException>(() => writer.Add("step", 2L));
        Assert.Throws<ArgumentException>(() => writer.Add(string.Empty, 2L));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add(new string('a', 65_536), 2L));
        Assert.ThrowsAny<ArgumentException>(() => writer.Add("text", "\uD83D"));
        Assert.Throws<NotSupportedException>(() => writer.Add<decimal>("money", [1m]));
        writer.Add(new string('a', 65_535), 2L);
        writer.Complete();

        using var reader = CheckpointReader.Open(at.Path);
        Assert.Equal(1, reader.Integer("step"));
        Assert.Equal(2, reader.Integer(new string('a', 65_535)));
        Assert.False(reader.Has("text"));
    }

    [Fact]
    public void Numbers_are_not_held_twice()
    {
        var numbers = new double[2_000_000];
        using var writer = CheckpointWriter.Create(at.Path);
        writer.Add<double>("first", numbers.AsSpan(0, 10));
        var before = GC.GetAllocatedBytesForCurrentThread();
        writer.Add<double>("numbers", numbers);
        writer.Complete();
        using (var reader = CheckpointReader.Open(at.Path)) reader.Read<double>("numbers", numbers);

        // A tenth of what one copy of the numbers would take.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, numbers.Length * sizeof(double) / 10);
    }

    private static string Refusal(string path) => Assert.Throws<SteepestException>(() => CheckpointWriter.Create(path).Dispose()).Message;

    /// <summary>A file on a disk with room for so many bytes.</summary>
    private sealed class FullDisk(string name, long room) : FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite)
    {
        // What the system says (ENOSPC, ERROR_DISK_FULL).
        private static readonly int NoRoom = OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28;

        private long left = room;

        public bool FailsToFlush { get; init; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (buffer.Length > left) throw new IOException("full", NoRoom);
            left -= buffer.Length;
            base.Write(buffer);
        }

        public override void Flush(bool flushToDisk)
        {
            if (FailsToFlush && flushToDisk) throw new IOException("full", NoRoom);
            base.Flush(flushToDisk);
        }
    }
}
