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

    /// <summary>0 and greater, finite.</summary>
    public static Interval NotNegative { get; } = new(0, double.PositiveInfinity, true, false);

    /// <summary>Finite numbers of at least 1.</summary>
    public static Interval From1 { get; } = new(1, double.PositiveInfinity, true, false);

    /// <summary>Greater than 0, at most 1.</summary>
    public static Interval PartOfOne { get; } = new(0, 1, false, true);

    /// <summary>Greater than 0, less than 1.</summary>
    public static Interval InsideOfOne { get; } = new(0, 1, false, false);

    /// <summary>1, 2, 3, …</summary>
    public static Interval WholeFrom1 { get; } = new(1, double.PositiveInfinity, true, false) { IsWhole = true };

    /// <summary>0, 1, 2, …</summary>
    public static Interval WholeFrom0 { get; } = new(0, double.PositiveInfinity, true, false) { IsWhole = true };

    /// <summary>0 and more, less than 1: a factor by which old values fade.</summary>
    public static Interval FadingFactor { get; } = new(0, 1, true, false);

    /// <summary>0 to 1, both included.</summary>
    public static Interval Share { get; } = new(0, 1, true, true);

    /// <summary>Whether only whole numbers are inside.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether the number is inside; NaN never is.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(double value) => (!IsWhole || value == Math.Floor(value)) && (IncludesLow ? value >= Low : value > Low) && (IncludesHigh ? value <= High : value < High);

    /// <summary>The range in mathematical notation, such as [0, 1).</summary>
    public override string ToString() => IsWhole
        ? $"{Text.Of(Low)}, {Text.Of(Low + 1)}, …"
        : $"{(IncludesLow ? '[' : '(')}{Text.Of(Low)}, {(double.IsPositiveInfinity(High) ? "∞" : Text.Of(High))}{(IncludesHigh ? ']' : ')')}";
}

/// <summary>A setting of an optimizer, as the command and the documentation know it. A switch is a number, 1 for on and 0 for off.</summary>
/// <param name="Name">Its name in kebab-case, such as <c>learning-rate</c>.</param>
/// <param name="Default">Its value unless given.</param>
/// <param name="Range">The values it may take.</param>
/// <param name="Meaning">What it does, in a few words.</param>
/// <param name="IsSwitch">Whether it is on or off instead of a number.</param>
public sealed record Setting(string Name, double Default, Interval Range, string Meaning, bool IsSwitch = false)
{
    /// <summary>λ of weight decay, which many optimizers have.</summary>
    internal static Setting WeightDecay { get; } = new("weight-decay", 0, Interval.NotNegative, "λ, how strongly parameters are pulled to zero");

    /// <summary>The switch between the two ways to decay.</summary>
    internal static Setting Decoupled { get; } = new("decoupled", 0, Interval.Share, "decay the parameters instead of adding to the gradient", IsSwitch: true);

    /// <summary>The switch that turns descent to ascent.</summary>
    internal static Setting Maximize { get; } = new("maximize", 0, Interval.Share, "climb instead of descend", IsSwitch: true);

    /// <summary>The value itself if it lies in the range.</summary>
    /// <param name="value">A value for this setting.</param>
    /// <param name="optimizer">The optimizer's name, for the sentence.</param>
    /// <exception cref="SteepestException">The value lies outside the range.</exception>
    public double Checked(double value, string optimizer) => Range.Contains(value)
        ? value
        : throw new SteepestException($"The {Name} of {optimizer} is {Text.Of(value)}, but it must {(Range.IsWhole ? "be one of" : "lie in")} {Range}.");

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
