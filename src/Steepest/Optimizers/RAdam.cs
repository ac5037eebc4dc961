using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>RAdam (Liu et al. 2020, Algorithm 2): Adam that holds its steps back while the second moment is known from few gradients.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ, or decoupled: θ ← θ − α λ θ
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// m̂ = m / (1 − β₁ᵗ)
/// ρ∞ = 2/(1 − β₂) − 1, ρ = ρ∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)
/// where ρ &gt; 5: r = √[(ρ − 4)(ρ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρ)]
///              θ ← θ − α r m̂ √(1 − β₂ᵗ) / (√v + ε)
/// elsewhere:   θ ← θ − α m̂
/// </code>
/// <para>PyTorch: the same.</para>
/// <para>optax: rectifies where ρ ≥ 5, and adds ε to the corrected root.</para>
/// <para>Keras: has none.</para>
/// <para>State: two numbers a parameter.</para>
/// <para>The paper rectifies where ρ &gt; 4.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the uncorrected second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Decoupled">Whether to decay the parameters instead of adding to the gradient.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1908.03265">Liu et al. 2020: On the Variance of the Adaptive Learning Rate and Beyond</seealso>
public sealed record RAdam(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    bool Decoupled = false,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "radam", "RAdam", "Liu et al. 2020", 2,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the uncorrected second moment"),
            Setting.WeightDecay,
            Setting.Decoupled,
            Setting.Maximize,
        ],
        (learningRate, s) => new RAdam(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["decoupled"] != 0, s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>ε, added to the root of the uncorrected second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

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
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return ElementwiseStepper.TwoStates<T, Rule<T>>(
            parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, at => new(this, at, Rectified(at.Step)), new(WeightDecay, Decoupled, Maximize));
    }

    /// <summary>r √(1 − β₂ᵗ) where there is such a thing, else <see langword="null"/>.</summary>
    private double? Rectified(long t)
    {
        var faded = LaneMath.Power(Beta2, t);
        var last = (2 / (1 - Beta2)) - 1;
        var ρ = last - (2 * t * faded / (1 - faded));
        return ρ > 5 ? Math.Sqrt((ρ - 4) * (ρ - 2) * last / ((last - 4) * (last - 2) * ρ)) * Math.Sqrt(1 - faded) : null;
    }

    private readonly struct Rule<T>(RAdam radam, StepSettings at, double? rectified) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T αr = T.CreateChecked(at.LearningRate * (rectified ?? 1) / (1 - LaneMath.Power(at.Momentum ?? radam.Beta1, at.Step)));
        private readonly T β1 = T.CreateChecked(at.Momentum ?? radam.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? radam.Beta1));
        private readonly T β2 = T.CreateChecked(radam.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - radam.Beta2);
        private readonly T ε = T.CreateChecked(radam.Epsilon);
        private readonly bool isRectified = rectified is not null;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            return isRectified ? θ - (αr * m / (V.Sqrt(v) + ε)) : θ - (αr * m);
        }
    }
}
