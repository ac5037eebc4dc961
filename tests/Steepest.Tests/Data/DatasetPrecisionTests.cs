using Steepest.Tests.Training;

namespace Steepest.Tests.Data;

/// <summary>Datasets that were made from floats and keep them.</summary>
[Collection(nameof(Alone))]
public sealed class DatasetPrecisionTests
{
    private static readonly float[] Tenths = [0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f];
    private static readonly string[] Names = ["a", "b"];

    [Fact]
    public void Features_stay_in_the_precision_that_they_were_given_in()
    {
        Assert.True(Singles().IsSingle);
        Assert.True(Dataset.Regression("d", Tenths, Names, [1, 2, 3], ["t"]).IsSingle);
        Assert.False(Doubles().IsSingle);
        Assert.False(Dataset.Regression("d", [1, 2], Names, [1], ["t"]).IsSingle);
    }

    [Fact]
    public void Whole_numbers_in_brackets_become_doubles() =>
        Assert.Equal(16_777_217, Dataset.Classification("d", [16_777_217], ["a"], [0], ["x"])[0, 0]);

    [Fact]
    public void Floats_are_read_as_the_doubles_that_they_equal()
    {
        var data = Singles();
        double[] widened = [.. Tenths.Select(value => (double)value)];

        Assert.Equal(widened, data.Values);
        Assert.Equal([0.3f, 0.4f], data.Row(1));
        Assert.Equal(widened[3], data[1, 1]);
        Assert.Equal((3, 2), (data.Rows, data.FeatureCount));
    }

    [Fact]
    public void A_row_is_copied_in_either_precision()
    {
        var single = new float[3];
        var wide = new double[3];
        Singles().CopyRow<float>(2, single);
        Singles().CopyRow<double>(2, wide);
        Assert.Equal([0.5f, 0.6f, 0], single);
        Assert.Equal([0.5f, 0.6f, 0], wide);

        var data = Dataset.Classification("d", [0.1, 0.2, 0.3, 0.4], Names, [0, 0], ["x"]);
        data.CopyRow<float>(1, single);
        data.CopyRow<double>(1, wide);
        Assert.Equal([0.3f, 0.4f, 0], single);
        Assert.Equal([0.3, 0.4, 0], wide);
    }

    [Fact]
    public void Copying_a_row_allocates_nothing()
    {
        Dataset[] all = [Singles(), Doubles()];
        var single = new float[2];
        var wide = new double[2];
        CopyAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        CopyAll();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void CopyAll()
        {
            foreach (var data in all)
            {
                data.CopyRow(1, single.AsSpan());
                data.CopyRow(1, wide.AsSpan());
                wide[0] += data[0, 0];
            }
        }
    }

    [Fact]
    public void What_is_derived_from_floats_stays_float()
    {
        var data = Dataset.Classification("d", Enumerable.Range(1, 40).Select(i => i / 7f).ToArray(), Names, Enumerable.Range(0, 20).Select(i => i % 2).ToArray(), ["x", "y"]);
        var (train, validation, test) = data.Split(0.2, 0.2, seed: 1);

        Assert.All(
            [data.Take([3, 1]), train, validation, test, data.ScaleRows(Norm.L2), Scaler.Standard(train).Apply(test), Scaler.MinMax(train).Apply(test)],
            derived => Assert.True(derived.IsSingle));
        Assert.Equal([(double)(7 / 7f), 8 / 7f, 3 / 7f, 4 / 7f], data.Take([3, 1]).Values);
    }

    [Fact]
    public void What_is_derived_from_floats_is_what_doubles_give_rounded_once()
    {
        var (single, wide) = (Singles(), Doubles());

        AssertRounded(wide.ScaleRows(Norm.L1), single.ScaleRows(Norm.L1));
        AssertRounded(Scaler.Standard(wide).Apply(wide), Scaler.Standard(single).Apply(single));
        AssertRounded(Scaler.MinMax(wide).Apply(wide), Scaler.MinMax(single).Apply(single));
        Assert.Equal(Scaler.Standard(wide).Means, Scaler.Standard(single).Means);
        Assert.Equal(Scaler.MinMax(wide).Ranges, Scaler.MinMax(single).Ranges);
    }

    [Fact]
    public void Equal_content_has_an_equal_hash_in_either_precision()
    {
        Assert.Equal(Doubles().ContentHash, Singles().ContentHash);

        // More values than are hashed at once.
        float[] many = [.. Enumerable.Range(0, 3000).Select(i => i / 3f)];
        string[] names = ["a"];
        Assert.Equal(
            Dataset.Regression("d", many.Select(value => (double)value).ToArray(), names, new double[3000], ["t"]).ContentHash,
            Dataset.Regression("d", many, names, new double[3000], ["t"]).ContentHash);
        Assert.NotEqual(
            Dataset.Classification("d", [0.1, 0.2], Names, [0], ["x"]).ContentHash,
            Dataset.Classification("d", new float[] { 0.1f, 0.2f }, Names, [0], ["x"]).ContentHash);
    }

    [Fact]
    public void Hashing_floats_makes_no_copy_of_them()
    {
        var data = Dataset.Regression("d", new float[1 << 20], ["a"], new double[1 << 20], ["t"]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = data.ContentHash;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1 << 16);
    }

    [Fact]
    public void Making_and_taking_hold_each_value_once()
    {
        var values = new float[1 << 20];
        var targets = new double[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var data = Dataset.Regression("d", values, ["a"], targets, ["t"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 12 << 20, (12 << 20) + (1 << 16));

        var rows = Enumerable.Range(0, 1 << 20).ToArray();
        before = GC.GetAllocatedBytesForCurrentThread();
        _ = data.Take(rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 12 << 20, (12 << 20) + (1 << 16));
    }

    [Fact]
    public void Changing_the_floats_it_was_made_from_changes_nothing()
    {
        float[] features = [1, 2];
        var data = Dataset.Classification("d", features, Names, [0], ["x"]);
        Assert.True(data.IsSingle);
        features[0] = 99;
        Assert.Equal(1, data[0, 0]);
    }

    [Theory]
    [InlineData(-1, 0, "row")]
    [InlineData(3, 0, "row")]
    [InlineData(0, -1, "feature")]
    [InlineData(0, 2, "feature")]
    public void A_place_outside_the_data_is_a_mistake_of_the_program(int row, int feature, string named)
    {
        Assert.Throws<ArgumentOutOfRangeException>(named, () => Singles()[row, feature]);
        if (named == "row") Assert.Throws<ArgumentOutOfRangeException>(named, () => Singles().CopyRow<float>(row, new float[2]));
    }

    [Fact]
    public void A_row_needs_room_for_all_features() =>
        Assert.Throws<ArgumentException>("destination", () => Singles().CopyRow<float>(0, new float[1]));

    [Fact]
    public void A_float_that_is_no_number_is_refused_with_its_row_and_column() => Refuses(
        "Data 'd', row 2, feature 'b': found -Infinity, expected a finite number.",
        () => Dataset.Classification("d", new float[] { 1, 2, 3, float.NegativeInfinity }, Names, [0, 0], ["x"]));

    [Fact]
    public void A_scaled_value_too_large_for_a_float_is_refused() => Refuses(
        "Data 'd', row 1, feature 'a': found Infinity, expected a finite number.",
        () => Scaler.MinMax(Dataset.Regression("d", [0, 1e-30], ["a"], [1, 2], ["t"])).Apply(Dataset.Regression("d", new float[] { 1e30f }, ["a"], [1], ["t"])));

    [Fact]
    public void Taking_more_than_an_array_holds_is_refused()
    {
        const int Wide = 1 << 16;
        string[] names = [.. Enumerable.Range(0, Wide).Select(i => $"x{i}")];
        Refuses(
            "Data 'd': 40,000 rows of 65,536 feature values are 2,621,440,000 values, expected at most the 2,147,483,591 that one array holds.",
            () => Dataset.Regression("d", new float[Wide], names, [1], ["t"]).Take(new int[40_000]));
        Refuses(
            "Data 'd': 40,000 rows of 65,536 target values are 2,621,440,000 values, expected at most the 2,147,483,591 that one array holds.",
            () => Dataset.Regression("d", [1], ["a"], new double[Wide], names).Take(new int[40_000]));
    }

    private static Dataset Singles() => Dataset.Classification("d", Tenths, Names, [0, 1, 1], ["x", "y"]);

    private static Dataset Doubles() => Dataset.Classification("d", Tenths.Select(value => (double)value).ToArray(), Names, [0, 1, 1], ["x", "y"]);

    private static void AssertRounded(Dataset wide, Dataset single) =>
        Assert.Equal([.. wide.Values.ToArray().Select(value => (double)(float)value)], single.Values.ToArray());

    private static void Refuses(string expected, Func<Dataset> make) =>
        Assert.Equal(expected, Assert.Throws<SteepestException>(make).Message);
}
