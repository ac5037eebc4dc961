namespace Steepest.Tests;

/// <summary>A description tells which state its optimizer keeps for parameters of a layout.</summary>
public sealed class StateOfTests
{
    private static readonly ParameterLayout Double = NetworkSpec.Mlp(4, [5], 3, Activation.Relu).Build<double>(1).Parameters.Layout;

    private static readonly ParameterLayout Float = NetworkSpec.Mlp(4, [5], 3, Activation.Relu).Build<float>(1).Parameters.Layout;

    [Fact]
    public void It_depends_on_the_settings_and_the_precision()
    {
        Assert.Empty(new Sgd(0.1).StateOf<double>(Double));
        Assert.Equal([new(StateBlock.FirstMoment, StateShape.LikeParameters, 43, 344)], new Sgd(0.1, Momentum: 0.9).StateOf<double>(Double));
        Assert.Equal(
            [new(StateBlock.FirstMoment, StateShape.LikeParameters, 43, 172), new(StateBlock.SecondMoment, StateShape.LikeParameters, 43, 172)],
            new Adam(0.1).StateOf<float>(Float));
        Assert.Equal((2 * 3) + 2, new LBfgs(1, History: 3).StateOf<double>(Double).Count(block => block.Shape == StateShape.LikeParameters));
    }

    [Fact]
    public void Muon_keeps_one_number_for_what_is_a_matrix_and_two_for_what_is_none()
    {
        var state = new Muon(0.02).StateOf<double>(Double);

        Assert.Equal([35, 8, 8], state.Select(block => block.Count));
        Assert.Equal(8 * (35 + 8 + 8), state.Sum(block => block.Bytes));
    }

    [Fact]
    public void Factors_and_bases_have_shapes_of_their_own()
    {
        // Rows and columns of [5, 4] and [3, 5], and a number for each of the 8 biases.
        Assert.Equal([new(StateBlock.SecondMoment, StateShape.PerSegment, 5 + 4 + 3 + 5 + 8, 200)], new Adafactor(0.01).StateOf<double>(Double));
        Assert.Equal(
            2 * ((5 * 5) + (4 * 4) + (3 * 3) + (5 * 5)), new Soap(0.01).StateOf<double>(Double).Where(block => block.Shape == StateShape.PerSegment).Sum(block => block.Count));
    }

    [Fact]
    public void A_wrapper_adds_its_own_to_that_of_the_optimizer_inside()
    {
        Assert.Equal([StateBlock.FirstMoment, "slow weights 1"], new Lookahead(new Sgd(0.1, Momentum: 0.9)).StateOf<double>(Double).Select(block => block.Name));
        Assert.Equal(2, new Lookahead(new Sgd(0.1, Momentum: 0.9)).Info.StatePerParameter);
        Assert.Equal(new Adam(0.1).StateOf<double>(Double), new Sam(new Adam(0.1)).StateOf<double>(Double));
    }

    [Fact]
    public void A_schedule_that_follows_the_training_keeps_numbers_in_double_whatever_the_precision()
    {
        var state = new Sgd(new ReduceOnPlateau(0.1)).StateOf<float>(Float);

        Assert.Equal(4, state.Count);
        Assert.All(state, number => Assert.Equal((StateShape.Scalar, 1, 8L), (number.Shape, number.Count, number.Bytes)));
    }

    [Fact]
    public void What_an_optimizer_does_not_train_is_refused() => Assert.Throws<SteepestException>(
        () => new Muon(0.02).StateOf<double>(ParameterLayout.Of<double>(("bias", ParameterRole.Bias, [5]))));
}
