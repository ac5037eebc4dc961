using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Adan (Xie et al. 2022, Algorithm 1): Nesterov's look ahead by the difference of neighbouring gradients.</summary>
/// <remarks>
/// <code>
/// g ← g · min(1, max-norm/(‖g‖ + ε)), over all parameters of the group
/// m ← β₁ m + (1 − β₁) g
/// d ← β₂ d + (1 − β₂)(g − g₋₁), where the first difference is 0
/// n ← β₃ n + (1 − β₃)(g + β₂ (g − g₋₁))²
/// u = (m̂ + β₂ d̂) / (√n̂ + ε), each corrected by its 1 − βᵗ
/// θ ← (θ − α u) / (1 + α λ)
/// with no-prox: θ ← (1 − α λ) θ − α u
/// </code>
/// <para>optax: 1 − β₂ stands where β₂ multiplies differences in n and u, nothing is cut, and the decay is that of no-prox.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: four numbers a parameter.</para>
/// <para>As in the authors' code. Its betas, and these, are what stays of the old; the paper's are 1 − β.</para>
/// <para>Without a max-norm nothing is cut.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the average of gradients forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the average of differences forgets: 0 and more, less than 1.</param>
/// <param name="Beta3">β₃, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="NoProx">Whether to decay before the step instead of after it.</param>
/// <param name="MaxNorm">The longest gradient, over all parameters together; 0 for any: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2208.06677">Xie et al. 2022: Adan: Adaptive Nesterov Momentum Algorithm for Faster Optimizing Deep Models</seealso>
public sealed record Adan(
    Schedule LearningRate,
    double Beta1 = 0.98,
    double Beta2 = 0.92,
    double Beta3 = 0.99,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    bool NoProx = false,
    double MaxNorm = 0) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adan", "Adan", "Xie et al. 2022", 4,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.98, Interval.FadingFactor, "β₁, how slowly the average of gradients forgets"),
            new("beta2", 0.92, Interval.FadingFactor, "β₂, how slowly the average of differences forgets"),
            new("beta3", 0.99, Interval.FadingFactor, "β₃, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            Setting.WeightDecay,
            new("no-prox", 0, Interval.Share, "decay before the step instead of after it", IsSwitch: true),
            new("max-norm", 0, Interval.NotNegative, "the longest gradient, over all parameters together; 0 for any"),
        ],
        (learningRate, s) => new Adan(
            learningRate, s["beta1"], s["beta2"], s["beta3"], s["epsilon"], s["weight-decay"], s["no-prox"] != 0, s["max-norm"]));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the average of gradients forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the average of differences forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>β₃, how slowly the second moment forgets.</summary>
    public double Beta3 { get; init => field = About.Checked("beta3", value); } = About.Checked("beta3", Beta3);

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
        ["beta3"] = Beta3,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["no-prox"] = NoProx ? 1 : 0,
        ["max-norm"] = MaxNorm,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / (1 - LaneMath.Power(Beta1, step)), 1 / (1 - LaneMath.Power(Beta3, step)));

    /// <inheritdoc/>
    public override OptimizerScope Scope => MaxNorm > 0 ? OptimizerScope.Group : OptimizerScope.Element;

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        var kept = 1.0;
        return new FourStates<T, Rule<T>>(
            parameters,
            LearningRate,
            at => new(this, at, kept),
            [StateBlock.FirstMoment, "moment of differences", StateBlock.SecondMoment, StateBlock.PreviousGradient],
            [])
        {
            // The norm is that of all parameters together, which a rule cannot see.
            Prepare = MaxNorm == 0 ? null : gradient => kept = Math.Min(MaxNorm / (EuclideanNorm.Of<T>(gradient.Values).Value + Epsilon), 1),
        };
    }

    private readonly struct Rule<T>(Adan adan, StepSettings at, double clip) : IRule4<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α1 = T.CreateChecked(at.LearningRate / (1 - LaneMath.Power(at.Momentum ?? adan.Beta1, at.Step)));
        private readonly T α2 = T.CreateChecked(at.LearningRate * adan.Beta2 / (1 - LaneMath.Power(adan.Beta2, at.Step)));
        private readonly T β1 = T.CreateChecked(at.Momentum ?? adan.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? adan.Beta1));
        private readonly T β2 = T.CreateChecked(adan.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - adan.Beta2);
        private readonly T β3 = T.CreateChecked(adan.Beta3);
        private readonly T oneMinusβ3 = T.CreateChecked(1 - adan.Beta3);
        private readonly T ε = T.CreateChecked(adan.Epsilon);
        private readonly T rootCorrection = T.CreateChecked(1 / Math.Sqrt(1 - LaneMath.Power(adan.Beta3, at.Step)));
        private readonly T clip = T.CreateChecked(clip);
        private readonly T keptBefore = T.CreateChecked(adan.NoProx ? 1 - (at.LearningRate * adan.WeightDecay) : 1);
        private readonly T keptAfter = T.CreateChecked(adan.NoProx ? 1 : 1 / (1 + (at.LearningRate * adan.WeightDecay)));
        private readonly bool isFirst = at.Step == 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V d, ref V n, ref V previous)
            where V : struct, ILane<V, T>
        {
            g = clip * g;
            var difference = g - (isFirst ? g : previous);
            m = (β1 * m) + (oneMinusβ1 * g);
            d = (β2 * d) + (oneMinusβ2 * difference);
            var ahead = g + (β2 * difference);
            n = (β3 * n) + (oneMinusβ3 * (ahead * ahead));
            previous = g;
            return keptAfter * ((keptBefore * θ) - (((α1 * m) + (α2 * d)) / ((rootCorrection * V.Sqrt(n)) + ε)));
        }
    }
}
