namespace Steepest;

/// <summary>A range of numbers, ends included or not.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="IncludesLow">Whether <paramref name="Low"/> itself is inside.</param>
/// <param name="IncludesHigh">Whether <paramref name="High"/> itself is inside.</param>
public readonly record struct Interval(double Low, double High, bool IncludesLow, bool IncludesHigh)
{
    /// <summary>Finite numbers greater than 0.</summary>
    public static Interval Positive { get; } = new(0, double.PositiveInfinity, false, false);

    /// <summary>0 and more, less than 1: a factor by which old values fade.</summary>
    public static Interval FadingFactor { get; } = new(0, 1, true, false);

    /// <summary>0 to 1, both included.</summary>
    public static Interval Share { get; } = new(0, 1, true, true);

    /// <summary>Whether the number is inside; NaN never is.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(double value) => (IncludesLow ? value >= Low : value > Low) && (IncludesHigh ? value <= High : value < High);

    /// <summary>The range in mathematical notation, such as [0, 1).</summary>
    public override string ToString() =>
        $"{(IncludesLow ? '[' : '(')}{Text.Of(Low)}, {(double.IsPositiveInfinity(High) ? "∞" : Text.Of(High))}{(IncludesHigh ? ']' : ')')}";
}

/// <summary>A setting of an optimizer, as the command and the documentation know it. A switch is a number, 1 for on and 0 for off.</summary>
/// <param name="Name">Its name in kebab-case, such as <c>learning-rate</c>.</param>
/// <param name="Default">Its value unless given.</param>
/// <param name="Range">The values it may take.</param>
/// <param name="Meaning">What it does, in a few words.</param>
/// <param name="IsSwitch">Whether it is on or off instead of a number.</param>
public sealed record Setting(string Name, double Default, Interval Range, string Meaning, bool IsSwitch = false)
{
    /// <summary>The value itself if it lies in the range.</summary>
    /// <param name="value">A value for this setting.</param>
    /// <param name="optimizer">The optimizer's name, for the sentence.</param>
    /// <exception cref="SteepestException">The value lies outside the range.</exception>
    public double Checked(double value, string optimizer) => Range.Contains(value)
        ? value
        : throw new SteepestException($"The {Name} of {optimizer} is {Text.Of(value)}, but it must lie in {Range}.");

    /// <summary>The schedule itself if it is not a constant outside the range.</summary>
    /// <param name="schedule">A schedule for this setting.</param>
    /// <param name="optimizer">The optimizer's name, for the sentence.</param>
    /// <exception cref="SteepestException">The schedule is a constant outside the range.</exception>
    public Schedule Checked(Schedule schedule, string optimizer)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule is Constant constant) Checked(constant.Value, optimizer);
        return schedule;
    }
}
