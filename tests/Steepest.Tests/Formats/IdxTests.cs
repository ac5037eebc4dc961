using System.Buffers.Binary;
using System.Globalization;
using Steepest.Numerics;

namespace Steepest.Tests.Formats;

public sealed class IdxTests : IdxFolder
{
    [Fact]
    public void A_pair_of_files_becomes_a_dataset_of_floats()
    {
        Write();

        var data = Steepest.Idx.Read(Images, Labels);

        Assert.True(data.IsSingle);
        Assert.Equal("images", data.Name);
        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], data.Values);
        Assert.Equal([1, 0, 2], data.Labels);
        Assert.Equal(["row 1, column 1", "row 1, column 2"], data.FeatureNames);
        Assert.Equal(["0", "1", "2"], data.ClassNames);
        Assert.False(data.HasWeights);
    }

    [Fact]
    public void Places_are_named_row_by_row()
    {
        Write(images: Idx(0x08, [3, 2, 2], new byte[12]));

        Assert.Equal(
            ["row 1, column 1", "row 1, column 2", "row 2, column 1", "row 2, column 2"],
            Steepest.Idx.Read(Images, Labels).FeatureNames);
    }

    [Fact]
    public void Features_without_rows_and_columns_are_counted()
    {
        Write(images: Idx(0x08, [3, 2], [1, 2, 3, 4, 5, 6]));

        var data = Steepest.Idx.Read(Images, Labels, scale: 1);

        Assert.Equal(["feature 1", "feature 2"], data.FeatureNames);
        Assert.Equal([1, 2, 3, 4, 5, 6], data.Values);
    }

    [Fact]
    public void Scale_and_names_can_be_given()
    {
        Write();

        var data = Steepest.Idx.Read(Images, Labels, scale: -2, "shirts", ["a", "b", "c", "d"]);

        Assert.Equal("shirts", data.Name);
        Assert.Equal([0, -102, -204, -306, -408, -510], data.Values);
        Assert.Equal(["a", "b", "c", "d"], data.ClassNames);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_gzipped_file_is_known_by_its_first_bytes(bool images, bool labels)
    {
        Write();
        var plain = Steepest.Idx.Read(Images, Labels).ContentHash;

        if (images) File.WriteAllBytes(Images, Zipped(File.ReadAllBytes(Images)));
        if (labels) File.WriteAllBytes(Labels, Zipped(File.ReadAllBytes(Labels)));

        Assert.Equal(plain, Steepest.Idx.Read(Images, Labels).ContentHash);
    }

    [Fact]
    public void The_ending_of_a_gzipped_file_is_no_part_of_the_name()
    {
        Write();
        var zipped = Images + ".gz";
        File.WriteAllBytes(zipped, Zipped(File.ReadAllBytes(Images)));

        Assert.Equal("images", Steepest.Idx.Read(zipped, Labels).Name);
    }

    [Theory]
    [InlineData(0x08, new double[] { 0, 127, 128, 255, 1, 2 })]
    [InlineData(0x09, new double[] { 0, 127, -128, -1, 1, 2 })]
    [InlineData(0x0B, new double[] { 0, 32767, -32768, -1, 258, 2 })]
    [InlineData(0x0C, new double[] { 0, 2147483647, -2147483648, -1, 16909060, 2 })]
    [InlineData(0x0D, new double[] { 0, 0.1f, -1.5, 1e30f, 1, 2 })]
    [InlineData(0x0E, new double[] { 0, 0.1, -1.5, 1e-30, 1, 2 })]
    public void Every_type_of_element_is_read(byte type, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Write(images: Idx(type, [3, 1, 2], [.. values.SelectMany(value => Element(type, value))]));

        Assert.Equal([.. values.Select(value => (double)(float)value)], Steepest.Idx.Read(Images, Labels, scale: 1).Values.ToArray());
    }

    [Theory]
    [InlineData(0x08)]
    [InlineData(0x09)]
    [InlineData(0x0B)]
    [InlineData(0x0C)]
    public void Labels_may_be_whole_numbers_of_any_type(byte type)
    {
        Write(labels: Idx(type, [3], [.. new double[] { 2, 0, 5 }.SelectMany(value => Element(type, value))]));

        var data = Steepest.Idx.Read(Images, Labels);

        Assert.Equal([2, 0, 5], data.Labels);
        Assert.Equal(6, data.Classes);
    }

    [Fact]
    public void More_elements_than_are_decoded_at_once_are_read_and_streamed_alike()
    {
        const int Rows = 20_001;
        var generator = new Pcg64(1);
        var pixels = new byte[Rows * 3];
        foreach (ref var pixel in pixels.AsSpan()) pixel = (byte)generator.Integers(0, 256);
        var labels = new byte[Rows];
        foreach (ref var label in labels.AsSpan()) label = (byte)generator.Integers(0, 10);
        Write(Zipped(Idx(0x08, [Rows, 3, 1], pixels)), Idx(0x08, [Rows], labels));

        var data = Steepest.Idx.Read(Images, Labels);

        for (var i = 0; i < pixels.Length; i++)
            Assert.Equal((float)(pixels[i] * (1.0 / 255)), data[i / 3, i % 3]);
        Assert.Equal([.. labels.Select(label => (int)label)], data.Labels.ToArray());
        AssertStreamed(data, Steepest.Idx.Open(Images, Labels));
    }

    [Fact]
    public void A_source_says_what_it_has()
    {
        Write();

        var source = Steepest.Idx.Open(Images, Labels, name: "shirts");

        Assert.Equal(("shirts", 2, 3, 0, 3L), (source.Name, source.FeatureCount, source.Classes, source.TargetCount, source.Rows));
        Assert.Equal(4, Steepest.Idx.Open(Images, Labels, classNames: ["a", "b", "c", "d"]).Classes);
    }

    /// <summary>Twice, for each pass begins anew.</summary>
    internal static void AssertStreamed(Dataset data, RowSource source)
    {
        using var shuffled = new ShuffledRows(source, bufferRows: 0);
        var expected = new double[data.FeatureCount];
        for (var pass = 0; pass < 2; pass++)
        {
            shuffled.Begin(new Pcg64(1));
            for (var i = 0; i < data.Rows; i++)
            {
                Assert.True(shuffled.Next(out var row));
                data.CopyRow<double>(i, expected);
                Assert.True(expected.AsSpan().SequenceEqual(row.Features), string.Create(CultureInfo.InvariantCulture, $"row {i + 1}"));
                Assert.Equal(data.Labels[i], row.Label);
            }

            Assert.False(shuffled.Next(out _));
        }
    }

    private static byte[] Element(byte type, double value)
    {
        var bytes = new byte[8];
        switch (type)
        {
            case 0x08: return [(byte)value];
            case 0x09: return [unchecked((byte)(sbyte)value)];
            case 0x0B: BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value); return bytes[..2];
            case 0x0C: BinaryPrimitives.WriteInt32BigEndian(bytes, (int)value); return bytes[..4];
            case 0x0D: BinaryPrimitives.WriteSingleBigEndian(bytes, (float)value); return bytes[..4];
            default: BinaryPrimitives.WriteDoubleBigEndian(bytes, value); return bytes;
        }
    }
}
