using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>AdamW (Loshchilov and Hutter 2019, Algorithm 2): Adam whose weight decay acts on the parameters and not on the moments.</summary>
/// <remarks>
/// <code>
/// θ ← θ − α λ θ
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
/// θ ← θ − α m̂ / (√v̂ + ε)
/// with amsgrad: w ← max(w, v) in the place of v in the last two lines
/// </code>
/// <para>PyTorch: the same.</para>
/// <para>optax: λ is 1e-4 by default.</para>
/// <para>Keras: λ is 0.004 by default, and ε is added as epsilon-hat of Adam says.</para>
/// <para>State: two numbers a parameter, three with amsgrad.</para>
/// <para>The decay is multiplied by the learning rate, as in PyTorch; the paper multiplies it by the schedule's factor alone, so that its λ is α times
/// ours.</para>
/// <para>Biases are decayed too; a parameter group spares them.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <param name="AmsGrad">Whether to divide by the largest second moment so far.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1711.05101">Loshchilov &amp; Hutter 2019: Decoupled Weight Decay Regularization</seealso>
public sealed record AdamW(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0.01,
    bool Maximize = false,
    bool AmsGrad = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adamw", "AdamW", "Loshchilov & Hutter 2019", 2,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            new("weight-decay", 0.01, Interval.NotNegative, "λ, how strongly parameters are pulled to zero"),
            Setting.Maximize,
            new("amsgrad", 0, Interval.Share, "divide by the largest second moment so far", IsSwitch: true),
        ],
        (learningRate, s) => new AdamW(learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["maximize"] != 0, s["amsgrad"] != 0));

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
        ["amsgrad"] = AmsGrad ? 1 : 0,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        var ascent = new Decay(0, Maximizes: Maximize);
        return AmsGrad
            ? ElementwiseStepper.ThreeStates<T, LargestRule<T>>(
                parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, StateBlock.LargestSecondMoment, at => new(new(this, at)), ascent)
            : ElementwiseStepper.TwoStates<T, Rule<T>>(
                parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, at => new(this, at), ascent);
    }

    private readonly struct Rule<T>(AdamW adam, StepSettings at) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T β1 = T.CreateChecked(at.Momentum ?? adam.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? adam.Beta1));
        private readonly T β2 = T.CreateChecked(adam.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - adam.Beta2);
        private readonly T ε = T.CreateChecked(adam.Epsilon);
        private readonly T kept = T.CreateChecked(1 - (at.LearningRate * adam.WeightDecay));
        private readonly T correction1 = T.CreateChecked(1 / (1 - LaneMath.Power(at.Momentum ?? adam.Beta1, at.Step)));
        private readonly T correction2 = T.CreateChecked(1 / (1 - LaneMath.Power(adam.Beta2, at.Step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            return Stepped(θ, m, v);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Stepped<V>(V θ, V m, V v)
            where V : struct, ILane<V, T> => (kept * θ) - (α * (correction1 * m) / (V.Sqrt(correction2 * v) + ε));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Average<V>(V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
        }
    }

    private readonly struct LargestRule<T>(Rule<T> rule) : IRule3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v, ref V w)
            where V : struct, ILane<V, T>
        {
            rule.Average(g, ref m, ref v);
            w = V.WhereGreater(w, v, w, v);
            return rule.Stepped(θ, m, w);
        }
    }
}
