using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Adamax (Kingma and Ba 2015, Algorithm 2): Adam that divides by a fading maximum of gradients instead of the root of their mean square.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ
/// m ← β₁ m + (1 − β₁) g
/// u ← max(β₂ u, |g| + ε)
/// θ ← θ − α/(1 − β₁ᵗ) m / u
/// </code>
/// <para>PyTorch and optax: the same.</para>
/// <para>Keras: ε is added to u in the quotient.</para>
/// <para>State: two numbers a parameter.</para>
/// <para>The paper has no ε.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the magnitude of the gradient: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1412.6980">Kingma &amp; Ba 2015: Adam: A Method for Stochastic Optimization</seealso>
public sealed record Adamax(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adamax", "Adamax", "Kingma & Ba 2015, Algorithm 2", 2,
        [
            new("learning-rate", 0.002, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the magnitude of the gradient"),
            Setting.WeightDecay,
            Setting.Maximize,
        ],
        (learningRate, s) => new Adamax(learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>ε, added to the magnitude of the gradient.</summary>
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
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) => (1 / (1 - LaneMath.Power(Beta1, step)), 1);

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return ElementwiseStepper.TwoStates<T, Rule<T>>(
            parameters, LearningRate, StateBlock.FirstMoment, "fading maximum", at => new(this, at), new(WeightDecay, Maximizes: Maximize));
    }

    private readonly struct Rule<T>(Adamax adamax, StepSettings at) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T β1 = T.CreateChecked(at.Momentum ?? adamax.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? adamax.Beta1));
        private readonly T β2 = T.CreateChecked(adamax.Beta2);
        private readonly T ε = T.CreateChecked(adamax.Epsilon);
        private readonly T corrected = T.CreateChecked(at.LearningRate / (1 - LaneMath.Power(at.Momentum ?? adamax.Beta1, at.Step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V u)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            V faded = β2 * u, fresh = V.Abs(g) + ε;
            u = V.WhereGreater(faded, fresh, faded, fresh);
            return θ - (corrected * m / u);
        }
    }
}
