using System.Numerics;
using Steepest.Tests.Training;

namespace Steepest.Tests;

/// <summary>What groups, penalties and clipping do to memory.</summary>
[Collection(nameof(Alone))]
public sealed class GroupMemoryTests
{
    [Fact]
    public void Nothing_is_allocated_by_a_step_after_the_first()
    {
        AssertAllocatesNothing<double>();
        AssertAllocatesNothing<float>();
    }

    private static void AssertAllocatesNothing<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ValueList<ParameterGroup> groups =
        [
            ParameterGroup.Frozen("layer2.bias"),
            ParameterGroup.Named("layer1.weight", new Looking(0.1)) with { Penalty = new Penalty(L1: 0.1) },
            ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.1, 0.9)),
        ];
        var parameters = Bowl<T>.Start();
        var stepper = ParameterGroups.CreateStepper(new Adam(0.1), groups, parameters);
        var taken = new ParameterGroups(groups, parameters.Layout);
        var penalty = new PenaltySum<T>(new Penalty(L2: 0.1), groups, parameters.Layout);
        var context = new StepContext<T>(new Bowl<T>(0.01), new Parameters<T>(parameters.Layout), 100);
        Clipping[] clippings = [Clipping.ByValue(0.1), Clipping.ByNorm(0.05), Clipping.ByGlobalNorm(0.02)];
        Step();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 50; step++)
            Step();

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(51, stepper.StepCount);
        Assert.Equal(102, context.GradientEvaluations);

        void Step()
        {
            context.Begin(parameters);
            penalty.AddTo(parameters, context.Gradient);
            penalty.At(parameters);
            taken.ClearFrozen(context.Gradient);
            foreach (var clipping in clippings)
                clipping.Apply(context.Gradient);
            stepper.Step(context);
            stepper.StateAt(StateBlock.SecondMoment, parameters.Layout.Segments[2].Offset);
            stepper.OptimizerAt(0);
        }
    }

    /// <summary>Gradient descent by the gradient where it stands, asked for once more.</summary>
    private sealed record Looking(Schedule LearningRate) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info { get; } = new(
            "looking", "looking", "this test", 0, [new("learning-rate", 0.1, Interval.Positive, "α")], (rate, _) => new Looking(rate));

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new At<T>(parameters);

        private sealed class At<T>(Parameters<T> parameters) : Stepper<T>(parameters)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            private readonly Parameters<T> gradient = new(parameters.Layout);

            public override IReadOnlyList<StateBlock<T>> State => [];

            protected override void Apply(StepContext<T> context)
            {
                context.Evaluate(Parameters, gradient);
                for (var i = 0; i < gradient.Values.Length; i++)
                    Parameters.Values[i] -= T.CreateChecked(0.1) * gradient.Values[i];
            }
        }
    }
}
