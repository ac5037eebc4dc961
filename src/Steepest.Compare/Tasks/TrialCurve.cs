namespace Steepest.Compare.Tasks;

/// <summary>From what was measured at every epoch to what a trial keeps of it.</summary>
internal static class TrialCurve
{
    /// <summary>The curve, thinned unless the trial keeps every epoch. One that diverged ends with NaN at that epoch.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="metric">The metric of every epoch, as far as it was measured.</param>
    /// <param name="evaluations">Gradient evaluations until each was known.</param>
    /// <param name="all">Gradient evaluations in all.</param>
    /// <param name="divergedAt">The epoch at which it diverged; <see langword="null"/> if it did not.</param>
    /// <param name="trainingLoss">The training loss of every epoch, where the metric is another; else <see langword="null"/>.</param>
    public static TrialResult Of(
        TrialSpec trial, IReadOnlyList<double> metric, IReadOnlyList<long> evaluations, long all, int? divergedAt = null, IReadOnlyList<double>? trainingLoss = null)
    {
        var values = metric.ToList();
        var counts = evaluations.ToList();
        if (divergedAt is { } last)
        {
            EndAt(values, last, double.NaN);
            EndAt(counts, last, Math.Max(all, last == 0 ? 1 : counts[last - 1] + 1));
        }

        int[] kept = trial.KeepsEveryEpoch ? [.. Enumerable.Range(0, values.Count)] : [.. KeptEpochs.Of(values, trial.Task.IsHigherBetter)];
        return new TrialResult([.. kept], [.. kept.Select(epoch => values[epoch])], [.. kept.Select(epoch => counts[epoch])])
        {
            DivergedAt = divergedAt,
            TrainingLoss = trial.KeepsEveryEpoch && trainingLoss is not null
                ? [.. kept.Select(epoch => epoch < trainingLoss.Count ? trainingLoss[epoch] : double.NaN)]
                : [],
        };
    }

    /// <summary>The epoch's own number gives way to this one, if there is one: a step that leads nowhere leaves nothing to measure.</summary>
    private static void EndAt<TNumber>(List<TNumber> numbers, int epoch, TNumber number)
    {
        if (numbers.Count > epoch) numbers.RemoveRange(epoch, numbers.Count - epoch);
        numbers.Add(number);
    }
}
