using Steepest.Numerics;

namespace Steepest;

/// <summary>The mean of the classes' F1.</summary>
internal sealed record MacroF1Metric : Metric
{
    public override string Name => "macro-f1";

    public override bool HigherIsBetter => true;

    public override bool ForClasses => true;

    private protected override double Measure(Predictions predictions)
    {
        var right = new DoubleDouble[predictions.Outputs];
        // TP + FN and TP + FP of every class together.
        var met = new DoubleDouble[predictions.Outputs];
        for (var row = 0; row < predictions.Rows; row++)
        {
            int label = predictions.Labels[row], predicted = predictions.PredictedClass(row);
            var weight = predictions.Weight(row);
            met[label] += weight;
            met[predicted] += weight;
            if (label == predicted)
                right[label] += weight;
        }

        var mean = new WeightedMean();
        for (var c = 0; c < met.Length; c++)
        {
            if (met[c].High > 0)
                mean.Add(2 * (right[c] / met[c]).High, 1);
        }

        return mean.Value;
    }
}
