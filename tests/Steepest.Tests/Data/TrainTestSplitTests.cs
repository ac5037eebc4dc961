using System.Text.Json;

using Steepest.Tests.Numerics;

namespace Steepest.Tests.Data;

public class TrainTestSplitTests
{
    private static readonly JsonElement[] Cases = [.. RandomGolden.Root.GetProperty("train_test_split").EnumerateArray()];
    private static readonly int[] ThreeClasses = [3, -1, 3, 70, -1, 70, 3, 3, -1, 70, 3, -1, 70, 3, 3];

    public static TheoryData<int> CaseNumbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory, MemberData(nameof(CaseNumbers))]
    public void Rows_equal_those_of_scikit_learn(int caseNumber)
    {
        var golden = Cases[caseNumber];
        var rows = golden.GetProperty("n").GetInt32();
        var seed = golden.GetProperty("random_state").GetUInt32();
        var labels = golden.TryGetProperty("stratify_labels", out var stratify) ? stratify.Integers() : [];

        // A whole number is a count of rows, as it is in scikit-learn.
        var (train, test) = (golden.GetProperty("test_size").TryGetInt32(out var testRows), labels.Length > 0) switch
        {
            (true, true) => TrainTestSplit.StratifiedRows(labels, testRows, seed),
            (true, false) => TrainTestSplit.Rows(rows, testRows, seed),
            (false, true) => TrainTestSplit.StratifiedRows(labels, golden.GetProperty("test_size").GetDouble(), seed),
            (false, false) => TrainTestSplit.Rows(rows, golden.GetProperty("test_size").GetDouble(), seed),
        };

        Assert.Equal(golden.GetProperty("train_index").Integers(), train);
        Assert.Equal(golden.GetProperty("test_index").Integers(), test);
    }

    /// <summary>Labels out of order, negative and far apart; from scikit-learn 1.2.1.</summary>
    [Fact]
    public void Labels_may_be_any_numbers()
    {
        var byShare = TrainTestSplit.StratifiedRows(ThreeClasses, 0.4, 11);
        Assert.Equal([7, 4, 9, 1, 14, 12, 0, 6, 8], byShare.Train);
        Assert.Equal([2, 5, 11, 10, 3, 13], byShare.Test);

        var byCount = TrainTestSplit.StratifiedRows(ThreeClasses, 5, 11);
        Assert.Equal([9, 14, 7, 6, 10, 4, 12, 1, 0, 8], byCount.Train);
        Assert.Equal([3, 2, 11, 13, 5], byCount.Test);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(97, 96)]
    [InlineData(1000, 1)]
    public void Every_row_is_on_exactly_one_side(int rows, int testRows)
    {
        var (train, test) = TrainTestSplit.Rows(rows, testRows, seed: 5);
        Assert.Equal(testRows, test.Length);
        Assert.Equal(Enumerable.Range(0, rows), train.Concat(test).Order());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double test)
    {
        var message = FormattableString.Invariant($"Split: the test share is {test}, but it must lie above 0 and below 1.");
        AssertRefused(message, () => TrainTestSplit.Rows(150, test, 0));
        AssertRefused(message, () => TrainTestSplit.StratifiedRows(ThreeClasses, test, 0));
    }

    [Fact]
    public void An_empty_side_is_refused()
    {
        AssertRefused("Split: 0 of 150 rows are for the test, but it must be from 1 to 149.", () => TrainTestSplit.Rows(150, 0, 0));
        AssertRefused("Split: 150 of 150 rows are for the test, but it must be from 1 to 149.", () => TrainTestSplit.Rows(150, 150, 0));
        AssertRefused("Split: 4 of 4 rows are for the test, but it must be from 1 to 3.", () => TrainTestSplit.Rows(4, 0.9, 0));
        AssertRefused(
            "Split: -1 of 15 rows are for the test, but it must be from 1 to 14.",
            () => TrainTestSplit.StratifiedRows(ThreeClasses, -1, 0));
        AssertRefused("Split: 1 rows were given, but a training and a test side need at least 2.", () => TrainTestSplit.Rows(1, 0.5, 0));
        AssertRefused(
            "Split: 0 rows were given, but a training and a test side need at least 2.",
            () => TrainTestSplit.StratifiedRows([], 0.5, 0));
    }

    [Fact]
    public void A_stratified_split_needs_two_rows_of_each_class() =>
        AssertRefused(
            "Stratified split: class 8 has only 1 row, but every class needs at least 2.",
            () => TrainTestSplit.StratifiedRows([7, 7, 8, 7, 7], 2, 0));

    [Fact]
    public void A_stratified_split_needs_a_row_for_each_class_on_both_sides()
    {
        AssertRefused(
            "Stratified split: the test side would have 2 rows, but the 3 classes need at least one each.",
            () => TrainTestSplit.StratifiedRows(ThreeClasses, 2, 0));
        AssertRefused(
            "Stratified split: the training side would have 2 rows, but the 3 classes need at least one each.",
            () => TrainTestSplit.StratifiedRows(ThreeClasses, 13, 0));
    }

    private static void AssertRefused(string message, Func<object> split) =>
        Assert.Equal(message, Assert.Throws<SteepestException>(split).Message);
}
