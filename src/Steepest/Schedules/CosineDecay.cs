namespace Steepest;

/// <summary>Falls along half a cosine: slowly, then fast, then slowly (Loshchilov and Hutter 2017).</summary>
/// <remarks>
/// <code>
/// η = to + (from − to)(1 + cos(π t/steps))/2, at step t from 0
/// η = to after that, or with repeats up and down again along the same curve
/// </code>
/// <para>PyTorch: CosineAnnealingLR, which always repeats.</para>
/// </remarks>
/// <param name="From">The value at the start: positive and finite.</param>
/// <param name="To">The value at the end: not negative.</param>
/// <param name="Steps">Steps until the end; <see langword="null"/> for all of the run.</param>
/// <param name="Repeats">Whether it rises and falls again after its end.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1608.03983">Loshchilov &amp; Hutter 2017: SGDR: Stochastic Gradient Descent with Warm Restarts</seealso>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html">PyTorch: CosineAnnealingLR</seealso>
public sealed record CosineDecay(double From, double To = 0, long? Steps = null, bool Repeats = false) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "cosine", "Falls along half a cosine: slowly, then fast, then slowly.", "Loshchilov & Hutter 2017; PyTorch's CosineAnnealingLR",
        [
            new("from", double.NaN, Interval.Positive, "the value at the start"),
            new("to", 0, Interval.NotNegative, "the value at the end"),
            new("steps", 0, Interval.WholeFrom0, "steps until the end; 0 for all of the run"),
            new("repeats", 0, Interval.Share, "rise and fall again after the end", IsSwitch: true),
        ],
        s => new CosineDecay(s["from"], s["to"], s.CountOrRun("steps"), s.IsOn("repeats")));

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
        return step >= steps && !Repeats ? To : ScheduleShape.Cosine(From, To, (double)(step % (2 * steps)) / steps);
    }

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("to", To), ("steps", Steps ?? 0), ("repeats", Repeats ? 1 : 0)]);
}
