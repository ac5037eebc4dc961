using System.Globalization;
using Steepest.Numerics;

namespace Steepest.Compare;

/// <summary>How a setting is spread over its range.</summary>
public enum SpaceScale
{
    /// <summary>Its logarithm evenly, as for a learning rate.</summary>
    Log,

    /// <summary>Itself evenly.</summary>
    Linear,

    /// <summary>The logarithm of its distance from 1 evenly, as for a momentum from 0.8 to 0.999.</summary>
    LogFromOne,

    /// <summary>Every whole number as often.</summary>
    Whole,
}

/// <summary>One setting of a search space.</summary>
/// <param name="Setting">Its name, such as learning-rate; with a schedule that is the rate that all its rates are in proportion to.</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest.</param>
/// <param name="Scale">How it is spread between them.</param>
public sealed record SpaceDimension(string Setting, double Low, double High, SpaceScale Scale = SpaceScale.Log)
{
    /// <summary>The value at a place between 0, the least, and 1, the greatest.</summary>
    /// <param name="place">The place.</param>
    public double At(double place)
    {
        var value = Scale switch
        {
            SpaceScale.Log => Rounded(Between(Low, High, place)),
            SpaceScale.Whole => Low + Math.Floor(place * (High - Low + 1)),
            SpaceScale.LogFromOne => 1 - Rounded(Between(1 - Low, 1 - High, place)),
            _ => Rounded(Low + ((High - Low) * place)),
        };

        // Neither rounding nor the last place leads out of the range.
        return Math.Clamp(value, Low, High);
    }

    private static double Between(double low, double high, double place) => NearestExpLog.Exp(NearestExpLog.Log(low) + (place * (NearestExpLog.Log(high) - NearestExpLog.Log(low))));

    // Four digits tell rates apart, and a setting that can be typed can be tried again.
    private static double Rounded(double value) => double.Parse(value.ToString("E3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>The settings that a contender may be tuned over; empty for one that runs as it is set.</summary>
/// <param name="Dimensions">The settings; each once.</param>
public sealed record SearchSpace(ValueList<SpaceDimension> Dimensions)
{
    /// <summary>Nothing to tune.</summary>
    public static SearchSpace AsSet { get; } = new([]);

    /// <summary>Whether there is nothing to tune.</summary>
    public bool IsAsSet => Dimensions.Count == 0;

    /// <summary>Refuses a space that is empty, or that a contender's optimizer cannot be tuned over.</summary>
    /// <param name="contender">The contender.</param>
    /// <exception cref="SteepestException">A range is empty, a setting is there twice, unknown, or out of its range somewhere in the space.</exception>
    internal void Check(ExperimentContender contender)
    {
        var name = contender.Contender.Name;
        foreach (var dimension in Dimensions)
        {
            if (!(dimension.Low < dimension.High) || !double.IsFinite(dimension.Low) || !double.IsFinite(dimension.High))
                throw new SteepestException($"The search space of {name} has {dimension.Setting} from {Text.Of(dimension.Low)} to {Text.Of(dimension.High)}, which is empty; give the lower bound first.");
            if (dimension.Scale == SpaceScale.Log && dimension.Low <= 0)
                throw new SteepestException($"The search space of {name} has {dimension.Setting} from {Text.Of(dimension.Low)}, but on a logarithmic scale it must begin above 0.");
            if (dimension.Scale == SpaceScale.LogFromOne && dimension.High >= 1)
                throw new SteepestException($"The search space of {name} has {dimension.Setting} up to {Text.Of(dimension.High)}, but on this scale it must end below 1.");
            if (Dimensions.Count(other => other.Setting == dimension.Setting) > 1) throw new SteepestException($"The search space of {name} has {dimension.Setting} twice.");
        }

        // What a corner is refused for is told as the optimizer tells it.
        foreach (var corner in (double[])[0, 1]) Tuning.SpacePoint.At(this, [.. Dimensions.Select(_ => corner)]).Of(contender.Optimizer);
    }
}
