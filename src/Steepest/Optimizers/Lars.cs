using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>LARS (You, Gitman and Ginsburg 2017, Algorithm 1): momentum whose steps are as long against a layer's weights in every layer.</summary>
/// <remarks>
/// <code>
/// r = η ‖θ‖ / (‖g‖ + λ ‖θ‖ + ε) for each segment; 1 where ‖θ‖ or ‖g‖ is 0
/// b ← μ b + α r (g + λ θ)
/// θ ← θ − b
/// </code>
/// <para>optax: r is η ‖θ‖ / ‖g + λ θ‖, with ε 0.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: one number a parameter.</para>
/// <para>The learning rate is in the buffer, as in the paper. Many leave biases and norms out: give them a group of their own.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Momentum">μ, how much of the last step is kept: 0 and more, less than 1.</param>
/// <param name="Trust">η, how much of its own length a segment may move: positive and finite.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Epsilon">ε, added to the length of the gradient: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1708.03888">You, Gitman &amp; Ginsburg 2017: Large Batch Training of Convolutional Networks</seealso>
public sealed record Lars(
    Schedule LearningRate,
    double Momentum = 0.9,
    double Trust = 0.001,
    double WeightDecay = 0,
    double Epsilon = 1e-8,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "lars", "LARS", "You, Gitman & Ginsburg 2017", 1,
        [
            new("learning-rate", 0.1, Interval.Positive, "α, how far a step goes"),
            new("momentum", 0.9, Interval.FadingFactor, "μ, how much of the last step is kept"),
            new("trust", 0.001, Interval.Positive, "η, how much of its own length a segment may move"),
            Setting.WeightDecay,
            new("epsilon", 1e-8, Interval.NotNegative, "ε, added to the length of the gradient"),
            Setting.Maximize,
        ],
        (learningRate, s) => new Lars(learningRate, s["momentum"], s["trust"], s["weight-decay"], s["epsilon"], s["maximize"] != 0))
    {
        Scope = OptimizerScope.Segment,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>μ, how much of the last step is kept.</summary>
    public double Momentum { get; init => field = About.Checked("momentum", value); } = About.Checked("momentum", Momentum);

    /// <summary>η, how much of its own length a segment may move.</summary>
    public double Trust { get; init => field = About.Checked("trust", value); } = About.Checked("trust", Trust);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>ε, added to the length of the gradient.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["momentum"] = Momentum,
        ["trust"] = Trust,
        ["weight-decay"] = WeightDecay,
        ["epsilon"] = Epsilon,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new AtWork<T>(this, parameters);

    private sealed class AtWork<T>(Lars lars, Parameters<T> parameters)
        : SegmentStepper<T>(parameters, lars.LearningRate, new(lars.WeightDecay, Maximizes: lars.Maximize), StateBlock.FirstMoment)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        protected override void Step(StepSettings at, int segment, StepContext<T> context)
        {
            var (weights, slope) = (NormOf(segment, Parameters), NormOf(segment, context.Gradient));
            var ratio = weights > 0 && slope > 0 ? lars.Trust * weights / (slope + (lars.WeightDecay * weights) + lars.Epsilon) : 1;
            var rule = new Decayed1<T, Rule<T>>(new(at.Momentum ?? lars.Momentum, at.LearningRate * ratio), Decay, at.LearningRate);
            Sweep(rule, segment, Parameters, context.Gradient, State[0].Values, context.Threads);
        }
    }

    private readonly struct Rule<T>(double momentum, double rate) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T μ = T.CreateChecked(momentum);
        private readonly T αr = T.CreateChecked(rate);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V b)
            where V : struct, ILane<V, T>
        {
            b = (μ * b) + (αr * g);
            return θ - b;
        }
    }
}
