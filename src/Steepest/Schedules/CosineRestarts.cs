namespace Steepest;

/// <summary>Falls along half a cosine, jumps back and falls again, each time over more steps (SGDR, Loshchilov and Hutter 2017).</summary>
/// <remarks>
/// <code>
/// η = to + (from − to)(1 + cos(π t/T))/2, t steps after the last restart
/// T = steps in the first round, then growth times that of the round before
/// </code>
/// <para>PyTorch: CosineAnnealingWarmRestarts.</para>
/// </remarks>
/// <param name="From">The value at each restart: positive and finite.</param>
/// <param name="Steps">Steps of the first round: at least 1.</param>
/// <param name="To">The value to which each round falls: not negative.</param>
/// <param name="Growth">How many times as long each round is as the one before: a whole number, at least 1.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
/// <seealso href="https://arxiv.org/abs/1608.03983">Loshchilov &amp; Hutter 2017: SGDR: Stochastic Gradient Descent with Warm Restarts</seealso>
/// <seealso href="https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html">PyTorch: CosineAnnealingWarmRestarts</seealso>
public sealed record CosineRestarts(double From, long Steps, double To = 0, int Growth = 1) : Schedule
{
    /// <summary>Its name, source and settings.</summary>
    public static ScheduleInfo About { get; } = new(
        "cosine-restarts", "Falls along half a cosine, jumps back and falls again.", "SGDR, Loshchilov & Hutter 2017; PyTorch's CosineAnnealingWarmRestarts",
        [
            new("from", double.NaN, Interval.Positive, "the value at each restart"),
            new("steps", double.NaN, Interval.WholeFrom1, "steps of the first round"),
            new("to", 0, Interval.NotNegative, "the value to which each round falls"),
            new("growth", 1, Interval.WholeFrom1, "how many times as long each round is as the one before"),
        ],
        s => new CosineRestarts(s["from"], s.Count("steps"), s["to"], (int)s["growth"]));

    /// <summary>The value at each restart.</summary>
    public double From { get; init => field = About.Checked("from", value); } = About.Checked("from", From);

    /// <summary>Steps of the first round.</summary>
    public long Steps { get; init => field = About.Checked("steps", value); } = About.Checked("steps", Steps);

    /// <summary>The value to which each round falls.</summary>
    public double To { get; init => field = About.Checked("to", value); } = About.Checked("to", To);

    /// <summary>How many times as long each round is as the one before.</summary>
    public int Growth { get; init => field = (int)About.Checked("growth", (long)value); } = (int)About.Checked("growth", (long)Growth);

    /// <inheritdoc/>
    public override double At(long step, long totalSteps)
    {
        var (since, round) = (step, Steps);
        if (Growth == 1)
        {
            since %= round;
        }
        else
        {
            while (since >= round)
            {
                since -= round;
                round *= Growth;
            }
        }

        return ScheduleShape.Cosine(From, To, (double)since / round);
    }

    /// <inheritdoc/>
    public override ScheduleInfo Info => About;

    /// <inheritdoc/>
    public override ScheduleSettings Settings => ScheduleSettings.Of([("from", From), ("steps", Steps), ("to", To), ("growth", Growth)]);
}
