using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Prodigy (Mishchenko and Defazio 2024, Algorithm 4): Adam that finds its learning rate from an estimate of the distance to the solution.</summary>
/// <remarks>
/// <code>
/// A = γ d, times √(1 − β₂ᵗ)/(1 − β₁ᵗ) with correct
/// r ← √β₂ r + (d/d₀) A ⟨g, θ₀ − θ⟩
/// s ← √β₂ s + (d/d₀) A g, or with safeguard: (d/d₀) d g
/// m ← β₁ m + (1 − β₁) d g
/// v ← β₂ v + (1 − β₂) d² g²
/// d ← the largest coefficient · r/‖s‖₁ so far, at most growth · d
/// θ ← θ − A λ θ − A m / (√v + d ε), with the old d in A, the new in d ε
/// </code>
/// <para>optax: has it in contrib.</para>
/// <para>PyTorch and Keras: have none.</para>
/// <para>State: four numbers a parameter, and three in all.</para>
/// <para>As in the authors' code. It looks at all parameters of its group: r and ‖s‖₁ are sums over all of them.</para>
/// </remarks>
/// <param name="LearningRate">γ, a factor of the step size that is found: positive and finite; 1 leaves it alone.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε, times d added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="FirstEstimate">D₀, the first estimate of the distance: positive.</param>
/// <param name="Coefficient">A factor of every later estimate: positive.</param>
/// <param name="Growth">By how many times the estimate may grow in a step: at least 1, or infinite.</param>
/// <param name="Correct">Whether to correct the moments as Adam does.</param>
/// <param name="Coupled">Whether to add the decay to the gradient.</param>
/// <param name="Safeguard">Whether to keep a warm-up from making the estimate too large.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/2306.06101">Mishchenko &amp; Defazio 2024: Prodigy: An Expeditiously Adaptive Parameter-Free Learner</seealso>
public sealed record Prodigy(
    Schedule LearningRate,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    double WeightDecay = 0,
    double FirstEstimate = 1e-6,
    double Coefficient = 1,
    double Growth = double.PositiveInfinity,
    bool Correct = false,
    bool Coupled = false,
    bool Safeguard = false) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "prodigy", "Prodigy", "Mishchenko & Defazio 2024", 4,
        [
            new("learning-rate", 1, Interval.Positive, "γ, a factor of the step size that is found"),
            new("beta1", 0.9, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.999, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("epsilon", 1e-8, Interval.Positive, "ε, times d added to the root of the second moment"),
            Setting.WeightDecay,
            new("first-estimate", 1e-6, Interval.Positive, "d₀, the first estimate of the distance"),
            new("coefficient", 1, Interval.Positive, "a factor of every later estimate"),
            new("growth", double.PositiveInfinity, new(1, double.PositiveInfinity, true, true), "by how many times the estimate may grow in a step"),
            new("correct", 0, Interval.Share, "correct the moments as Adam does", IsSwitch: true),
            new("coupled", 0, Interval.Share, "add the decay to the gradient", IsSwitch: true),
            new("safeguard", 0, Interval.Share, "keep a warm-up from making the estimate too large", IsSwitch: true),
        ],
        (learningRate, s) => new Prodigy(
            learningRate, s["beta1"], s["beta2"], s["epsilon"], s["weight-decay"], s["first-estimate"], s["coefficient"], s["growth"],
            s["correct"] != 0, s["coupled"] != 0, s["safeguard"] != 0))
    {
        Scope = OptimizerScope.Group,
        WorkPerParameter = 1,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>ε, times d added to the root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>D₀, the first estimate of the distance.</summary>
    public double FirstEstimate { get; init => field = About.Checked("first-estimate", value); } = About.Checked("first-estimate", FirstEstimate);

    /// <summary>A factor of every later estimate.</summary>
    public double Coefficient { get; init => field = About.Checked("coefficient", value); } = About.Checked("coefficient", Coefficient);

    /// <summary>By how many times the estimate may grow in a step.</summary>
    public double Growth { get; init => field = About.Checked("growth", value); } = About.Checked("growth", Growth);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["first-estimate"] = FirstEstimate,
        ["coefficient"] = Coefficient,
        ["growth"] = Growth,
        ["correct"] = Correct ? 1 : 0,
        ["coupled"] = Coupled ? 1 : 0,
        ["safeguard"] = Safeguard ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return new AtWork<T>(this, parameters);
    }

    private sealed class AtWork<T> : Stepper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Prodigy prodigy;
        private readonly Parameters<T> products;
        private readonly ScalarState d, largest = new("largest d"), numerator = new("numerator of d");

        public AtWork(Prodigy prodigy, Parameters<T> parameters)
            : base(parameters, prodigy.LearningRate)
        {
            this.prodigy = prodigy;
            products = new(parameters.Layout);
            d = new("d", prodigy.FirstEstimate);
            largest.Value = prodigy.FirstEstimate;
            var start = new Parameters<T>(parameters.Layout);
            start.CopyFrom(parameters);
            State =
            [
                .. ((string[])[StateBlock.FirstMoment, StateBlock.SecondMoment, "s"])
                    .Select(name => new StateBlock<T>(name, StateShape.LikeParameters, new Parameters<T>(parameters.Layout))),
                new("start", StateShape.LikeParameters, start),
            ];
            Scalars = [.. base.Scalars, d, largest, numerator];
        }

        public override IReadOnlyList<StateBlock<T>> State { get; }

        public override IReadOnlyList<ScalarState> Scalars { get; }

        internal override bool MayEvaluate => false;

        protected override void Apply(StepContext<T> context)
        {
            var at = SettingsOf(context);
            var β1 = at.Momentum ?? prodigy.Beta1;
            var β3 = Math.Sqrt(prodigy.Beta2);
            var corrected = prodigy.Correct ? Math.Sqrt(1 - LaneMath.Power(prodigy.Beta2, at.Step)) / (1 - LaneMath.Power(β1, at.Step)) : 1;
            var (old, rate) = (d.Value, d.Value * at.LearningRate * corrected);
            var gradient = context.Gradient;
            if (prodigy.Coupled && prodigy.WeightDecay > 0) gradient.Add(T.CreateChecked(prodigy.WeightDecay), Parameters);

            var (m, v, s, start) = (State[0].Values, State[1].Values, State[2].Values, State[3].Values);
            numerator.Value *= β3;
            if (at.LearningRate > 0)
            {
                var away = old / prodigy.FirstEstimate;
                products.CopyFrom(start);
                products.Add(-T.One, Parameters);
                numerator.Value += away * rate * Dot.Of<T>(gradient.Values, products.Values);
                var average = new ThreeStates<T, Average<T>>.Pass(
                    new(β1, prodigy.Beta2, β3, old, away * (prodigy.Safeguard ? old : rate)),
                    ref Parameters.Buffer.First,
                    ref gradient.Buffer.First,
                    ref m.Buffer.First,
                    ref v.Buffer.First,
                    ref s.Buffer.First,
                    Parameters.Buffer.Length);
                ThreadTeam.Run<T, ThreeStates<T, Average<T>>.Pass>(ref average, context.Threads);
            }

            var denominator = Reduction.SumOfMagnitudes<T>(s.Values);
            if (denominator == 0) return;
            if (at.LearningRate > 0)
            {
                var estimate = prodigy.Coefficient * numerator.Value / denominator;
                if (d.Value == prodigy.FirstEstimate) d.Value = Math.Max(d.Value, estimate);
                largest.Value = Math.Max(largest.Value, estimate);
                d.Value = Math.Min(largest.Value, d.Value * prodigy.Growth);
            }

            var kept = prodigy.Coupled ? 1 : 1 - (prodigy.WeightDecay * rate);
            var move = new TwoStates<T, Move<T>>.Pass(
                new(kept, rate, d.Value * prodigy.Epsilon), ref Parameters.Buffer.First, ref gradient.Buffer.First, ref m.Buffer.First, ref v.Buffer.First, Parameters.Buffer.Length);
            ThreadTeam.Run<T, TwoStates<T, Move<T>>.Pass>(ref move, context.Threads);
            Parameters.ClearPadding();
            for (var i = 0; i < State.Count; i++) State[i].Values.ClearPadding();
        }
    }

    private readonly struct Average<T>(double beta1, double beta2, double beta3, double d, double ofS) : IRule3<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T β1 = T.CreateChecked(beta1);
        private readonly T fresh1 = T.CreateChecked(d * (1 - beta1));
        private readonly T β2 = T.CreateChecked(beta2);
        private readonly T fresh2 = T.CreateChecked(d * d * (1 - beta2));
        private readonly T β3 = T.CreateChecked(beta3);
        private readonly T fresh3 = T.CreateChecked(ofS);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v, ref V s)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (fresh1 * g);
            v = (β2 * v) + (fresh2 * (g * g));
            s = (β3 * s) + (fresh3 * g);
            return θ;
        }
    }

    private readonly struct Move<T>(double kept, double rate, double epsilon) : IRule2<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateChecked(kept);
        private readonly T α = T.CreateChecked(rate);
        private readonly T ε = T.CreateChecked(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m, ref V v)
            where V : struct, ILane<V, T> => (kept * θ) - (α * m / (V.Sqrt(v) + ε));
    }
}
