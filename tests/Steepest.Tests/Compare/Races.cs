using Steepest.Compare;

namespace Steepest.Tests.Compare;

/// <summary>Races made up for the reports, on the article's task.</summary>
internal static class Races
{
    private static readonly PreparedRace Article = RaceTask.Article.Prepare();

    /// <summary>A run that arrives at an epoch, counted from 0, or does not in its budget, or diverges.</summary>
    public static RunResult Run(string title, double rate, int? reached = null, int budget = 1_000, int? diverged = null, bool racing = true, double loss = 0.25)
    {
        var epochs = diverged ?? (reached + 1) ?? budget;
        var optimizer = new GradientDescent(rate);
        var spec = new RunSpec(new Contender(title.ToLowerInvariant(), title), optimizer, budget, racing);
        return new RunResult(spec, [.. Enumerable.Repeat(1.0, Math.Max(epochs - 1, 0)), loss], epochs, reached, diverged, 49, 50, 0.5);
    }

    /// <summary>A race of these runs; more may have been planned.</summary>
    public static RaceResult Of(Target? target, double? common, IReadOnlyList<RunResult> runs, params RunResult[] unfinished) => new(
        new RacePlan(RaceTask.Article, [.. runs.Concat(unfinished).Select(run => run.Spec)]) { CommonRate = common, Target = target },
        Article,
        target,
        [.. runs],
        IsComplete: unfinished.Length == 0);

    public static Target Loss(double value) => new(TargetMetric.Loss, value);
}
