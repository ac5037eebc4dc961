using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Adagrad (Duchi, Hazan and Singer 2011): every parameter's steps fall with the squares of its gradients so far.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ
/// s ← s + g²
/// θ ← θ − α/(1 + (t − 1) η) g / (√s + ε)
/// </code>
/// <para>PyTorch: the same.</para>
/// <para>Keras and optax: s begins with 0.1, and ε, 1e-7, is added inside the root; there is no η.</para>
/// <para>State: one number a parameter.</para>
/// <para>s begins with initial-sum.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Epsilon">ε, added to the root of the sum of squares: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <param name="RateDecay">η, how the learning rate falls: α/(1 + (t − 1) η): not negative.</param>
/// <param name="InitialSum">The sum of squares at the start: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan &amp; Singer 2011: Adaptive Subgradient Methods for Online Learning and Stochastic Optimization</seealso>
public sealed record Adagrad(
    Schedule LearningRate,
    double Epsilon = 1e-10,
    double WeightDecay = 0,
    bool Maximize = false,
    double RateDecay = 0,
    double InitialSum = 0) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adagrad", "Adagrad", "Duchi, Hazan & Singer 2011", 1,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, how far a step goes"),
            new("epsilon", 1e-10, Interval.Positive, "ε, added to the root of the sum of squares"),
            Setting.WeightDecay,
            Setting.Maximize,
            new("rate-decay", 0, Interval.NotNegative, "η, how the learning rate falls: α/(1 + (t − 1) η)"),
            new("initial-sum", 0, Interval.NotNegative, "the sum of squares at the start"),
        ],
        (learningRate, s) => new Adagrad(learningRate, s["epsilon"], s["weight-decay"], s["maximize"] != 0, s["rate-decay"], s["initial-sum"]));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>ε, added to the root of the sum of squares.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>η, how the learning rate falls: α/(1 + (t − 1) η).</summary>
    public double RateDecay { get; init => field = About.Checked("rate-decay", value); } = About.Checked("rate-decay", RateDecay);

    /// <summary>The sum of squares at the start.</summary>
    public double InitialSum { get; init => field = About.Checked("initial-sum", value); } = About.Checked("initial-sum", InitialSum);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["maximize"] = Maximize ? 1 : 0,
        ["rate-decay"] = RateDecay,
        ["initial-sum"] = InitialSum,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        var stepper = ElementwiseStepper.OneState<T, Rule<T>>(
            parameters, LearningRate, StateBlock.SecondMoment, at => new(this, at), new(WeightDecay, Maximizes: Maximize));
        stepper.State[0].Values.Fill(T.CreateChecked(InitialSum));
        return stepper;
    }

    private readonly struct Rule<T>(Adagrad adagrad, StepSettings at) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate / (1 + ((at.Step - 1) * adagrad.RateDecay)));
        private readonly T ε = T.CreateChecked(adagrad.Epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V s)
            where V : struct, ILane<V, T>
        {
            s += g * g;
            return θ - (α * g / (V.Sqrt(s) + ε));
        }
    }
}
