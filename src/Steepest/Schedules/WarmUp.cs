namespace Steepest;

/// <summary>Rises to what another schedule begins with, and then is that schedule.</summary>
/// <remarks>
/// <code>
/// while t &lt; steps: η = f · (the other's first value), at step t from 0
/// f = (t + 1)/steps, so that no step is lost at a rate of zero
/// with from-factor: f = from-factor + (1 − from-factor) t/steps
/// with jumps: f = from-factor until the end; 1/steps if that is not given
/// then the other schedule as if it had just begun, its run as much shorter
/// </code>
/// <para>PyTorch: SequentialLR of LinearLR (or ConstantLR) and another; transformers' warm-up is that from 0.</para>
/// </remarks>
/// <param name="Then">What follows.</param>
/// <param name="Steps">Steps of the warm-up: at least 1.</param>
/// <param name="FromFactor">The part of the other's first value to begin with, 0 … 1; <see langword="null"/> for 1/steps.</param>
/// <param name="Jumps">Whether it stays at the first part and jumps at the end.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1706.02677">Goyal et al. 2017: Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour</seealso>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html">PyTorch: LinearLR</seealso>
public sealed record WarmUp(Schedule Then, long Steps, double? FromFactor = null, bool Jumps = false) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "warm-up", "Rises to what another schedule begins with, and then is that schedule.", "Goyal et al. 2017; PyTorch's LinearLR in SequentialLR",
        [
            new("steps", double.NaN, Interval.WholeFrom1, "steps of the warm-up"),
            new("from-factor", -1, new(-1, 1, true, true), "the part of the first value to begin with; -1 for 1/steps"),
            new("jumps", 0, Interval.Share, "stay there and jump at the end", IsSwitch: true),
        ],
        s => new WarmUp(s.Inner, s.Count("steps"), s["from-factor"] < 0 ? null : s["from-factor"], s.IsOn("jumps")))
    {
        InnerSetting = "then",
    };

    /// <summary>What follows.</summary>
    public Schedule Then { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Then ?? throw new ArgumentNullException(nameof(Then));

    /// <summary>Steps of the warm-up.</summary>
    public long Steps { get; init => field = About.Checked("steps", value); } = About.Checked("steps", Steps);

    /// <summary>The part of the other's first value to begin with; <see langword="null"/> for 1/steps.</summary>
    public double? FromFactor { get; init => field = Checked(value); } = Checked(FromFactor);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps)
    {
        var rest = Math.Max(totalSteps - Steps, 1);
        return step >= Steps ? Then.At(step - Steps, rest) : Factor(step) * Then.At(0, rest);
    }

    /// <inheritdoc/>
    public override double? MomentumAt(long step, long totalSteps) => Then.MomentumAt(Math.Max(step - Steps, 0), Math.Max(totalSteps - Steps, 1));

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("steps", Steps), ("from-factor", FromFactor ?? -1), ("jumps", Jumps ? 1 : 0)], inner: Then);

    internal override SchedulePlay Start() => new Play(this, Then.Start());

    private static double? Checked(double? factor) => factor is null or (>= 0 and <= 1)
        ? factor
        : throw new SteepestException($"The from-factor of {About.Name} is {Text.Of(factor.Value)}, but it must lie in {Interval.Share}.");

    private double Factor(long step) => (FromFactor, Jumps) switch
    {
        (null, false) => (step + 1.0) / Steps,
        (null, true) => 1.0 / Steps,
        ({ } from, false) => from + ((1 - from) * ((double)step / Steps)),
        ({ } from, true) => from,
    };

    private sealed class Play(WarmUp schedule, SchedulePlay then) : SchedulePlay(schedule)
    {
        public override IReadOnlyList<ScalarState> State => then.State;

        public override double At(StepTime time)
        {
            var after = After(time);
            return time.Step >= schedule.Steps ? then.At(after) : schedule.Factor(time.Step) * then.At(after);
        }

        public override double? MomentumAt(StepTime time) => then.MomentumAt(After(time));

        public override void AfterEpoch(EpochMetric metric) => then.AfterEpoch(metric);

        private StepTime After(StepTime time) =>
            time with { Step = Math.Max(time.Step - schedule.Steps, 0), TotalSteps = Math.Max(time.TotalSteps - schedule.Steps, 1) };
    }
}
