namespace Steepest;

/// <summary>Rises to a high value and falls to almost nothing, while the momentum does the opposite (Smith and Topin 2018).</summary>
/// <remarks>
/// <code>
/// η from peak/start-divisor to peak, in the first rising-share of the steps
/// η from there to peak/(start-divisor · end-divisor), in all others
/// three-phases: as fast down as up to peak/start-divisor, then to the end
/// momentum from high-momentum to low-momentum and back, with η
/// each way along half a cosine, or linear
/// </code>
/// <para>PyTorch: OneCycleLR. A run that is longer than the cycle is refused, as there.</para>
/// </remarks>
/// <param name="Peak">The highest value: positive and finite.</param>
/// <param name="Steps">Steps of the cycle; <see langword="null"/> for all of the run.</param>
/// <param name="RisingShare">The part of the cycle in which it rises: above 0, less than 1; at most a half with three phases.</param>
/// <param name="StartDivisor">The peak over the value at the start: at least 1.</param>
/// <param name="EndDivisor">The value at the start over the value at the end: at least 1.</param>
/// <param name="Linear">Whether it goes in straight lines instead of half cosines.</param>
/// <param name="ThreePhases">Whether it falls in two phases.</param>
/// <param name="DrivesMomentum">Whether it drives the momentum too.</param>
/// <param name="LowMomentum">The momentum at the peak: 0 and more, less than 1.</param>
/// <param name="HighMomentum">The momentum at both ends: 0 and more, less than 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1708.07120">Smith &amp; Topin 2018: Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates</seealso>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html">PyTorch: OneCycleLR</seealso>
public sealed record OneCycle(
    double Peak,
    long? Steps = null,
    double RisingShare = 0.3,
    double StartDivisor = 25,
    double EndDivisor = 1e4,
    bool Linear = false,
    bool ThreePhases = false,
    bool DrivesMomentum = true,
    double LowMomentum = 0.85,
    double HighMomentum = 0.95) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "one-cycle", "Rises to a high value and falls to almost nothing; the momentum does the opposite.", "Smith & Topin 2018; PyTorch's OneCycleLR",
        [
            new("peak", double.NaN, Interval.Positive, "the highest value"),
            new("steps", 0, Interval.WholeFrom0, "steps of the cycle; 0 for all of the run"),
            new("rising-share", 0.3, Interval.InsideOfOne, "the part of the cycle in which it rises"),
            new("start-divisor", 25, Interval.From1, "the peak over the value at the start"),
            new("end-divisor", 1e4, Interval.From1, "the value at the start over the value at the end"),
            new("linear", 0, Interval.Share, "straight lines instead of half cosines", IsSwitch: true),
            new("three-phases", 0, Interval.Share, "fall to the start first, then to the end", IsSwitch: true),
            new("drives-momentum", 1, Interval.Share, "whether the momentum goes the opposite way", IsSwitch: true),
            new("low-momentum", 0.85, Interval.FadingFactor, "the momentum at the peak"),
            new("high-momentum", 0.95, Interval.FadingFactor, "the momentum at both ends"),
        ],
        s => new OneCycle(
            s["peak"], s.CountOrRun("steps"), s["rising-share"], s["start-divisor"], s["end-divisor"], s.IsOn("linear"), s.IsOn("three-phases"),
            s.IsOn("drives-momentum"), s["low-momentum"], s["high-momentum"]))
    {
        DrivesMomentum = true,
    };

    /// <summary>The highest value.</summary>
    public double Peak { get; init => field = About.Checked("peak", value); } = About.Checked("peak", Peak);

    /// <summary>Steps of the cycle; <see langword="null"/> for all of the run.</summary>
    public long? Steps { get; init => field = About.Checked("steps", value); } = About.Checked("steps", Steps);

    /// <summary>The part of the cycle in which it rises.</summary>
    public double RisingShare { get; init => field = About.Checked("rising-share", value); } = About.Checked("rising-share", RisingShare);

    /// <summary>The peak over the value at the start.</summary>
    public double StartDivisor { get; init => field = About.Checked("start-divisor", value); } = About.Checked("start-divisor", StartDivisor);

    /// <summary>The value at the start over the value at the end.</summary>
    public double EndDivisor { get; init => field = About.Checked("end-divisor", value); } = About.Checked("end-divisor", EndDivisor);

    /// <summary>The momentum at the peak.</summary>
    public double LowMomentum { get; init => field = About.Checked("low-momentum", value); } = About.Checked("low-momentum", LowMomentum);

    /// <summary>The momentum at both ends.</summary>
    public double HighMomentum { get; init => field = About.Checked("high-momentum", value); } = About.Checked("high-momentum", HighMomentum);

    private double AtStart => Peak / StartDivisor;

    /// <inheritdoc/>
    public override double At(long step, long totalSteps) => Between(step, totalSteps, AtStart, Peak, AtStart, AtStart / EndDivisor);

    /// <inheritdoc/>
    public override double? MomentumAt(long step, long totalSteps) =>
        DrivesMomentum ? Between(step, totalSteps, HighMomentum, LowMomentum, HighMomentum, HighMomentum) : null;

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of(
    [
        ("peak", Peak), ("steps", Steps ?? 0), ("rising-share", RisingShare), ("start-divisor", StartDivisor), ("end-divisor", EndDivisor),
        ("linear", Linear ? 1 : 0), ("three-phases", ThreePhases ? 1 : 0), ("drives-momentum", DrivesMomentum ? 1 : 0), ("low-momentum", LowMomentum),
        ("high-momentum", HighMomentum),
    ]);

    /// <summary>The curve through its values at the start, at the peak, back at the start, and at the end.</summary>
    private double Between(long step, long totalSteps, double start, double peak, double back, double end)
    {
        var steps = Steps ?? totalSteps;
        if (ThreePhases && RisingShare > 0.5)
            throw new SteepestException($"The rising-share of {About.Name} is {Text.Of(RisingShare)}, but with three phases it must be at most 0.5.");
        if (steps < totalSteps)
        {
            throw new SteepestException(
                $"The schedule {About.Name} is over after {Text.Count(steps, "step")}, but the run takes {Text.Of(totalSteps)}; leave out its steps, or give as many.");
        }

        var (last, top) = ((double)steps - 1, (RisingShare * steps) - 1);
        if (step <= top) return Interpolated(start, peak, 0, top, step);
        if (!ThreePhases) return Interpolated(peak, end, top, last, step);
        var valley = (2 * RisingShare * steps) - 2;
        return step <= valley ? Interpolated(peak, back, top, valley, step) : Interpolated(back, end, valley, last, step);
    }

    private double Interpolated(double from, double to, double begin, double end, long step)
    {
        var share = end > begin ? (step - begin) / (end - begin) : 1;
        return Linear ? from + ((to - from) * share) : ScheduleShape.Cosine(from, to, share);
    }
}
