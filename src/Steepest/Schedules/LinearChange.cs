namespace Steepest;

/// <summary>Goes in a straight line from one value to another.</summary>
/// <remarks>
/// <code>
/// η = from + (to − from) t/steps, at step t from 0
/// η = to after that
/// </code>
/// <para>PyTorch: LinearLR, which gives both as factors of the optimizer's rate.</para>
/// </remarks>
/// <param name="From">The value at the start: not negative.</param>
/// <param name="To">The value at the end: not negative.</param>
/// <param name="Steps">Steps until the end; <see langword="null"/> for all of the run.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">PyTorch: LinearLR</seealso>
public sealed record LinearChange(double From, double To = 0, long? Steps = null) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "linear", "Goes in a straight line from one value to another.", "PyTorch's LinearLR",
        [
            new("from", double.NaN, Interval.NotNegative, "the value at the start"),
            new("to", 0, Interval.NotNegative, "the value at the end"),
            new("steps", 0, Interval.WholeFrom0, "steps until the end; 0 for all of the run"),
        ],
        s => new LinearChange(s["from"], s["to"], s.CountOrRun("steps")));

    /// <summary>The value at the start.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>The value at the end.</summary>
    public double To { get; init => field = About.Checked("to", value); } = About.Checked("to", To);

    /// <summary>Steps until the end; <see langword="null"/> for all of the run.</summary>
    public long? Steps { get; init => field = About.Checked("steps", value); } = About.Checked("steps", Steps);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps)
    {
        var steps = Steps ?? totalSteps;
        return step >= steps ? To : From + ((To - From) * ((double)step / steps));
    }

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("to", To), ("steps", Steps ?? 0)]);
}
