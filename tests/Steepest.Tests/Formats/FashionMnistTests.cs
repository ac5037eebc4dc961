namespace Steepest.Tests.Formats;

/// <summary>The files of Debian's package dataset-fashion-mnist; the moments are those that its users normalise by.</summary>
public sealed class FashionMnistTests
{
    private const string Folder = "/usr/share/datasets/fashion-mnist/";

    [Fact]
    public void The_training_images_are_those_that_everybody_trains_on()
    {
        var data = Read("train");

        Assert.Equal("train-images-idx3-ubyte", data.Name);
        Assert.Equal((60_000, 784, 10), (data.Rows, data.FeatureCount, data.Classes));
        Assert.True(data.IsSingle);
        Assert.Equal(("row 1, column 1", "row 28, column 28"), (data.FeatureNames[0], data.FeatureNames[783]));
        Assert.All(data.ClassCounts(), count => Assert.Equal(6_000, count));
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], data.Labels[..10].ToArray());

        var (mean, deviation, smallest, largest) = Moments(data);
        Assert.Equal(0.2860, mean, 0.00005);
        Assert.Equal(0.3530, deviation, 0.00005);
        Assert.Equal((0.0, 1.0), (smallest, largest));
    }

    [Fact]
    public void The_test_images_have_a_thousand_of_each_class()
    {
        var data = Read("t10k");

        Assert.Equal((10_000, 784, 10), (data.Rows, data.FeatureCount, data.Classes));
        Assert.All(data.ClassCounts(), count => Assert.Equal(1_000, count));
    }

    [Fact]
    public void Streamed_rows_are_those_of_the_dataset_to_the_bit()
    {
        var data = Read("t10k");
        IdxTests.AssertStreamed(data, Idx.Open(Path("t10k", "images-idx3"), Path("t10k", "labels-idx1")));
    }

    private static Dataset Read(string part)
    {
        Requires.That(File.Exists(Path(part, "images-idx3")), "Debian's package dataset-fashion-mnist is not installed.");
        return Idx.Read(Path(part, "images-idx3"), Path(part, "labels-idx1"));
    }

    private static string Path(string part, string what) => $"{Folder}{part}-{what}-ubyte.gz";

    private static (double Mean, double Deviation, double Smallest, double Largest) Moments(Dataset data)
    {
        double sum = 0, squares = 0, smallest = double.MaxValue, largest = double.MinValue;
        var row = new double[data.FeatureCount];
        for (var i = 0; i < data.Rows; i++)
        {
            data.CopyRow<double>(i, row);
            foreach (var value in row)
            {
                sum += value;
                squares += value * value;
                smallest = Math.Min(smallest, value);
                largest = Math.Max(largest, value);
            }
        }

        var count = (double)data.Rows * row.Length;
        return (sum / count, Math.Sqrt((squares / count) - (sum / count * (sum / count))), smallest, largest);
    }
}
