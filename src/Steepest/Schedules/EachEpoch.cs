namespace Steepest;

/// <summary>Another schedule that counts epochs instead of steps: its value is the same for all steps of an epoch.</summary>
/// <remarks>
/// <code>
/// η = the value of the other at step ⌊t / (steps an epoch)⌋
/// </code>
/// <para>PyTorch: its schedulers where step is called once an epoch.</para>
/// </remarks>
/// <param name="Of">The schedule; its steps are epochs.</param>
/// <seealso href="https://docs.pytorch.org/docs/stable/optim.html">PyTorch: How to adjust learning rate</seealso>
public sealed record EachEpoch(Schedule Of) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "each-epoch", "Another schedule that counts epochs instead of steps.", "PyTorch's schedulers, stepped once an epoch", [], s => new EachEpoch(s.Inner))
    {
        InnerSetting = "of",
    };

    /// <summary>The schedule; its steps are epochs.</summary>
    public Schedule Of { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Of ?? throw new ArgumentNullException(nameof(Of));

    /// <summary>The value where each step is an epoch, as with all rows at once.</summary>
    /// <param name="step">Epochs done before, from 0.</param>
    /// <param name="totalSteps">Epochs that the run will take.</param>
    public override double At(long step, long totalSteps) => Of.At(step, totalSteps);

    /// <inheritdoc/>
    public override double? MomentumAt(long step, long totalSteps) => Of.MomentumAt(step, totalSteps);

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([], inner: Of);

    internal override SchedulePlay Start() => new Play(this, Of.Start());

    private sealed class Play(EachEpoch schedule, SchedulePlay of) : SchedulePlay(schedule)
    {
        public override IReadOnlyList<ScalarState> State => of.State;

        public override double At(StepTime time) => of.At(Epochs(time));

        public override double? MomentumAt(StepTime time) => of.MomentumAt(Epochs(time));

        public override void AfterEpoch(EpochMetric metric) => of.AfterEpoch(metric);

        private static StepTime Epochs(StepTime time) => new(time.Step / time.StepsPerEpoch, ((time.TotalSteps - 1) / time.StepsPerEpoch) + 1, 1);
    }
}
