namespace Steepest.Compare.Reports;

/// <summary>The pictures of a race: loss against epoch at one learning rate for all, and at each contender's best.</summary>
public static class RacePictures
{
    /// <summary>The pictures that the race has the runs for, by file name without ending.</summary>
    /// <param name="race">A race, finished or not.</param>
    public static IReadOnlyList<(string Name, LossChart Picture)> Of(RaceResult race)
    {
        ArgumentNullException.ThrowIfNull(race);
        var pictures = new List<(string, LossChart)>();
        var racing = race.RacingRuns.ToArray();
        if (race.Plan.CommonRate is { } rate)
        {
            var runs = racing.Where(run => run.Spec.LearningRate == rate).ToArray();
            var title = RaceVerdict.AtCommonRate(race) ?? $"One learning rate for all ({Words.Number(rate)})";
            if (runs.Length > 0) pictures.Add(("one-rate", Chart(race, title, runs)));
        }

        var best = race.IsComplete ? race.BestRuns : [];
        if (best.Count > 0) pictures.Add(("best-rates", Chart(race, RaceVerdict.AtBestRates(race) ?? "Each at its own learning rate", best)));
        return pictures;
    }

    private static LossChart Chart(RaceResult race, string title, IReadOnlyList<RunResult> runs)
    {
        var places = race.Plan.Contenders.ToList();
        var curves = runs.Select(run => new LossCurve(
            run.Spec.Contender.Title, run.Spec.HasSchedule ? string.Empty : $"learning rate {Words.Number(run.Spec.LearningRate)}", run.Loss, places.IndexOf(run.Spec.Contender), run.ReachedAt, run.DivergedAt));
        var target = race.Target is { Metric: TargetMetric.Loss, Value: var value } ? value : (double?)null;
        var task = race.Task;
        return new LossChart(
            title,
            $"{task.Spec.Data}, network {task.Network}, {Words.Count(task.Train.Rows)} training rows",
            [.. curves],
            target,
            $"one split and one start (seed {task.Spec.Seed})");
    }
}
