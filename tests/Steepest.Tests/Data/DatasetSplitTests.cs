using CsCheck;

namespace Steepest.Tests.Data;

public sealed class DatasetSplitTests
{
    [Fact]
    public void Iris_scaled_and_split_is_the_data_of_the_seed_run_to_the_bit()
    {
        var golden = Golden.Load("seed_run");

        var (train, test) = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42);

        Assert.Equal(golden.GetProperty("x_train").Matrix().SelectMany(row => row), train.Values.ToArray());
        Assert.Equal(golden.GetProperty("x_test").Matrix().SelectMany(row => row), test.Values.ToArray());
        Assert.Equal(golden.GetProperty("y_train").Integers(), train.Labels);
        Assert.Equal(golden.GetProperty("y_test").Integers(), test.Labels);
    }

    [Fact]
    public void Rows_are_those_of_scikit_learn_in_its_order()
    {
        var golden = Golden.Load("seed_run");

        var (train, test) = Numbered(150).Split(test: 0.33, seed: 42);

        Assert.Equal(golden.GetProperty("train_index").Integers(), RowNumbers(train));
        Assert.Equal(golden.GetProperty("test_index").Integers(), RowNumbers(test));
    }

    [Fact]
    public void A_stratified_split_gives_the_rows_of_scikit_learn()
    {
        foreach (var golden in Golden.Load("rng").GetProperty("train_test_split").EnumerateArray())
        {
            if (!golden.TryGetProperty("stratify_labels", out var labels))
                continue;
            var data = Numbered(labels.Integers());

            var share = golden.GetProperty("test_size").GetDouble();
            var seed = golden.GetProperty("random_state").GetUInt32();
            var (train, test) = data.Split(share, seed, stratify: true);

            Assert.Equal(golden.GetProperty("train_index").Integers(), RowNumbers(train));
            Assert.Equal(golden.GetProperty("test_index").Integers(), RowNumbers(test));
        }
    }

    [Fact]
    public void Every_row_lands_in_exactly_one_part() =>
        Gen.Select(Gen.Int[10, 200], Gen.Double[0.05, 0.4], Gen.Double[0.05, 0.4], Gen.UInt).Sample((rows, validation, test, seed) =>
        {
            var parts = Numbered(rows).Split(validation, test, seed);

            int[] together = [.. RowNumbers(parts.Train), .. RowNumbers(parts.Validation), .. RowNumbers(parts.Test)];
            Assert.Equal(Enumerable.Range(0, rows), together.Order());
        });

    [Theory]
    [InlineData(100, 0.2, 0.2, 20, 20)]
    [InlineData(100, 0.15, 0.15, 15, 15)]
    [InlineData(1000, 0.1, 0.3, 100, 300)]
    [InlineData(150, 0.2, 0.2, 30, 30)]
    [InlineData(150, 0.33, 0.33, 50, 50)]
    [InlineData(1797, 0.2, 0.2, 360, 360)]
    [InlineData(10, 0.15, 0.15, 2, 2)]
    public void Shares_are_of_the_whole_and_part_of_a_row_counts_as_one(
        int rows, double validation, double test, int validationRows, int testRows)
    {
        var parts = Numbered(rows).Split(validation, test, seed: 3);

        Assert.Equal(
            (rows - validationRows - testRows, validationRows, testRows),
            (parts.Train.Rows, parts.Validation.Rows, parts.Test.Rows));
    }

    [Fact]
    public void Three_parts_are_two_nested_splits_with_the_test_part_first()
    {
        var data = Numbered(100);

        var parts = data.Split(validation: 0.2, test: 0.2, seed: 7);
        var (rest, test) = data.Split(test: 0.2, seed: 7);
        var (train, validation) = rest.Split(test: 0.25, seed: 7);

        Assert.Equal(test.ContentHash, parts.Test.ContentHash);
        Assert.Equal(validation.ContentHash, parts.Validation.ContentHash);
        Assert.Equal(train.ContentHash, parts.Train.ContentHash);
    }

    [Fact]
    public void A_stratified_split_in_three_keeps_the_share_of_every_class()
    {
        var (train, validation, test) = Datasets.Iris().Split(validation: 0.2, test: 0.2, seed: 1, stratify: true);

        Assert.Equal([30, 30, 30], train.ClassCounts());
        Assert.Equal([10, 10, 10], validation.ClassCounts());
        Assert.Equal([10, 10, 10], test.ClassCounts());
    }

    [Fact]
    public void Targets_go_with_their_rows()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        var data = Dataset.Regression("d", values, ["a"], values, ["t"]);

        var (train, validation, test) = data.Split(validation: 0.2, test: 0.3, seed: 5);

        Assert.All([train, validation, test], part => Assert.Equal(part.Values, part.Targets));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-0.2, "-0.2")]
    [InlineData(double.NaN, "NaN")]
    public void A_share_that_is_none_is_refused(double share, string written)
    {
        Refuses(
            $"The split of data 'd' asks for a test share of {written}, expected one above 0 and below 1.",
            () => Numbered(10).Split(share, seed: 1));
        Refuses(
            $"The split of data 'd' asks for a test share of {written}, expected one above 0 and below 1.",
            () => Numbered(10).Split(0.2, share, seed: 1));
        Refuses(
            $"The split of data 'd' asks for a validation share of {written}, expected one above 0 and below 1.",
            () => Numbered(10).Split(share, 0.2, seed: 1));
    }

    [Fact]
    public void Shares_that_leave_nothing_to_train_on_are_refused() => Refuses(
        "The split of data 'd' asks for a validation share of 0.6 and a test share of 0.4, expected a sum below 1.",
        () => Numbered(10).Split(0.6, 0.4, seed: 1));

    [Fact]
    public void Too_few_rows_for_the_shares_are_refused()
    {
        var four = Dataset.Regression("d", [1, 2, 3, 4], ["a"], [1, 2, 3, 4], ["t"]);

        Refuses(
            "The split of data 'd' keeps 2 rows to test and 2 to validate on, which leaves none of 4 to train on.",
            () => four.Split(0.4, 0.4, seed: 1));
        Refuses("Split: 4 of 4 rows are for the test, but it must be from 1 to 3.", () => four.Split(0.9, seed: 1));
    }

    [Fact]
    public void Stratifying_without_classes_is_refused() => Refuses(
        "Data 'd' has targets and no classes, expected classes for a stratified split.",
        () => Dataset.Regression("d", [1, 2, 3], ["a"], [1, 2, 3], ["t"]).Split(0.3, seed: 1, stratify: true));

    [Fact]
    public void A_class_with_fewer_rows_than_parts_is_refused()
    {
        Refuses(
            "Data 'd': class 'class 1' has 1 row, expected at least 2 to split into 2 parts.",
            () => Numbered(0, 0, 0, 1).Split(0.5, seed: 1));
        Refuses(
            "Data 'd': class 'class 1' has 2 rows, expected at least 3 to split into 3 parts.",
            () => Numbered(0, 0, 0, 1, 1).Split(0.2, 0.2, seed: 1));
    }

    [Fact]
    public void A_class_missing_from_a_part_is_refused_by_name()
    {
        var data = Numbered([.. Enumerable.Repeat(0, 27), 1, 1, 1]);
        var smallTest = Complaints(seed => data.Split(0.3, seed));
        var largeTest = Complaints(seed => data.Split(0.8, seed));

        Assert.Contains(null, smallTest);
        Assert.Contains(Leaves("test", "larger test share"), smallTest, StringComparer.Ordinal);
        Assert.Contains(Leaves("training", "smaller test share"), largeTest, StringComparer.Ordinal);
    }

    [Fact]
    public void A_class_missing_from_a_part_of_three_is_refused_by_name()
    {
        var data = Numbered([.. Enumerable.Repeat(0, 26), 1, 1, 1, 1]);
        var complaints = Complaints(seed => data.Split(0.3, 0.3, seed));

        Assert.Contains(null, complaints);
        Assert.Contains(Leaves("test", "larger test share"), complaints, StringComparer.Ordinal);
        Assert.Contains(Leaves("validation", "larger validation share"), complaints, StringComparer.Ordinal);
        Assert.Contains(Leaves("training", "smaller validation share"), complaints, StringComparer.Ordinal);
    }

    [Fact]
    public void A_stratified_split_too_small_for_a_class_does_not_advise_stratifying()
    {
        int[] labels = [.. Enumerable.Repeat(0, 48), 1, 1];

        Refuses(
            "With seed 1, the split of data 'd' leaves class 'class 1' without a test row; ask for a larger test share or another seed.",
            () => Numbered(labels).Split(0.1, seed: 1, stratify: true));
    }

    [Fact]
    public void A_class_without_any_row_is_no_reason_to_refuse()
    {
        var data = Dataset.Classification("d", [1, 2, 3, 4], ["a"], [0, 0, 0, 0], ["x", "y"]);

        Assert.Equal([2, 0], data.Split(0.5, seed: 1).Train.ClassCounts());
        Assert.Equal([2, 0], data.Split(0.5, seed: 1, stratify: true).Train.ClassCounts());
    }

    private static Dataset Numbered(int rows) => Numbered(new int[rows]);

    /// <summary>Data whose one feature is the row's number, from 0.</summary>
    private static Dataset Numbered(params int[] labels) => Dataset.Classification(
        "d",
        [.. Enumerable.Range(0, labels.Length).Select(i => (double)i)],
        ["row"],
        labels,
        [.. Enumerable.Range(0, labels.Max() + 1).Select(label => $"class {label}")]);

    private static int[] RowNumbers(Dataset data) => [.. data.Values.ToArray().Select(value => (int)value)];

    private static string Leaves(string part, string remedy) =>
        $"With seed #, the split of data 'd' leaves class 'class 1' without a {part} row; "
        + $"ask for a {remedy}, another seed or a stratified split.";

    /// <summary>What each of the first seeds is refused with, null where it is not.</summary>
    private static string?[] Complaints(Action<uint> split) => [.. Enumerable.Range(0, 100).Select(seed => Complaint((uint)seed, split))];

    private static string? Complaint(uint seed, Action<uint> split)
    {
        try
        {
            split(seed);
            return null;
        }
        catch (SteepestException complaint)
        {
            return complaint.Message.Replace($"seed {seed},", "seed #,", StringComparison.Ordinal);
        }
    }

    private static void Refuses(string expected, Action split) => Assert.Equal(expected, Assert.Throws<SteepestException>(split).Message);
}
