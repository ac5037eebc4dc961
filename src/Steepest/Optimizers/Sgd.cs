using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>SGD (Robbins and Monro 1951; Polyak 1964; Nesterov 1983, in the form of Sutskever et al. 2013): gradient descent with momentum, plain or with a look ahead.</summary>
/// <remarks>
/// <code>
/// g ← g + λ θ, or decoupled: θ ← θ − α λ θ
/// b ← μ b + (1 − τ) g, where the first step takes b = g
/// θ ← θ − α b
/// with nesterov: θ ← θ − α (g + μ b)
/// </code>
/// <para>PyTorch: the same; its decay is the coupled one.</para>
/// <para>Keras: −α b is in the buffer. With a constant learning rate that is the same path, with a schedule it is not.</para>
/// <para>optax: the same; it has no dampening.</para>
/// <para>State: one number a parameter, none where μ is 0.</para>
/// <para>Without momentum this is gradient descent.</para>
/// </remarks>
/// <param name="LearningRate">α: positive and finite.</param>
/// <param name="Momentum">μ, how much of the last step is kept: 0 and more, less than 1. With 0 this is gradient descent.</param>
/// <param name="Dampening">τ, how much of the gradient is left out of the buffer: 0 … 1.</param>
/// <param name="Nesterov">Whether to look ahead; needs a momentum, and a dampening of 0.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Decoupled">Whether the decay acts on the parameters instead of the gradient (SGDW, Loshchilov and Hutter 2019).</param>
/// <param name="Maximize">Whether to climb.</param>
/// <exception cref="SteepestException">A setting lies outside its range, or Nesterov's look ahead is asked for without momentum or with dampening.</exception>
/// <seealso href="https://doi.org/10.1214/aoms/1177729586">Robbins &amp; Monro 1951: A Stochastic Approximation Method</seealso>
/// <seealso href="https://doi.org/10.1016/0041-5553(64)90137-5">Polyak 1964: Some methods of speeding up the convergence of iteration methods</seealso>
/// <seealso href="https://www.mathnet.ru/eng/dan46009">Nesterov 1983: A method of solving a convex programming problem with convergence rate O(1/k²)</seealso>
/// <seealso href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013: On the importance of initialization and momentum in deep learning</seealso>
/// <seealso href="https://arxiv.org/abs/1711.05101">Loshchilov &amp; Hutter 2019: Decoupled Weight Decay Regularization</seealso>
public sealed record Sgd(
    Schedule LearningRate,
    double Momentum = 0,
    double Dampening = 0,
    bool Nesterov = false,
    double WeightDecay = 0,
    bool Decoupled = false,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "sgd", "SGD", "Robbins & Monro 1951; Polyak 1964; Nesterov 1983", 0,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, how far a step goes"),
            new("momentum", 0, Interval.FadingFactor, "μ, how much of the last step is kept"),
            new("dampening", 0, Interval.Share, "τ, how much of the gradient the momentum leaves out"),
            new("nesterov", 0, Interval.Share, "look ahead along the momentum", IsSwitch: true),
            Setting.WeightDecay,
            Setting.Decoupled,
            Setting.Maximize,
        ],
        (learningRate, s) => new Sgd(
            learningRate, s["momentum"], s["dampening"], s["nesterov"] != 0, s["weight-decay"], s["decoupled"] != 0, s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>μ, how much of the last step is kept.</summary>
    public double Momentum { get; init => field = About.Checked("momentum", value); } = About.Checked("momentum", Momentum);

    /// <summary>τ, how much of the gradient is left out of the buffer.</summary>
    public double Dampening { get; init => field = About.Checked("dampening", value); } = About.Checked("dampening", Dampening);

    /// <summary>Whether to look ahead.</summary>
    public bool Nesterov { get; init; } = Checked(Nesterov, Momentum, Dampening);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override string Title => Momentum > 0 && Dampening == 0 && WeightDecay == 0 && !Maximize
        ? $"{(Nesterov ? "Nesterov momentum" : "momentum")} {Text.Of(Momentum)}"
        : base.Title;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["momentum"] = Momentum,
        ["dampening"] = Dampening,
        ["nesterov"] = Nesterov ? 1 : 0,
        ["weight-decay"] = WeightDecay,
        ["decoupled"] = Decoupled ? 1 : 0,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        // Each setting by itself may have been changed since the check at the start.
        Checked(Nesterov, Momentum, Dampening);
        var decay = new Decay(WeightDecay, Decoupled, Maximize);
        return Momentum == 0
            ? ElementwiseStepper.Stateless<T, GradientDescent.Rule<T>>(parameters, LearningRate, at => new(T.CreateChecked(at.LearningRate)), decay)
            : ElementwiseStepper.OneState<T, Rule<T>>(parameters, LearningRate, StateBlock.FirstMoment, at => new(this, at), decay);
    }

    private static bool Checked(bool nesterov, double momentum, double dampening) => !nesterov || (momentum > 0 && dampening == 0)
        ? nesterov
        : throw new SteepestException(
            $"The nesterov of {About.Name} is on with a momentum of {Text.Of(momentum)} and a dampening of {Text.Of(dampening)}, but it needs a momentum above 0 and a dampening of 0.");

    internal readonly struct Rule<T>(Sgd sgd, StepSettings at) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T μ = T.CreateChecked(at.Momentum ?? sgd.Momentum);
        private readonly T undamped = T.CreateChecked(at.Step == 1 ? 1 : 1 - sgd.Dampening);
        private readonly bool nesterov = sgd.Nesterov;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V b)
            where V : struct, ILane<V, T>
        {
            b = (μ * b) + (undamped * g);
            return nesterov ? θ - (α * (g + (μ * b))) : θ - (α * b);
        }
    }
}
