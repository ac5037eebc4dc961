using Steepest.Numerics;

namespace Steepest;

/// <summary>The area under the receiver operating characteristic, from the order of the probabilities.</summary>
internal sealed record AucMetric : Metric
{
    public override string Name => "auc";

    public override bool HigherIsBetter => true;

    public override bool ForClasses => true;

    private protected override double Measure(Predictions predictions)
    {
        CheckEveryClassHasRows(predictions);
        var scores = new double[predictions.Rows];
        var order = new int[predictions.Rows];
        if (predictions.Outputs == 2)
            return Area(predictions, 1, scores, order);
        var mean = new WeightedMean();
        for (var c = 0; c < predictions.Outputs; c++)
            mean.Add(Area(predictions, c, scores, order), 1);
        return mean.Value;
    }

    private static void CheckEveryClassHasRows(Predictions predictions)
    {
        var met = new bool[predictions.Outputs];
        for (var row = 0; row < predictions.Rows; row++)
            met[predictions.Labels[row]] |= predictions.Weight(row) > 0;
        var missing = Array.IndexOf(met, false);
        if (missing >= 0)
            throw new SteepestException($"The metric auc needs rows of every class with a weight above 0, but found none with label {missing}.");
    }

    /// <summary>Over the rows of the class, the mean share of the other rows with a lower probability of it, ties counted half.</summary>
    private static double Area(Predictions predictions, int ofClass, double[] scores, int[] order)
    {
        DoubleDouble inClass = 0, others = 0;
        for (var row = 0; row < scores.Length; row++)
        {
            scores[row] = predictions.Values[(row * predictions.Outputs) + ofClass];
            order[row] = row;
            if (predictions.Labels[row] == ofClass)
                inClass += predictions.Weight(row);
            else
                others += predictions.Weight(row);
        }

        Array.Sort(scores, order);
        DoubleDouble area = 0, below = 0;
        for (var first = 0; first < scores.Length;)
        {
            DoubleDouble tiedInClass = 0, tiedOthers = 0;
            var next = first;
            for (; next < scores.Length && scores[next] == scores[first]; next++)
            {
                var row = order[next];
                if (predictions.Labels[row] == ofClass)
                    tiedInClass += predictions.Weight(row);
                else
                    tiedOthers += predictions.Weight(row);
            }

            area += tiedInClass / inClass * ((below + (tiedOthers * 0.5)) / others);
            below += tiedOthers;
            first = next;
        }

        return area.High;
    }
}
