using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Rprop (Riedmiller and Braun 1993): only the signs of gradients count; each parameter's step size grows while its sign stays and shrinks where it turns.</summary>
/// <remarks>
/// <code>
/// s = sign(g · g₋₁)
/// δ ← η₊ δ where s &gt; 0, η₋ δ where s &lt; 0; at first δ = α
/// δ ← the nearest from smallest-step to largest-step
/// g ← 0 where s &lt; 0
/// θ ← θ − δ sign(g)
/// </code>
/// <para>PyTorch: the same: no step is taken back, and after a turn the gradient counts as 0.</para>
/// <para>optax: the same rule, but each step is taken one step later, and not at all where the gradient has turned by then.</para>
/// <para>Keras: has none.</para>
/// <para>State: two numbers a parameter.</para>
/// <para>For all rows at once: the signs of mini-batches are mostly chance.</para>
/// </remarks>
/// <param name="LearningRate">α, every parameter's first step size: positive and finite; later values of a schedule do not matter.</param>
/// <param name="Shrink">η₋, what remains of a step size where the gradient turns: greater than 0, less than 1.</param>
/// <param name="Grow">η₊, what becomes of it where the gradient keeps its sign: greater than 1.</param>
/// <param name="SmallestStep">The smallest step size: not negative.</param>
/// <param name="LargestStep">The largest step size: positive.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://doi.org/10.1109/ICNN.1993.298623">Riedmiller &amp; Braun 1993: A direct adaptive method for faster backpropagation learning: the RPROP algorithm</seealso>
public sealed record Rprop(
    Schedule LearningRate,
    double Shrink = 0.5,
    double Grow = 1.2,
    double SmallestStep = 1e-6,
    double LargestStep = 50,
    bool Maximize = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "rprop", "Rprop", "Riedmiller & Braun 1993", 2,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, every parameter's first step size"),
            new("shrink", 0.5, Interval.InsideOfOne, "η₋, what remains of a step size where the gradient turns"),
            new("grow", 1.2, new(1, double.PositiveInfinity, false, false), "η₊, what becomes of it where the gradient keeps its sign"),
            new("smallest-step", 1e-6, Interval.NotNegative, "the smallest step size"),
            new("largest-step", 50, Interval.Positive, "the largest step size"),
            Setting.Maximize,
        ],
        (learningRate, s) => new Rprop(learningRate, s["shrink"], s["grow"], s["smallest-step"], s["largest-step"], s["maximize"] != 0));

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>η₋, what remains of a step size where the gradient turns.</summary>
    public double Shrink { get; init => field = About.Checked("shrink", value); } = About.Checked("shrink", Shrink);

    /// <summary>η₊, what becomes of it where the gradient keeps its sign.</summary>
    public double Grow { get; init => field = About.Checked("grow", value); } = About.Checked("grow", Grow);

    /// <summary>The smallest step size.</summary>
    public double SmallestStep { get; init => field = About.Checked("smallest-step", value); } = About.Checked("smallest-step", SmallestStep);

    /// <summary>The largest step size.</summary>
    public double LargestStep { get; init => field = About.Checked("largest-step", value); } = About.Checked("largest-step", LargestStep);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["shrink"] = Shrink,
        ["grow"] = Grow,
        ["smallest-step"] = SmallestStep,
        ["largest-step"] = LargestStep,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => ElementwiseStepper.TwoStates<T, Rule<T>>(
        parameters, LearningRate, StateBlock.PreviousGradient, "step size", at => new(this, at), new(0, Maximizes: Maximize));

    private readonly struct Rule<T>(Rprop rprop, StepSettings at) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T α = T.CreateChecked(at.LearningRate);
        private readonly T shrink = T.CreateChecked(rprop.Shrink);
        private readonly T grow = T.CreateChecked(rprop.Grow);
        private readonly T smallest = T.CreateChecked(rprop.SmallestStep);
        private readonly T largest = T.CreateChecked(rprop.LargestStep);
        private readonly bool isFirst = at.Step == 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V previous, ref V δ)
            where V : struct, ILane<V, T>
        {
            var zero = V.Broadcast(T.Zero);
            var s = g * previous;
            var size = isFirst ? V.Broadcast(α) : δ;
            size = V.WhereGreater(s, zero, grow * size, V.WhereGreater(zero, s, shrink * size, size));
            V low = V.Broadcast(smallest), high = V.Broadcast(largest);
            δ = V.WhereGreater(low, size, low, V.WhereGreater(size, high, high, size));
            previous = V.WhereGreater(zero, s, zero, g);
            return θ - (δ * Sign.Of<V, T>(previous));
        }
    }
}
