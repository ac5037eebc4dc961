using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>L-BFGS (Liu and Nocedal 1989, Algorithm 2.1): Newton steps from the changes of the gradient along the last steps, with a search for their length.</summary>
/// <remarks>
/// <code>
/// y = g − g₋₁, s = θ − θ₋₁, remembered where ⟨y, s⟩ &gt; 1e-10
/// q = −H g by the two loops over all pairs, from H = ⟨y, s⟩/⟨y, y⟩
/// θ ← θ + t q
/// t from a search for the strong Wolfe conditions (c₁ 1e-4, c₂ 0.9)
///   that begins at α; in the first iteration at min(1, 1/‖g‖₁) α
/// with fixed-step: t is where the search would begin
/// </code>
/// <para>PyTorch: goes 20 iterations a step and remembers 100 pairs; by default it does not search (fixed-step), and its strong-Wolfe search is this
/// one.</para>
/// <para>optax: searches by zoom too.</para>
/// <para>Keras: has none.</para>
/// <para>State: 22 numbers a parameter, two for each pair and two more.</para>
/// <para>It needs all rows at every step and is refused mini-batches: a change of the gradient from one batch to another is no curvature.</para>
/// </remarks>
/// <param name="LearningRate">α, how far a step goes: positive and finite.</param>
/// <param name="Iterations">Iterations a step: at least 1.</param>
/// <param name="History">Pairs of steps and changes of the gradient that are remembered: at least 1.</param>
/// <param name="FixedStep">Whether to go α along the direction instead of searching.</param>
/// <param name="GradientTolerance">Where no slope is larger there is no step: not negative.</param>
/// <param name="ChangeTolerance">Where loss or parameters change by less a step ends: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://doi.org/10.1007/BF01589116">Liu &amp; Nocedal 1989: On the limited memory BFGS method for large scale optimization</seealso>
/// <seealso href="https://doi.org/10.1090/S0025-5718-1980-0572855-7">Nocedal 1980: Updating quasi-Newton matrices with limited storage</seealso>
/// <seealso href="https://doi.org/10.1007/978-0-387-40065-5">Nocedal &amp; Wright 2006: Numerical Optimization</seealso>
public sealed record LBfgs(
    Schedule LearningRate,
    int Iterations = 1,
    int History = 10,
    bool FixedStep = false,
    double GradientTolerance = 1e-7,
    double ChangeTolerance = 1e-9) : Optimizer
{
    /// <summary>Its name, source and settings.</summary>
    public static OptimizerInfo About { get; } = new(
        "l-bfgs", "L-BFGS", "Nocedal 1980; Liu & Nocedal 1989", 22,
        [
            new("learning-rate", 1, Interval.Positive, "α, how far a step goes"),
            new("iterations", 1, Interval.WholeFrom1, "iterations a step"),
            new("history", 10, Interval.WholeFrom1, "pairs of steps and changes of the gradient that are remembered"),
            new("fixed-step", 0, Interval.Share, "go α along the direction instead of searching", IsSwitch: true),
            new("gradient-tolerance", 1e-7, Interval.NotNegative, "where no slope is larger there is no step"),
            new("change-tolerance", 1e-9, Interval.NotNegative, "where loss or parameters change by less a step ends"),
        ],
        (learningRate, s) => new LBfgs(
            learningRate, (int)s["iterations"], (int)s["history"], s["fixed-step"] != 0, s["gradient-tolerance"], s["change-tolerance"]))
    {
        Scope = OptimizerScope.Group,
        WorkPerParameter = 8,
    };

    /// <inheritdoc/>
    public override Schedule LearningRate { get; init => field = About.Checked(value); } = About.Checked(LearningRate);

    /// <summary>Iterations a step.</summary>
    public int Iterations { get; init => field = (int)About.Checked("iterations", value); } = (int)About.Checked("iterations", Iterations);

    /// <summary>Pairs of steps and changes of the gradient that are remembered.</summary>
    public int History { get; init => field = (int)About.Checked("history", value); } = (int)About.Checked("history", History);

    /// <summary>Where no slope is larger there is no step.</summary>
    public double GradientTolerance { get; init => field = About.Checked("gradient-tolerance", value); } =
        About.Checked("gradient-tolerance", GradientTolerance);

    /// <summary>Where loss or parameters change by less a step ends.</summary>
    public double ChangeTolerance { get; init => field = About.Checked("change-tolerance", value); } = About.Checked("change-tolerance", ChangeTolerance);

    /// <inheritdoc/>
    public override OptimizerInfo Info => About;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>
    {
        ["iterations"] = Iterations,
        ["history"] = History,
        ["fixed-step"] = FixedStep ? 1 : 0,
        ["gradient-tolerance"] = GradientTolerance,
        ["change-tolerance"] = ChangeTolerance,
    };

    /// <inheritdoc/>
    public override bool NeedsAllRows => true;

    /// <inheritdoc/>
    public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new AtWork<T>(this, parameters);

    private sealed class AtWork<T> : Stepper<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const double LeastCurvature = 1e-10;

        private readonly LBfgs settings;
        private readonly Parameters<T> gradient, direction, previous, change, step;
        private readonly (Parameters<T> Y, Parameters<T> S, ScalarState InverseCurvature)[] pairs;
        private readonly ScalarState iteration = new("iterations"), count = new("pairs"), newest = new("newest pair"), scale = new("scale of H", 1), length = new("length of the step");
        private readonly double[] projections;
        private readonly WolfeSearch<T> search;

        public AtWork(LBfgs settings, Parameters<T> parameters)
            : base(parameters, settings.LearningRate)
        {
            this.settings = settings;
            (gradient, direction, previous, change, step) =
                (new(parameters.Layout), new(parameters.Layout), new(parameters.Layout), new(parameters.Layout), new(parameters.Layout));
            pairs = [.. Enumerable.Range(0, settings.History).Select(i =>
                (new Parameters<T>(parameters.Layout), new Parameters<T>(parameters.Layout), new ScalarState($"inverse curvature {i}")))];
            projections = new double[settings.History];
            search = new WolfeSearch<T>(parameters.Layout);
            State =
            [
                new("direction", StateShape.LikeParameters, direction),
                new(StateBlock.PreviousGradient, StateShape.LikeParameters, previous),
                .. pairs.SelectMany((pair, i) => (StateBlock<T>[])
                    [new($"change of gradient {i}", StateShape.LikeParameters, pair.Y), new($"step {i}", StateShape.LikeParameters, pair.S)]),
            ];
            Scalars = [.. base.Scalars, iteration, count, newest, scale, length, .. pairs.Select(pair => pair.InverseCurvature)];
        }

        public override IReadOnlyList<StateBlock<T>> State { get; }

        public override IReadOnlyList<ScalarState> Scalars { get; }

        protected override void Apply(StepContext<T> context)
        {
            var at = SettingsOf(context);
            var loss = context.Loss;
            gradient.CopyFrom(context.Gradient);
            var evaluations = 1;
            if (Largest(gradient) <= settings.GradientTolerance) return;
            for (var n = 1; n <= settings.Iterations; n++)
            {
                iteration.Value++;
                FindDirection();
                previous.CopyFrom(gradient);
                var lossBefore = loss;
                length.Value = at.LearningRate * (iteration.Value == 1 ? Math.Min(1, 1 / Reduction.SumOfMagnitudes<T>(gradient.Values)) : 1);
                var slope = Dot.Of<T>(gradient.Values, direction.Values);
                if (slope > -settings.ChangeTolerance) break;

                var last = n == settings.Iterations;
                if (!settings.FixedStep)
                {
                    (loss, length.Value, var asked) =
                        search.Find(context, Parameters, direction, length.Value, loss, slope, gradient, settings.ChangeTolerance);
                    evaluations += asked;
                }

                Parameters.Add(T.CreateChecked(length.Value), direction);
                if (settings.FixedStep && !last)
                {
                    loss = context.Evaluate(Parameters, gradient);
                    evaluations++;
                }

                if (last || evaluations >= settings.Iterations * 5 / 4) break;
                if (Largest(gradient) <= settings.GradientTolerance) break;
                if (length.Value * Largest(direction) <= settings.ChangeTolerance || Math.Abs(loss - lossBefore) < settings.ChangeTolerance) break;
            }
        }

        private static double Largest(Parameters<T> values) => double.CreateChecked(Reduction.LargestMagnitude<T>(values.Values));

        private void FindDirection()
        {
            if (iteration.Value == 1)
            {
                direction.Values.Clear();
                direction.Add(-T.One, gradient);
                return;
            }

            Remember();
            direction.Values.Clear();
            direction.Add(-T.One, gradient);
            for (var i = 0; i < (int)count.Value; i++)
            {
                var (y, s, inverse) = Pair(i);
                projections[i] = Dot.Of<T>(s.Values, direction.Values) * inverse.Value;
                direction.Add(T.CreateChecked(-projections[i]), y);
            }

            var factor = T.CreateChecked(scale.Value);
            foreach (ref var value in direction.Values) value *= factor;
            for (var i = (int)count.Value - 1; i >= 0; i--)
            {
                var (y, s, inverse) = Pair(i);
                direction.Add(T.CreateChecked(projections[i] - (Dot.Of<T>(y.Values, direction.Values) * inverse.Value)), s);
            }
        }

        /// <summary>The i-th newest pair.</summary>
        private (Parameters<T> Y, Parameters<T> S, ScalarState InverseCurvature) Pair(int i) =>
            pairs[((int)newest.Value - i + pairs.Length) % pairs.Length];

        private void Remember()
        {
            change.CopyFrom(gradient);
            change.Add(-T.One, previous);
            step.Values.Clear();
            step.Add(T.CreateChecked(length.Value), direction);
            var curvature = Dot.Of<T>(change.Values, step.Values);
            if (!(curvature > LeastCurvature)) return;
            newest.Value = count.Value == 0 ? 0 : ((int)newest.Value + 1) % pairs.Length;
            count.Value = Math.Min(count.Value + 1, pairs.Length);
            var (y, s, inverse) = Pair(0);
            y.CopyFrom(change);
            s.CopyFrom(step);
            inverse.Value = 1 / curvature;
            scale.Value = curvature / Dot.Of<T>(change.Values, change.Values);
        }
    }
}
