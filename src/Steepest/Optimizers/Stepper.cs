using System.Numerics;

namespace Steepest;

/// <summary>How the numbers of a state block are laid out.</summary>
public enum StateShape
{
    /// <summary>One number a parameter, laid out like the parameters.</summary>
    LikeParameters,

    /// <summary>For each segment of the parameters an array with a shape of its own.</summary>
    PerSegment,

    /// <summary>A single number, in double whatever the parameters are.</summary>
    Scalar,
}

/// <summary>The names by which observers know state blocks that several optimizers have.</summary>
public static class StateBlock
{
    /// <summary>A moving average or sum of gradients: Adam's m, the momentum of <see cref="Sgd"/>.</summary>
    public const string FirstMoment = "first moment";

    /// <summary>A moving average or sum of squared gradients: Adam's v.</summary>
    public const string SecondMoment = "second moment";

    /// <summary>The largest that the second moment has been: AMSGrad's.</summary>
    public const string LargestSecondMoment = "largest second moment";

    /// <summary>The gradient of the step before.</summary>
    public const string PreviousGradient = "previous gradient";
}

/// <summary>A named part of an optimizer's state; checkpoints keep it and observers read it.</summary>
/// <param name="Name">Unique in its optimizer.</param>
/// <param name="Shape">How it is laid out.</param>
/// <param name="Values">The numbers.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record StateBlock<T>(string Name, StateShape Shape, Parameters<T> Values)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>A single number of an optimizer's state, in double whatever the parameters are; checkpoints keep it.</summary>
/// <param name="name">Unique in its optimizer.</param>
/// <param name="value">What it is at the start.</param>
public sealed class ScalarState(string name, double value = 0)
{
    /// <summary>Unique in its optimizer.</summary>
    public string Name { get; } = name;

    /// <summary>The number.</summary>
    public double Value { get; set; } = value;
}

/// <summary>What the schedule gives for one step.</summary>
/// <param name="Step">The step's number, from 1.</param>
/// <param name="LearningRate">The learning rate, finite in the parameters' precision and not negative.</param>
/// <param name="Momentum">The momentum, where the schedule drives it: 0 and more, less than 1.</param>
public readonly record struct StepSettings(long Step, double LearningRate, double? Momentum = null);

/// <summary>A loss as a function of parameters: a network on a batch, or a test function.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loss, and its gradient.</summary>
    /// <param name="at">Where.</param>
    /// <param name="gradient">Receives the gradient; laid out like <paramref name="at"/>.</param>
    double Evaluate(Parameters<T> at, Parameters<T> gradient);
}

/// <summary>What a step knows: the gradient and loss where the parameters stand, and a way to ask for them elsewhere.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="objective">The loss of this step's batch as a function of the parameters.</param>
/// <param name="gradient">Holds the gradient.</param>
/// <param name="totalSteps">Steps that the run will take if nothing stops it.</param>
public sealed class StepContext<T>(IObjective<T> objective, Parameters<T> gradient, long totalSteps)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The gradient where the parameters stand. A stepper may change it in place.</summary>
    public Parameters<T> Gradient { get; } = gradient;

    /// <summary>The loss where the parameters stand.</summary>
    public double Loss { get; internal set; }

    /// <summary>Steps that the run will take if nothing stops it.</summary>
    public long TotalSteps { get; } = totalSteps;

    /// <summary>Steps an epoch; 1 where every step sees all rows.</summary>
    public long StepsPerEpoch { get; init; } = 1;

    /// <summary>How many threads at most share the work of a step.</summary>
    internal int Threads { get; set; } = 1;

    /// <summary>How often loss and gradient were computed, in all steps so far.</summary>
    public long GradientEvaluations { get; internal set; }

    /// <summary>Loss and gradient elsewhere, on the same batch and under the same chance: for optimizers that look before they step.</summary>
    /// <param name="at">Where; laid out like the parameters.</param>
    /// <param name="gradientThere">Receives the gradient.</param>
    /// <exception cref="ArgumentException">One of them is not laid out like the parameters.</exception>
    /// <exception cref="InvalidOperationException">There was no step yet, so there is no batch.</exception>
    public double Evaluate(Parameters<T> at, Parameters<T> gradientThere)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(gradientThere);
        at.RequireLayout(Gradient.Layout, "place to evaluate at");
        gradientThere.RequireLayout(Gradient.Layout, "buffer for the gradient");
        var loss = objective.Evaluate(at, gradientThere);
        GradientEvaluations++;
        return loss;
    }

    /// <summary>Computes <see cref="Loss"/> and <see cref="Gradient"/> for the step to come.</summary>
    /// <param name="at">Where the parameters stand.</param>
    public void Begin(Parameters<T> at) => Loss = Evaluate(at, Gradient);
}

/// <summary>An optimizer at work: it owns the state, counts the steps and changes the parameters in place. Nothing is allocated per step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="parameters">What the steps change.</param>
/// <param name="learningRate">The schedule that <see cref="SettingsOf"/> asks; <see langword="null"/> for a stepper that has none.</param>
public abstract class Stepper<T>(Parameters<T> parameters, Schedule? learningRate = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SchedulePlay? play = learningRate?.Start();

    /// <summary>What the steps change: where the gradient is taken.</summary>
    public Parameters<T> Parameters { get; } = parameters;

    /// <summary>The parameters that validation and prediction use: <see cref="Parameters"/> themselves unless the optimizer averages them.
    /// Before the first step they are equal to <see cref="Parameters"/>.</summary>
    public virtual Parameters<T> EvaluationParameters => Parameters;

    /// <summary>Steps done.</summary>
    public long StepCount { get; private set; }

    /// <summary>The state, block by block.</summary>
    public abstract IReadOnlyList<StateBlock<T>> State { get; }

    /// <summary>Single numbers of state, the schedule's among them. One that adds its own begins with these.</summary>
    public virtual IReadOnlyList<ScalarState> Scalars => play?.State ?? [];

    /// <summary>Whether a step may call <see cref="StepContext{T}.Evaluate"/>.</summary>
    internal virtual bool MayEvaluate => true;

    /// <summary>Does one step.</summary>
    /// <param name="context">Gradient and loss where the parameters stand.</param>
    /// <exception cref="ArgumentException">The gradient is not laid out like the parameters.</exception>
    public void Step(StepContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Gradient.RequireLayout(Parameters.Layout, "gradient");
        StepCount++;
        Apply(context);
    }

    /// <summary>The state of one parameter; NaN where there is no such state laid out like the parameters.</summary>
    /// <param name="block">The state's name in the optimizer, such as <see cref="StateBlock.FirstMoment"/>.</param>
    /// <param name="place">The parameter's place in the buffer of <see cref="Parameters"/>.</param>
    internal virtual double StateAt(string block, int place)
    {
        for (var i = 0; i < State.Count; i++)
        {
            if (State[i] is { Shape: StateShape.LikeParameters } found && found.Name == block) return double.CreateChecked(found.Values.Values[place]);
        }

        return double.NaN;
    }

    /// <summary>The optimizer of one parameter, where it is not the run's.</summary>
    /// <param name="place">The parameter's place in the buffer of <see cref="Parameters"/>.</param>
    internal virtual Optimizer? OptimizerAt(int place) => null;

    /// <summary>Tells the schedule how training goes.</summary>
    internal virtual void AfterEpoch(EpochMetric metric) => play?.AfterEpoch(metric);

    /// <summary>Goes on as if so many steps were done: for whoever puts back parameters and state.</summary>
    internal virtual void ResumeAfter(long steps) => StepCount = steps;

    /// <summary>What the schedule gives for this step.</summary>
    /// <param name="context">The step's context.</param>
    /// <exception cref="SteepestException">The schedule gives what no step can take.</exception>
    /// <exception cref="InvalidOperationException">The stepper was made without a schedule.</exception>
    protected StepSettings SettingsOf(StepContext<T> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (play is null) throw new InvalidOperationException("The stepper was made without a schedule.");
        var time = new StepTime(StepCount - 1, context.TotalSteps, context.StepsPerEpoch);
        var (rate, momentum) = (play.At(time), play.MomentumAt(time));
        if (!(rate >= 0 && T.IsFinite(T.CreateTruncating(rate))))
        {
            throw new SteepestException(
                $"The schedule of the learning rate gives {Text.Of(rate)} for step {Text.Of(StepCount)}, but it must be finite in {Text.PrecisionOf<T>()} and not negative.");
        }

        if (momentum is { } driven && !Interval.FadingFactor.Contains(driven))
        {
            throw new SteepestException(
                $"The schedule of the learning rate gives the momentum {Text.Of(driven)} for step {Text.Of(StepCount)}, but it must lie in {Interval.FadingFactor}.");
        }

        return new(StepCount, rate, momentum);
    }

    /// <summary>Changes parameters and state. <see cref="StepCount"/> already counts this step: it is 1 at the first.</summary>
    /// <param name="context">Gradient and loss where the parameters stand.</param>
    protected abstract void Apply(StepContext<T> context);
}
