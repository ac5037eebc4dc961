using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>Adafactor (Shazeer and Stern 2018, Algorithms 4 and 5): Adam without momentum whose second moment of a matrix is one number a row and one a column.</summary>
/// <remarks>
/// <code>
/// β₂ = 1 − t⁻ᶜ
/// of a matrix: Rᵢ ← β₂ Rᵢ + (1 − β₂) mean of g² along row i
///              Cⱼ ← β₂ Cⱼ + (1 − β₂) mean of g² along column j
///              v̂ᵢⱼ = Rᵢ Cⱼ / max(mean of R, ε₁)
/// of all else: v̂ = v ← β₂ v + (1 − β₂) g²
/// u = g / max(√v̂, ε₁)
/// r = max(ε₂, RMS(θ)) min(α, 1/√t) / max(1, RMS(u)/d)
/// θ ← (1 − α λ) θ − r u
/// </code>
/// <para>PyTorch: the same, with the smallest relative distance of the parameters' precision for ε₁; here it is double's in both.</para>
/// <para>Keras: adds ε₁ to g², as the paper does: add-epsilon, with an ε₁ of 1e-30.</para>
/// <para>optax: factors from 128 on, adds ε₁ to g² too, and goes max(ε₂, RMS(θ)) α without a bound of 1/√t.</para>
/// <para>State: a number for each row and each column of a matrix, one for each parameter of what is none; with beta1 one more for each parameter.</para>
/// <para>timm adds ε₁ to g² too; it factors matrices from a size on (factor-from), may keep a first moment (beta1), goes α itself where a learning rate is given (absolute), and
/// decays by λ times the rate it goes.</para>
/// <seealso href="https://arxiv.org/abs/1804.04235">Shazeer &amp; Stern 2018: Adafactor: Adaptive Learning Rates with Sublinear Memory Cost</seealso>
/// </remarks>
/// <param name="LearningRate">α, the largest step relative to the parameters' size: positive and finite.</param>
/// <param name="DecayRate">c, how fast the second moment's memory grows: positive and finite.</param>
/// <param name="Beta1">β₁, how slowly an average of the steps forgets; 0 for none: 0 and more, less than 1.</param>
/// <param name="Epsilon">ε₁, the least root of the second moment: positive, and not zero in the network's precision.</param>
/// <param name="EpsilonScale">ε₂, the least size of the parameters: not negative.</param>
/// <param name="Clip">d, the longest step before it is scaled, by the root of its mean square: positive and finite.</param>
/// <param name="WeightDecay">λ, how strongly parameters are pulled to zero: not negative.</param>
/// <param name="FactorFrom">The fewest rows and columns of a matrix that is factored: at least 1.</param>
/// <param name="AddEpsilon">Whether to add ε₁ to the squared gradient instead of bounding the root.</param>
/// <param name="Absolute">Whether to go α itself, whatever the parameters' size and the step's number.</param>
/// <param name="Maximize">Whether to climb instead of descend.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
public sealed record Adafactor(
    Schedule LearningRate,
    double DecayRate = 0.8,
    double Beta1 = 0,
    double Epsilon = Adafactor.DoubleEpsilon,
    double EpsilonScale = 0.001,
    double Clip = 1,
    double WeightDecay = 0,
    int FactorFrom = 1,
    bool AddEpsilon = false,
    bool Absolute = false,
    bool Maximize = false) : Optimizer
{
    private const double DoubleEpsilon = 2.220446049250313e-16;

    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "adafactor", "Adafactor", "Shazeer & Stern 2018", 0,
        [
            new("learning-rate", 0.01, Interval.Positive, "α, the largest step relative to the parameters' size"),
            new("decay-rate", 0.8, Interval.Positive, "c, how fast the second moment's memory grows"),
            new("beta1", 0, Interval.FadingFactor, "β₁, how slowly an average of the steps forgets; 0 for none"),
            new("epsilon", DoubleEpsilon, Interval.Positive, "ε₁, the least root of the second moment"),
            new("epsilon-scale", 0.001, Interval.NotNegative, "ε₂, the least size of the parameters"),
            new("clip", 1, Interval.Positive, "d, the longest step before it is scaled"),
            Setting.WeightDecay,
            new("factor-from", 1, Interval.WholeFrom1, "the fewest rows and columns of a matrix that is factored"),
            new("add-epsilon", 0, Interval.Share, "add ε₁ to the squared gradient instead of bounding the root", IsSwitch: true),
            new("absolute", 0, Interval.Share, "go α itself, whatever the parameters' size and the step's number", IsSwitch: true),
            Setting.Maximize,
        ],
        (learningRate, s) => new Adafactor(
            learningRate, s["decay-rate"], s["beta1"], s["epsilon"], s["epsilon-scale"], s["clip"], s["weight-decay"], (int)s["factor-from"],
            s["add-epsilon"] != 0, s["absolute"] != 0, s["maximize"] != 0))
    {
        Scope = OptimizerScope.Segment,
        WorkPerParameter = 1,
        OtherState = "a number for each row and column of a matrix and for each other parameter",
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>c, how fast the second moment's memory grows.</summary>
    public double DecayRate { get; init => field = About.Checked("decay-rate", value); } = About.Checked("decay-rate", DecayRate);

    /// <summary>β₁, how slowly an average of the steps forgets; 0 for none.</summary>
    public double Beta1 { get; init => field = About.Checked("beta1", value); } = About.Checked("beta1", Beta1);

    /// <summary>ε₁, the least root of the second moment.</summary>
    public double Epsilon { get; init => field = About.Checked("epsilon", value); } = About.Checked("epsilon", Epsilon);

    /// <summary>ε₂, the least size of the parameters.</summary>
    public double EpsilonScale { get; init => field = About.Checked("epsilon-scale", value); } = About.Checked("epsilon-scale", EpsilonScale);

    /// <summary>d, the longest step before it is scaled, by the root of its mean square.</summary>
    public double Clip { get; init => field = About.Checked("clip", value); } = About.Checked("clip", Clip);

    /// <summary>λ, how strongly parameters are pulled to zero.</summary>
    public double WeightDecay { get; init => field = About.Checked("weight-decay", value); } = About.Checked("weight-decay", WeightDecay);

    /// <summary>The fewest rows and columns of a matrix that is factored.</summary>
    public int FactorFrom { get; init => field = (int)About.Checked("factor-from", value); } = (int)About.Checked("factor-from", FactorFrom);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["decay-rate"] = DecayRate,
        ["beta1"] = Beta1,
        ["epsilon"] = Epsilon,
        ["epsilon-scale"] = EpsilonScale,
        ["clip"] = Clip,
        ["weight-decay"] = WeightDecay,
        ["factor-from"] = FactorFrom,
        ["add-epsilon"] = AddEpsilon ? 1 : 0,
        ["absolute"] = Absolute ? 1 : 0,
        ["maximize"] = Maximize ? 1 : 0,
    };

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters)
    {
        About.NotZero<T>("epsilon", Epsilon);
        return new AtWork<T>(this, parameters);
    }

    private bool Factors(ParameterSegment segment) => segment.Shape.Count == 2 && segment.Shape.Min() >= FactorFrom;

    private sealed class AtWork<T> : SegmentStepper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Adafactor adafactor;
        private readonly Parameters<T> update, moments;

        // Of each segment, the first of its one or two segments of the moments.
        private readonly int[] momentOf;
        private readonly bool[] isFactored;
        private readonly AlignedBuffer<T> ofColumns;

        public AtWork(Adafactor adafactor, Parameters<T> parameters)
            : base(parameters, adafactor.LearningRate, default, adafactor.Beta1 > 0 ? [StateBlock.FirstMoment] : [])
        {
            this.adafactor = adafactor;
            update = new(parameters.Layout);
            var segments = parameters.Layout.Segments;
            isFactored = [.. segments.Select(adafactor.Factors)];
            momentOf = new int[segments.Count];
            var layout = new LayoutBuilder<T>();
            for (int s = 0, next = 0; s < segments.Count; s++)
            {
                momentOf[s] = next;
                next += isFactored[s] ? 2 : 1;
                var (name, role, shape) = (segments[s].Name, segments[s].Role, segments[s].Shape);
                layout.Add(isFactored[s] ? $"rows of {name}" : name, role, isFactored[s] ? [shape[0]] : shape);
                if (isFactored[s]) layout.Add($"columns of {name}", role, [shape[1]]);
            }

            moments = new(layout.Build());
            Add(new(StateBlock.SecondMoment, StateShape.PerSegment, moments));
            ofColumns = new(segments.Where(adafactor.Factors).Select(segment => segment.Shape[1]).DefaultIfEmpty().Max());
        }

        protected override void Step(StepSettings at, int segment, StepContext<T> context)
        {
            var fresh = LaneMath.Pow(at.Step, -adafactor.DecayRate);
            if (isFactored[segment]) Factored(segment, context.Gradient, fresh);
            else Whole(segment, context, fresh);

            var root = Math.Sqrt(Parameters.Layout.Segments[segment].Length);
            var rate = at.LearningRate;
            if (!adafactor.Absolute) rate = Math.Max(adafactor.EpsilonScale, NormOf(segment, Parameters) / root) * Math.Min(rate, 1 / Math.Sqrt(at.Step));
            rate /= Math.Max(1, NormOf(segment, update) / root / adafactor.Clip);
            if (adafactor.Maximize) rate = -rate;

            var kept = 1 - (at.LearningRate * adafactor.WeightDecay);
            if (adafactor.Beta1 > 0) Sweep(new Average<T>(at.Momentum ?? adafactor.Beta1, kept, rate), segment, Parameters, update, State[0].Values, context.Threads);
            else Sweep(new Move<T>(kept, rate), segment, Parameters, update, context.Threads);
        }

        private void Factored(int segment, Parameters<T> gradient, double fresh)
        {
            var g = Of(segment, gradient);
            var u = update[Parameters.Layout.Segments[segment]];
            var rows = moments[moments.Layout.Segments[momentOf[segment]]];
            var columns = moments[moments.Layout.Segments[momentOf[segment] + 1]];
            var added = adafactor.AddEpsilon ? adafactor.Epsilon : 0;
            for (var r = 0; r < rows.Length; r++)
                rows[r] = Averaged(rows[r], Reduction.SumOfSquares(g.Slice(r * columns.Length, columns.Length)) / columns.Length);

            var squares = ofColumns.Span[..columns.Length];
            squares.Clear();
            var sum = new ColumnSquares<T>(ref ofColumns.First, in g[0], rows.Length, columns.Length);
            Lanes.Run<T, ColumnSquares<T>>(ref sum);
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c] = Averaged(columns[c], double.CreateChecked(squares[c]) / rows.Length);
                squares[c] = T.One / T.Sqrt(columns[c]);
            }

            var mean = double.CreateChecked(Reduction.Sum<T>(rows)) / rows.Length;
            if (!adafactor.AddEpsilon) mean = Math.Max(mean, adafactor.Epsilon);
            var most = typeof(T) == typeof(double) ? double.MaxValue : float.MaxValue;
            if (!adafactor.AddEpsilon) most = Math.Min(1 / adafactor.Epsilon, most);
            var divide = new Divide<T>(in g[0], ref u[0], in rows[0], ref ofColumns.First, rows.Length, columns.Length, T.CreateChecked(mean), T.CreateChecked(most));
            Lanes.Run<T, Divide<T>>(ref divide);

            T Averaged(T moment, double square) => T.CreateChecked(((1 - fresh) * double.CreateChecked(moment)) + (fresh * (square + added)));
        }

        private void Whole(int segment, StepContext<T> context, double fresh)
        {
            var start = Parameters.Layout.Segments[segment].Offset;
            ref var u = ref Unsafe.Add(ref update.Buffer.First, start);
            ref var v = ref Unsafe.Add(ref moments.Buffer.First, moments.Layout.Segments[momentOf[segment]].Offset);
            ref var g = ref Unsafe.Add(ref context.Gradient.Buffer.First, start);
            var pass = new OneState<T, Rule<T>>.Pass(new(adafactor, fresh), ref u, ref g, ref v, Parameters.Layout.RoomOf(segment));
            ThreadTeam.Run<T, OneState<T, Rule<T>>.Pass>(ref pass, context.Threads);
        }
    }

    /// <summary>Makes u in the place of the parameters.</summary>
    private readonly struct Rule<T>(Adafactor adafactor, double fresh) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T β2 = T.CreateChecked(1 - fresh);
        private readonly T oneMinusβ2 = T.CreateChecked(fresh);
        private readonly T added = T.CreateChecked(adafactor.AddEpsilon ? adafactor.Epsilon : 0);
        private readonly T least = T.CreateChecked(adafactor.AddEpsilon ? 0 : adafactor.Epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V g, ref V v)
            where V : struct, ILane<V, T>
        {
            v = (β2 * v) + (oneMinusβ2 * ((g * g) + added));
            var (root, bound) = (V.Sqrt(v), V.Broadcast(least));
            return g / V.WhereGreater(bound, root, bound, root);
        }
    }

    private readonly struct Move<T>(double kept, double rate) : IRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T kept = T.CreateChecked(kept);
        private readonly T r = T.CreateChecked(rate);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V u)
            where V : struct, ILane<V, T> => (kept * θ) - (r * u);
    }

    private readonly struct Average<T>(double beta1, double kept, double rate) : IRule1<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T β1 = T.CreateChecked(beta1);
        private readonly T oneMinusβ1r = T.CreateChecked((1 - beta1) * rate);
        private readonly T kept = T.CreateChecked(kept);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Step<V>(V θ, V u, ref V m)
            where V : struct, ILane<V, T>
        {
            m = (β1 * m) + (oneMinusβ1r * u);
            return (kept * θ) - m;
        }
    }

    /// <summary>The sum of the squares of each column, added to what is there, row after row.</summary>
    private readonly ref struct ColumnSquares<T>(ref T sums, ref readonly T g, int rows, int columns) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T sums = ref sums;
        private readonly ref readonly T g = ref g;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var whole = columns - (columns % V.Count);
            for (var r = 0; r < rows; r++)
            {
                var c = 0;
                for (; c < whole; c += V.Count) Add<V>(r, c);
                for (; c < columns; c++) Add<LaneScalar<T>>(r, c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add<V>(int r, int c)
            where V : struct, IKernelLane<V, T>
        {
            var value = V.Load(in Unsafe.Add(ref Unsafe.AsRef(in g), (r * columns) + c));
            V.Store(V.Load(in Unsafe.Add(ref sums, c)) + (value * value), ref Unsafe.Add(ref sums, c));
        }
    }

    /// <summary>u = g times the factors of its row and its column, which is one over the root of the second moment.</summary>
    private readonly ref struct Divide<T>(ref readonly T g, ref T u, ref readonly T moments, ref T ofColumns, int rows, int columns, T mean, T most) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref readonly T g = ref g;
        private readonly ref T u = ref u;
        private readonly ref readonly T moments = ref moments;
        private readonly ref T ofColumns = ref ofColumns;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var whole = columns - (columns % V.Count);
            for (var r = 0; r < rows; r++)
            {
                var ofRow = T.One / T.Sqrt(Unsafe.Add(ref Unsafe.AsRef(in moments), r) / mean);
                var c = 0;
                for (; c < whole; c += V.Count) Make<V>(ofRow, r, c);
                for (; c < columns; c++) Make<LaneScalar<T>>(ofRow, r, c);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Make<V>(T ofRow, int r, int c)
            where V : struct, IKernelLane<V, T>
        {
            var (factor, bound) = (ofRow * V.Load(in Unsafe.Add(ref ofColumns, c)), V.Broadcast(most));
            var value = V.Load(in Unsafe.Add(ref Unsafe.AsRef(in g), (r * columns) + c));

            // A row or column without slope has an infinite factor: it goes nowhere.
            V.Store(value * V.WhereGreater(bound, factor, factor, bound), ref Unsafe.Add(ref u, (r * columns) + c));
        }
    }
}
