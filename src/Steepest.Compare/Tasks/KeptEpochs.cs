using Steepest.Numerics;

namespace Steepest.Compare.Tasks;

/// <summary>Which epochs of a try are kept: some, evenly on a logarithmic scale, and all at which the best so far falls, so that a moved target stays exact to that.</summary>
internal static class KeptEpochs
{
    private const int Spaced = 1000;
    private const double Fall = 0.001;

    /// <summary>The epochs to keep, ascending: the first and the last among them.</summary>
    /// <param name="metric">The metric of every epoch.</param>
    /// <param name="isHigherBetter">Whether a higher metric is the better one; of an accuracy it is the share of errors that falls.</param>
    public static List<int> Of(IReadOnlyList<double> metric, bool isHigherBetter)
    {
        var kept = new List<int>(Math.Min(metric.Count, 2 * Spaced));
        var (best, next, place) = (double.PositiveInfinity, 0, 0);
        var range = NearestExpLog.Log(metric.Count);
        for (var epoch = 0; epoch < metric.Count; epoch++)
        {
            var value = isHigherBetter ? 1 - metric[epoch] : metric[epoch];
            var isFall = value < best - (Fall * Math.Abs(best)) || (double.IsPositiveInfinity(best) && double.IsFinite(value));
            if (isFall) best = value;
            if (isFall || epoch == next || epoch == metric.Count - 1) kept.Add(epoch);
            while (next <= epoch) next = At(++place);
        }

        return kept;

        int At(int n) => n < Spaced ? (int)Math.Round(NearestExpLog.Exp(range * n / (Spaced - 1))) - 1 : int.MaxValue;
    }
}
