using System.Globalization;
using Steepest.Compare.Reports;
using Steepest.Compare.Tasks;
using Steepest.Numerics;

namespace Steepest.Compare;

/// <summary>A task of a test function; an epoch is a step. The metric is the value without noise where the optimizer would evaluate, before the step.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Function">The function.</param>
/// <exception cref="SteepestException">A number lies outside its range.</exception>
public sealed record FunctionTask(string Name, TestFunction Function) : TaskSpec(Name), IObjectiveTask
{
    /// <summary>The standard deviation of the normal numbers that are added to the function's start, so that repeats differ; not negative.</summary>
    public double StartSpread { get; init => field = NotNegative("start spread", value); } = 0.1;

    /// <summary>The standard deviation of the normal noise that every number of a gradient gets; not negative.</summary>
    public double Noise { get; init => field = NotNegative("noise", value); }

    /// <inheritdoc/>
    public override string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{Function.Name}, {(Noise == 0 ? "no noise" : $"noise {Noise}")}, {Words.Count(Epochs)} steps");

    /// <inheritdoc/>
    public override string MetricName => "value";

    /// <inheritdoc/>
    internal override Descriptions.TaskKind Kind => Descriptions.TaskKinds.Function;

    /// <inheritdoc/>
    internal override bool IsFullBatch => Noise == 0;

    /// <inheritdoc/>
    internal override PreparedTask Prepare(uint split) => new PreparedObjective(this, this);

    ParameterLayout IObjectiveTask.Layout<T>() => ParameterLayout.Of<T>(("place", ParameterRole.Weight, [Function.Dimensions]));

    IStepObjective<T> IObjectiveTask.Objective<T>(ulong seed) => new FunctionObjective<T>(Function, Noise, seed);

    void IObjectiveTask.Start<T>(Parameters<T> place, Pcg64 chance)
    {
        for (var i = 0; i < Function.Dimensions; i++) place.Values[i] = T.CreateChecked(Function.Start[i] + (StartSpread * chance.StandardNormal()));
    }

    private double NotNegative(string what, double value) => Interval.NotNegative.Contains(value)
        ? value
        : throw new SteepestException($"The task {Name} has a {what} of {Text.Of(value)}, but it must lie in {Interval.NotNegative}.");
}
