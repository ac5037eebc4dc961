namespace Steepest.Tests.Data;

public sealed class DatasetWeightsTests
{
    [Fact]
    public void Data_has_no_weights_until_they_are_given()
    {
        var data = Data();

        Assert.False(data.HasWeights);
        Assert.True(data.Weights.IsEmpty);
        Assert.True(Weighted().HasWeights);
        Assert.Equal([1, 0, 0.5, 4], Weighted().Weights);
        Assert.False(data.HasWeights);
    }

    [Fact]
    public void Weights_are_copied_and_replace_earlier_ones()
    {
        double[] weights = [1, 2, 3, 4];
        var data = Weighted().WithWeights(weights);

        weights[0] = 99;

        Assert.Equal([1, 2, 3, 4], data.Weights);
    }

    [Fact]
    public void Weights_go_with_their_rows()
    {
        var data = Weighted();

        Assert.Equal([4, 1, 4], data.Take([3, 0, 3]).Weights);
        Assert.Equal([1, 0, 0.5, 4], data.ScaleRows(Norm.L1).Weights);
        Assert.Equal([1, 0, 0.5, 4], Scaler.Standard(data).Apply(data).Weights);
        Assert.Equal([1, 0, 0.5, 4], data.Predicting("b").Weights);
    }

    [Fact]
    public void A_split_gives_each_row_its_weight()
    {
        double[] values = [.. Enumerable.Range(1, 20).Select(i => (double)i)];
        var data = Dataset.Regression("d", values, ["a"], values, ["t"]).WithWeights(values);

        var (train, validation, test) = data.Split(0.2, 0.2, seed: 5);

        Assert.All([train, validation, test], part => Assert.Equal(part.Targets, part.Weights));
    }

    [Fact]
    public void The_hash_tells_weights_apart_and_stays_what_it_was_without() =>
        Assert.Distinct(
            [Data().ContentHash, Weighted().ContentHash, Data().WithWeights([1, 1, 1, 1]).ContentHash, Data().WithWeights([0, 1, 0.5, 4]).ContentHash],
            StringComparer.Ordinal);

    [Theory]
    [InlineData(-0.5, "-0.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_weight_that_is_negative_or_no_number_is_refused_with_its_row(double weight, string written) => Refuses(
        $"Data 'd', row 3: found weight {written}, expected a finite number of at least 0.",
        () => Data().WithWeights([1, 0, weight, 1]));

    [Fact]
    public void Weights_that_do_not_match_the_rows_are_refused()
    {
        Refuses("Data 'd': found 3 weights for 4 rows, expected one weight for every row.", () => Data().WithWeights([1, 2, 3]));
        Refuses("Data 'd': found 0 weights for 4 rows, expected one weight for every row.", () => Data().WithWeights([]));
    }

    [Fact]
    public void Weights_whose_sum_nothing_can_be_divided_by_are_refused()
    {
        Refuses("Data 'd': found no weight above 0 in 4 rows, expected at least one.", () => Data().WithWeights([0, 0, 0, 0]));
        Refuses("Data 'd': found no weight above 0 in 2 rows, expected at least one.", () => Weighted().Take([1, 1]));
        Refuses(
            "Data 'd': found weights whose sum is too large for a double, expected smaller ones.",
            () => Data().WithWeights([1e308, 1e308, 0, 0]));
    }

    private static Dataset Weighted() => Data().WithWeights([1, 0, 0.5, 4]);

    private static Dataset Data() => Dataset.Classification("d", [1, 2, 3, 4, 5, 6, 7, 9], ["a", "b"], [0, 1, 1, 0], ["x", "y"]);

    private static void Refuses(string expected, Func<Dataset> make) =>
        Assert.Equal(expected, Assert.Throws<SteepestException>(make).Message);
}
