namespace Steepest;

/// <summary>The share of rows whose class is among the k most probable.</summary>
internal sealed record TopAccuracyMetric(int K) : Metric
{
    public override string Name => "top-accuracy";

    public override bool HigherIsBetter => true;

    public override bool ForClasses => true;

    private protected override int? Setting => K;

    internal override void CheckSuits(bool isClassification, int outputs)
    {
        base.CheckSuits(isClassification, outputs);
        if (K > outputs)
            throw new SteepestException($"The metric {this} looks at the {Text.Of(K)} most probable classes, but there are only {Text.Of(outputs)}.");
    }

    private protected override double Measure(Predictions predictions)
    {
        var right = new WeightedMean();
        for (var row = 0; row < predictions.Rows; row++)
        {
            var ofRow = predictions.Values.Slice(row * predictions.Outputs, predictions.Outputs);
            right.Add(Before(ofRow, predictions.Labels[row]) < K ? 1 : 0, predictions.Weight(row));
        }

        return right.Value;
    }

    /// <summary>How many classes are more probable than the label's, or as probable and before it.</summary>
    private static int Before(ReadOnlySpan<double> probabilities, int label)
    {
        var before = 0;
        for (var c = 0; c < probabilities.Length; c++)
        {
            if (probabilities[c] > probabilities[label] || (probabilities[c] == probabilities[label] && c < label))
                before++;
        }

        return before;
    }
}
