using Steepest.Numerics;

namespace Steepest;

/// <summary>How the height of the triangles of <see cref="Cyclic"/> changes.</summary>
public enum CycleHeight
{
    /// <summary>All are as high as the first.</summary>
    Same,

    /// <summary>Each is half as high as the one before.</summary>
    Halved,

    /// <summary>It falls by a factor at every step.</summary>
    Fading,
}

/// <summary>Rises and falls in triangles between two values, while the momentum does the opposite (Smith 2017).</summary>
/// <remarks>
/// <code>
/// η = low + (high − low) h
/// momentum = high-momentum − (high-momentum − low-momentum) h
/// h = i/steps-up, then falls to 0 in steps-down; i steps into triangle n
/// halved: h · ½ⁿ, n from 0
/// with a factor below 1: h · factorᵗ, at step t from 0
/// </code>
/// <para>PyTorch: CyclicLR; its modes triangular, triangular2 and exp_range are plain, halved and factor.</para>
/// </remarks>
/// <param name="Low">The value at the start of each triangle: positive and finite.</param>
/// <param name="High">The value at the top: positive and finite.</param>
/// <param name="StepsUp">Steps of the rise: at least 1.</param>
/// <param name="StepsDown">Steps of the fall; <see langword="null"/> for as many as the rise.</param>
/// <param name="Height">How the height changes.</param>
/// <param name="Factor">With <see cref="CycleHeight.Fading"/>, what remains of the height after a step: above 0, at most 1.</param>
/// <param name="DrivesMomentum">Whether it drives the momentum too.</param>
/// <param name="LowMomentum">The momentum at the top: 0 and more, less than 1.</param>
/// <param name="HighMomentum">The momentum at the start of each triangle: 0 and more, less than 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1506.01186">Smith 2017: Cyclical Learning Rates for Training Neural Networks</seealso>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html">PyTorch: CyclicLR</seealso>
public sealed record Cyclic(
    double Low,
    double High,
    long StepsUp,
    long? StepsDown = null,
    CycleHeight Height = CycleHeight.Same,
    double Factor = 1,
    bool DrivesMomentum = true,
    double LowMomentum = 0.8,
    double HighMomentum = 0.9) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "cyclic", "Rises and falls in triangles; the momentum does the opposite.", "Smith 2017; PyTorch's CyclicLR",
        [
            new("low", double.NaN, Interval.Positive, "the value at the start of each triangle"),
            new("high", double.NaN, Interval.Positive, "the value at the top"),
            new("steps-up", double.NaN, Interval.WholeFrom1, "steps of the rise"),
            new("steps-down", 0, Interval.WholeFrom0, "steps of the fall; 0 for as many as the rise"),
            new("halved", 0, Interval.Share, "each triangle half as high as the one before", IsSwitch: true),
            new("factor", 1, Interval.PartOfOne, "what remains of the height after a step"),
            new("drives-momentum", 1, Interval.Share, "whether the momentum goes the opposite way", IsSwitch: true),
            new("low-momentum", 0.8, Interval.FadingFactor, "the momentum at the top"),
            new("high-momentum", 0.9, Interval.FadingFactor, "the momentum at the start of each triangle"),
        ],
        s => new Cyclic(
            s["low"], s["high"], s.Count("steps-up"), s.CountOrRun("steps-down"),
            s.IsOn("halved") ? CycleHeight.Halved : s["factor"] < 1 ? CycleHeight.Fading : CycleHeight.Same, s["factor"], s.IsOn("drives-momentum"),
            s["low-momentum"], s["high-momentum"]))
    {
        DrivesMomentum = true,
    };

    /// <summary>The value at the start of each triangle.</summary>
    public double Low { get; init => field = About.Checked("low", value); } = About.Checked("low", Low);

    /// <summary>The value at the top.</summary>
    public double High { get; init => field = About.Checked("high", value); } = About.Checked("high", High);

    /// <summary>Steps of the rise.</summary>
    public long StepsUp { get; init => field = About.Checked("steps-up", value); } = About.Checked("steps-up", StepsUp);

    /// <summary>Steps of the fall; <see langword="null"/> for as many as the rise.</summary>
    public long? StepsDown { get; init => field = About.Checked("steps-down", value); } = About.Checked("steps-down", StepsDown);

    /// <summary>With <see cref="CycleHeight.Fading"/>, what remains of the height after a step.</summary>
    public double Factor { get; init => field = About.Checked("factor", value); } = About.Checked("factor", Factor);

    /// <summary>The momentum at the top.</summary>
    public double LowMomentum { get; init => field = About.Checked("low-momentum", value); } = About.Checked("low-momentum", LowMomentum);

    /// <summary>The momentum at the start of each triangle.</summary>
    public double HighMomentum { get; init => field = About.Checked("high-momentum", value); } = About.Checked("high-momentum", HighMomentum);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps) => Low + ((High - Low) * HeightAt(step));

    /// <inheritdoc/>
    public override double? MomentumAt(long step, long totalSteps) => DrivesMomentum ? HighMomentum - ((HighMomentum - LowMomentum) * HeightAt(step)) : null;

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of(
    [
        ("low", Low), ("high", High), ("steps-up", StepsUp), ("steps-down", StepsDown ?? 0), ("halved", Height == CycleHeight.Halved ? 1 : 0), ("factor", Factor),
        ("drives-momentum", DrivesMomentum ? 1 : 0), ("low-momentum", LowMomentum), ("high-momentum", HighMomentum),
    ]);

    private double HeightAt(long step)
    {
        var down = StepsDown ?? StepsUp;
        var (cycle, since) = Math.DivRem(step, StepsUp + down);
        var height = since <= StepsUp ? (double)since / StepsUp : (double)(StepsUp + down - since) / down;
        return Height switch
        {
            CycleHeight.Halved => height * LaneMath.Power(0.5, cycle),
            CycleHeight.Fading => height * LaneMath.Power(Factor, step),
            _ => height,
        };
    }
}
