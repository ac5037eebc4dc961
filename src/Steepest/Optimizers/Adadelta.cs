using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Adadelta (Zeiler 2012, Algorithm 1): steps in the unit of the parameters, from the ratio of the sizes of steps and of gradients.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ
/// v ← ρ v + (1 − ρ) g²
/// Δ = √(u + ε) / √(v + ε) g
/// u ← ρ u + (1 − ρ) Δ²
/// θ ← θ − α Δ
/// </code>
/// <para>PyTorch: the same.</para>
/// <para>Keras: α 0.001, ρ 0.95 and ε 1e-7 by default.</para>
/// <para>optax: the same.</para>
/// <para>State: two numbers a parameter.</para>
/// <para>The paper has no α, which is 1 there.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Rho">ρ, how slowly both averages forget: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added inside both roots: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1212.5701">Zeiler 2012: ADADELTA: An Adaptive Learning Rate Method</seealso>
public sealed record Adadelta(
    Schedule LearningRate,
    double Rho = 0.9,
    double Epsilon = 1e-6,
    double WeightDecay = 0,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adadelta", "Adadelta", "Zeiler 2012", 2,
        [
            new("learning-rate", 1, Interval.Positive, "α, how far a step goes"),
            new("rho", 0.9, Interval.FadingFactor, "ρ, how slowly both averages forget"),
            new("epsilon", 1e-6, Interval.Positive, "ε, added inside both roots"),
            Setting.WeightDecay,
            Setting.Maximize,
        ],
        (learningRate, s) => new Adadelta(learningRate, s["rho"], s["epsilon"], s["weight-decay"], s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>ρ, how slowly both averages forget.</summary>
    public double Rho { get; init => field = About.Checked("rho", value); } = About.Checked("rho", Rho);

    /// <summary>ε, added inside both roots.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["rho"] = Rho,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return ElementwiseStepper.TwoStates<T, Rule<T>>(
            parameters, LearningRate, StateBlock.SecondMoment, "average of squared steps", at => new(this, at), new(WeightDecay, Maximizes: Maximize));
    }

    private readonly struct Rule<T>(Adadelta adadelta, StepSettings at) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T ρ = T.CreateChecked(adadelta.Rho);
        private readonly T oneMinusρ = T.CreateChecked(1 - adadelta.Rho);
        private readonly T ε = T.CreateChecked(adadelta.Epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V v, ref V u)
            where V : struct, ILane<V, T>
        {
            v = (ρ * v) + (oneMinusρ * (g * g));
            var Δ = V.Sqrt(u + ε) / V.Sqrt(v + ε) * g;
            u = (ρ * u) + (oneMinusρ * (Δ * Δ));
            return θ - (α * Δ);
        }
    }
}
