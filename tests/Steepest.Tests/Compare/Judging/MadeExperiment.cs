using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Tests.Compare.Judging;

/// <summary>
/// The trials that a runner of experiments would hand to the judge, made instead of trained: a loss falls exponentially, fastest at a contender's best learning rate,
/// and overflows ten times above it.
/// </summary>
internal static class MadeExperiment
{
    public const int Budget = 400;

    private static readonly string[] Names =
    [
        "gradient descent", "momentum 0.9", "adam", "nesterov 0.9", "adagrad", "rmsprop", "adamw", "nadam", "radam", "lion", "muon", "schedule-free adamw", "prodigy", "l-bfgs",
    ];

    public static JudgeOptions Options(int tasks) => new("training loss")
    {
        Baseline = "adam",
        Unit = "gradient evaluation",
        Procedure = "25 tries, 10 repeats",
        Reaches = [.. Enumerable.Range(0, tasks).Select(task => (TaskName(task), new Reach("training loss", false, 0.1)))],
        Timings = [.. Enumerable.Range(0, tasks).SelectMany(task => Names.Select((name, place) => new Timing(TaskName(task), name, 0.05 + (0.01 * place), place == 0 ? 0 : 8)))],
        Notes = [new Note("Search spaces", "| contender | learning rate | why |\n| --- | --- | --- |\n| adam | 1e-4 … 1 | as published |")],
    };

    public static IReadOnlyList<Trial> Trials(int contenders, int tasks = 1, int repeats = 10, int tries = 25) =>
    [
        .. from task in Enumerable.Range(0, tasks)
           from contender in Enumerable.Range(0, contenders)
           from repeat in Enumerable.Range(0, repeats)
           from trial in Procedure(task, contender, repeat, tries)
           select trial,
    ];

    private static string TaskName(int task) => task == 0 ? "iris, 4-10-3" : $"digits {task}";

    // The last two run as they are set.
    private static IEnumerable<Trial> Procedure(int task, int contender, int repeat, int tries)
    {
        if (contender >= 12)
        {
            yield return Run(task, contender, repeat, 100, null, TrialRole.Final, null);
            yield break;
        }

        var (low, high) = contender is 0 or 1 or 3 or 4 ? (1e-3, 10.0) : contender == 9 ? (1e-5, 0.1) : (1e-4, 1.0);
        var tried = Enumerable.Range(0, tries).Select(n => Run(task, contender, repeat, n, low * Math.Pow(high / low, (n + 0.5 + (0.9 * (Luck(repeat, n, 7) - 0.5))) / tries), TrialRole.Try, $"{n}")).ToArray();
        foreach (var one in tried) yield return one;
        var reach = new Reach("training loss", false, 0.1);
        var confirmed = tried.OrderBy(one => one.Curve.TimeTo(reach).OrInfinity).ThenBy(one => one.Curve.HasDiverged ? double.PositiveInfinity : one.Curve.Final).Take(3).ToArray();
        foreach (var (place, one) in confirmed.Index())
        {
            for (var start = 0; start < 3; start++) yield return Run(task, contender, repeat, 200 + (10 * place) + start, one.SettingValue, TrialRole.Confirmation, null);
        }

        yield return Run(task, contender, repeat, 100, confirmed[0].SettingValue, TrialRole.Final, null);
        yield return Run(task, contender, repeat, 100, 0.001, TrialRole.AsSet, null);
    }

    private static Trial Run(int task, int contender, int repeat, int start, double? rate, TrialRole role, string? number)
    {
        var best = (contender is 0 or 1 or 3 or 4 ? 0.5 : contender == 9 ? 0.003 : 0.03) * Math.Pow(2, (task % 3) - 1);
        var speed = 0.03 * (1 + (0.35 * (((contender * 5) + (task * 3)) % 7))) * Math.Exp(0.5 * (Luck(start, repeat, task, contender) - 0.5));
        var off = rate is { } value ? Math.Log10(value / best) : 0;
        var decay = speed * Math.Exp(-off * off * 1.2);
        var diverges = off > 1;
        var steps = diverges ? 12 : Budget;
        var values = Enumerable.Range(0, steps).Select(step => diverges ? (step == 11 ? double.NaN : 1.1 * Math.Pow(1.8, step)) : 0.02 + (1.1 * Math.Exp(-decay * step)) + (0.004 * Luck(step, start, repeat))).ToArray();
        return new Trial(TaskName(task), Names[contender], $"{repeat}", new Curve([.. Enumerable.Range(0, steps).Select(step => (long)step)], values))
        {
            Role = role,
            Try = number,
            Setting = rate?.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            Epochs = [.. Enumerable.Range(0, steps).Select(step => (long)step / 2)],
            Test = diverges ? null : values[^1] + (0.02 * Luck(start, repeat, 3)),
            TestRows = diverges ? null : (45 + (long)(6 * Luck(start, repeat, contender, 5)), 50),
            Machine = "one, 2 threads",
        };
    }

    // From 0 to 1, by whatever the numbers are.
    private static double Luck(params ReadOnlySpan<int> of)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        foreach (var one in of)
        {
            hash = (hash ^ (uint)one) * 0xBF58476D1CE4E5B9UL;
            hash ^= hash >> 29;
            hash *= 0x94D049BB133111EBUL;
            hash ^= hash >> 32;
        }

        return (hash >> 11) / (double)(1UL << 53);
    }
}
