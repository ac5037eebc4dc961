using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Commands;

/// <summary>An optimizer as a user would write one: steps along the gradient over the root of a moving average of its squares (RMSprop).</summary>
internal sealed record RootMeanSquare(Schedule LearningRate, double Fading = 0.99) : Optimizer
{
    public static OptimizerInfo About { get; } = new(
        "root-mean-square", "root mean square", "this test", 1,
        [
            new("learning-rate", 0.01, Interval.Positive, "how far a step goes"),
            new("fading", 0.99, Interval.FadingFactor, "how slowly old squares fade"),
        ],
        (learningRate, settings) => new RootMeanSquare(learningRate, settings["fading"]));

    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    public double Fading { get; init => field = About.Checked("fading", value); } = About.Checked("fading", Fading);

    public override OptimizerInfo Info => About;

    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double> { ["fading"] = Fading };

    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => ElementwiseStepper.OneState(
        parameters,
        LearningRate,
        StateBlock.SecondMoment,
        at => new Rule<T>(T.CreateChecked(at.LearningRate), T.CreateChecked(Fading), T.CreateChecked(1 - Fading), T.CreateChecked(1e-8)));

    private readonly struct Rule<T>(T rate, T fading, T fresh, T epsilon) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public V Step<V>(V θ, V g, ref V s)
            where V : struct, ILane<V, T>
        {
            s = (fading * s) + (fresh * (g * g));
            return θ - (rate * g / (V.Sqrt(s) + epsilon));
        }
    }
}

/// <summary>Gradient descent that does something at every step of every run after the warm-up, which is the first.</summary>
internal sealed record Watched(Schedule LearningRate, Watched.Runs Counted, Action<int, long> OnStep) : Optimizer
{
    public override Schedule LearningRate { get; init; } = LearningRate;

    public override OptimizerInfo Info => About(OnStep);

    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

    /// <summary>Its description for the command.</summary>
    /// <param name="onStep">Told the number of the run, 0 for the warm-up, and of the step from 1.</param>
    public static OptimizerInfo About(Action<int, long> onStep) => new(
        "watched", "watched", "this test", 0,
        [new("learning-rate", 0.01, Interval.Positive, "how far a step goes")],
        (learningRate, _) => new Watched(learningRate, new Runs(), onStep));

    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        // A run begins with its first step: a race also makes steppers to see that it can.
        int? run = null;
        return ElementwiseStepper.Stateless(parameters, LearningRate, at =>
        {
            OnStep(run ??= Counted.Begun++, at.Step);
            return new GradientDescent.Rule<T>(T.CreateChecked(at.LearningRate));
        });
    }

    /// <summary>How many runs have begun.</summary>
    internal sealed class Runs
    {
        public int Begun { get; set; }
    }
}
