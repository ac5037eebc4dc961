using Steepest.Numerics;

namespace Steepest;

/// <summary>Falls along a power of what is left of the run.</summary>
/// <remarks>
/// <code>
/// η = to + (from − to)(1 − t/steps)^power, at step t from 0
/// η = to after that
/// </code>
/// <para>PyTorch: PolynomialLR, where to is 0.</para>
/// </remarks>
/// <param name="From">The value at the start: positive and finite.</param>
/// <param name="To">The value at the end: not negative.</param>
/// <param name="Power">1 is a straight line, 2 a parabola: positive and finite.</param>
/// <param name="Steps">Steps until the end; <see langword="null"/> for all of the run.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html">PyTorch: PolynomialLR</seealso>
public sealed record PolynomialDecay(double From, double To = 0, double Power = 1, long? Steps = null) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "polynomial", "Falls along a power of what is left of the run.", "PyTorch's PolynomialLR",
        [
            new("from", double.NaN, Interval.Positive, "the value at the start"),
            new("to", 0, Interval.NotNegative, "the value at the end"),
            new("power", 1, Interval.Positive, "1 is a straight line, 2 a parabola"),
            new("steps", 0, Interval.WholeFrom0, "steps until the end; 0 for all of the run"),
        ],
        s => new PolynomialDecay(s["from"], s["to"], s["power"], s.CountOrRun("steps")));

    /// <summary>The value at the start.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>The value at the end.</summary>
    public double To { get; init => field = About.Checked("to", value); } = About.Checked("to", To);

    /// <summary>1 is a straight line, 2 a parabola.</summary>
    public double Power { get; init => field = About.Checked("power", value); } = About.Checked("power", Power);

    /// <summary>Steps until the end; <see langword="null"/> for all of the run.</summary>
    public long? Steps { get; init => field = About.Checked("steps", value); } = About.Checked("steps", Steps);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps)
    {
        var steps = Steps ?? totalSteps;
        return step >= steps ? To : To + ((From - To) * LaneMath.Pow(1 - ((double)step / steps), Power));
    }

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("to", To), ("power", Power), ("steps", Steps ?? 0)]);
}
