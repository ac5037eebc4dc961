using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Muon (Jordan et al. 2024): momentum whose steps are made orthogonal for every matrix of weights; what is no matrix goes with AdamW.</summary>
/// <remarks>
/// <code>
/// b ← μ b + (1 − μ) g
/// u = (1 − μ) g + μ b, or plain: u = b
/// X = u / (‖u‖ + 1e-7), then iterations times
///   X ← 3.4445 X − 4.7750 X XᵀX + 2.0315 X (XᵀX)²
/// θ ← (1 − α λ) θ − α √max(1, rows/columns) X
/// with match-adam: 0.2 √max(rows, columns) in the place of that root
/// with clamp-norm: X = u / max(‖u‖, 1e-7)
/// </code>
/// <para>PyTorch: α 0.001 and λ 0.1 by default, and clamp-norm; match-adam is an option.</para>
/// <para>optax: has it in contrib.</para>
/// <para>Keras: α 0.001 and λ 0.004 by default, and the lengths of match-adam.</para>
/// <para>State: one number a parameter of a matrix, two of the others.</para>
/// <para>As in the authors' code, in full precision where that takes bfloat16. What is no matrix goes with AdamW at adam-rate times α. A network without
/// a matrix is refused.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Momentum">μ, how slowly the average of gradients forgets: 0 and more, less than 1.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="Iterations">Steps of Newton and Schulz: at least 1.</param>
/// <param name="Plain">Whether to go without Nesterov's look ahead.</param>
/// <param name="MatchAdam">Whether to make steps as long as AdamW's: 0.2 √max(rows, columns).</param>
/// <param name="ClampNorm">Whether to divide by max(‖X‖, 1e-7) as PyTorch does, instead of ‖X‖ + 1e-7.</param>
/// <param name="AdamRate">The learning rate of what is no matrix, as a part of α: positive and finite.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://kellerjordan.github.io/posts/muon/">Jordan et al. 2024: Muon: An optimizer for hidden layers in neural networks</seealso>
/// <seealso href="https://arxiv.org/abs/2502.16982">Liu et al. 2025: Muon is Scalable for LLM Training</seealso>
public sealed record Muon(
    Schedule LearningRate,
    double Momentum = 0.95,
    double WeightDecay = 0,
    int Iterations = 5,
    bool Plain = false,
    bool MatchAdam = false,
    bool ClampNorm = false,
    double AdamRate = 0.015) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "muon", "Muon", "Jordan et al. 2024", 1,
        [
            new("learning-rate", 0.02, Interval.Positive, "α, how far a step goes"),
            new("momentum", 0.95, Interval.FadingFactor, "μ, how slowly the average of gradients forgets"),
            Setting.WeightDecay,
            new("iterations", 5, Interval.WholeFrom1, "steps of Newton and Schulz"),
            new("plain", 0, Interval.Share, "go without Nesterov's look ahead", IsSwitch: true),
            new("match-adam", 0, Interval.Share, "make steps as long as AdamW's: 0.2 √max(rows, columns)", IsSwitch: true),
            new("clamp-norm", 0, Interval.Share, "divide by max(‖X‖, 1e-7) as PyTorch does, instead of ‖X‖ + 1e-7", IsSwitch: true),
            new("adam-rate", 0.015, Interval.Positive, "the learning rate of what is no matrix, as a part of α"),
        ],
        (learningRate, s) => new Muon(
            learningRate, s["momentum"], s["weight-decay"], (int)s["iterations"], s["plain"] != 0, s["match-adam"] != 0,
            s["clamp-norm"] != 0, s["adam-rate"]))
    {
        Scope = OptimizerScope.Segment,
        WorkPerParameter = 8,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>μ, how slowly the average of gradients forgets.</summary>
    public double Momentum { get; init => field = About.Checked("momentum", value); } = About.Checked("momentum", Momentum);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>Steps of Newton and Schulz.</summary>
    public int Iterations { get; init => field = (int)About.Checked("iterations", value); } = (int)About.Checked("iterations", Iterations);

    /// <summary>The learning rate of what is no matrix, as a part of α.</summary>
    public double AdamRate { get; init => field = About.Checked("adam-rate", value); } = About.Checked("adam-rate", AdamRate);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["momentum"] = Momentum,
        ["weight-decay"] = WeightDecay,
        ["iterations"] = Iterations,
        ["plain"] = Plain ? 1 : 0,
        ["match-adam"] = MatchAdam ? 1 : 0,
        ["clamp-norm"] = ClampNorm ? 1 : 0,
        ["adam-rate"] = AdamRate,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.RequireMatrix(parameters.Layout);
        var segments = parameters.Layout.Segments;
        int[] matrices = [.. Enumerable.Range(0, segments.Count).Where(s => segments[s].Shape.Count == 2)];
        if (matrices.Length == segments.Count) return new AtWork<T>(this, parameters);
        int[] others = [.. Enumerable.Range(0, segments.Count).Except(matrices)];
        return new GroupedStepper<T>(parameters, [(this, matrices), (new AdamW(new Scaled(LearningRate, AdamRate)), others)]);
    }

    /// <summary>Another schedule times a factor.</summary>
    private sealed record Scaled(Schedule Of, double Factor) : Schedule
    {
        public override double At(long step, long totalSteps) => Factor * Of.At(step, totalSteps);

        internal override SchedulePlay Start() => new Play(this, Of.Start());

        private sealed class Play(Scaled schedule, SchedulePlay of) : SchedulePlay(schedule)
        {
            public override IReadOnlyList<ScalarState> State => of.State;

            public override double At(StepTime time) => schedule.Factor * of.At(time);

            public override void AfterEpoch(EpochMetric metric) => of.AfterEpoch(metric);
        }
    }

    private sealed class AtWork<T> : SegmentStepper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Muon muon;
        private readonly Parameters<T> update;
        private readonly NewtonSchulz<T>[] iterations;
        private readonly Func<double, double> normOf;

        public AtWork(Muon muon, Parameters<T> parameters)
            : base(parameters, muon.LearningRate, default, StateBlock.FirstMoment)
        {
            this.muon = muon;
            update = new(parameters.Layout);
            iterations = [.. parameters.Layout.Segments.Select(segment => new NewtonSchulz<T>(segment.Shape[0], segment.Shape[1]))];
            normOf = muon.ClampNorm ? norm => Math.Max(norm, 1e-7) : norm => norm + 1e-7;
        }

        protected override void Step(StepSettings at, int segment, StepContext<T> context)
        {
            Sweep(new Rule<T>(at.Momentum ?? muon.Momentum, muon.Plain), segment, update, context.Gradient, State[0].Values, context.Threads);
            var (rows, columns) = (Parameters.Layout.Segments[segment].Shape[0], Parameters.Layout.Segments[segment].Shape[1]);
            iterations[segment].Orthogonalize(update[Parameters.Layout.Segments[segment]], muon.Iterations, normOf, context.Threads);
            var length = muon.MatchAdam ? 0.2 * Math.Sqrt(Math.Max(rows, columns)) : Math.Sqrt(Math.Max(1, (double)rows / columns));
            Sweep(new Move<T>(1 - (at.LearningRate * muon.WeightDecay), at.LearningRate * length), segment, Parameters, update, context.Threads);
        }
    }

    /// <summary>Makes u in the place of the parameters.</summary>
    private readonly struct Rule<T>(double momentum, bool isPlain) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T μ = T.CreateChecked(momentum);
        private readonly T oneMinusμ = T.CreateChecked(1 - momentum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V b)
            where V : struct, ILane<V, T>
        {
            b = (μ * b) + (oneMinusμ * g);
            return isPlain ? b : (oneMinusμ * g) + (μ * b);
        }
    }

    private readonly struct Move<T>(double kept, double rate) : IRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateChecked(kept);
        private readonly T α = T.CreateChecked(rate);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g)
            where V : struct, ILane<V, T> => (kept * θ) - (α * g);
    }
}
