using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>AMSGrad (Reddi, Kale and Kumar 2018, Algorithm 2): Adam that divides by the largest second moment so far, so that a step size never grows again.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// w ← max(w, v)
/// m̂ = m / (1 − β₁ᵗ), ŵ = w / (1 − β₂ᵗ)
/// θ ← θ − α m̂ / (√ŵ + ε)
/// with epsilon-hat: θ ← θ − α √(1 − β₂ᵗ)/(1 − β₁ᵗ) m / (√w + ε)
/// </code>
/// <para>PyTorch: the same, as Adam with amsgrad; the maximum is over the uncorrected v.</para>
/// <para>optax: the maximum is over the corrected v̂.</para>
/// <para>Keras: the setting epsilon-hat with ε 1e-7.</para>
/// <para>State: three numbers a parameter.</para>
/// <para>The paper corrects nothing.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <param name="EpsilonHat">Whether to add ε to the uncorrected root, as Keras does (ε-hat).</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1904.09237">Reddi, Kale &amp; Kumar 2018: On the Convergence of Adam and Beyond</seealso>
public sealed record AmsGrad(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    bool Maximize = false,
    bool EpsilonHat = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "amsgrad", "AMSGrad", "Reddi, Kale & Kumar 2018", 3,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            Setting.WeightDecay,
            Setting.Maximize,
            new("epsilon-hat", 0, Interval.Share, "add ε to the uncorrected root, as Keras does (ε-hat)", IsSwitch: true),
        ],
        (learningRate, s) => new AmsGrad(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["maximize"] != 0, s["epsilon-hat"] != 0));

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
        ["epsilon-hat"] = EpsilonHat ? 1 : 0,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return ElementwiseStepper.ThreeStates<T, Rule<T>>(
            parameters,
            LearningRate,
            StateBlock.FirstMoment,
            StateBlock.SecondMoment,
            StateBlock.LargestSecondMoment,
            at => new(this, at, Adam.Corrections(at.Momentum ?? Beta1, Beta2, at.Step, EpsilonHat)),
            new(WeightDecay, Maximizes: Maximize));
    }

    private readonly struct Rule<T>(AmsGrad amsGrad, StepSettings at, (double First, double Second) correction) : IRule3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T β1 = T.CreateChecked(at.Momentum ?? amsGrad.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? amsGrad.Beta1));
        private readonly T β2 = T.CreateChecked(amsGrad.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - amsGrad.Beta2);
        private readonly T ε = T.CreateChecked(amsGrad.Epsilon);
        private readonly T correction1 = T.CreateChecked(correction.First);
        private readonly T correction2 = T.CreateChecked(correction.Second);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v, ref V w)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            w = V.WhereGreater(w, v, w, v);
            return θ - (α * (correction1 * m) / (V.Sqrt(correction2 * w) + ε));
        }
    }
}
