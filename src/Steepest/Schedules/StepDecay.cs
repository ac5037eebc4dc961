using Steepest.Numerics;

namespace Steepest;

/// <summary>Falls by a factor after every so many steps: a staircase.</summary>
/// <remarks>
/// <code>
/// η = from · factor^⌊t / every⌋, at step t from 0
/// </code>
/// <para>PyTorch: StepLR.</para>
/// </remarks>
/// <param name="From">The value at the start: positive and finite.</param>
/// <param name="Every">Steps between two falls: at least 1.</param>
/// <param name="Factor">What remains after a fall: above 0, at most 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html">PyTorch: StepLR</seealso>
public sealed record StepDecay(double From, long Every, double Factor = 0.1) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "step", "Falls by a factor after every so many steps.", "PyTorch's StepLR",
        [
            new("from", double.NaN, Interval.Positive, "the value at the start"),
            new("every", double.NaN, Interval.WholeFrom1, "steps between two falls"),
            new("factor", 0.1, Interval.PartOfOne, "what remains after a fall"),
        ],
        s => new StepDecay(s["from"], s.Count("every"), s["factor"]));

    /// <summary>The value at the start.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>Steps between two falls.</summary>
    public long Every { get; init => field = About.Checked("every", value); } = About.Checked("every", Every);

    /// <summary>What remains after a fall.</summary>
    public double Factor { get; init => field = About.Checked("factor", value); } = About.Checked("factor", Factor);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps) => From * LaneMath.Power(Factor, step / Every);

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("every", Every), ("factor", Factor)]);
}
