using System.Globalization;
using System.Numerics;
using Steepest.Compare.Reports;
using Steepest.Compare.Tasks;
using Steepest.Numerics;

namespace Steepest.Compare;

/// <summary>
/// The noisy quadratic model (Zhang et al. 2019, "Which Algorithmic Choices Matter at Which Batch Sizes?", section 3): ½ Σ λᵢ xᵢ² over the entries of a matrix, with λ from 1 down
/// to 1 / condition evenly on a logarithmic scale, and gradients whose noise is normal with the covariance σ² diag(λ), as that of mini-batches is near a minimum. It starts at standard normal numbers.
/// An epoch is a step; the metric is the loss without noise where the optimizer would evaluate, before the step.
/// </summary>
/// <remarks>The entries are a square matrix so that optimizers of matrices can enter; its axes are those of the curvature, which is the best that can befall an
/// elementwise rule.</remarks>
/// <param name="Name">What reports call it.</param>
/// <exception cref="SteepestException">A number lies outside its range.</exception>
public sealed record QuadraticTask(string Name) : TaskSpec(Name), IObjectiveTask
{
    /// <summary>Rows and columns of the matrix; at least 2.</summary>
    public int Side
    {
        get;
        init => field = value is >= 2 and <= 1000 ? value : throw new SteepestException($"The task {Name} has a side of {Text.Of(value)}, but it must lie in [2, 1000].");
    } = 10;

    /// <summary>The largest λ by the smallest; at least 1.</summary>
    public double Condition
    {
        get;
        init => field = value >= 1 && value <= 1e12 ? value : throw new SteepestException($"The task {Name} has a condition of {Text.Of(value)}, but it must lie in [1, 1e12].");
    } = 100;

    /// <summary>σ: 1 for the noise of a single row, 1/√b for that of a batch of b rows; not negative.</summary>
    public double Noise
    {
        get;
        init => field = Interval.NotNegative.Contains(value)
            ? value
            : throw new SteepestException($"The task {Name} has a noise of {Text.Of(value)}, but it must lie in {Interval.NotNegative}.");
    } = 0.1;

    /// <inheritdoc/>
    public override string Summary => string.Create(
        CultureInfo.InvariantCulture, $"½ Σ λx² of {Side} × {Side}, condition {Words.Number(Condition)}, noise {Words.Number(Noise)}, {Words.Count(Epochs)} steps");

    /// <inheritdoc/>
    public override string MetricName => "loss without noise";

    /// <inheritdoc/>
    internal override Descriptions.TaskKind Kind => Descriptions.TaskKinds.Quadratic;

    /// <inheritdoc/>
    internal override bool IsFullBatch => Noise == 0;

    /// <summary>The curvature along each entry, row after row.</summary>
    internal double[] Curvatures()
    {
        var range = NearestExpLog.Log(Condition);
        return [.. Enumerable.Range(0, Side * Side).Select(i => NearestExpLog.Exp(-range * i / ((Side * Side) - 1)))];
    }

    /// <inheritdoc/>
    internal override PreparedTask Prepare(uint split) => new PreparedObjective(this, this);

    ParameterLayout IObjectiveTask.Layout<T>() => ParameterLayout.Of<T>(("place", ParameterRole.Weight, [Side, Side]));

    IStepObjective<T> IObjectiveTask.Objective<T>(ulong seed) => new Bowl<T>(Curvatures(), Noise, RandomStreams.Of(seed, RandomPurpose.Noise));

    void IObjectiveTask.Start<T>(Parameters<T> place, Pcg64 chance)
    {
        for (var i = 0; i < Side * Side; i++) place.Values[i] = T.CreateChecked(chance.StandardNormal());
    }

    private sealed class Bowl<T>(double[] curvatures, double noise, Pcg64 chance) : IStepObjective<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly double[] spread = [.. curvatures.Select(curvature => noise * Math.Sqrt(curvature))];
        private readonly double[] drawn = new double[curvatures.Length];

        public void BeginStep(long number)
        {
            if (noise == 0) return;
            for (var i = 0; i < drawn.Length; i++) drawn[i] = spread[i] * chance.StandardNormal();
        }

        public double Evaluate(Parameters<T> at, Parameters<T> gradient)
        {
            ReadOnlySpan<T> place = at.Values;
            var slope = gradient.Values;
            for (var i = 0; i < drawn.Length; i++) slope[i] = T.CreateTruncating((curvatures[i] * double.CreateTruncating(place[i])) + drawn[i]);
            return Value(at);
        }

        public double Value(Parameters<T> place)
        {
            var sum = 0.0;
            ReadOnlySpan<T> x = place.Values;
            for (var i = 0; i < curvatures.Length; i++)
            {
                var number = double.CreateTruncating(x[i]);
                sum += curvatures[i] * number * number;
            }

            return sum / 2;
        }
    }
}
