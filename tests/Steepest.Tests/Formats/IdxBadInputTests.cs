using Steepest.Numerics;

namespace Steepest.Tests.Formats;

public sealed class IdxBadInputTests : IdxFolder
{
    [Fact]
    public void A_missing_file_is_refused()
    {
        Refuses($"'{Images}': there is no such file, expected an IDX file.");
        Write();
        File.Delete(Labels);
        Refuses($"'{Labels}': there is no such file, expected an IDX file.");
    }

    [Fact]
    public void A_missing_folder_is_refused()
    {
        var images = Path.Combine(Images, "deeper");
        var thrown = Assert.Throws<SteepestException>(() => Steepest.Idx.Read(images, Labels));
        Assert.Equal($"'{images}': there is no such file, expected an IDX file.", thrown.Message);
    }

    [Fact]
    public void A_file_that_opens_but_cannot_be_read_is_refused()
    {
        // The memory of this process, of which the first page is never there.
        const string Unreadable = "/proc/self/mem";
        Requires.That(File.Exists(Unreadable), "There is no file that opens but cannot be read.");
        var thrown = Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Unreadable, Labels));
        Assert.Equal($"'{Unreadable}': the file cannot be read, expected an IDX file that can be.", thrown.Message);
    }

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(Images);
        Refuses($"'{Images}' is a folder, expected an IDX file.");
    }

    [Theory]
    [InlineData(new byte[0], "the file is empty")]
    [InlineData(new byte[] { 0x50 }, "found 50 at the start")]
    [InlineData(new byte[] { 0, 0, 8 }, "found 000008 at the start")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 5 }, "found 504B0304 at the start")]
    [InlineData(new byte[] { 0, 1, 8, 3 }, "found 00010803 at the start")]
    public void What_is_not_IDX_is_refused(byte[] content, string found)
    {
        Write(images: content);
        Refuses($"'{Images}': {found}, expected 0000, an element type and a number of dimensions, as an IDX file begins with.");
        Write(images: Zipped(content));
        Refuses($"'{Images}': {found}, expected 0000, an element type and a number of dimensions, as an IDX file begins with.");
    }

    [Fact]
    public void An_unknown_type_of_element_is_refused()
    {
        Write(images: Idx(0x0A, [3, 1, 2], new byte[6]));
        Refuses(
            $"'{Images}': found element type 0x0A, expected 0x08 (unsigned byte), 0x09 (signed byte), 0x0B (short), 0x0C (int), "
            + "0x0D (float), 0x0E (double).");
    }

    [Fact]
    public void A_wrong_number_of_dimensions_is_refused()
    {
        Write(images: Idx(0x08, [3], new byte[3]));
        Refuses($"'{Images}': found 1 dimension, expected 3 (images, rows, columns) or 2 (images, features).");
        Write(images: Idx(0x08, [3, 1, 1, 1], new byte[3]));
        Refuses($"'{Images}': found 4 dimensions, expected 3 (images, rows, columns) or 2 (images, features).");
        Write(labels: Idx(0x08, [3, 1], new byte[3]));
        Refuses($"'{Labels}': found 2 dimensions, expected 1 (labels).");
        Write(labels: Idx(0x08, [], []));
        Refuses($"'{Labels}': found 0 dimensions, expected 1 (labels).");
    }

    [Fact]
    public void A_header_that_ends_early_is_refused()
    {
        Write(images: Idx(0x08, [3, 1, 2], [])[..15]);
        Refuses($"'{Images}': the header ends after 15 bytes, expected 16 for 3 dimensions.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Data_that_end_early_are_refused(bool zipped)
    {
        byte[] Packed(byte[] content) => zipped ? Zipped(content) : content;

        Write(images: Packed(Idx(0x08, [3, 1, 2], new byte[5])));
        RefusesWhileReading($"'{Images}': the data end after 5 bytes, expected 6 for 3 × 1 × 2 elements of type 0x08 (unsigned byte).");
        Write(images: Packed(Idx(0x0E, [3, 1, 2], new byte[47])));
        RefusesWhileReading($"'{Images}': the data end after 47 bytes, expected 48 for 3 × 1 × 2 elements of type 0x0E (double).");
        Write(labels: Packed(Idx(0x08, [3], new byte[2])));
        Refuses($"'{Labels}': the data end after 2 bytes, expected 3 for 3 elements of type 0x08 (unsigned byte).");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_header_that_announces_more_than_the_file_can_hold_takes_no_memory(bool zipped)
    {
        var content = Idx(0x0E, [uint.MaxValue, 2_048, 2_048], new byte[20]);
        Write(images: zipped ? Zipped(content) : content);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(
            $"'{Images}': the data end after 20 bytes, "
            + "expected 144,115,188,042,301,440 for 4,294,967,295 × 2,048 × 2,048 elements of type 0x0E (double).");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Data_that_go_on_are_refused()
    {
        Write(images: Idx(0x08, [3, 1, 2], new byte[7]));
        RefusesWhileReading($"'{Images}': found data after the 3 × 1 × 2 elements that the header announces, expected the end of the file.");
        Write(labels: Zipped(Idx(0x08, [3], new byte[4])));
        Refuses($"'{Labels}': found data after the 3 elements that the header announces, expected the end of the file.");
    }

    [Fact]
    public void A_gzip_file_that_is_damaged_or_ends_early_is_refused()
    {
        var noise = new byte[60_000];
        var generator = new Pcg64(1);
        foreach (ref var pixel in noise.AsSpan()) pixel = (byte)generator.NextUInt32();
        var whole = Zipped(Idx(0x08, [3, 100, 200], noise));

        Write(images: whole[..(whole.Length / 2)]);
        var thrown = Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Images, Labels)).Message;
        Assert.StartsWith($"'{Images}': the data end after ", thrown, StringComparison.Ordinal);
        Assert.EndsWith(" bytes, expected 60,000 for 3 × 100 × 200 elements of type 0x08 (unsigned byte).", thrown, StringComparison.Ordinal);

        whole[whole.Length - 6] ^= 0xFF;
        Write(images: whole);
        RefusesWhileReading($"'{Images}': the compressed data are damaged or end early, expected a whole gzip file.");
    }

    [Fact]
    public void Different_numbers_of_images_and_labels_are_refused()
    {
        Write(labels: Idx(0x08, [2], [0, 1]));
        Refuses($"'{Labels}': found 2 labels for the 3 images of '{Images}', expected one for each.");
    }

    [Fact]
    public void Files_in_the_wrong_order_are_refused()
    {
        Write();
        var thrown = Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Labels, Images));
        Assert.Equal($"'{Labels}': found 1 dimension, expected 3 (images, rows, columns) or 2 (images, features).", thrown.Message);
    }

    [Fact]
    public void No_images_and_images_of_nothing_are_refused()
    {
        Write(images: Idx(0x08, [0, 1, 2], []));
        Refuses($"'{Images}': found 0 images, expected at least one.");
        Write(images: Idx(0x08, [3, 0, 28], []));
        Refuses($"'{Images}': found images of 0 × 28 features, expected from 1 to 4,194,304 features.");
        Write(images: Zipped(Idx(0x08, [3, 2_048, 2_049], new byte[3 * 2_048 * 2_049])));
        Refuses($"'{Images}': found images of 2,048 × 2,049 features, expected from 1 to 4,194,304 features.");
        Write(images: Idx(0x08, [3, uint.MaxValue, uint.MaxValue], []));
        Refuses($"'{Images}': found images of 4,294,967,295 × 4,294,967,295 features, expected from 1 to 4,194,304 features.");
    }

    [Fact]
    public void A_label_outside_the_classes_is_refused()
    {
        Write(labels: Idx(0x0B, [3], [0, 255, 1, 0, 0, 0]));
        Refuses($"'{Labels}': label 2 is 256, expected one from 0 to 255.");
        Write(labels: Idx(0x09, [3], [0, 1, 0xFF]));
        Refuses($"'{Labels}': label 3 is -1, expected one from 0 to 255.");
        Write();
        Refuses($"'{Labels}': label 3 is 2, expected one from 0 to 1 for 2 class names.", classNames: ["a", "b"]);
    }

    [Fact]
    public void Labels_that_are_no_whole_numbers_are_refused()
    {
        Write(labels: Idx(0x0D, [3], new byte[12]));
        Refuses($"'{Labels}': found labels of type 0x0D (float), expected whole numbers.");
    }

    [Fact]
    public void Class_names_must_be_names()
    {
        Write();
        Refuses("Data 'images' has no class names, expected at least one.", classNames: []);
        Refuses("Data 'images': the class name 'a' appears twice, expected every name once.", classNames: ["a", "a", "b"]);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_scale_that_leaves_nothing_is_refused(double scale, string written)
    {
        Write();
        var expected = $"'{Images}': found the scale {written}, expected a finite number other than 0.";
        Assert.Equal(expected, Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Images, Labels, scale)).Message);
        Assert.Equal(expected, Assert.Throws<SteepestException>(() => Steepest.Idx.Open(Images, Labels, scale)).Message);
    }

    [Fact]
    public void A_feature_that_is_no_number_is_refused_with_its_place()
    {
        Write(images: Idx(0x0D, [3, 1, 2], [.. new byte[12], 0x7F, 0xC0, 0, 0, .. new byte[8]]));

        var read = Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Images, Labels));
        Assert.Equal("Data 'images', row 2, feature 'row 1, column 2': found NaN, expected a finite number.", read.Message);
        var streamed = Assert.Throws<SteepestException>(() => ReadAll(Steepest.Idx.Open(Images, Labels)));
        Assert.Equal("Source 'images', row 2, feature 2: found NaN, expected a finite number.", streamed.Message);
    }

    [Fact]
    public void A_file_that_changes_between_passes_is_refused()
    {
        Write();
        var source = Steepest.Idx.Open(Images, Labels);
        Write(images: Idx(0x08, [3, 2, 1], new byte[6]));

        var thrown = Assert.Throws<SteepestException>(() => source.Open());
        Assert.Equal($"'{Images}': the header has changed since it was first read, expected the same file all the time.", thrown.Message);
    }

    [Fact]
    public void Whatever_is_refused_is_let_go_of()
    {
        Write(images: Idx(0x08, [3, 1, 2], new byte[5]));
        Refuses($"'{Images}': the data end after 5 bytes, expected 6 for 3 × 1 × 2 elements of type 0x08 (unsigned byte).");

        using var alone = new FileStream(Images, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(21, alone.Length);
    }

    private static void ReadAll(RowSource source)
    {
        using var rows = new ShuffledRows(source, 0);
        rows.Begin(new Pcg64(1));
        while (rows.Next(out _))
            continue;
    }

    // At once, and before a source is given.
    private void Refuses(string expected, string[]? classNames = null)
    {
        Assert.Equal(expected, Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Images, Labels, classNames: classNames)).Message);
        Assert.Equal(expected, Assert.Throws<SteepestException>(() => Steepest.Idx.Open(Images, Labels, classNames: classNames)).Message);
    }

    // At once, and by the pass that comes to it at the latest.
    private void RefusesWhileReading(string expected)
    {
        Assert.Equal(expected, Assert.Throws<SteepestException>(() => Steepest.Idx.Read(Images, Labels)).Message);
        Assert.Equal(expected, Assert.Throws<SteepestException>(() => ReadAll(Steepest.Idx.Open(Images, Labels))).Message);
    }
}
