using System.Numerics;

namespace Steepest;

/// <summary>The way of an optimizer over a test function.</summary>
/// <param name="Function">The function.</param>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Places">Where it stood: at the start, and where it evaluates after every step. It ends early where a number is no longer finite.</param>
/// <param name="GradientEvaluations">How often value and gradient were asked for.</param>
public sealed record FunctionPath(TestFunction Function, Optimizer Optimizer, ValueList<ValueList<double>> Places, long GradientEvaluations)
{
    /// <summary>The value at each place.</summary>
    public IEnumerable<double> Values => Places.Select(place => Function.Value([.. place]));

    /// <summary>How far the last place is from the nearest minimum.</summary>
    public double Distance => DistanceOf(Places[^1]);

    /// <summary>The step after which it came this near to a minimum and stayed, up to the end; <see langword="null"/> where it did not. 0 is the start.</summary>
    /// <param name="distance">The distance: positive.</param>
    public int? SettledWithin(double distance)
    {
        var settled = Places.Count;
        while (settled > 0 && DistanceOf(Places[settled - 1]) <= distance) settled--;
        return settled < Places.Count ? settled : null;
    }

    private double DistanceOf(ValueList<double> place) => Function.Minima.Min(minimum => Math.Sqrt(minimum.Zip(place, (m, p) => (m - p) * (m - p)).Sum()));

    internal static FunctionPath Of<T>(TestFunction function, Optimizer optimizer, ValueList<double> start, int steps, double noise, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (steps < 1) throw new SteepestException($"A path is to have {Text.Of(steps)} steps, but it needs at least 1.");
        if (!Interval.NotNegative.Contains(noise)) throw new SteepestException($"The noise is {Text.Of(noise)}, but it must lie in {Interval.NotNegative}.");
        if (start.Count != function.Dimensions)
            throw new SteepestException($"The start has {Text.Count(start.Count, "number")}, but {function.Name} takes {Text.Of(function.Dimensions)}.");
        if (!start.All(double.IsFinite)) throw new SteepestException($"The start is {string.Join(", ", start.Select(Text.Of))}, but its numbers must be finite.");
        if (!double.IsFinite(function.Value([.. start])))
            throw new SteepestException($"The start is {string.Join(", ", start.Select(Text.Of))}, where {function.Name} is not finite; begin nearer to its minimum.");
        var parameters = new Parameters<T>(ParameterLayout.Of<T>(("place", ParameterRole.Weight, [function.Dimensions])));
        for (var i = 0; i < function.Dimensions; i++) parameters.Values[i] = T.CreateChecked(start[i]);
        var objective = new FunctionObjective<T>(function, noise, seed);
        var context = new StepContext<T>(objective, new Parameters<T>(parameters.Layout), steps);
        var stepper = optimizer.CreateStepper(parameters);
        var places = new List<ValueList<double>> { start };
        while (stepper.StepCount < steps)
        {
            objective.BeginStep(stepper.StepCount + 1);
            context.Begin(parameters);
            stepper.Step(context);
            objective.Confine(parameters);
            ValueList<double> place = [.. stepper.EvaluationParameters.Values[..function.Dimensions].ToArray().Select(double.CreateChecked)];
            if (!place.All(double.IsFinite)) break;
            places.Add(place);
        }

        return new FunctionPath(function, optimizer, [.. places], context.GradientEvaluations);
    }
}
