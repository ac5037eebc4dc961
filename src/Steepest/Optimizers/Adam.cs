using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Adam (Kingma and Ba 2015, Algorithm 1): steps along a moving average of gradients, divided by the root of a moving average of their squares.</summary>
/// <remarks>
/// <para>m ← β₁ m + (1 − β₁) g</para>
/// <para>v ← β₂ v + (1 − β₂) g²</para>
/// <para>θ ← θ − α m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ)</para>
/// <para>As in PyTorch. optax adds ε at the same place (and offers another inside the root). Keras folds the corrections into α and adds its ε
/// to the uncorrected root, which no constant ε here reproduces. State: two numbers a parameter.</para>
/// </remarks>
/// <param name="LearningRate">α: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, which keeps the quotient finite: positive, and not zero in the network's precision.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
public sealed record Adam(Schedule LearningRate, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adam", "Adam", "Kingma & Ba 2015", 2,
        [
            new("learning-rate", 0.001, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
        ],
        (learningRate, s) => new Adam(learningRate, s["beta1"], s["beta2"], s["epsilon"]));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Settings[0].Checked(value, About.Name); } =
        About.Settings[0].Checked(LearningRate, About.Name);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Settings[1].Checked(value, About.Name); } = About.Settings[1].Checked(Beta1, About.Name);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Settings[2].Checked(value, About.Name); } = About.Settings[2].Checked(Beta2, About.Name);

    /// <summary>ε, added to the root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Settings[3].Checked(value, About.Name); } = About.Settings[3].Checked(Epsilon, About.Name);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["epsilon"] = Epsilon,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) =>
        (1 / LaneMath.OneMinusPower(Beta1, step), 1 / LaneMath.OneMinusPower(Beta2, step));

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        if (T.CreateChecked(Epsilon) == T.Zero)
        {
            throw new SteepestException(
                $"The epsilon of {About.Name} is {Text.Of(Epsilon)}, which is zero in {Text.PrecisionOf<T>()}; the smallest that is not is {Text.Of<T>(T.Epsilon)}.");
        }

        return ElementwiseStepper.TwoStates(
            parameters, LearningRate, StateBlock.FirstMoment, StateBlock.SecondMoment, (t, α) => new Rule<T>(this, α, BiasCorrection(t)));
    }

    internal readonly struct Rule<T>(Adam adam, double rate, (double First, double Second) correction) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(rate);
        private readonly T β1 = T.CreateChecked(adam.Beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - adam.Beta1);
        private readonly T β2 = T.CreateChecked(adam.Beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - adam.Beta2);
        private readonly T ε = T.CreateChecked(adam.Epsilon);
        private readonly T correction1 = T.CreateChecked(correction.First);
        private readonly T correction2 = T.CreateChecked(correction.Second);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            return θ - (α * (correction1 * m) / (V.Sqrt(correction2 * v) + ε));
        }
    }
}
