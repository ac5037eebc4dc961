namespace Steepest;

/// <summary>The mean of the targets' coefficients of determination.</summary>
internal sealed record R2Metric : Metric
{
    public override string Name => "r2";

    public override bool HigherIsBetter => true;

    public override bool ForClasses => false;

    private protected override double Measure(Predictions predictions)
    {
        var mean = new WeightedMean();
        for (var target = 0; target < predictions.Outputs; target++)
        {
            var determined = OfTarget(predictions, target);
            if (double.IsInfinity(determined))
                return determined;
            mean.Add(determined, 1);
        }

        return mean.Value;
    }

    private static double OfTarget(Predictions predictions, int target)
    {
        var center = new WeightedMean();
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (var row = 0; row < predictions.Rows; row++)
        {
            var weight = predictions.Weight(row);
            if (weight == 0)
                continue;
            var truth = predictions.Targets[(row * predictions.Outputs) + target];
            center.Add(truth, weight);
            (least, most) = (Math.Min(least, truth), Math.Max(most, truth));
        }

        var middle = center.Value;
        WeightedMean error = new(), spread = new();
        for (var row = 0; row < predictions.Rows; row++)
        {
            var at = (row * predictions.Outputs) + target;
            error.AddSquaredDistance(predictions.Values[at], predictions.Targets[at], predictions.Weight(row));
            spread.AddSquaredDistance(predictions.Targets[at], middle, predictions.Weight(row));
        }

        if (error.IsZero)
            return 1;
        // By the targets themselves: the mean of equal numbers may differ from them by its rounding.
        return least == most ? 0 : 1 - error.Over(spread);
    }
}
