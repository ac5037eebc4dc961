using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>SOAP (Vyas et al. 2024, Algorithm 3): Adam in the eigenbasis of Shampoo's preconditioner, which turns slowly, for every matrix of weights.</summary>
/// <remarks>
/// <code>
/// at the first step, which moves nothing:
///   L ← (1 − β) G Gᵀ, R ← (1 − β) GᵀG
///   Q_L, Q_R ← their eigenvectors, that of the largest eigenvalue first
/// M ← β₁ M + (1 − β₁) G
/// G′ = Q_Lᵀ G Q_R, M′ = Q_Lᵀ M Q_R
/// V ← β₂ V + (1 − β₂) G′²
/// U = Q_L (M′ / (√V + ε)) Q_Rᵀ
/// W ← (1 − α λ) (W − α √(1 − β₂ᵗ)/(1 − β₁ᵗ) U)
/// L ← β L + (1 − β) G Gᵀ, R ← β R + (1 − β) GᵀG
/// every precondition-frequency steps, and so for Q_R:
///   Q_L and V ← their columns ordered by diag(Q_Lᵀ L Q_L)
///   Q_L ← the Q of the QR factorization of L Q_L
/// with normalize-grads: U ← U / RMS(U)
/// </code>
/// <para>PyTorch, Keras and optax: none of them has it.</para>
/// <para>State: two numbers a parameter, and for each side of a matrix two squares of its length.</para>
/// <para>As in the authors' code, which turns M with the bases where here it stays as it is; without its merging of dimensions, and without a basis for vectors. t counts from the
/// second step.</para>
/// <para>A side longer than max-precondition-dim has no basis: its Q is the identity. What is no matrix has none on either side and goes with this Adam; its
/// first gradient is skipped too. A network without a matrix is refused.</para>
/// <para>In the eigenbasis the rounding of what is next to nothing becomes steps of full size where ε does not damp it, and after one gradient the larger of L and R has several eigenvectors
/// of the eigenvalue 0: float and double part sooner than with Adam.</para>
/// <seealso href="https://arxiv.org/abs/2409.11321">Vyas et al. 2024: SOAP: Improving and Stabilizing Shampoo using Adam</seealso>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly the first moment forgets: 0 and more, less than 1.</param>
/// <param name="Beta2">β₂, how slowly the second moment forgets: 0 and more, less than 1.</param>
/// <param name="ShampooBeta">β, how slowly the preconditioner forgets: less than 1; −1, or less than 0, for β₂.</param>
/// <param name="Epsilon">ε, added to the root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="PreconditionFrequency">F, the steps from one renewal of the eigenbases to the next: at least 1.</param>
/// <param name="MaxPreconditionDim">The longest side of a matrix that has a basis: 0, 1, 2, ….</param>
/// <param name="NormalizeGrads">Whether to make all steps of a segment equally long.</param>
/// <param name="CorrectBias">Whether to correct the moments as Adam does.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
public sealed record Soap(
    Schedule LearningRate,
    double Beta1 = 0.95,
    double Beta2 = 0.95,
    double ShampooBeta = -1,
    double Epsilon = 1e-8,
    double WeightDecay = 0.01,
    int PreconditionFrequency = 10,
    int MaxPreconditionDim = 10_000,
    bool NormalizeGrads = false,
    bool CorrectBias = true) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "soap", "SOAP", "Vyas et al. 2024", 2,
        [
            new("learning-rate", 0.003, Interval.Positive, "α, how far a step goes"),
            new("beta1", 0.95, Interval.FadingFactor, "β₁, how slowly the first moment forgets"),
            new("beta2", 0.95, Interval.FadingFactor, "β₂, how slowly the second moment forgets"),
            new("shampoo-beta", -1, new(-1, 1, true, false), "β, how slowly the preconditioner forgets; below 0 for β₂"),
            new("epsilon", 1e-8, Interval.Positive, "ε, added to the root of the second moment"),
            new("weight-decay", 0.01, Interval.NotNegative, "λ, how strongly parameters are pulled to zero"),
            new("precondition-frequency", 10, Interval.WholeFrom1, "steps from one renewal of the eigenbases to the next"),
            new("max-precondition-dim", 10_000, Interval.WholeFrom0, "the longest side of a matrix that has a basis"),
            new("normalize-grads", 0, Interval.Share, "make all steps of a segment equally long", IsSwitch: true),
            new("correct-bias", 1, Interval.Share, "correct the moments as Adam does", IsSwitch: true),
        ],
        (learningRate, s) => new Soap(
            learningRate, s["beta1"], s["beta2"], s["shampoo-beta"], s["epsilon"], s["weight-decay"], (int)s["precondition-frequency"],
            (int)s["max-precondition-dim"], s["normalize-grads"] != 0, s["correct-bias"] != 0))
    {
        Scope = OptimizerScope.Segment,
        WorkPerParameter = 11,
        OtherState = "two squares for each side of a matrix",
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>β₁, how slowly the first moment forgets.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>β₂, how slowly the second moment forgets.</summary>
    public double Beta2 { get; init => field = About.Checked("beta2", value); } = About.Checked("beta2", Beta2);

    /// <summary>β, how slowly the preconditioner forgets; below 0 for β₂.</summary>
    public double ShampooBeta { get; init => field = About.Checked("shampoo-beta", value); } = About.Checked("shampoo-beta", ShampooBeta);

    /// <summary>ε, added to the root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>Steps from one renewal of the eigenbases to the next.</summary>
    public int PreconditionFrequency { get; init => field = (int)About.Checked("precondition-frequency", value); } =
        (int)About.Checked("precondition-frequency", PreconditionFrequency);

    /// <summary>The longest side of a matrix that has a basis.</summary>
    public int MaxPreconditionDim { get; init => field = (int)About.Checked("max-precondition-dim", value); } =
        (int)About.Checked("max-precondition-dim", MaxPreconditionDim);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["beta1"] = Beta1,
        ["beta2"] = Beta2,
        ["shampoo-beta"] = ShampooBeta,
        ["epsilon"] = Epsilon,
        ["weight-decay"] = WeightDecay,
        ["precondition-frequency"] = PreconditionFrequency,
        ["max-precondition-dim"] = MaxPreconditionDim,
        ["normalize-grads"] = NormalizeGrads ? 1 : 0,
        ["correct-bias"] = CorrectBias ? 1 : 0,
    };

    /// <inheritdoc/>
    public override (double First, double Second) BiasCorrection(long step) => CorrectBias && step > 1
        ? (1 / (1 - LaneMath.Power(Beta1, step - 1)), 1 / (1 - LaneMath.Power(Beta2, step - 1)))
        : (1, 1);

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.RequireMatrix(parameters.Layout);
        return CreateStepperOfAny(parameters);
    }

    /// <summary>A stepper that takes parameters without a matrix, too.</summary>
    internal Stepper<T> CreateStepperOfAny<T>(Parameters<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        About.NotZero<T>("epsilon", Epsilon);
        return new AtWork<T>(this, parameters);
    }

    private sealed class AtWork<T> : SegmentStepper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Soap soap;
        private readonly Parameters<T> update;
        private readonly Side[] sides;
        private readonly EigenbasisPair<T>?[] pairs;
        private readonly Parameters<T> averages, vectors;

        public AtWork(Soap soap, Parameters<T> parameters)
            : base(parameters, soap.LearningRate, default, StateBlock.FirstMoment, "second moment in the eigenbasis")
        {
            this.soap = soap;
            update = new(parameters.Layout);
            var layout = new LayoutBuilder<T>();
            sides = [.. parameters.Layout.Segments.Select(segment => new Side(SideOf(segment, 0, "rows"), SideOf(segment, 1, "columns")))];
            pairs = [.. parameters.Layout.Segments.Zip(sides, (segment, side) => segment.Shape is [var rows, var columns]
                ? new EigenbasisPair<T>(rows, columns, side.Rows is not null, side.Columns is not null)
                : null)];
            var laidOut = layout.Build();
            (averages, vectors) = (new(laidOut), new(laidOut));
            if (laidOut.Segments.Count == 0) return;
            Add(new("preconditioners", StateShape.PerSegment, averages));
            Add(new("eigenbases", StateShape.PerSegment, vectors));

            ParameterSegment? SideOf(ParameterSegment segment, int dimension, string what) =>
                segment.Shape.Count == 2 && segment.Shape[dimension] is var length && length <= soap.MaxPreconditionDim
                    ? layout.Add($"{what} of {segment.Name}", segment.Role, [length, length])
                    : null;
        }

        protected override void Step(StepSettings at, int segment, StepContext<T> context)
        {
            var (side, pair, threads) = (sides[segment], pairs[segment], context.Threads);
            var gradient = context.Gradient[Parameters.Layout.Segments[segment]];
            var beta = soap.ShampooBeta < 0 ? soap.Beta2 : soap.ShampooBeta;
            pair?.Begin(gradient, Of(vectors, side.Rows), Of(vectors, side.Columns));
            if (at.Step > 1) Move(at, segment, gradient, context);
            if (pair is null) return;

            pair.Average(Of(averages, side.Rows), Of(averages, side.Columns), beta, threads);
            if (at.Step == 1)
            {
                pair.Decompose(Of(averages, side.Rows), Of(vectors, side.Rows), Of(averages, side.Columns), Of(vectors, side.Columns), threads);
            }
            else if ((at.Step - 1) % soap.PreconditionFrequency == 0)
            {
                pair.Refine(
                    Of(averages, side.Rows), Of(vectors, side.Rows), Of(averages, side.Columns), Of(vectors, side.Columns),
                    State[1].Values[Parameters.Layout.Segments[segment]], threads);
            }
        }

        private static Span<T> Of(Parameters<T> all, ParameterSegment? side) => side is null ? [] : all[side];

        private void Move(StepSettings at, int segment, Span<T> gradient, StepContext<T> context)
        {
            var (pair, threads) = (pairs[segment], context.Threads);
            var β1 = at.Momentum ?? soap.Beta1;
            var rate = at.LearningRate;
            if (soap.CorrectBias) rate *= Math.Sqrt(1 - LaneMath.Power(soap.Beta2, at.Step - 1)) / (1 - LaneMath.Power(β1, at.Step - 1));

            var step = update[Parameters.Layout.Segments[segment]];
            Sweep(new FirstMoment<T>(β1), segment, update, context.Gradient, State[0].Values, threads);
            pair?.Turn(step, threads);
            pair?.Turn(gradient, threads);
            Sweep(new Direction<T>(soap.Beta2, soap.Epsilon), segment, update, context.Gradient, State[1].Values, threads);
            pair?.PutBack(gradient);
            pair?.TurnBack(step, threads);
            if (soap.NormalizeGrads) rate /= 1e-30 + (NormOf(segment, update) / Math.Sqrt(step.Length));
            var kept = 1 - (at.LearningRate * soap.WeightDecay);
            Sweep(new Away<T>(kept, rate), segment, Parameters, update, threads);
        }

        /// <summary>Where the averages and vectors of a segment's sides are.</summary>
        private readonly record struct Side(ParameterSegment? Rows, ParameterSegment? Columns);
    }

    /// <summary>Makes m in the place of the parameters.</summary>
    private readonly struct FirstMoment<T>(double beta1) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T β1 = T.CreateChecked(beta1);
        private readonly T oneMinusβ1 = T.CreateChecked(1 - beta1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V m)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1 * g);
            return m;
        }
    }

    /// <summary>Makes Adam's direction out of m in the place of the parameters.</summary>
    private readonly struct Direction<T>(double beta2, double epsilon) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T β2 = T.CreateChecked(beta2);
        private readonly T oneMinusβ2 = T.CreateChecked(1 - beta2);
        private readonly T ε = T.CreateChecked(epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V m, V g, ref V v)
            where V : struct, ILane<V, T>
        {
            v = (β2 * v) + (oneMinusβ2 * (g * g));
            return m / (V.Sqrt(v) + ε);
        }
    }

    private readonly struct Away<T>(double kept, double rate) : IRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateChecked(kept);
        private readonly T α = T.CreateChecked(rate);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V u)
            where V : struct, ILane<V, T> => kept * (θ - (α * u));
    }
}
