using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>From what a contender did in each repeat to its result on the task.</summary>
internal static class ContenderResults
{
    /// <summary>The result.</summary>
    /// <param name="name">The contender's name.</param>
    /// <param name="selections">What it did in each repeat.</param>
    /// <param name="reach">The target.</param>
    /// <param name="timing">What its steps cost, if that was measured apart.</param>
    public static ContenderResult Of(string name, Selection[] selections, Reach reach, Timing? timing)
    {
        ReachTime[] times = [.. selections.Select(selection => selection.Final.Curve.TimeTo(reach))];
        var worst = reach.IsHigherBetter ? double.NegativeInfinity : double.PositiveInfinity;
        double[] perStep = [.. selections.Select(selection => selection.Final.MillisecondsPerStep).OfType<double>()];
        return new ContenderResult(
            name,
            [.. selections],
            [.. times],
            Median.Of(times.Select(time => time.OrInfinity)),
            Median.Of(selections.Select(selection => selection.Final.Curve.HasDiverged ? worst : selection.Final.Curve.Final)),
            timing?.MillisecondsPerStep ?? (perStep.Length == 0 ? null : Median.Of(perStep).Value),
            SensitivityOf(selections, reach),
            ExpectedBestOf(selections, reach))
        {
            Epochs = EpochsOf(selections, reach),
            AsSet = AsSetOf(selections, reach),
            Test = selections.All(selection => selection.Final.Test is null) ? null : Median.Of(selections.Select(selection => selection.Final.Test is { } test && double.IsFinite(test) ? test : worst)),
            TestRows = RowsOf(selections),
            StateBytesPerParameter = timing?.StateBytesPerParameter,
        };
    }

    private static Median? EpochsOf(Selection[] selections, Reach reach)
    {
        var times = selections.Select(selection => selection.Final.EpochsTo(reach)).ToArray();
        return times.Any(time => time is null) ? null : Median.Of(times.Select(time => time!.Value.OrInfinity));
    }

    private static AsSetResult? AsSetOf(Selection[] selections, Reach reach)
    {
        ReachTime[] times = [.. selections.Select(selection => selection.AsSet?.Curve.TimeTo(reach)).OfType<ReachTime>()];
        return times.Length == 0 ? null : new AsSetResult([.. times], Median.Of(times.Select(time => time.OrInfinity)));
    }

    // A run that diverged has no rows right, and none at all: those of the others say how many there are.
    private static (double Right, long Rows)? RowsOf(Selection[] selections)
    {
        long[] rows = [.. selections.Select(selection => selection.Final.TestRows?.Rows).OfType<long>().Distinct()];
        return rows is [var all] ? (Median.Of(selections.Select(selection => (double)(selection.Final.TestRows?.Right ?? 0))).Value, all) : null;
    }

    private static Sensitivity? SensitivityOf(Selection[] selections, Reach reach)
    {
        var tries = selections.Select(selection => FirstStarts(selection)).ToArray();
        return tries.All(ofOne => ofOne.Length < 2) || tries.Any(ofOne => ofOne.Any(one => one.SettingValue is null))
            ? null
            : Sensitivity.Of([.. tries.Select(ofOne => ofOne.Select(one => new SettingTried(one.SettingValue!.Value, one.Curve.TimeTo(reach), one.Curve.Final)).ToArray())]);
    }

    private static ValueList<double> ExpectedBestOf(Selection[] selections, Reach reach)
    {
        var curves = selections.Select(selection => ExpectedBest.Of([.. FirstStarts(selection).Select(one => KeptOf(one.Curve, reach.IsHigherBetter))], reach.IsHigherBetter)).ToArray();
        return [.. Enumerable.Range(0, curves.Min(curve => curve.Count)).Select(n => curves.Average(curve => curve[n]))];
    }

    // Nobody keeps a network that is worse than before its training: what blew up counts as where it began, and not with a loss of 1e160.
    private static double KeptOf(Statistics.Curve curve, bool isHigherBetter)
    {
        var (first, last) = (curve.Values[0], curve.Final);
        return !double.IsFinite(first) ? last : !double.IsFinite(last) ? first : isHigherBetter ? Math.Max(first, last) : Math.Min(first, last);
    }

    // Confirmations of a setting are no tries of their own.
    private static Trial[] FirstStarts(Selection selection) => [.. selection.Tries.DistinctBy(one => one.Setting ?? $"try {one.Try}")];
}
