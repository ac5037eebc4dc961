namespace Steepest.Tests;

/// <summary>Adafactor by what must hold of it beside the references' trajectories.</summary>
public sealed class AdafactorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_or_a_matrix_without_slope_stays_where_it_is(bool addEpsilon)
    {
        var optimizer = new Adafactor(0.01, Epsilon: addEpsilon ? 1e-30 : 1e-16, AddEpsilon: addEpsilon);
        AssertStays<float>(optimizer);
        AssertStays<double>(optimizer);
    }

    [Fact]
    public void Of_a_matrix_it_keeps_a_number_for_each_row_and_column()
    {
        var stepper = new Adafactor(0.01).CreateStepper(Bowl<double>.Start());
        var block = Assert.Single(stepper.State);
        Assert.Equal(StateShape.PerSegment, block.Shape);
        Assert.Equal(
            [("rows of layer1.weight", 5), ("columns of layer1.weight", 4), ("layer1.bias", 5), ("rows of layer2.weight", 3), ("columns of layer2.weight", 5), ("layer2.bias", 3)],
            block.Values.Layout.Segments.Select(segment => (segment.Name, segment.Length)));
    }

    private static void AssertStays<T>(Adafactor optimizer)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var parameters = Bowl<T>.Start();
        parameters["layer1.weight"][..4].Clear();
        parameters["layer2.weight"].Clear();
        parameters["layer2.bias"].Clear();
        new Bowl<T>().Run(optimizer.CreateStepper(parameters), 10);
        Assert.All(parameters["layer1.weight"][..4].ToArray(), value => Assert.Equal(T.Zero, value));
        Assert.All(parameters["layer2.weight"].ToArray(), value => Assert.Equal(T.Zero, value));
        Assert.All(parameters["layer2.bias"].ToArray(), value => Assert.Equal(T.Zero, value));
        Assert.All(parameters.Values.ToArray(), value => Assert.True(T.IsFinite(value)));
        Assert.NotEqual(Bowl<T>.Start()["layer1.weight"][4..].ToArray(), parameters["layer1.weight"][4..].ToArray());
    }
}
