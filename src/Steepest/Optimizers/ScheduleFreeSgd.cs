using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Schedule-Free SGD (Defazio et al. 2024, equations 1 to 3): gradient descent without a schedule, whose result is an average that it also looks at.</summary>
/// <remarks>
/// <code>
/// g ← g + λ y
/// w = t^step-power · (the largest α so far)^rate-power
/// c = w / (the sum of all w so far)
/// y ← y + c (z − y) + α (β (1 − c) − 1) g
/// z ← z − α g
/// x = y + (1 − 1/β)(z − y)
/// </code>
/// <para>optax: has it in contrib.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: one number a parameter, and two in all.</para>
/// <para>As in the authors' code, whose warm-up is the schedule warm-up here. The parameters are y, where gradients are taken; validation and prediction
/// see x.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Momentum">β, where between z and the average x the gradient is taken: greater than 0, less than 1.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="StepPower">R, the power of the step in the weights of the average: not negative.</param>
/// <param name="RatePower">P, the power of the largest learning rate in the weights of the average: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2405.15682">Defazio et al. 2024: The Road Less Scheduled</seealso>
public sealed record ScheduleFreeSgd(
    Schedule LearningRate,
    double Momentum = 0.9,
    double WeightDecay = 0,
    double StepPower = 0,
    double RatePower = 2) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "schedule-free-sgd", "Schedule-Free SGD", "Defazio et al. 2024", 1,
        [
            new("learning-rate", 1, Interval.Positive, "α, how far a step goes"),
            new("momentum", 0.9, Interval.InsideOfOne, "β, where between z and the average x the gradient is taken"),
            Setting.WeightDecay,
            new("step-power", 0, Interval.NotNegative, "r, the power of the step in the weights of the average"),
            new("rate-power", 2, Interval.NotNegative, "p, the power of the largest learning rate in the weights of the average"),
        ],
        (learningRate, s) => new ScheduleFreeSgd(learningRate, s["momentum"], s["weight-decay"], s["step-power"], s["rate-power"]))
    {
        WorkPerParameter = 1,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β, where between z and the average x the gradient is taken.</summary>
    public double Momentum { get; init => field = About.Checked("momentum", value); } = About.Checked("momentum", Momentum);

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
        ["momentum"] = Momentum,
        ["weight-decay"] = WeightDecay,
        ["step-power"] = StepPower,
        ["rate-power"] = RatePower,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        var weights = new Weights(this);
        var z = new Parameters<T>(parameters.Layout);
        z.CopyFrom(parameters);
        var average = new ScheduleFreeAverage<T>(parameters, z, Momentum);
        return new OneState<T, Decayed1<T, Rule<T>>>(
            parameters,
            LearningRate,
            at => new(new(Momentum, at.LearningRate, weights.ShareOf(at)), new(WeightDecay), at.LearningRate),
            [("z", z)],
            [weights.Sum, weights.LargestRate])
        {
            Evaluated = average.Get,
        };
    }

    private sealed class Weights(ScheduleFreeSgd free)
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

    private readonly struct Rule<T>(double momentum, double rate, double share) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(rate);
        private readonly T c = T.CreateChecked(share);
        private readonly T αy = T.CreateChecked(rate * ((momentum * (1 - share)) - 1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V y, V g, ref V z)
            where V : struct, ILane<V, T>
        {
            y = y + (c * (z - y)) + (αy * g);
            z -= α * g;
            return y;
        }
    }
}
