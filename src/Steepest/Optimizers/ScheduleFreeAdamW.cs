using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Schedule-Free AdamW (Defazio et al. 2024, Algorithm 1): Adam without a schedule, whose result is an average that it also looks at.</summary>
/// <remarks>
/// <code>
/// v ← β₂ v + (1 − β₂) g²
/// v̂ = v / (1 − β₂ᵗ)
/// u = g / (√v̂ + ε) + λ y
/// w = t^step-power · (the largest α so far)^rate-power
/// c = w / (the sum of all w so far)
/// y ← y + c (z − y) + α (β₁ (1 − c) − 1) u
/// z ← z − α u
/// x = y + (1 − 1/β₁)(z − y)
/// </code>
/// <para>optax: has it in contrib.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: two numbers a parameter, and two in all.</para>
/// <para>As in the authors' code, whose warm-up is the schedule warm-up here; its newer inner momentum is left out. The parameters are y, where gradients
/// are taken; validation and prediction see x.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, where between z and the average x the gradient is taken: greater than 0, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="StepPower">R, the power of the step in the weights of the average: not negative.</param>
/// <param name="RatePower">P, the power of the largest learning rate in the weights of the average: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2405.15682">Defazio et al. 2024: The Road Less Scheduled</seealso>
public sealed record ScheduleFreeAdamW(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    double StepPower = 0,
    double RatePower = 2) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "schedule-free-adamw", "Schedule-Free AdamW", "Defazio et al. 2024", 2,
        [
            new("learning-rate", 0.0025, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.InsideOfOne, "β₁, where between z and the average x the gradient is taken"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            Setting.WeightDecay,
            new("step-power", 0, Interval.NotNegative, "r, the power of the step in the weights of the average"),
            new("rate-power", 2, Interval.NotNegative, "p, the power of the largest learning rate in the weights of the average"),
        ],
        (learningRate, s) => new ScheduleFreeAdamW(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["step-power"], s["rate-power"]))
    {
        WorkPerParameter = 1,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, where between z and the average x the gradient is taken.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>ε, added to the root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>R, the power of the step in the weights of the average.</summary>
    public double StepPower { get; init => field = About.Checked("step-power", value); } = About.Checked("step-power", StepPower);

    /// <summary>P, the power of the largest learning rate in the weights of the average.</summary>
    public double RatePower { get; init => field = About.Checked("rate-power", value); } = About.Checked("rate-power", RatePower);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["step-power"] = StepPower,
        ["rate-power"] = RatePower,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) => (1, 1 / (1 - LaneMath.Power(Beta2, step)));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        var weights = new Weights(this);
        var z = new Parameters<T>(parameters.Layout);
        z.CopyFrom(parameters);
        var average = new ScheduleFreeAverage<T>(parameters, z, Beta1);
        return new TwoStates<T, Rule<T>>(
            parameters, LearningRate, at => new(this, at, weights.ShareOf(at)), [StateBlock.SecondMoment, ("z", z)], [weights.Sum, weights.LargestRate])
        {
            Evaluated = average.Get,
        };
    }

    private sealed class Weights(ScheduleFreeAdamW free)
    {
        public ScalarState Sum { get; } = new("sum of weights");

        public ScalarState LargestRate { get; } = new("largest learning rate");

        /// <summary>The share of z in the average at this step.</summary>
        public double ShareOf(StepSettings at)
        {
            LargestRate.Value = Math.Max(LargestRate.Value, at.LearningRate);
            var weight = LaneMath.Pow(at.Step, free.StepPower) * LaneMath.Pow(LargestRate.Value, free.RatePower);
            Sum.Value += weight;
            return Sum.Value > 0 ? weight / Sum.Value : 0;
        }
    }

    private readonly struct Rule<T>(ScheduleFreeAdamW adam, StepSettings at, double share) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T αy = T.CreateChecked(at.LearningRate * ((adam.Beta1 * (1 - share)) - 1));
        private readonly T c = T.CreateChecked(share);
        private readonly T β2 = T.CreateChecked(adam.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - adam.Beta2);
        private readonly T ε = T.CreateChecked(adam.Epsilon);
        private readonly T λ = T.CreateChecked(adam.WeightDecay);
        private readonly T correction2 = T.CreateChecked(1 / (1 - LaneMath.Power(adam.Beta2, at.Step)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V y, V g, ref V v, ref V z)
            where V : struct, ILane<V, T>
        {
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            var u = (g / (V.Sqrt(correction2 * v) + ε)) + (λ * y);
            y = y + (c * (z - y)) + (αy * u);
            z -= α * u;
            return y;
        }
    }
}
