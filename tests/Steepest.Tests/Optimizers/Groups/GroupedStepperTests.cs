using System.Numerics;
using Steepest.Tests.Training;

namespace Steepest.Tests;

public sealed class DoubleGroupedStepperTests : GroupedStepperTests<double>;

public sealed class FloatGroupedStepperTests : GroupedStepperTests<float>;

/// <summary>Several optimizers on one buffer.</summary>
public abstract class GroupedStepperTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Steps = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Groups_of_the_same_optimizer_train_like_no_groups_to_the_bit()
    {
        foreach (var optimizer in EveryOptimizer.ForBatches)
        {
            var whole = Trained(optimizer);
            Assert.Equal(whole, Trained(new Grouping(optimizer, [])));
            Assert.Equal(whole, Trained(new Grouping(optimizer, [ParameterGroup.Named("*", optimizer)])));
            if (optimizer.Scope == OptimizerScope.Group || optimizer is Muon or Soap) continue;
            Assert.Equal(whole, Trained(new Grouping(optimizer, [ParameterGroup.Of(ParameterRole.Weight, optimizer)])));
            Assert.Equal(
                whole,
                Trained(new Grouping(new GradientDescent(0.5), [ParameterGroup.Named("layer1.*", optimizer), ParameterGroup.Named("layer2.*", optimizer)])));
        }

        static T[] Trained(Optimizer optimizer)
        {
            var network = NetworkSpec.Mlp(4, [5], 3, Activation.Tanh).Build<T>(seed: 3);
            network.Fit(SeedRun.Train, optimizer, epochs: Steps, batchSize: 30, cancellation: Cancellation);
            return network.Parameters.Values.ToArray();
        }
    }

    [Fact]
    public void Each_group_trains_like_a_run_of_its_own()
    {
        var weights = ParameterLayout.Of<T>(("layer1.weight", ParameterRole.Weight, [5, 4]), ("layer2.weight", ParameterRole.Weight, [3, 5]));
        var biases = ParameterLayout.Of<T>(("layer1.bias", ParameterRole.Bias, [5]), ("layer2.bias", ParameterRole.Bias, [3]));
        foreach (var (own, other) in (ValueTuple<Optimizer, Optimizer>[])[(new Adam(0.1), new Adam(0.01)), (new Sgd(0.2, 0.9), new Adam(0.3))])
        {
            var together = Bowl<T>.Start();
            new Bowl<T>().Run(ParameterGroups.CreateStepper(own, [ParameterGroup.Of(ParameterRole.Bias, other)], together), Steps);
            var ofWeights = Bowl<T>.Start(weights);
            new Bowl<T>().Run(own.CreateStepper(ofWeights), Steps);
            var ofBiases = Bowl<T>.Start(biases);
            new Bowl<T>().Run(other.CreateStepper(ofBiases), Steps);

            foreach (var alone in (Parameters<T>[])[ofWeights, ofBiases])
            {
                foreach (var segment in alone.Layout.Segments)
                    Assert.Equal(alone[segment], together[segment.Name]);
            }
        }
    }

    [Fact]
    public void Frozen_segments_keep_their_bits_and_have_no_state()
    {
        var parameters = Bowl<T>.Start();
        var stepper = ParameterGroups.CreateStepper(new Adam(0.1), [ParameterGroup.Frozen("layer1.*")], parameters);
        new Bowl<T>(coupling: 0.01).Run(stepper, Steps);

        Assert.Equal(Bowl<T>.Start()["layer1.weight"], parameters["layer1.weight"]);
        Assert.Equal(Bowl<T>.Start()["layer1.bias"], parameters["layer1.bias"]);
        Assert.All(Bowl<T>.Start()["layer2.weight"].ToArray().Zip(parameters["layer2.weight"].ToArray()), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal([("first moment", 18), ("second moment", 18)], stepper.State.Select(block => (block.Name, block.Values.Layout.Count)));
    }

    [Fact]
    public void State_is_what_each_optimizer_declares_for_its_segments_under_unique_names()
    {
        var stepper = ParameterGroups.CreateStepper(
            new Adam(0.1), [ParameterGroup.Named("layer1.bias", new Sgd(0.1, 0.9)), ParameterGroup.Named("layer2.bias", new GradientDescent(0.1))], Bowl<T>.Start());

        Assert.Equal(
            [
                ("first moment of layer1.weight and 1 more", 35), ("second moment of layer1.weight and 1 more", 35), ("first moment of layer1.bias", 5),
            ],
            stepper.State.Select(block => (block.Name, block.Values.Layout.Count)));
        var halves = ParameterGroups.CreateStepper(
            new Sgd(0.1, 0.9), [ParameterGroup.Named("layer1.*", new Sgd(0.2, 0.9)), ParameterGroup.Named("layer2.*", new Sgd(0.3, 0.9))], Bowl<T>.Start());
        Assert.Equal(
            ["first moment of layer1.weight to layer1.bias", "first moment of layer2.weight to layer2.bias"], halves.State.Select(block => block.Name));
    }

    [Fact]
    public void State_and_optimizer_of_a_parameter_are_those_of_its_group()
    {
        var bias = new Sgd(0.2, 0.9);
        var own = new Adam(0.1);
        var stepper = ParameterGroups.CreateStepper(own, [ParameterGroup.Named("layer1.bias", bias), ParameterGroup.Frozen("layer2.weight")], Bowl<T>.Start());
        new Bowl<T>().Run(stepper, Steps);
        var offset = Bowl<T>.Layout.Segments.Select(segment => segment.Offset).ToArray();

        Assert.Equal([own, bias, null, own], offset.Select(stepper.OptimizerAt));
        Assert.Equal(double.CreateChecked(stepper.State[2].Values.Values[4]), stepper.StateAt(StateBlock.FirstMoment, offset[1] + 4));
        Assert.Equal(
            double.CreateChecked(stepper.State[1].Values["layer2.bias"][2]), stepper.StateAt(StateBlock.SecondMoment, offset[3] + 2));
        Assert.NotEqual(0, stepper.StateAt(StateBlock.SecondMoment, offset[3] + 2));
        Assert.True(double.IsNaN(stepper.StateAt(StateBlock.SecondMoment, offset[1])));
        Assert.True(double.IsNaN(stepper.StateAt(StateBlock.FirstMoment, offset[2])));
    }

    [Fact]
    public void A_stepper_with_its_state_put_back_goes_on_to_the_bit()
    {
        var through = Bowl<T>.Start();
        new Bowl<T>().Run(Make(through), 2 * Steps);

        var half = Bowl<T>.Start();
        var before = Make(half);
        new Bowl<T>().Run(before, Steps);
        var resumed = new Parameters<T>(Bowl<T>.Layout);
        resumed.CopyFrom(half);
        var after = Make(resumed);
        foreach (var (to, from) in after.State.Zip(before.State))
            to.Values.CopyFrom(from.Values);
        after.ResumeAfter(before.StepCount);
        new Bowl<T>().Run(after, Steps);

        Assert.Equal(through.Values, resumed.Values);
        Assert.Equal(2 * Steps, after.StepCount);

        static Stepper<T> Make(Parameters<T> parameters) =>
            ParameterGroups.CreateStepper(new Adam(0.1), [ParameterGroup.Of(ParameterRole.Bias, new Adam(0.02, 0.8))], parameters);
    }

    [Fact]
    public void A_group_that_averages_is_evaluated_at_its_average_and_the_others_where_they_are()
    {
        var parameters = Bowl<T>.Start();
        var stepper = ParameterGroups.CreateStepper(new GradientDescent(0.1), [ParameterGroup.Named("layer1.bias", new Averaging(0.1))], parameters);
        new Bowl<T>().Run(stepper, Steps);

        var evaluated = stepper.EvaluationParameters;
        Assert.NotSame(parameters, evaluated);
        Assert.Equal(stepper.State.Single().Values["layer1.bias"], evaluated["layer1.bias"]);
        Assert.NotEqual(parameters["layer1.bias"].ToArray(), evaluated["layer1.bias"].ToArray());
        foreach (var name in (string[])["layer1.weight", "layer2.weight", "layer2.bias"])
            Assert.Equal(parameters[name], evaluated[name]);

        new Bowl<T>().Run(stepper, 1);
        Assert.Equal(stepper.State.Single().Values["layer1.bias"], stepper.EvaluationParameters["layer1.bias"]);
        Assert.Equal(parameters["layer2.bias"], stepper.EvaluationParameters["layer2.bias"]);

        var plain = ParameterGroups.CreateStepper(new GradientDescent(0.1), [ParameterGroup.Named("layer1.bias", new Adam(0.1))], parameters);
        Assert.Same(parameters, plain.EvaluationParameters);
    }

    [Fact]
    public void A_look_elsewhere_moves_one_group_and_leaves_the_others_where_the_step_found_them()
    {
        var bowl = new Bowl<T>(coupling: 0.05) { Remembers = true };
        var parameters = Bowl<T>.Start();
        var start = parameters.Values.ToArray();
        var stepper = ParameterGroups.CreateStepper(new Ahead(0.25), [ParameterGroup.Of(ParameterRole.Weight, new Ahead(0.5)), ParameterGroup.Frozen("layer2.bias")], parameters);
        var context = bowl.Run(stepper, 1);

        // The weights look and move together, then layer1.bias.
        Assert.Equal(3, context.GradientEvaluations);
        var expected = Bowl<T>.Start();
        var gradient = new Parameters<T>(Bowl<T>.Layout);
        new Bowl<T>(coupling: 0.05).Evaluate(expected, gradient);
        foreach (var (look, names, rate) in (ValueTuple<int, string[], double>[])[(1, ["layer1.weight", "layer2.weight"], 0.5), (2, ["layer1.bias"], 0.25)])
        {
            var asked = start.ToArray();
            foreach (var segment in names.Select(Bowl<T>.Layout.Find))
            {
                for (var i = segment.Offset; i < segment.Offset + segment.Length; i++)
                    asked[i] += gradient.Values[i];
            }

            Assert.Equal(asked, bowl.Asked[look]);
            var at = Bowl<T>.Start();
            asked.CopyTo(at.Values);
            var there = new Parameters<T>(Bowl<T>.Layout);
            new Bowl<T>(coupling: 0.05).Evaluate(at, there);
            foreach (var segment in names.Select(Bowl<T>.Layout.Find))
            {
                for (var i = 0; i < segment.Length; i++)
                    expected[segment][i] -= T.CreateChecked(rate) * there[segment][i];
            }
        }

        Assert.Equal(expected.Values, parameters.Values);
        bowl.Run(stepper, 1);
        Assert.Equal(expected.Values.ToArray(), bowl.Asked[3]);
    }

    [Fact]
    public void Views_share_memory_that_begins_on_a_line_and_keep_the_padding()
    {
        var parameters = Bowl<T>.Start();
        var layout = parameters.Layout.Slice(1, 2);
        var view = parameters.Slice(parameters.Layout.Segments[1].Offset, layout);

        Assert.Equal(["layer1.bias", "layer2.weight"], layout.Segments.Select(segment => segment.Name));
        Assert.Equal(0, layout.Segments[0].Offset);
        Assert.Equal(20, layout.Count);
        Assert.Equal(parameters["layer2.weight"], view["layer2.weight"]);
        view["layer2.weight"][14] = T.CreateChecked(77);
        Assert.Equal(T.CreateChecked(77), parameters["layer2.weight"][14]);
        unsafe
        {
            fixed (T* first = view.Values)
                Assert.Equal(0u, (nuint)first % 64);
        }

        Assert.Equal(parameters.Layout, parameters.Layout.Slice(0, 4));
        Assert.Throws<ArgumentException>(() => parameters.Slice(1, layout));
        Assert.Throws<ArgumentException>(() => parameters.Slice(parameters.Layout.Segments[3].Offset, layout));
    }

    /// <summary>θ ← θ − α ∇f(θ + ∇f(θ)): asks for the gradient elsewhere at every step.</summary>
    private sealed record Ahead(Schedule LearningRate) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info { get; } = new(
            "ahead", "ahead", "this test", 0, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new Ahead(rate));

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<TNumber> CreateStepper<TNumber>(Parameters<TNumber> parameters) => new At<TNumber>(parameters, LearningRate);

        private sealed class At<TNumber>(Parameters<TNumber> parameters, Schedule rate) : Stepper<TNumber>(parameters)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        {
            private readonly Parameters<TNumber> ahead = new(parameters.Layout), gradient = new(parameters.Layout);

            public override IReadOnlyList<StateBlock<TNumber>> State => [];

            protected override void Apply(StepContext<TNumber> context)
            {
                for (var i = 0; i < ahead.Values.Length; i++)
                    ahead.Values[i] = Parameters.Values[i] + context.Gradient.Values[i];
                context.Evaluate(ahead, gradient);
                for (var i = 0; i < ahead.Values.Length; i++)
                    Parameters.Values[i] -= TNumber.CreateChecked(rate.At(StepCount - 1, context.TotalSteps)) * gradient.Values[i];
            }
        }
    }

    /// <summary>Gradient descent that evaluates halfway between where it is and where it was.</summary>
    private sealed record Averaging(Schedule LearningRate) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info { get; } = new(
            "averaging", "averaging", "this test", 1, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new Averaging(rate));

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<TNumber> CreateStepper<TNumber>(Parameters<TNumber> parameters) => new At<TNumber>(parameters, LearningRate);

        private sealed class At<TNumber>(Parameters<TNumber> parameters, Schedule rate) : Stepper<TNumber>(parameters)
            where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber>
        {
            private readonly Parameters<TNumber> mean = new(parameters.Layout);

            public override Parameters<TNumber> EvaluationParameters => mean;

            public override IReadOnlyList<StateBlock<TNumber>> State => [new("mean", StateShape.LikeParameters, mean)];

            protected override void Apply(StepContext<TNumber> context)
            {
                for (var i = 0; i < mean.Values.Length; i++)
                {
                    var before = Parameters.Values[i];
                    Parameters.Values[i] -= TNumber.CreateChecked(rate.At(StepCount - 1, context.TotalSteps)) * context.Gradient.Values[i];
                    mean.Values[i] = TNumber.CreateChecked(0.5) * (before + Parameters.Values[i]);
                }
            }
        }
    }
}
