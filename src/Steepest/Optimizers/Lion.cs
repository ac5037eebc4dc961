using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Lion (Chen et al. 2023, Algorithm 2): every parameter moves by the learning rate, up or down, by the sign of an average.</summary>
/// <remarks>
/// <code>
/// u = sign(β₁ m + (1 − β₁) g), where sign(0) = 0
/// m ← β₂ m + (1 − β₂) g
/// θ ← (1 − α λ) θ − α u
/// </code>
/// <para>Keras: the same.</para>
/// <para>optax: λ is 1e-3 by default.</para>
/// <para>PyTorch: has none.</para>
/// <para>State: one number a parameter.</para>
/// <para>As in the authors' code. It wants a learning rate 3 to 10 times smaller than that of Adam.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how much of the moment goes into the step: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the moment forgets: 0 and more, less than 1.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2302.06675">Chen et al. 2023: Symbolic Discovery of Optimization Algorithms</seealso>
public sealed record Lion(Schedule LearningRate, double Beta1 = 0.9, double Beta2 = 0.99, double WeightDecay = 0) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "lion", "Lion", "Chen et al. 2023", 1,
        [
            new("learning-rate", 1e-4, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how much of the moment goes into the step"),
            new("beta2", 0.99, Interval.FadingFactor, "β₂, how slowly the moment forgets"),
            Setting.WeightDecay,
        ],
        (learningRate, s) => new Lion(learningRate, s["beta1"], s["beta2"], s["weight-decay"]));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how much of the moment goes into the step.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["weight-decay"] = WeightDecay,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) =>
        ElementwiseStepper.OneState<T, Rule<T>>(parameters, LearningRate, StateBlock.FirstMoment, at => new(this, at));

    private readonly struct Rule<T>(Lion lion, StepSettings at) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T kept = T.CreateChecked(1 - (at.LearningRate * lion.WeightDecay));
        private readonly T β1 = T.CreateChecked(at.Momentum ?? lion.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - (at.Momentum ?? lion.Beta1));
        private readonly T β2 = T.CreateChecked(lion.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - lion.Beta2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m)
            where V : struct, ILane<V, T>
        {
            var direction = Sign.Of<V, T>((β1 * m) + (oneMinusβ1 * g));
            m = (β2 * m) + (oneMinusβ2 * g);
            return (kept * θ) - (α * direction);
        }
    }
}
