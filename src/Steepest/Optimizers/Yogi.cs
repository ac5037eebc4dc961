using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Yogi (Zaheer et al. 2018, Algorithm 2): Adam whose second moment moves by the square of the gradient alone, so that it cannot fall fast.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ
/// m ← β₁ m + (1 − β₁) g
/// v ← v − (1 − β₂) sign(v − g²) g²
/// m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)
/// θ ← θ − α m̂ / (√v̂ + ε)
/// </code>
/// <para>optax: the same: both moments begin at 1e-6 and are corrected as those of Adam.</para>
/// <para>PyTorch and Keras: have none; pytorch-optimizer has it as here.</para>
/// <para>State: two numbers a parameter.</para>
/// <para>The paper corrects nothing.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <param name="InitialMoment">What both moments are at the start: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization">Zaheer et al. 2018: Adaptive Methods for Nonconvex Optimization</seealso>
public sealed record Yogi(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-3,
    double WeightDecay = 0,
    bool Maximize = false,
    double InitialMoment = 1e-6) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "yogi", "Yogi", "Zaheer et al. 2018", 2,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-3, Interval.Positive, "ε, added to the root of the second moment"),
            Setting.WeightDecay,
            Setting.Maximize,
            new("initial-moment", 1e-6, Interval.NotNegative, "what both moments are at the start"),
        ],
        (learningRate, s) => new Yogi(learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["maximize"] != 0, s["initial-moment"]));

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

    /// <summary>What both moments are at the start.</summary>
    public double InitialMoment { get; init => field = About.Checked("initial-moment", value); } = About.Checked("initial-moment", InitialMoment);

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
        ["initial-moment"] = InitialMoment,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        var stepper = ElementwiseStepper.TwoStates<T, Rule<T>>(
            parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, at => new(this, at), new(WeightDecay, Maximizes: Maximize));
        foreach (var block in stepper.State) block.Values.Fill(T.CreateChecked(InitialMoment));
        return stepper;
    }

    private readonly struct Rule<T>(Yogi yogi, StepSettings at) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T β1 = T.CreateChecked(at.Momentum ?? yogi.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? yogi.Beta1));
        private readonly T oneMinusβ2 = T.CreateChecked(1 - yogi.Beta2);
        private readonly T ε = T.CreateChecked(yogi.Epsilon);
        private readonly T correction1 = T.CreateChecked(1 / (1 - LaneMath.Power(at.Momentum ?? yogi.Beta1, at.Step)));
        private readonly T correction2 = T.CreateChecked(1 / (1 - LaneMath.Power(yogi.Beta2, at.Step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            var square = g * g;
            v -= oneMinusβ2 * (Sign.Of<V, T>(v - square) * square);
            return θ - (α * (correction1 * m) / (V.Sqrt(correction2 * v) + ε));
        }
    }
}
