namespace Steepest.Tests.Networks;

public sealed class LayerDescriptionTests
{
    private static readonly (Func<LayerSpec> Make, string Text)[] Layers =
    [
        (() => new Dense(10, Activation.Relu), "dense(10, relu)"),
        (() => new Dense(10, Activation.LeakyRelu(0.2), Bias: false), "dense(10, leaky-relu(0.2), no bias)"),
        (() => new Activate(Activation.Gelu), "gelu"),
        (() => new Activate(Activation.Softplus(2)), "softplus(2)"),
        (() => new Dropout(), "dropout(0.5)"),
        (() => new Dropout(0.2), "dropout(0.2)"),
        (() => new LayerNorm(), "layer-norm(ε 1e-5)"),
        (() => new LayerNorm(Affine: false, Epsilon: 0.001), "layer-norm(not affine, ε 0.001)"),
        (() => new BatchNorm(), "batch-norm(momentum 0.1, ε 1e-5)"),
        (() => new BatchNorm(Momentum: null), "batch-norm(mean of all batches, ε 1e-5)"),
        (() => new BatchNorm(Affine: false), "batch-norm(momentum 0.1, not affine, ε 1e-5)"),
        (() => new Residual([new Dense(16, Activation.Relu), new Dense(16, Activation.Identity)]), "residual(dense(16, relu), dense(16, identity))"),
        (() => new Residual([new Residual([new LayerNorm()]), new Dropout()]), "residual(residual(layer-norm(ε 1e-5)), dropout(0.5))"),
    ];

    [Fact]
    public void A_layer_says_its_settings() => Assert.Equal(Layers.Select(layer => layer.Text), Layers.Select(layer => $"{layer.Make()}"));

    [Fact]
    public void Layers_are_equal_where_their_settings_are()
    {
        for (var i = 0; i < Layers.Length; i++)
        {
            for (var j = 0; j < Layers.Length; j++)
            {
                Assert.Equal(i == j, Layers[i].Make() == Layers[j].Make());
                if (i == j) Assert.Equal(Layers[i].Make().GetHashCode(), Layers[j].Make().GetHashCode());
            }
        }
    }

    [Fact]
    public void A_layer_gives_as_many_numbers_as_it_is_given_unless_it_is_dense()
    {
        Assert.All(Layers, layer => Assert.Equal(layer.Make() is Dense ? 10 : 16, layer.Make().OutputsFor(16)));
        Assert.Equal(3, new NetworkSpec(16, [.. Layers[2..].Select(layer => layer.Make()), new Dense(3, Activation.Identity)]).Outputs);
    }

    [Fact]
    public void Segments_are_called_after_the_place_of_their_layer()
    {
        var network = new NetworkSpec(4,
        [
            new Dropout(), new Dense(4, Activation.Relu, Bias: false), new BatchNorm(),
            new Residual([new LayerNorm(), new Residual([new BatchNorm(Affine: false), new Dense(4, Activation.Relu)])]),
        ]).Build<double>(seed: 1);

        Assert.Equal(
            [
                "layer2.weight Weight", "layer3.scale Norm", "layer3.shift Norm", "layer4.layer1.scale Norm", "layer4.layer1.shift Norm",
                "layer4.layer2.layer2.weight Weight", "layer4.layer2.layer2.bias Bias",
            ],
            network.Parameters.Layout.Segments.Select(segment => $"{segment.Name} {segment.Role}"));
        Assert.Equal(
            [
                "layer3.mean Statistic", "layer3.variance Statistic", "layer3.batches Statistic",
                "layer4.layer2.layer1.mean Statistic", "layer4.layer2.layer1.variance Statistic", "layer4.layer2.layer1.batches Statistic",
            ],
            network.Buffers.Layout.Segments.Select(segment => $"{segment.Name} {segment.Role}"));
    }

    [Fact]
    public void Normalisations_start_without_a_change()
    {
        var network = new NetworkSpec(3, [new BatchNorm(), new LayerNorm()]).Build<double>(seed: 1);

        Assert.Equal([1, 1, 1], network.Parameters["layer1.scale"].ToArray());
        Assert.Equal([0, 0, 0], network.Parameters["layer1.shift"].ToArray());
        Assert.Equal([1, 1, 1], network.Parameters["layer2.scale"].ToArray());
        Assert.Equal([0, 0, 0], network.Parameters["layer2.shift"].ToArray());
        Assert.Equal([0, 0, 0], network.Buffers["layer1.mean"].ToArray());
        Assert.Equal([1, 1, 1], network.Buffers["layer1.variance"].ToArray());
        Assert.Equal([0], network.Buffers["layer1.batches"].ToArray());
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    public void A_rate_of_dropout_that_leaves_nothing_or_is_none_is_refused(double rate, string said)
    {
        var sentence = $"The rate of dropout is {said}, but it must be at least 0 and less than 1.";
        AssertRefused(sentence, () => new Dropout(rate));
        AssertRefused(sentence, () => new Dropout() with { Rate = rate });
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1e-5, "-1e-5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void An_epsilon_that_does_not_keep_a_quotient_finite_is_refused(double epsilon, string said)
    {
        AssertRefused($"The epsilon of layer norm is {said}, but it must be positive and finite.", () => new LayerNorm(Epsilon: epsilon));
        AssertRefused($"The epsilon of layer norm is {said}, but it must be positive and finite.", () => new LayerNorm() with { Epsilon = epsilon });
        AssertRefused($"The epsilon of batch norm is {said}, but it must be positive and finite.", () => new BatchNorm(Epsilon: epsilon));
        AssertRefused($"The epsilon of batch norm is {said}, but it must be positive and finite.", () => new BatchNorm() with { Epsilon = epsilon });
    }

    [Fact]
    public void An_epsilon_that_float_cannot_hold_is_refused_in_float_alone()
    {
        AssertRefused("The epsilon of layer norm is 1e-60, which is zero in float.", () => new NetworkSpec(3, [new LayerNorm(Epsilon: 1e-60)]).Build<float>(seed: 1));
        AssertRefused("The epsilon of batch norm is 1e+60, which is infinite in float.", () => new NetworkSpec(3, [new BatchNorm(Epsilon: 1e60)]).Build<float>(seed: 1));
        Assert.Equal(2, new NetworkSpec(3, [new LayerNorm(Epsilon: 1e-60)]).Build<double>(seed: 1).Parameters.Layout.Segments.Count);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1.5, "1.5")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    public void A_momentum_of_batch_norm_that_is_no_share_is_refused(double momentum, string said)
    {
        var sentence = $"The momentum of batch norm is {said}, but it must be above 0 and at most 1.";
        AssertRefused(sentence, () => new BatchNorm(momentum));
        AssertRefused(sentence, () => new BatchNorm() with { Momentum = momentum });
    }

    [Fact]
    public void A_residual_block_that_cannot_be_added_is_refused()
    {
        const string Sentence =
            "The layers of a residual block give 5 numbers a row for an input of 4, but both are added, so they must be equally many.";
        var spec = new NetworkSpec(4, [new Residual([new Dense(5, Activation.Relu)])]);
        AssertRefused(Sentence, () => spec.Outputs);
        AssertRefused(Sentence, () => spec.Build<double>(seed: 1));
        AssertRefused(Sentence, () => new NetworkSpec(4, [new Residual([new Residual([new Dense(5, Activation.Relu)])])]).Build<float>(seed: 1));
        AssertRefused("A residual block has no layers, but it needs at least one.", () => new Residual([]));
    }

    [Fact]
    public void A_layer_without_its_activation_is_a_programming_error()
    {
        Assert.Throws<ArgumentNullException>(() => new Dense(3, null!));
        Assert.Throws<ArgumentNullException>(() => new Activate(null!));
    }

    private static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);
}
