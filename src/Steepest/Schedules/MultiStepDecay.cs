using Steepest.Numerics;

namespace Steepest;

/// <summary>Falls by a factor at each of some steps.</summary>
/// <remarks>
/// <code>
/// η = from · factorⁿ, at step t from 0
/// n = how many milestones are at or before t
/// </code>
/// <para>PyTorch: MultiStepLR.</para>
/// <para>A milestone named twice counts twice.</para>
/// </remarks>
/// <param name="From">The value at the start: positive and finite.</param>
/// <param name="Milestones">The steps at which it falls, from 0, in any order.</param>
/// <param name="Factor">What remains after a fall: above 0, at most 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range, or a milestone is negative.</exception>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html">PyTorch: MultiStepLR</seealso>
public sealed record MultiStepDecay(double From, ValueList<long> Milestones, double Factor = 0.1) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "multi-step", "Falls by a factor at each of some steps.", "PyTorch's MultiStepLR",
        [
            new("from", double.NaN, Interval.Positive, "the value at the start"),
            new("factor", 0.1, Interval.PartOfOne, "what remains after a fall"),
        ],
        s => new MultiStepDecay(s["from"], s.List, s["factor"]))
    {
        ListSetting = "at",
    };

    /// <summary>The value at the start.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>The steps at which it falls, from 0.</summary>
    public ValueList<long> Milestones { get; init => field = Checked(value); } = Checked(Milestones);

    /// <summary>What remains after a fall.</summary>
    public double Factor { get; init => field = About.Checked("factor", value); } = About.Checked("factor", Factor);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps)
    {
        var falls = 0;
        for (var m = 0; m < Milestones.Count; m++)
        {
            if (Milestones[m] <= step) falls++;
        }

        return From * LaneMath.Power(Factor, falls);
    }

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("factor", Factor)], list: Milestones);

    private static ValueList<long> Checked(ValueList<long> milestones)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        foreach (var milestone in milestones)
        {
            if (milestone < 0) throw new SteepestException($"A milestone of {About.Name} is {Text.Of(milestone)}, but steps are counted from 0.");
        }

        return milestones;
    }
}
