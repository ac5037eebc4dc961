using System.Globalization;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>One training run of one contender in one repeat, wherever it was run.</summary>
/// <param name="Task">The task's name; may be empty if there is only one.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Repeat">The repeat that it belongs to; contenders are compared within repeats of the same name.</param>
/// <param name="Curve">The metric.</param>
public sealed record Trial(string Task, string Contender, string Repeat, Curve Curve)
{
    /// <summary>Which try it was, when tuning; <see langword="null"/> for the final run.</summary>
    public string? Try { get; init; }

    /// <summary>The setting that was run, such as a learning rate; <see langword="null"/> if not told.</summary>
    public string? Setting { get; init; }

    /// <summary>Milliseconds a step, if measured.</summary>
    public double? MillisecondsPerStep { get; init; }

    /// <summary>The setting where it is a number above 0.</summary>
    public double? SettingValue =>
        double.TryParse(Setting, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number) ? number : null;

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
                MillisecondsPerStep = PerStep(run),
            }),
        ];
    }

    private static double? PerStep(LoggedRun run)
    {
        if (run.Seconds.Count < 2) return null;
        var perStep = 1000 * (run.Seconds[^1] - run.Seconds[0]) / (run.Steps[^1] - run.Steps[0]);
        return double.IsFinite(perStep) && perStep >= 0 ? perStep : null;
    }
}
