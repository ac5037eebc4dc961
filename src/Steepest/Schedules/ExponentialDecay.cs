using Steepest.Numerics;

namespace Steepest;

/// <summary>Falls by a factor at every step.</summary>
/// <remarks>
/// <code>
/// η = from · factorᵗ, at step t from 0
/// </code>
/// <para>PyTorch: ExponentialLR.</para>
/// </remarks>
/// <param name="From">The value at the start: positive and finite.</param>
/// <param name="Factor">What remains after a step: above 0, at most 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html">PyTorch: ExponentialLR</seealso>
public sealed record ExponentialDecay(double From, double Factor) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "exponential", "Falls by a factor at every step.", "PyTorch's ExponentialLR",
        [
            new("from", double.NaN, Interval.Positive, "the value at the start"),
            new("factor", double.NaN, Interval.PartOfOne, "what remains after a step"),
        ],
        s => new ExponentialDecay(s["from"], s["factor"]));

    /// <summary>The value at the start.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>What remains after a step.</summary>
    public double Factor { get; init => field = About.Checked("factor", value); } = About.Checked("factor", Factor);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps) => From * LaneMath.Power(Factor, step);

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("factor", Factor)]);
}
