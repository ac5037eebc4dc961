using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>LAMB (You et al. 2020, Algorithm 2): Adam whose steps are as long as the weights of each layer say.</summary>
/// <remarks>
/// <code>
/// g ← g / max(1, ‖g‖/max-norm), over all parameters together
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
/// u = m̂ / (√v̂ + ε) + λ θ
/// r = ‖θ‖/‖u‖ for each segment; 1 where one of them is 0, or where λ is 0
/// θ ← θ − α r u
/// with trust-clip: r is at most 1
/// with always-adapt: r is measured where λ is 0 too
/// </code>
/// <para>optax: clips nothing, measures r where λ is 0 too, and λ is 0 by default.</para>
/// <para>Keras: clips nothing; ε is 1e-7, there is no decay by default, and it is no part of u; r is always measured.</para>
/// <para>PyTorch: has none.</para>
/// <para>State: two numbers a parameter.</para>
/// <para>As in timm and NVIDIA's code. The paper clips nothing, and measures weights by a function that it leaves open.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="MaxNorm">The longest gradient, over all parameters together; 0 for any: not negative.</param>
/// <param name="TrustClip">Whether to let no segment move further than Adam would.</param>
/// <param name="AlwaysAdapt">Whether to measure segments without weight decay too.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1904.00962">You et al. 2020: Large Batch Optimization for Deep Learning: Training BERT in 76 minutes</seealso>
public sealed record Lamb(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-6,
    double WeightDecay = 0.01,
    double MaxNorm = 1,
    bool TrustClip = false,
    bool AlwaysAdapt = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "lamb", "LAMB", "You et al. 2020", 2,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-6, Interval.Positive, "ε, added to the root of the second moment"),
            new("weight-decay", 0.01, Interval.NotNegative, "λ, how strongly parameters are pulled to zero"),
            new("max-norm", 1, Interval.NotNegative, "the longest gradient, over all parameters together; 0 for any"),
            new("trust-clip", 0, Interval.Share, "let no segment move further than Adam would", IsSwitch: true),
            new("always-adapt", 0, Interval.Share, "measure segments without weight decay too", IsSwitch: true),
        ],
        (learningRate, s) => new Lamb(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["max-norm"], s["trust-clip"] != 0,
            s["always-adapt"] != 0))
    {
        Scope = OptimizerScope.Segment,
        WorkPerParameter = 1,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>ε, added to the root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>The longest gradient, over all parameters together; 0 for any.</summary>
    public double MaxNorm { get; init => field = About.Checked("max-norm", value); } = About.Checked("max-norm", MaxNorm);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["max-norm"] = MaxNorm,
        ["trust-clip"] = TrustClip ? 1 : 0,
        ["always-adapt"] = AlwaysAdapt ? 1 : 0,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override OptimizerScope Scope => MaxNorm > 0 ? OptimizerScope.Group : OptimizerScope.Segment;

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return new AtWork<T>(this, parameters);
    }

    private sealed class AtWork<T>(Lamb lamb, Parameters<T> parameters)
        : SegmentStepper<T>(parameters, lamb.LearningRate, default, StateBlock.FirstMoment, StateBlock.SecondMoment)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Parameters<T> update = new(parameters.Layout);
        private double kept = 1;

        protected override void Begin(StepSettings at, Parameters<T> gradient)
        {
            if (lamb.MaxNorm > 0) kept = 1 / Math.Max(1, EuclideanNorm.Of<T>(gradient.Values).Value / lamb.MaxNorm);
        }

        protected override void Step(StepSettings at, int segment, StepContext<T> context)
        {
            Sweep(new Rule<T>(lamb, at, kept), segment, Parameters, context.Gradient, (State[0].Values, State[1].Values, update), context.Threads);
            var ratio = 1.0;
            if (lamb.WeightDecay > 0 || lamb.AlwaysAdapt)
            {
                var (weights, step) = (NormOf(segment, Parameters), NormOf(segment, update));
                if (weights > 0 && step > 0) ratio = weights / step;
                if (lamb.TrustClip) ratio = Math.Min(ratio, 1);
            }

            Sweep(new GradientDescent.Rule<T>(T.CreateChecked(at.LearningRate * ratio)), segment, Parameters, update, context.Threads);
        }
    }

    /// <summary>Makes the update; parameters move once its norm is known.</summary>
    private readonly struct Rule<T>(Lamb lamb, StepSettings at, double kept) : IRule3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateChecked(kept);
        private readonly T β1 = T.CreateChecked(at.Momentum ?? lamb.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? lamb.Beta1));
        private readonly T β2 = T.CreateChecked(lamb.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - lamb.Beta2);
        private readonly T ε = T.CreateChecked(lamb.Epsilon);
        private readonly T λ = T.CreateChecked(lamb.WeightDecay);
        private readonly T correction1 = T.CreateChecked(1 / (1 - LaneMath.Power(at.Momentum ?? lamb.Beta1, at.Step)));
        private readonly T correction2 = T.CreateChecked(1 / (1 - LaneMath.Power(lamb.Beta2, at.Step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v, ref V u)
            where V : struct, ILane<V, T>
        {
            g = kept * g;
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            u = (correction1 * m / (V.Sqrt(correction2 * v) + ε)) + (λ * θ);
            return θ;
        }
    }
}
