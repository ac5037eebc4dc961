using Steepest.Numerics;

namespace Steepest;

/// <summary>The mean of −log p(label).</summary>
internal sealed record LogLossMetric : Metric
{
    /// <summary>2⁻⁵², the distance from 1 to the next double: scikit-learn clips here.</summary>
    private const double Least = 1.0 / (1L << 52);

    public override string Name => "log-loss";

    public override bool HigherIsBetter => false;

    public override bool ForClasses => true;

    private protected override double Measure(Predictions predictions)
    {
        var mean = new WeightedMean();
        for (var row = 0; row < predictions.Rows; row++)
        {
            var probability = predictions.Values[(row * predictions.Outputs) + predictions.Labels[row]];
            mean.Add(-NearestExpLog.Log(Math.Max(probability, Least)), predictions.Weight(row));
        }

        return mean.Value;
    }
}
