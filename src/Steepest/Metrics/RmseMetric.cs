namespace Steepest;

/// <summary>The root of the mean squared error.</summary>
internal sealed record RmseMetric : Metric
{
    public override string Name => "rmse";

    public override bool HigherIsBetter => false;

    public override bool ForClasses => false;

    private protected override double Measure(Predictions predictions)
    {
        var mean = new WeightedMean();
        for (var i = 0; i < predictions.Values.Length; i++)
            mean.AddSquaredDistance(predictions.Values[i], predictions.Targets[i], predictions.Weight(i / predictions.Outputs));
        return mean.Root;
    }
}
