using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>NAdam (Dozat 2016, Algorithm 2): Adam with Nesterov's look ahead, and a momentum that rises to β₁.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ, or decoupled: θ ← θ − α λ θ
/// μₜ = β₁ (1 − ½ · 0.96^(t ψ)), Πₜ = μ₁ μ₂ … μₜ
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// v̂ = v / (1 − β₂ᵗ)
/// u = (1 − μₜ)/(1 − Πₜ) g + μₜ₊₁/(1 − Πₜ₊₁) m
/// θ ← θ − α u / (√v̂ + ε)
/// </code>
/// <para>PyTorch: the same from 2.0 on; 1.13 has a factor μₜ too many.</para>
/// <para>Keras: ψ is 1 and no setting; its ε is 1e-7.</para>
/// <para>optax: the momentum has no schedule.</para>
/// <para>State: two numbers a parameter, and one in all: Πₜ.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Decoupled">Whether to decay the parameters instead of adding to the gradient.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <param name="MomentumDecay">ψ, how fast the momentum rises to β₁: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat 2016: Incorporating Nesterov Momentum into Adam</seealso>
public sealed record NAdam(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    bool Decoupled = false,
    bool Maximize = false,
    double MomentumDecay = 0.004) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "nadam", "NAdam", "Dozat 2016", 2,
        [
            new("learning-rate", 0.002, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            Setting.WeightDecay,
            Setting.Decoupled,
            Setting.Maximize,
            new("momentum-decay", 0.004, Interval.NotNegative, "ψ, how fast the momentum rises to β₁"),
        ],
        (learningRate, s) => new NAdam(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["decoupled"] != 0, s["maximize"] != 0,
            s["momentum-decay"]));

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

    /// <summary>ψ, how fast the momentum rises to β₁.</summary>
    public double MomentumDecay { get; init => field = About.Checked("momentum-decay", value); } = About.Checked("momentum-decay", MomentumDecay);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["decoupled"] = Decoupled ? 1 : 0,
        ["maximize"] = Maximize ? 1 : 0,
        ["momentum-decay"] = MomentumDecay,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        var product = new ScalarState("product of momenta", 1);
        return ElementwiseStepper.TwoStates<T, Rule<T>>(
            parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, RuleOf, new(WeightDecay, Decoupled, Maximize), product);

        Rule<T> RuleOf(StepSettings at)
        {
            var (μ, next) = (MomentumAt(at, at.Step), MomentumAt(at, at.Step + 1));
            product.Value *= μ;
            return new(this, at, at.LearningRate * (1 - μ) / (1 - product.Value), at.LearningRate * next / (1 - (product.Value * next)));
        }
    }

    private double MomentumAt(StepSettings at, long step) => (at.Momentum ?? Beta1) * (1 - (0.5 * LaneMath.Pow(0.96, step * MomentumDecay)));

    private readonly struct Rule<T>(NAdam nadam, StepSettings at, double ofGradient, double ofMoment) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T αg = T.CreateChecked(ofGradient);
        private readonly T αm = T.CreateChecked(ofMoment);
        private readonly T β1 = T.CreateChecked(at.Momentum ?? nadam.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? nadam.Beta1));
        private readonly T β2 = T.CreateChecked(nadam.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - nadam.Beta2);
        private readonly T ε = T.CreateChecked(nadam.Epsilon);
        private readonly T correction2 = T.CreateChecked(1 / (1 - LaneMath.Power(nadam.Beta2, at.Step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            return θ - (((αg * g) + (αm * m)) / (V.Sqrt(correction2 * v) + ε));
        }
    }
}
