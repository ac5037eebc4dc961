using System.Globalization;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>What a trial was run for.</summary>
public enum TrialRole
{
    /// <summary>To be compared: with the setting that was selected, on a start that nothing was selected on.</summary>
    Final,

    /// <summary>To try a setting.</summary>
    Try,

    /// <summary>To see on a fresh start whether a setting that did well as a try does so again.</summary>
    Confirmation,

    /// <summary>To stand beside the tuned one: with the settings that the contender has where nobody tunes it.</summary>
    AsSet,
}

/// <summary>One training run of one contender in one repeat, wherever it was run.</summary>
/// <param name="Task">The task's name; may be empty if there is only one.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Repeat">The repeat that it belongs to; contenders are compared within repeats of the same name.</param>
/// <param name="Curve">The metric.</param>
public sealed record Trial(string Task, string Contender, string Repeat, Curve Curve)
{
    private readonly TrialRole? role;

    /// <summary>Which try it was, when tuning; <see langword="null"/> for the final run.</summary>
    public string? Try { get; init; }

    /// <summary>What it was run for; unless said, a <see cref="Try"/> makes it a try, and none, or "final", the final run.</summary>
    public TrialRole Role
    {
        get => role ?? (Try is null or "final" ? TrialRole.Final : TrialRole.Try);
        init => role = value;
    }

    /// <summary>The setting that was run, such as a learning rate; <see langword="null"/> if not told.</summary>
    public string? Setting { get; init; }

    /// <summary>The epoch, from 0, of each evaluation of the curve, where steps are not epochs; <see langword="null"/> if not told.</summary>
    public IReadOnlyList<long>? Epochs { get; init; }

    /// <summary>The metric on the test rows at the end; <see langword="null"/> without test rows, or if it diverged.</summary>
    public double? Test { get; init; }

    /// <summary>Test rows predicted right at the end, and all test rows; <see langword="null"/> where none can be right.</summary>
    public (long Right, long Rows)? TestRows { get; init; }

    /// <summary>The schedule of its learning rate, such as "cosine"; <see langword="null"/> for none, or one that has no end.</summary>
    public string? Schedule { get; init; }

    /// <summary>The step of the curve at which the schedule has ended its decay; <see langword="null"/> for the end of the budget.</summary>
    public long? ScheduleEnd { get; init; }

    /// <summary>Where it ran: the processor and threads at once; <see langword="null"/> if not told.</summary>
    public string? Machine { get; init; }

    /// <summary>Milliseconds a step, if measured.</summary>
    public double? MillisecondsPerStep { get; init; }

    /// <summary>The setting where it is a number above 0.</summary>
    public double? SettingValue =>
        double.TryParse(Setting, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? number : null;

    /// <summary>The time to a target in epochs; <see langword="null"/> where epochs were not told.</summary>
    /// <param name="reach">The target.</param>
    public ReachTime? EpochsTo(Reach reach) => Epochs is null ? null : (Curve with { Steps = Epochs }).TimeTo(reach);

    /// <summary>The trials that a file of curves tells of. Where the file counts steps from 1, so that no run has a step 0, they are counted from 0.</summary>
    /// <param name="runs">What was read.</param>
    public static IReadOnlyList<Trial> Of(IReadOnlyList<LoggedRun> runs)
    {
        var first = runs.Min(run => run.Steps[0]) > 0 ? 1 : 0;
        return
        [
            .. runs.Select(run => new Trial(run.Task, run.Contender, run.Repeat, new Curve(first == 0 ? run.Steps : [.. run.Steps.Select(step => step - first)], run.Metric))
            {
                Try = run.Try.Length == 0 ? null : run.Try,
                Setting = run.Setting.Length == 0 ? null : run.Setting,
                Role = RoleOf(run),
                MillisecondsPerStep = PerStep(run),
            }),
        ];
    }

    private static TrialRole RoleOf(LoggedRun run) => run.Role switch
    {
        "try" => TrialRole.Try,
        "confirmation" => TrialRole.Confirmation,
        "final" => TrialRole.Final,
        "as-set" => TrialRole.AsSet,
        _ => run.Try is "" or "final" ? TrialRole.Final : TrialRole.Try,
    };

    private static double? PerStep(LoggedRun run)
    {
        if (run.Seconds.Count < 2) return null;
        var perStep = 1000 * (run.Seconds[^1] - run.Seconds[0]) / (run.Steps[^1] - run.Steps[0]);
        return double.IsFinite(perStep) && perStep >= 0 ? perStep : null;
    }
}
