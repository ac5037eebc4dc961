using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Averaged stochastic gradient descent (Polyak and Juditsky 1992): gradient descent whose result is the average of the places it has been to.</summary>
/// <remarks>
/// <code>
/// g ← g + weight-decay · θ
/// η = α / (1 + λ α (t − 1))^p
/// θ ← (1 − λ η) θ − η g
/// μ = 1 / max(1, t − 1 − average-from)
/// θ̄ ← θ̄ + μ (θ − θ̄)
/// </code>
/// <para>PyTorch: the same steps. There the average lies in the optimizer's state for the caller to fetch; here validation and prediction take it.</para>
/// <para>Keras and optax: have none.</para>
/// <para>State: one number a parameter.</para>
/// <para>Validation and prediction see θ̄, which is θ until the step average-from.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Shrinkage">λ, how parameters shrink and the learning rate falls: not negative.</param>
/// <param name="Power">P, how fast the learning rate falls: not negative.</param>
/// <param name="AverageFrom">The step after which parameters are averaged: not negative.</param>
/// <param name="WeightDecay">How strongly the gradient pulls parameters to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://doi.org/10.1137/0330046">Polyak &amp; Juditsky 1992: Acceleration of Stochastic Approximation by Averaging</seealso>
public sealed record Asgd(
    Schedule LearningRate,
    double Shrinkage = 1e-4,
    double Power = 0.75,
    double AverageFrom = 1e6,
    double WeightDecay = 0,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "asgd", "averaged SGD", "Polyak & Juditsky 1992", 1,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, how far a step goes"),
            new("shrinkage", 1e-4, Interval.NotNegative, "λ, how parameters shrink and the learning rate falls"),
            new("power", 0.75, Interval.NotNegative, "p, how fast the learning rate falls"),
            new("average-from", 1e6, Interval.NotNegative, "the step after which parameters are averaged"),
            new("weight-decay", 0, Interval.NotNegative, "how strongly the gradient pulls parameters to zero"),
            Setting.Maximize,
        ],
        (learningRate, s) => new Asgd(learningRate, s["shrinkage"], s["power"], s["average-from"], s["weight-decay"], s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>λ, how parameters shrink and the learning rate falls.</summary>
    public double Shrinkage { get; init => field = About.Checked("shrinkage", value); } = About.Checked("shrinkage", Shrinkage);

    /// <summary>P, how fast the learning rate falls.</summary>
    public double Power { get; init => field = About.Checked("power", value); } = About.Checked("power", Power);

    /// <summary>The step after which parameters are averaged.</summary>
    public double AverageFrom { get; init => field = About.Checked("average-from", value); } = About.Checked("average-from", AverageFrom);

    /// <summary>How strongly the gradient pulls parameters to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["shrinkage"] = Shrinkage,
        ["power"] = Power,
        ["average-from"] = AverageFrom,
        ["weight-decay"] = WeightDecay,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        var decay = new Decay(WeightDecay, Maximizes: Maximize);
        var average = new Parameters<T>(parameters.Layout);
        average.CopyFrom(parameters);
        return new OneState<T, Decayed1<T, Rule<T>>>(
            parameters, LearningRate, at => new(new(this, at), decay, at.LearningRate), [("average of parameters", average)], [])
        {
            Evaluated = () => average,
        };
    }

    private readonly struct Rule<T>(Asgd asgd, StepSettings at, double rate) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Rule(Asgd asgd, StepSettings at)
            : this(asgd, at, at.LearningRate / LaneMath.Pow(1 + (asgd.Shrinkage * at.LearningRate * (at.Step - 1)), asgd.Power))
        {
        }

        private readonly T η = T.CreateChecked(rate);
        private readonly T kept = T.CreateChecked(1 - (asgd.Shrinkage * rate));
        private readonly T μ = T.CreateChecked(1 / Math.Max(1, at.Step - 1 - asgd.AverageFrom));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V average)
            where V : struct, ILane<V, T>
        {
            θ = (kept * θ) - (η * g);
            average = μ == T.One ? θ : average + (μ * (θ - average));
            return θ;
        }
    }
}
