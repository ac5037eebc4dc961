using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Figures;

/// <summary>The article's race with all exhibits, as <c>steepest compare</c> runs it: gradient descent's loss after 19,000 epochs at 0.01 is the target.</summary>
internal sealed class RaceOfAll
{
    private const string GradientDescent = "gradient-descent", Adam = "adam";

    private const double MostEpochs = 5000, LowestLoss = 0.1, HighestLoss = 3;

    private readonly RaceResult race;

    public RaceOfAll(IReadOnlyList<Exhibit> exhibits)
    {
        var entrants = exhibits.Select(exhibit => Entrant.Of(exhibit.Optimizer, RacePlan.Rates)).OrderBy(entrant => entrant.Contender.Name != GradientDescent).ToArray();
        race = Race.Run(RacePlanner.Plan(RaceTask.Article, entrants), Environment.ProcessorCount);
    }

    /// <summary>What there is to race on and to reach.</summary>
    public string Task =>
        $"{race.Task.Spec.Data}, network {race.Task.Network}, all {race.Task.Train.Rows} training rows at every step, seed {race.Task.Spec.Seed}";

    /// <summary>Epochs until the target at the best learning rate, in words.</summary>
    public string EpochsOf(Exhibit exhibit) => BestOf(exhibit.Optimizer.ToString()).EpochsToTarget is { } epochs ? Words.Count(epochs) : "–";

    /// <summary>What the picture shows.</summary>
    public string Caption(Exhibit exhibit)
    {
        var run = BestOf(exhibit.Optimizer.ToString());
        return $"Training loss by epoch on the article's race ({Task}), `{exhibit.Spelling}` at the best of seven learning rates from {Words.Number(RacePlan.Rates[0])} to {Words.Number(RacePlan.Rates[^1])}. "
            + $"{Words.Capital(Outcome(run))}. That loss is what gradient descent comes to after 19,000 epochs at learning rate 0.01.{Others(exhibit)}";
    }

    /// <summary>The curve, gradient descent and Adam in grey behind it.</summary>
    public byte[] ToPng(Exhibit exhibit)
    {
        var run = BestOf(exhibit.Optimizer.ToString());
        using var chart = new Chart(
            $"{Words.Capital(run.Spec.Contender.Title)}, {Outcome(run)}",
            "iris, the article's network and start, each at the best of seven learning rates",
            "one split and one start (seed 42)",
            Scale.Of("epoch", 1, MostEpochs * 1.12, [1, 10, 100, 1000, 5000], isLogarithmic: true),
            Scale.Of("training loss", LowestLoss, HighestLoss, [0.1, 0.2, 0.5, 1, 2], isLogarithmic: true),
            height: 440);
        var target = race.Target!.Value;
        chart.Rule((1, target), (MostEpochs * 1.12, target));
        foreach (var other in Behind(exhibit))
        {
            // Adam is told best at its second bump, gradient descent at its end.
            var points = Points(other).ToArray();
            chart.Background(points).Remark(other.Spec.Contender.Title, other.Spec.Optimizer is Adam ? points[6] : points[^1], right: 10, up: 10);
        }

        chart.Line(Points(run), 0, dashed: false);
        if (run.ReachedAt is { } reached) chart.Mark((reached + 1, run.Loss[reached]), 0);
        return chart.ToPng();
    }

    private string Outcome(RunResult run) =>
        run.EpochsToTarget is { } epochs ? $"learning rate {Words.Number(run.Spec.LearningRate)}: {race.Target} in {Words.Count(epochs)} epochs"
        : run.FinalLoss is { } loss ? $"learning rate {Words.Number(run.Spec.LearningRate)}: loss {Words.Loss(loss)} after {Words.Count(run.Epochs)} epochs, not at the target"
        : "diverged at every learning rate";

    private static IEnumerable<(double X, double Y)> Points(RunResult run) =>
        run.Loss.Take((int)MostEpochs).Select((loss, epoch) => (epoch + 1.0, Math.Clamp(loss, LowestLoss, HighestLoss)));

    private RunResult[] Behind(Exhibit exhibit) => [.. new[] { GradientDescent, Adam }.Where(name => name != exhibit.Spelling).Select(BestOf)];

    private string Others(Exhibit exhibit) =>
        $" In grey: {Words.List([.. Behind(exhibit).Select(run => $"{run.Spec.Contender.Title} ({Words.Number(run.Spec.LearningRate)}) in {Words.Count(run.EpochsToTarget ?? run.Epochs)}")])}.";

    private RunResult BestOf(string contender) => race.BestRuns.Single(run => run.Spec.Contender.Name == contender);
}
