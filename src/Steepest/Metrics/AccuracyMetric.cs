namespace Steepest;

/// <summary>The share of rows whose class was predicted.</summary>
internal sealed record AccuracyMetric : Metric
{
    public override string Name => "accuracy";

    public override bool HigherIsBetter => true;

    public override bool ForClasses => true;

    private protected override double Measure(Predictions predictions)
    {
        var right = new WeightedMean();
        for (var row = 0; row < predictions.Rows; row++)
            right.Add(predictions.PredictedClass(row) == predictions.Labels[row] ? 1 : 0, predictions.Weight(row));
        return right.Value;
    }
}
