namespace Steepest;

/// <summary>Falls by a factor where training no longer gets better.</summary>
/// <remarks>
/// <code>
/// an epoch is bad unless its metric &lt; best − threshold · best
/// after more than patience bad epochs in a row: η ← max(factor · η, least)
/// with absolute-threshold: best − threshold
/// </code>
/// <para>PyTorch: ReduceLROnPlateau.</para>
/// <para>After each epoch it looks at what early stopping watches, else at the validation loss, else at the training loss; where more is better, best +
/// threshold · best is to be passed.</para>
/// <para>Epochs of the cool-down after a fall are not bad. Its state is kept in checkpoints.</para>
/// </remarks>
/// <param name="From">The value at the start: positive and finite.</param>
/// <param name="Factor">What remains after a fall: above 0, less than 1.</param>
/// <param name="Patience">Bad epochs in a row that are borne: not negative.</param>
/// <param name="Threshold">By how much a value must be better, as a part of the best so far: not negative.</param>
/// <param name="AbsoluteThreshold">Whether the threshold is meant as it stands instead of as a part of the best.</param>
/// <param name="CoolDown">Epochs after a fall that are not bad: not negative.</param>
/// <param name="Least">The lowest value: not negative.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html">PyTorch: ReduceLROnPlateau</seealso>
public sealed record ReduceOnPlateau(
    double From, double Factor = 0.1, int Patience = 10, double Threshold = 1e-4, bool AbsoluteThreshold = false, int CoolDown = 0, double Least = 0) : Schedule
{
    /// <summary>A fall by less is not made: PyTorch's eps.</summary>
    private const double SmallestFall = 1e-8;

    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "reduce-on-plateau", "Falls by a factor where training no longer gets better.", "PyTorch's ReduceLROnPlateau",
        [
            new("from", double.NaN, Interval.Positive, "the value at the start"),
            new("factor", 0.1, Interval.InsideOfOne, "what remains after a fall"),
            new("patience", 10, Interval.WholeFrom0, "bad epochs in a row that are borne"),
            new("threshold", 1e-4, Interval.NotNegative, "by how much a value must be better, as a part of the best so far"),
            new("absolute-threshold", 0, Interval.Share, "the threshold as it stands, not as a part", IsSwitch: true),
            new("cool-down", 0, Interval.WholeFrom0, "epochs after a fall that are not bad"),
            new("least", 0, Interval.NotNegative, "the lowest value"),
        ],
        s => new ReduceOnPlateau(
            s["from"], s["factor"], (int)s["patience"], s["threshold"], s.IsOn("absolute-threshold"), (int)s["cool-down"], s["least"]));

    /// <summary>The value at the start.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>What remains after a fall.</summary>
    public double Factor { get; init => field = About.Checked("factor", value); } = About.Checked("factor", Factor);

    /// <summary>Bad epochs in a row that are borne.</summary>
    public int Patience { get; init => field = (int)About.Checked("patience", (double)value); } = (int)About.Checked("patience", (double)Patience);

    /// <summary>By how much a value must be better.</summary>
    public double Threshold { get; init => field = About.Checked("threshold", value); } = About.Checked("threshold", Threshold);

    /// <summary>Epochs after a fall that are not bad.</summary>
    public int CoolDown { get; init => field = (int)About.Checked("cool-down", (double)value); } = (int)About.Checked("cool-down", (double)CoolDown);

    /// <summary>The lowest value.</summary>
    public double Least { get; init => field = About.Checked("least", value); } = About.Checked("least", Least);

    /// <summary>The value at the start: what comes of it only a run can tell.</summary>
    /// <param name="step">Does not matter.</param>
    /// <param name="totalSteps">Does not matter.</param>
    public override double At(long step, long totalSteps) => From;

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of(
    [
        ("from", From), ("factor", Factor), ("patience", Patience), ("threshold", Threshold), ("absolute-threshold", AbsoluteThreshold ? 1 : 0),
        ("cool-down", CoolDown), ("least", Least),
    ]);

    internal override SchedulePlay Start() => new Play(this);

    private sealed class Play(ReduceOnPlateau schedule) : SchedulePlay(schedule)
    {
        private readonly ScalarState rate = new("scheduled learning rate", schedule.From);
        private readonly ScalarState best = new("best metric of the schedule", double.NaN);
        private readonly ScalarState bad = new("bad epochs of the schedule");
        private readonly ScalarState coolDown = new("cool-down of the schedule");

        public override IReadOnlyList<ScalarState> State => [rate, best, bad, coolDown];

        public override double At(StepTime time) => rate.Value;

        public override void AfterEpoch(EpochMetric metric)
        {
            if (double.IsNaN(best.Value) ? !double.IsNaN(metric.Value) : IsBetter(metric))
            {
                best.Value = metric.Value;
                bad.Value = 0;
            }
            else
            {
                bad.Value++;
            }

            if (coolDown.Value > 0)
            {
                coolDown.Value--;
                bad.Value = 0;
            }

            if (bad.Value <= schedule.Patience) return;
            var fallen = Math.Max(rate.Value * schedule.Factor, schedule.Least);
            if (rate.Value - fallen > SmallestFall) rate.Value = fallen;
            coolDown.Value = schedule.CoolDown;
            bad.Value = 0;
        }

        private bool IsBetter(EpochMetric metric)
        {
            var margin = schedule.AbsoluteThreshold ? schedule.Threshold : schedule.Threshold * best.Value;
            return metric.HigherIsBetter ? metric.Value > best.Value + margin : metric.Value < best.Value - margin;
        }
    }
}
