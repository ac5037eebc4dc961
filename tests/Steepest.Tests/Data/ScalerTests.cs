using CsCheck;

namespace Steepest.Tests.Data;

public sealed class ScalerTests
{
    // More than half of the digits that a double has for sums of this many squares of this size.
    private const double Accuracy = 1e-12;

    private static readonly Gen<double[]> Columns = Gen.Double[-1000, 1000].Array[2, 60].Where(column => column.Max() - column.Min() > 1);

    [Fact]
    public void Standard_gives_the_training_rows_mean_0_and_standard_deviation_1() => Columns.Sample(column =>
    {
        var data = Column(column);
        var scaled = Scaler.Standard(data).Apply(data).Values.ToArray();

        Assert.Equal(0, scaled.Average(), Accuracy);
        Assert.Equal(1, scaled.Average(value => value * value), Accuracy);
    });

    [Fact]
    public void Min_max_makes_the_training_rows_run_from_exactly_0_to_exactly_1() => Columns.Sample(column =>
    {
        var data = Column(column);
        var scaled = Scaler.MinMax(data).Apply(data).Values.ToArray();

        Assert.Equal((0.0, 1.0), (scaled.Min(), scaled.Max()));
    });

    [Fact]
    public void Standard_uses_the_population_standard_deviation()
    {
        var scaler = Scaler.Standard(Two([1, 10, 3, 10, 5, 40]));

        Assert.Equal([3, 20], scaler.Means);
        Assert.Equal([Math.Sqrt(8.0 / 3), Math.Sqrt(200)], scaler.StandardDeviations);
        Assert.Equal(scaler.Means, scaler.Offsets);
        Assert.Equal(scaler.StandardDeviations, scaler.Divisors);
    }

    [Fact]
    public void Min_max_reads_minima_and_ranges()
    {
        var scaler = Scaler.MinMax(Two([1, 10, 3, -10, 5, 40]));

        Assert.Equal([1, -10], scaler.Minima);
        Assert.Equal([4, 50], scaler.Ranges);
        Assert.Equal(scaler.Ranges, scaler.Divisors);
    }

    [Fact]
    public void Other_rows_are_scaled_by_what_the_training_rows_said()
    {
        var train = Two([0, 10, 2, 30]);
        var test = Two([100, 30]);

        Assert.Equal([99, 1], Scaler.Standard(train).Apply(test).Values);
        Assert.Equal([50, 1], Scaler.MinMax(train).Apply(test).Values);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0)]
    [InlineData(-1e9 / 3)]
    public void A_constant_feature_is_divided_by_1(double value)
    {
        var data = Column([.. Enumerable.Repeat(value, 1001)]);
        var standard = Scaler.Standard(data);
        var minMax = Scaler.MinMax(data);

        Assert.Equal([value], standard.Means);
        Assert.Equal([0], standard.StandardDeviations);
        Assert.Equal([1], standard.Divisors);
        Assert.Equal([value + 2 - value], standard.Apply(Column([value + 2])).Values);
        Assert.Equal([0], minMax.Ranges);
        Assert.Equal([1], minMax.Divisors);
        Assert.All(minMax.Apply(data).Values.ToArray(), scaled => Assert.Equal(0, scaled));
    }

    [Fact]
    public void A_feature_that_varies_by_rounding_only_counts_as_constant()
    {
        var scaler = Scaler.Standard(Column([0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2]));

        Assert.Equal([0], scaler.StandardDeviations);
        Assert.Equal([1], scaler.Divisors);
    }

    [Fact]
    public void A_small_spread_around_a_large_mean_is_found_exactly()
    {
        var scaler = Scaler.Standard(Column([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]));

        Assert.Equal([1e9 + 10], scaler.Means);
        Assert.Equal([Math.Sqrt(22.5)], scaler.StandardDeviations);
    }

    [Fact]
    public void Labels_targets_and_names_stay()
    {
        var iris = Datasets.Iris();
        var scaled = Scaler.Standard(iris).Apply(iris);
        var houses = Two([0, 10, 2, 30]);

        Assert.Equal(iris.Labels, scaled.Labels);
        Assert.Equal(iris.FeatureNames, scaled.FeatureNames);
        Assert.Equal(iris.Name, scaled.Name);
        Assert.Equal(houses.Targets, Scaler.MinMax(houses).Apply(houses).Targets);
    }

    [Fact]
    public void Another_number_of_features_is_refused()
    {
        var scaler = Scaler.Standard(Two([1, 2, 3, 4]));

        Refuses(
            "Data 'd' has 1 features, expected 2 as in the rows that the scaler was fitted on.",
            () => scaler.Apply(Column([1, 2])));
    }

    [Fact]
    public void Values_too_large_to_scale_are_refused()
    {
        var wide = Column([-1.5e308, 1.5e308]);
        const string expected = "Data 'd', feature 'a': found values too large to scale, expected a spread that a double can hold.";

        Refuses(expected, () => Scaler.Standard(wide));
        Refuses(expected, () => Scaler.MinMax(wide));
    }

    [Fact]
    public void A_scaled_value_that_is_not_finite_is_refused() => Refuses(
        "Data 'd', row 2, feature 'a': found Infinity, expected a finite number.",
        () => Scaler.MinMax(Column([0, 1e-10])).Apply(Column([1, 1e300])));

    private static Dataset Column(double[] values) => Dataset.Regression("d", values, ["a"], new double[values.Length], ["t"]);

    private static Dataset Two(double[] values) => Dataset.Regression("d", values, ["a", "b"], new double[values.Length / 2], ["t"]);

    private static void Refuses(string expected, Func<object> act) => Assert.Equal(expected, Assert.Throws<SteepestException>(act).Message);
}
