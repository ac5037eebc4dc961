using CsCheck;

namespace Steepest.Tests.Data;

public sealed class RowScalingTests
{
    private static readonly double[] Row = [3, -4, 0];

    [Theory]
    [InlineData(Norm.L1, 3.0 / 7, -4.0 / 7)]
    [InlineData(Norm.L2, 3.0 / 5, -4.0 / 5)]
    [InlineData(Norm.Max, 3.0 / 4, -1.0)]
    public void A_row_is_divided_by_its_norm(Norm norm, double first, double second) =>
        Assert.Equal([first, second, 0], Data([3, -4, 0]).ScaleRows(norm).Values);

    [Theory]
    [InlineData(Norm.L1)]
    [InlineData(Norm.L2)]
    [InlineData(Norm.Max)]
    public void A_row_of_zeros_stays_and_its_neighbours_do_not_mind(Norm norm)
    {
        var scaled = Data([3, -4, 0, 0, 0, 0, 3, -4, 0]).ScaleRows(norm);

        Assert.Equal([0, 0, 0], scaled.Row(1));
        Assert.Equal(Data([3, -4, 0]).ScaleRows(norm).Values, scaled.Row(0));
        Assert.Equal(Data([3, -4, 0]).ScaleRows(norm).Values, scaled.Row(2));
    }

    [Theory]
    [InlineData(Norm.L1, 1e300)]
    [InlineData(Norm.L2, 1e300)]
    [InlineData(Norm.Max, 1e300)]
    [InlineData(Norm.L1, 1e-300)]
    [InlineData(Norm.L2, 1e-300)]
    [InlineData(Norm.Max, 1e-300)]
    public void Neither_overflow_nor_underflow_spoils_a_norm(Norm norm, double unit)
    {
        var expected = Data(Row).ScaleRows(norm).Values;
        var scaled = Data([.. Row.Select(value => value * unit)]).ScaleRows(norm).Values;

        for (var i = 0; i < Row.Length; i++)
            Assert.Equal(expected[i], scaled[i], 1e-15);
    }

    [Fact]
    public void Every_scaled_row_has_norm_1() => Gen.Double[-1e6, 1e6].Array[3].Where(row => row.Any(value => value != 0)).Sample(row =>
    {
        var one = Data(row).ScaleRows(Norm.L1).Values.ToArray();
        var two = Data(row).ScaleRows(Norm.L2).Values.ToArray();
        var max = Data(row).ScaleRows(Norm.Max).Values.ToArray();
        Assert.Equal(1, one.Sum(Math.Abs), 4e-16);
        Assert.Equal(1, Math.Sqrt(two.Sum(value => value * value)), 6e-16);
        Assert.Equal(1, max.Max(Math.Abs));
    });

    [Fact]
    public void The_data_that_was_scaled_is_left_alone()
    {
        var data = Data([3, -4, 0]);

        _ = data.ScaleRows(Norm.L2);

        Assert.Equal([3, -4, 0], data.Values);
    }

    [Fact]
    public void An_unknown_norm_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentOutOfRangeException>("norm", () => Data(Row).ScaleRows((Norm)7));

    private static Dataset Data(double[] values) => Dataset.Regression("d", values, ["a", "b", "c"], new double[values.Length / 3], ["t"]);
}
