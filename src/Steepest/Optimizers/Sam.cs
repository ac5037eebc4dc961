using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Sharpness-aware minimisation (Foret et al. 2021, Algorithm 1): another optimizer steps by the gradient of the worst place nearby.</summary>
/// <remarks>
/// <code>
/// e = ρ g / (‖g‖ + 1e-12), over all parameters of the group
/// g ← ∇f(θ + e), on the same batch, under the same chance
/// then the step of the other with this g, from θ
/// </code>
/// <para>optax: has it in contrib.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: the other's.</para>
/// <para>As in the paper and its usual PyTorch form. Two gradients a step. Clipping acts on the first gradient, which sets the direction of e, and not on
/// the second.</para>
/// </remarks>
/// <param name="Inner">The other optimizer.</param>
/// <param name="Radius">ρ, how far to look: positive and finite.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2010.01412">Foret et al. 2021: Sharpness-Aware Minimization for Efficiently Improving Generalization</seealso>
public sealed record Sam(Optimizer Inner, double Radius = 0.05) : Optimizer
{
    private static readonly Setting RadiusSetting = new("radius", 0.05, Interval.Positive, "ρ, how far to look");

    /// <summary>The other optimizer.</summary>
    public Optimizer Inner { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Inner ?? throw new ArgumentNullException(nameof(Inner));

    /// <summary>The learning rate of the other.</summary>
    public override Schedule LearningRate { get => Inner.LearningRate; init => Inner = Inner with { LearningRate = value }; }

    /// <summary>ρ, how far to look.</summary>
    public double Radius { get; init => field = RadiusSetting.Checked(value, "sam"); } = RadiusSetting.Checked(Radius, "sam");

    /// <inheritdoc/>
    public override OptimizerInfo Info => AboutAround(Inner);

    /// <inheritdoc/>
    public override OptimizerScope Scope => OptimizerScope.Group;

    internal override Optimizer? Wrapped => Inner;

    /// <inheritdoc/>
    public override bool NeedsAllRows => Inner.NeedsAllRows;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double> { ["radius"] = Radius };

    /// <summary>Its name, source and settings around another optimizer.</summary>
    /// <param name="inner">The other.</param>
    public static OptimizerInfo AboutAround(Optimizer inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new(
            $"sam({inner})", $"SAM of {inner.Title}", $"Foret et al. 2021; {inner.Info.Source}", inner.StatePerParameter, [inner.Info.Settings[0], RadiusSetting],
            (learningRate, s) => new Sam(inner with { LearningRate = learningRate }, s["radius"]))
        {
            Scope = OptimizerScope.Group,
        };
    }

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) => Inner.BiasCorrection(step);

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new AtWork<T>(Radius, Inner.CreateStepper(parameters));

    private sealed class AtWork<T>(double radius, Stepper<T> inner) : WrappingStepper<T>(inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Parameters<T> nearby = new(inner.Parameters.Layout);

        internal override bool MayEvaluate => true;

        internal override double StateAt(string block, int place) => Inner.StateAt(block, place);

        protected override void Apply(StepContext<T> context)
        {
            var length = EuclideanNorm.Of<T>(context.Gradient.Values).Value;
            nearby.CopyFrom(Parameters);
            nearby.Add(T.CreateChecked(radius / (length + 1e-12)), context.Gradient);
            context.Evaluate(nearby, context.Gradient);
            Inner.Step(context);
        }
    }
}
