using Steepest.Numerics;

namespace Steepest;

/// <summary>The expected calibration error of the largest probabilities.</summary>
internal sealed record CalibrationErrorMetric(int Bins) : Metric
{
    public override string Name => "calibration-error";

    public override bool HigherIsBetter => false;

    public override bool ForClasses => true;

    private protected override int? Setting => Bins;

    private protected override double Measure(Predictions predictions)
    {
        // A bin's rows · |accuracy − confidence| is the size of Σ (1 where right, else 0) − probability over them.
        var gaps = new Dictionary<int, DoubleDouble>();
        DoubleDouble weights = 0, sum = 0;
        for (var row = 0; row < predictions.Rows; row++)
        {
            var predicted = predictions.PredictedClass(row);
            var confidence = predictions.Values[(row * predictions.Outputs) + predicted];
            var weight = predictions.Weight(row);
            weights += weight;
            var bin = BinOf(confidence);
            gaps[bin] = gaps.GetValueOrDefault(bin) + (weight * ((predicted == predictions.Labels[row] ? 1 : 0) - confidence));
        }

        foreach (var gap in gaps.Values)
            sum = gap.High < 0 ? sum - gap : sum + gap;
        return (sum / weights).High;
    }

    /// <summary>The bin whose upper edge is the first not below the confidence.</summary>
    private int BinOf(double confidence)
    {
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        // The product may be rounded across an edge, such as 0.07 · 100.
        if (bin > 0 && confidence <= (double)bin / Bins)
            return bin - 1;
        return bin < Bins - 1 && confidence > (bin + 1.0) / Bins ? bin + 1 : bin;
    }
}
