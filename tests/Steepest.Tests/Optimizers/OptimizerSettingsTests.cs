namespace Steepest.Tests;

public sealed class OptimizerSettingsTests
{
    [Fact]
    public void Equal_settings_make_equal_optimizers()
    {
        Assert.Equal(new Adam(0.01), new Adam(0.01));
        Assert.Equal(new Adam(0.01).GetHashCode(), new Adam(0.01).GetHashCode());
        Assert.Equal(new Sgd(0.1, 0.9), new Sgd(0.1) with { Momentum = 0.9 });
        Assert.Equal(new GradientDescent(0.5), new GradientDescent(1) with { LearningRate = 0.5 });
        Assert.NotEqual(new Adam(0.01), new Adam(0.02));
        Assert.NotEqual(new Adam(0.01), new Adam(0.01, Epsilon: 1e-7));
        Assert.NotEqual<Optimizer>(new Sgd(0.1), new GradientDescent(0.1));
    }

    [Fact]
    public void A_setting_outside_its_range_is_refused_in_one_sentence()
    {
        AssertRefused("The learning-rate of gradient-descent is 0, but it must lie in (0, ∞).", () => new GradientDescent(0));
        AssertRefused("The learning-rate of sgd is NaN, but it must lie in (0, ∞).", () => new Sgd(double.NaN));
        AssertRefused("The learning-rate of adam is Infinity, but it must lie in (0, ∞).", () => new Adam(double.PositiveInfinity));
        AssertRefused("The learning-rate of adam is -0.5, but it must lie in (0, ∞).", () => new Adam(0.1) with { LearningRate = -0.5 });
        AssertRefused("The beta1 of adam is 1, but it must lie in [0, 1).", () => new Adam(0.1, Beta1: 1));
        AssertRefused("The beta2 of adam is -0.1, but it must lie in [0, 1).", () => new Adam(0.1) with { Beta2 = -0.1 });
        AssertRefused("The epsilon of adam is 0, but it must lie in (0, ∞).", () => new Adam(0.1, Epsilon: 0));
        AssertRefused("The momentum of sgd is 1, but it must lie in [0, 1).", () => new Sgd(0.1, Momentum: 1));
        AssertRefused("The dampening of sgd is 1.5, but it must lie in [0, 1].", () => new Sgd(0.1, Momentum: 0.9, Dampening: 1.5));
    }

    [Fact]
    public void Ends_that_belong_to_a_range_are_taken()
    {
        Assert.Equal(0, new Adam(0.1, Beta1: 0, Beta2: 0).Beta2);
        Assert.Equal(1, new Sgd(double.MaxValue, Momentum: 0, Dampening: 1).Dampening);
        Assert.Equal(double.Epsilon, new Adam(double.Epsilon, Epsilon: double.Epsilon).Epsilon);
    }

    [Fact]
    public void Looking_ahead_needs_momentum_and_no_dampening()
    {
        const string WithoutMomentum =
            "The nesterov of sgd is on with a momentum of 0 and a dampening of 0, but it needs a momentum above 0 and a dampening of 0.";
        AssertRefused(WithoutMomentum, () => new Sgd(0.1, Nesterov: true));
        AssertRefused(WithoutMomentum, () => (new Sgd(0.1) with { Nesterov = true }).CreateStepper(OneParameter<double>()));
        AssertRefused(
            "The nesterov of sgd is on with a momentum of 0.9 and a dampening of 0.1, but it needs a momentum above 0 and a dampening of 0.",
            () => new Sgd(0.1, 0.9, 0.1, true));
        var changed = new Sgd(0.1) with { Nesterov = true, Momentum = 0.9 };
        Assert.Equal(StateBlock.FirstMoment, Assert.Single(changed.CreateStepper(OneParameter<double>()).State).Name);
    }

    [Fact]
    public void The_largest_moment_is_of_use_only_without_rectification()
    {
        const string Sentence = "The amsgrad of adabelief is on with rectify, but it needs rectify off.";
        AssertRefused(Sentence, () => new AdaBelief(0.1, AmsGrad: true));
        AssertRefused(Sentence, () => (new AdaBelief(0.1) with { AmsGrad = true }).CreateStepper(OneParameter<double>()));
        Assert.True(new AdaBelief(0.1, Rectify: false, AmsGrad: true).AmsGrad);
    }

    [Fact]
    public void An_epsilon_that_is_zero_in_float_is_refused_with_the_smallest_that_is_not()
    {
        const string Sentence = "The epsilon of adam is 5e-324, which is zero in float; the smallest that is not is 1e-45.";
        var adam = new Adam(0.01, Epsilon: double.Epsilon);

        AssertRefused(Sentence, () => adam.CreateStepper(OneParameter<float>()));
        AssertRefused(Sentence, () => NetworkSpec.Mlp(4, [], 3, Activation.Relu).Build<float>(1).Fit(Datasets.Iris(), adam, 1));
        Assert.Equal(2, adam.CreateStepper(OneParameter<double>()).State.Count);
        Assert.Equal(2, (adam with { Epsilon = float.Epsilon }).CreateStepper(OneParameter<float>()).State.Count);
    }

    [Fact]
    public void An_optimizer_is_found_by_its_name_and_a_slip_is_named()
    {
        Assert.Equal(Optimizers.All.Count, Optimizers.All.DistinctBy(o => o.Name.ToUpperInvariant()).Count());
        Assert.All(Optimizers.All, about => Assert.Same(about, Optimizers.Find(about.Name)));
        Assert.Same(Adam.About, Optimizers.Find("ADAM"));
        AssertRefused("There is no optimizer 'adma'; did you mean adam?", () => Optimizers.Find("adma"));
        AssertRefused(
            $"There is no optimizer 'newton'; there are {string.Join(", ", Optimizers.All.Select(o => o.Name))}.", () => Optimizers.Find("newton"));
        AssertRefused("There is no adam setting 'beta3'; did you mean beta1?", () => Adam.About.With(Settings(("beta3", 0.5))));
    }

    [Fact]
    public void An_optimizer_is_made_from_named_settings_and_defaults()
    {
        Assert.Equal(new Adam(0.001), Adam.About.With(Settings()));
        Assert.Equal(new Adam(0.5, Epsilon: 1e-4), Adam.About.With(Settings(("Learning-Rate", 0.5), ("epsilon", 1e-4))));
        Assert.Equal(new Sgd(0.01, 0.9, Nesterov: true), Sgd.About.With(Settings(("nesterov", 1), ("momentum", 0.9))));
        Assert.Equal(new GradientDescent(0.01), GradientDescent.About.With(Settings()));
        AssertRefused("The beta1 of adam is 2, but it must lie in [0, 1).", () => Adam.About.With(Settings(("beta1", 2))));
    }

    [Fact]
    public void An_optimizer_is_spelled_as_the_command_takes_it()
    {
        Assert.Equal("adam", new Adam(0.5).ToString());
        Assert.Equal("adam,beta2=0.99,epsilon=1e-7", new Adam(0.5, Beta2: 0.99, Epsilon: 1e-7).ToString());
        Assert.Equal("sgd,momentum=0.9,nesterov=on", new Sgd(0.5, 0.9, Nesterov: true).ToString());
    }

    [Fact]
    public void Bias_correction_is_that_of_the_paper()
    {
        var adam = new Adam(0.1, Beta1: 0.9, Beta2: 0.999);
        foreach (var step in (int[])[1, 2, 10, 1000])
        {
            var (first, second) = adam.BiasCorrection(step);
            Assert.Equal(1 / (1 - Math.Pow(0.9, step)), first, 1e-12 * first);
            Assert.Equal(1 / (1 - Math.Pow(0.999, step)), second, 1e-12 * second);
        }

        Assert.Equal((1, 1), new Sgd(0.1, 0.9).BiasCorrection(1));
    }

    private static Parameters<T> OneParameter<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => new(ParameterLayout.Of<T>(("x", ParameterRole.Weight, [1])));

    private static Dictionary<string, double> Settings(params (string Name, double Value)[] settings) => settings.ToDictionary(s => s.Name, s => s.Value);

    private static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);
}
