namespace Steepest.Compare.Statistics;

/// <summary>The metric of a trial at its evaluations.</summary>
/// <param name="Steps">The indices of the evaluations, from 0, ascending; at least one.</param>
/// <param name="Values">The metric at each. The last is not finite if the trial diverged.</param>
public sealed record Curve(IReadOnlyList<long> Steps, IReadOnlyList<double> Values)
{
    /// <summary>The metric at the end.</summary>
    public double Final => Values[^1];

    /// <summary>Whether the trial ended with a metric that is not finite.</summary>
    public bool HasDiverged => !double.IsFinite(Final);

    /// <summary>The index of the last evaluation plus 1.</summary>
    public long Budget => Steps[^1] + 1;

    /// <summary>The time to a target.</summary>
    /// <param name="reach">The target.</param>
    public ReachTime TimeTo(Reach reach)
    {
        for (var i = 0; i < Values.Count; i++)
        {
            if (reach.IsReachedBy(Values[i])) return new ReachTime(Steps[i] + 1);
        }

        return HasDiverged ? ReachTime.Never : ReachTime.Beyond(Budget);
    }

    /// <summary>The metric at a step: that of the last evaluation until then; NaN before the first.</summary>
    /// <param name="step">The step.</param>
    public double At(long step)
    {
        int low = 0, high = Steps.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Steps[middle] <= step) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? double.NaN : Values[low - 1];
    }
}
