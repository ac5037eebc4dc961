namespace Steepest.Tests.Networks;

public sealed class DescriptionTests
{
    [Fact]
    public void Equal_descriptions_are_equal_and_hash_alike()
    {
        var spec = NetworkSpec.Mlp(4, [10, 5], 3, Activation.LeakyRelu(0.1), Initializer.Uniform(0, 1), bias: false);
        var same = new NetworkSpec(4,
        [
            new Dense(10, Activation.LeakyRelu(0.1), false, Initializer.Uniform(0, 1)),
            new Dense(5, Activation.LeakyRelu(0.1), false, Initializer.Uniform(0, 1)),
            new Dense(3, Activation.Identity, false, Initializer.Uniform(0, 1)),
        ]);

        Assert.Equal(same, spec);
        Assert.Equal(same.GetHashCode(), spec.GetHashCode());
        Assert.Equal("4-10-5-3", spec.ToString());
        Assert.Equal("4-[8-4]-3", new NetworkSpec(4, [new Residual([new Dense(8, Activation.Relu), new LayerNorm(), new Dense(4, Activation.Relu)]), new Dropout(), new Dense(3, Activation.Identity)]).ToString());
        Assert.Equal(3, spec.Outputs);
        Assert.Equal(new TrainingSpec(new Adam(0.1), 5, 32, 7), new TrainingSpec(new Adam(0.1), 5) with { BatchSize = 32, Seed = 7 });
    }

    [Fact]
    public void Any_difference_makes_descriptions_unequal()
    {
        var spec = NetworkSpec.Mlp(4, [10], 3, Activation.Relu);
        NetworkSpec[] others =
        [
            NetworkSpec.Mlp(5, [10], 3, Activation.Relu), NetworkSpec.Mlp(4, [11], 3, Activation.Relu), NetworkSpec.Mlp(4, [10], 4, Activation.Relu),
            NetworkSpec.Mlp(4, [10], 3, Activation.Tanh), NetworkSpec.Mlp(4, [10], 3, Activation.LeakyRelu()),
            NetworkSpec.Mlp(4, [10], 3, Activation.Relu, bias: false), NetworkSpec.Mlp(4, [10], 3, Activation.Relu, Initializer.He),
            NetworkSpec.Mlp(4, [10, 10], 3, Activation.Relu), NetworkSpec.Mlp(4, [], 3, Activation.Relu),
        ];
        Assert.All(others, other => Assert.NotEqual(spec, other));
        Assert.NotEqual(Initializer.Uniform(0, 1), Initializer.Uniform(0, 2));
        Assert.NotEqual(Initializer.He, Initializer.Glorot);
    }

    [Fact]
    public void A_description_without_sizes_is_refused_in_one_sentence()
    {
        AssertRefused("A dense layer has 0 units, but it needs at least 1.", () => new Dense(0, Activation.Relu));
        AssertRefused("A dense layer has -2 units, but it needs at least 1.", () => NetworkSpec.Mlp(4, [-2], 3, Activation.Relu));
        AssertRefused("A network has 0 inputs, but it needs at least 1.", () => NetworkSpec.Mlp(0, [], 3, Activation.Relu));
        AssertRefused("A network has no layers, but it needs at least one.", () => new NetworkSpec(4, []));
        AssertRefused("The slope of leaky-relu is -1, but it must be a finite number that is not negative.", () => Activation.LeakyRelu(-1));
        AssertRefused("The slope of leaky-relu is NaN, but it must be a finite number that is not negative.", () => Activation.LeakyRelu(double.NaN));
        AssertRefused("The alpha of elu is -1, but it must be a finite number that is not negative.", () => Activation.Elu(-1));
        AssertRefused("The beta of softplus is 0, but it must be a finite number above 0.", () => Activation.Softplus(0));
        AssertRefused("The beta of softplus is Infinity, but it must be a finite number above 0.", () => Activation.Softplus(double.PositiveInfinity));
        AssertRefused(
            "The initializer uniform has the bounds 1 and 1, but they must be finite and the first less than the second.",
            () => Initializer.Uniform(1, 1));
        AssertRefused("There is no activation 'rleu'; did you mean relu?", () => Activation.Find("rleu"));
    }

    [Fact]
    public void Activations_are_found_by_name_and_say_their_settings()
    {
        Assert.All(Activation.All, activation => Assert.Equal(activation, Activation.Find(activation.Name)));
        Assert.Equal(Activation.Relu, Activation.LeakyRelu(0));
        Assert.Equal(
            [
                "leaky-relu(0.01)", "relu", "elu(1)", "selu", "gelu", "gelu-tanh", "silu", "hard-swish", "mish", "softplus(1)", "tanh", "sigmoid", "identity",
            ],
            Activation.All.Select(a => a.ToString()));
        Assert.Equal((Activation.Elu(0.5), Activation.Softplus(2)), (Activation.Elu(0.5), Activation.Softplus(2)));
        Assert.NotEqual(Activation.Elu(0.5), Activation.Elu());
        Assert.NotEqual(Activation.Softplus(2), Activation.Softplus());
    }

    [Fact]
    public void A_network_computes_in_float_or_double_only() =>
        Assert.Throws<NotSupportedException>(() => NetworkSpec.Mlp(4, [], 3, Activation.Relu).Build<Half>(seed: 1));

    [Fact]
    public void A_seed_makes_the_network()
    {
        var spec = NetworkSpec.Mlp(4, [10], 3, Activation.Tanh);
        Assert.Equal(spec.Build<double>(1).Parameters.Values, spec.Build<double>(1).Parameters.Values);
        Assert.NotEqual(spec.Build<double>(1).Parameters.Values.ToArray(), spec.Build<double>(2).Parameters.Values.ToArray());
        Assert.Equal(
            spec.Build<double>(1).Parameters["layer2.weight"].ToArray().Select(w => (float)w),
            spec.Build<float>(1).Parameters["layer2.weight"].ToArray());
    }

    [Theory]
    [InlineData("relu", 4)]
    [InlineData("tanh", 4 + 50)]
    public void Unless_told_otherwise_weights_start_as_the_activation_wants_and_biases_at_zero(string activation, int fans)
    {
        var bound = Math.Sqrt(6.0 / fans);
        var parameters = NetworkSpec.Mlp(4, [50], 3, Activation.Find(activation)).Build<double>(seed: 1).Parameters;

        Assert.All(parameters["layer1.weight"].ToArray(), w => Assert.InRange(w, -bound, bound));
        Assert.InRange(parameters["layer1.weight"].ToArray().Max(), 0.9 * bound, bound);
        Assert.InRange(parameters["layer1.weight"].ToArray().Min(), -bound, -0.9 * bound);
        Assert.All(parameters["layer1.bias"].ToArray(), b => Assert.Equal(0, b));
    }

    private static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);
}
