using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>AdaBelief (Zhuang et al. 2020, Algorithm 2): Adam that divides by how far gradients lie from their average instead of how large they are.</summary>
/// <remarks>
/// <code>
/// θ ← θ − α λ θ, or not decoupled: g ← g + λ θ
/// m ← β₁ m + (1 − β₁) g
/// s ← β₂ s + (1 − β₂)(g − m)² + ε, with the new m
/// m̂ = m / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ)
/// rectify, with ρ and r of RAdam:
///   where ρ ≥ 5: θ ← θ − α r √(1 − β₂ᵗ) m̂ / (√s + ε)
///   elsewhere:   θ ← θ − α m̂
/// without rectify: θ ← θ − α m̂ / (√ŝ + ε)
/// with amsgrad: w ← max(w, s) in the place of s in the last line
/// </code>
/// <para>optax: two ε, one for s and one for its root, and no rectification; older releases take the old m in s.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: two numbers a parameter, three with amsgrad.</para>
/// <para>As in the authors' adabelief-pytorch 0.2.1, which adds ε into the state at every step.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the second moment at every step and to its root: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Decoupled">Whether to decay the parameters instead of adding to the gradient.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <param name="Rectify">Whether to hold the first steps back as RAdam does.</param>
/// <param name="AmsGrad">Whether to divide by the largest second moment so far; only without rectify.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2010.07468">Zhuang et al. 2020: AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients</seealso>
public sealed record AdaBelief(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-16,
    double WeightDecay = 0,
    bool Decoupled = true,
    bool Maximize = false,
    bool Rectify = true,
    bool AmsGrad = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adabelief", "AdaBelief", "Zhuang et al. 2020", 2,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-16, Interval.Positive, "ε, added to the second moment at every step and to its root"),
            Setting.WeightDecay,
            new("decoupled", 1, Interval.Share, "decay the parameters instead of adding to the gradient", IsSwitch: true),
            Setting.Maximize,
            new("rectify", 1, Interval.Share, "hold the first steps back as RAdam does", IsSwitch: true),
            new("amsgrad", 0, Interval.Share, "divide by the largest second moment so far; only without rectify", IsSwitch: true),
        ],
        (learningRate, s) => new AdaBelief(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["decoupled"] != 0, s["maximize"] != 0,
            s["rectify"] != 0, s["amsgrad"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>ε, added to the second moment at every step and to its root.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>Whether to divide by the largest second moment so far.</summary>
    public bool AmsGrad { get; init; } = Checked(AmsGrad, Rectify);

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
        ["rectify"] = Rectify ? 1 : 0,
        ["amsgrad"] = AmsGrad ? 1 : 0,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);

        // Each setting by itself may have been changed since the check at the start.
        Checked(AmsGrad, Rectify);
        var decay = new Decay(WeightDecay, Decoupled, Maximize);
        return AmsGrad
            ? ElementwiseStepper.ThreeStates<T, LargestRule<T>>(
                parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, StateBlock.LargestSecondMoment, at => new(RuleOf<T>(at)), decay)
            : ElementwiseStepper.TwoStates<T, Rule<T>>(parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, RuleOf<T>, decay);
    }

    // The authors' code takes both and does not look at the largest moment then.
    private static bool Checked(bool amsGrad, bool rectify) => !(amsGrad && rectify)
        ? amsGrad
        : throw new SteepestException($"The amsgrad of {About.Name} is on with rectify, but it needs rectify off.");

    private Rule<T> RuleOf<T>(StepSettings at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var corrected = at.LearningRate / (1 - LaneMath.Power(at.Momentum ?? Beta1, at.Step));
        var faded = LaneMath.Power(Beta2, at.Step);
        if (!Rectify) return new(this, at, corrected, 1 / Math.Sqrt(1 - faded), divides: true);
        var last = (2 / (1 - Beta2)) - 1;
        var ρ = last - (2 * at.Step * faded / (1 - faded));
        return ρ >= 5
            ? new(this, at, corrected * Math.Sqrt((1 - faded) * (ρ - 4) / (last - 4) * (ρ - 2) / ρ * last / (last - 2)), 1, divides: true)
            : new(this, at, corrected, 1, divides: false);
    }

    private readonly struct Rule<T>(AdaBelief belief, StepSettings at, double corrected, double ofRoot, bool divides) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(corrected);
        private readonly T β1 = T.CreateChecked(at.Momentum ?? belief.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? belief.Beta1));
        private readonly T β2 = T.CreateChecked(belief.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - belief.Beta2);
        private readonly T ε = T.CreateChecked(belief.Epsilon);
        private readonly T rootCorrection = T.CreateChecked(ofRoot);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V s)
            where V : struct, ILane<V, T>
        {
            Average(g, ref m, ref s);
            return Stepped(θ, m, s);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Average<V>(V g, ref V m, ref V s)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            var residual = g - m;
            s = (β2 * s) + (oneMinusβ2 * (residual * residual)) + ε;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Stepped<V>(V θ, V m, V s)
            where V : struct, ILane<V, T> => divides ? θ - (α * m / ((rootCorrection * V.Sqrt(s)) + ε)) : θ - (α * m);
    }

    private readonly struct LargestRule<T>(Rule<T> rule) : IRule3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V s, ref V w)
            where V : struct, ILane<V, T>
        {
            rule.Average(g, ref m, ref s);
            w = V.WhereGreater(w, s, w, s);
            return rule.Stepped(θ, m, w);
        }
    }
}
