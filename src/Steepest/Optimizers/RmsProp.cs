using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>RMSprop (Tieleman and Hinton 2012, lecture 6e; centered: Graves 2013, equations 38 to 41): steps along the gradient over the root of an average of its squares.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ
/// v ← ρ v + (1 − ρ) g²
/// centered: a ← ρ a + (1 − ρ) g, and v − a² in the place of v
/// b ← μ b + g / (√v + ε), or with epsilon-inside: g / √(v + ε)
/// θ ← θ − α b
/// </code>
/// <para>PyTorch: the same, but that v − a² is never taken below 0 here, where rounding gives PyTorch's root a NaN.</para>
/// <para>Keras: ρ 0.9, and ε, 1e-7, inside the root (epsilon-inside). α b is in the buffer, which is the same path while α is constant.</para>
/// <para>optax: ρ 0.9, and ε inside the root. α b is in the buffer.</para>
/// <para>State: one number a parameter, one more if centered, one more with momentum.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Rho">ρ, how slowly the averages forget: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="Momentum">μ, how much of the last step is kept: 0 and more, less than 1.</param>
/// <param name="Centered">Whether to take the variance of gradients instead of their mean square.</param>
/// <param name="EpsilonInside">Whether to add ε inside the root, as Keras does.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Tieleman &amp; Hinton 2012: Neural Networks for Machine Learning, lecture 6e</seealso>
/// <seealso href="https://arxiv.org/abs/1308.0850">Graves 2013: Generating Sequences With Recurrent Neural Networks</seealso>
public sealed record RmsProp(
    Schedule LearningRate,
    double Rho = 0.99,
    double Epsilon = 1e-8,
    double Momentum = 0,
    bool Centered = false,
    bool EpsilonInside = false,
    double WeightDecay = 0,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "rms-prop", "RMSprop", "Tieleman & Hinton 2012; Graves 2013", 1,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, how far a step goes"),
            new("rho", 0.99, Interval.FadingFactor, "ρ, how slowly the averages forget"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            new("momentum", 0, Interval.FadingFactor, "μ, how much of the last step is kept"),
            new("centered", 0, Interval.Share, "take the variance of gradients instead of their mean square", IsSwitch: true),
            new("epsilon-inside", 0, Interval.Share, "add ε inside the root, as Keras does", IsSwitch: true),
            Setting.WeightDecay,
            Setting.Maximize,
        ],
        (learningRate, s) => new RmsProp(
            learningRate, s["rho"], s["epsilon"], s["momentum"], s["centered"] != 0, s["epsilon-inside"] != 0, s["weight-decay"],
            s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>ρ, how slowly the averages forget.</summary>
    public double Rho { get; init => field = About.Checked("rho", value); } = About.Checked("rho", Rho);

    /// <summary>ε, added to the root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>μ, how much of the last step is kept.</summary>
    public double Momentum { get; init => field = About.Checked("momentum", value); } = About.Checked("momentum", Momentum);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["rho"] = Rho,
        ["epsilon"] = Epsilon,
        ["momentum"] = Momentum,
        ["centered"] = Centered ? 1 : 0,
        ["epsilon-inside"] = EpsilonInside ? 1 : 0,
        ["weight-decay"] = WeightDecay,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        const string Mean = "average of gradients", Steps = "momentum of steps";
        About.NotZero<T>("epsilon", Epsilon);
        var decay = new Decay(WeightDecay, Maximizes: Maximize);
        return (Centered, Momentum > 0) switch
        {
            (false, false) => ElementwiseStepper.OneState<T, Rule<T>>(parameters, LearningRate, StateBlock.SecondMoment, at => new(this, at), decay),
            (true, false) => ElementwiseStepper.TwoStates<T, CenteredRule<T>>(
                parameters, LearningRate, StateBlock.SecondMoment, Mean, at => new(new(this, at)), decay),
            (false, true) => ElementwiseStepper.TwoStates<T, MomentumRule<T>>(
                parameters, LearningRate, StateBlock.SecondMoment, Steps, at => new(new(this, at)), decay),
            (true, true) => ElementwiseStepper.ThreeStates<T, CenteredMomentumRule<T>>(
                parameters, LearningRate, StateBlock.SecondMoment, Mean, Steps, at => new(new(this, at)), decay),
        };
    }

    private readonly struct Rule<T>(RmsProp rms, StepSettings at) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T ρ = T.CreateChecked(rms.Rho);
        private readonly T oneMinusρ = T.CreateChecked(1 - rms.Rho);
        private readonly T inside = T.CreateChecked(rms.EpsilonInside ? rms.Epsilon : 0);
        private readonly T outside = T.CreateChecked(rms.EpsilonInside ? 0 : rms.Epsilon);
        private readonly T μ = T.CreateChecked(at.Momentum ?? rms.Momentum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V v)
            where V : struct, ILane<V, T>
        {
            v = (ρ * v) + (oneMinusρ * (g * g));
            return θ - (α * Scaled(g, v));
        }

        /// <summary>g / (√v + ε).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Scaled<V>(V g, V v)
            where V : struct, ILane<V, T> => g / (V.Sqrt(v + inside) + outside);

        /// <summary>The same with the variance.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Centered<V>(V g, ref V v, ref V a)
            where V : struct, ILane<V, T>
        {
            v = (ρ * v) + (oneMinusρ * (g * g));
            a = (ρ * a) + (oneMinusρ * g);
            var zero = V.Broadcast(T.Zero);
            var variance = v - (a * a);
            return Scaled(g, V.WhereGreater(zero, variance, zero, variance));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V MeanSquare<V>(V g, ref V v)
            where V : struct, ILane<V, T>
        {
            v = (ρ * v) + (oneMinusρ * (g * g));
            return Scaled(g, v);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Descend<V>(V θ, V direction)
            where V : struct, ILane<V, T> => θ - (α * direction);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Descend<V>(V θ, V direction, ref V b)
            where V : struct, ILane<V, T>
        {
            b = (μ * b) + direction;
            return θ - (α * b);
        }
    }

    private readonly struct CenteredRule<T>(Rule<T> rule) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V v, ref V a)
            where V : struct, ILane<V, T> => rule.Descend(θ, rule.Centered(g, ref v, ref a));
    }

    private readonly struct MomentumRule<T>(Rule<T> rule) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V v, ref V b)
            where V : struct, ILane<V, T> => rule.Descend(θ, rule.MeanSquare(g, ref v), ref b);
    }

    private readonly struct CenteredMomentumRule<T>(Rule<T> rule) : IRule3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V v, ref V a, ref V b)
            where V : struct, ILane<V, T> => rule.Descend(θ, rule.Centered(g, ref v, ref a), ref b);
    }
}
