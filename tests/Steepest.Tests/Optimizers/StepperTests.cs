using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Training;

namespace Steepest.Tests;

/// <summary>What a stepper does beside its rule: layouts, padding, and the view that evaluation takes.</summary>
public sealed class StepperTests
{
    [Fact]
    public void A_gradient_of_another_layout_is_refused_before_memory_is_touched()
    {
        var parameters = new Parameters<double>(Layout(1000));
        var small = new Parameters<double>(Layout(10));
        var context = new StepContext<double>(new Flat(), small, totalSteps: 1);

        Assert.Throws<ArgumentException>(() => new GradientDescent(0.1).CreateStepper(parameters).Step(context));
        Assert.Throws<ArgumentException>(() => context.Evaluate(parameters, small));
        Assert.Throws<ArgumentException>(() => context.Evaluate(small, parameters));
    }

    [Fact]
    public void A_rule_that_makes_something_of_nothing_leaves_the_padding_zero_and_the_run_going()
    {
        var spec = NetworkSpec.Mlp(4, [10], 3, Activation.Tanh);
        var network = spec.Build<double>(1);

        var history = network.Fit(SeedRun.Train, new Unguarded(0.01), epochs: 5, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(TrainingOutcome.Completed, history.Outcome);
        Assert.All(network.Parameters.Values.ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_run_ends_with_the_network_at_the_parameters_that_the_optimizer_evaluates()
    {
        var network = SeedRun.Network<double>();
        Averaged<double>? stepper = null;
        var run = new TrainingSpec(new Averaging(0.1, made => stepper = (Averaged<double>)made), 7);

        new Trainer<double>(network, SeedRun.Train, run).Run(TestContext.Current.CancellationToken);

        Assert.Equal(stepper!.EvaluationParameters.Values.ToArray(), network.Parameters.Values.ToArray());
        Assert.NotEqual(SeedRun.Network<double>().Parameters.Values.ToArray(), network.Parameters.Values.ToArray());
    }

    private static ParameterLayout Layout(int count) => ParameterLayout.Of<double>(("w", ParameterRole.Weight, [count]));

    private sealed class Flat : IObjective<double>
    {
        public double Evaluate(Parameters<double> at, Parameters<double> gradient) => 0;
    }

    /// <summary>θ ← θ − α g/√g², without an ε: 0/0 where there is no gradient.</summary>
    private sealed record Unguarded(Schedule LearningRate) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info { get; } = new(
            "unguarded", "unguarded", "none", 0, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new Unguarded(rate));

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) =>
            ElementwiseStepper.Stateless(parameters, LearningRate, at => new Rule<T>(T.CreateChecked(at.LearningRate)));

        private readonly struct Rule<T>(T rate) : IRule<T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            public V Step<V>(V θ, V g)
                where V : struct, ILane<V, T> => θ - (rate * g / V.Sqrt(g * g));
        }
    }

    /// <summary>Gradient descent that evaluates at the mean of the places it has been to.</summary>
    private sealed record Averaging(Schedule LearningRate, Action<object> Made) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info { get; } = new(
            "averaging", "averaging", "Polyak 1990", 1, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new Averaging(rate, _ => { }));

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
        {
            var stepper = new Averaged<T>(parameters, LearningRate);
            Made(stepper);
            return stepper;
        }
    }

    private sealed class Averaged<T>(Parameters<T> parameters, Schedule rate) : Stepper<T>(parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Parameters<T> mean = new(parameters.Layout);

        public override Parameters<T> EvaluationParameters => mean;

        public override IReadOnlyList<StateBlock<T>> State => [new("mean", StateShape.LikeParameters, mean)];

        protected override void Apply(StepContext<T> context)
        {
            var share = T.One / T.CreateChecked(StepCount);
            for (var i = 0; i < mean.Values.Length; i++)
            {
                Parameters.Values[i] -= T.CreateChecked(rate.At(StepCount - 1, context.TotalSteps)) * context.Gradient.Values[i];
                mean.Values[i] += share * (Parameters.Values[i] - mean.Values[i]);
            }
        }
    }
}
