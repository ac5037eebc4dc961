namespace Steepest;

/// <summary>The mean absolute error.</summary>
internal sealed record MaeMetric : Metric
{
    public override string Name => "mae";

    public override bool HigherIsBetter => false;

    public override bool ForClasses => false;

    private protected override double Measure(Predictions predictions)
    {
        var mean = new WeightedMean();
        for (var i = 0; i < predictions.Values.Length; i++)
            mean.AddDistance(predictions.Values[i], predictions.Targets[i], predictions.Weight(i / predictions.Outputs));
        return mean.Value;
    }
}
