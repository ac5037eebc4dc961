namespace Steepest.Figures;

/// <summary>Is it an eight? Learned from very few eights, each class as it comes and both alike.</summary>
internal static class ClassImbalance
{
    public const string Name = "class-imbalance";

    private const int Seeds = 20, EightsKept = 12;

    public static Page Make()
    {
        var plain = Enumerable.Range(1, Seeds).Select(seed => Run((uint)seed, outputs: 2, FitPlain)).ToArray();
        var balanced = Enumerable.Range(1, Seeds).Select(seed => Run((uint)seed, outputs: 2, FitBalanced)).ToArray();
        var weighted = Enumerable.Range(1, Seeds).Select(seed => Run((uint)seed, outputs: 1, FitWeighted)).ToArray();

        (string Name, Func<Score, double> Of)[] measures =
            [("recall of eights", s => s.Recall), ("precision of eights", s => s.Precision), ("macro F1", s => s.F1), ("AUC", s => s.Auc), ("accuracy", s => s.Accuracy)];
        var mean = (IEnumerable<Score> scores, Func<Score, double> of) => scores.Average(of);
        var chart = new Chart(
            $"With {EightsKept} eights among {plain[0].TrainRows} training rows, {mean(plain, s => s.Recall):P0} of new eights are found; with balanced classes "
                + $"{mean(balanced, s => s.Recall):P0}. Accuracy hardly tells",
            "digits: is it an 8? Test rows with their natural share of eights, 10 %; network 64-32-2, Adam",
            $"{Seeds} splits and starts, with their means",
            Scale.Of("", 0.2, 1.01, [0.2, 0.4, 0.6, 0.8, 1]),
            new Scale("", -0.6, measures.Length - 0.4, [.. measures.Select((m, i) => (measures.Length - 1.0 - i, m.Name))]),
            left: 130);
        for (var m = 0; m < measures.Length; m++)
        {
            var row = measures.Length - 1.0 - m;
            foreach (var (scores, place, up) in new[] { (plain, 2, 0.16), (balanced, 0, -0.16) })
            {
                chart.Dots(scores.Select(s => (measures[m].Of(s), row + up)), place, 10, opacity: 0.3);
                var at = (mean(scores, measures[m].Of), row + up);
                chart.Mark(at, place, 17);
            }
        }

        chart.Words("each row counts alike", (mean(plain, measures[0].Of), measures.Length - 0.84), 2, ScottPlot.Alignment.LowerCenter, up: 12);
        chart.Words("each class counts alike", (mean(balanced, measures[0].Of), measures.Length - 1.16), 0, ScottPlot.Alignment.UpperCenter, up: -12);

        return new(Name, chart,
        [
            .. new[] { ("every row alike", plain), ("`Balanced`", balanced), ("one output, positive weight", weighted) }.Select(run =>
                $"| {run.Item1} | {string.Join(" | ", measures.Select(m => $"{mean(run.Item2, m.Of):F3}"))} | {mean(run.Item2, s => s.Calibration):F3} |"),
        ]);
    }

    private static Score Run(uint seed, int outputs, Action<Network<float>, Dataset, TrainingSpec> fit)
    {
        var (train, test) = Eights().Split(test: 0.5, seed, stratify: true);
        train = Thinned(train);

        var network = NetworkSpec.Mlp(inputs: 64, hidden: [32], outputs, Activation.Relu).Build<float>(seed);
        fit(network, train, new TrainingSpec(new Adam(LearningRate: 0.003), Epochs: 40, BatchSize: 32, seed));

        var predicted = network.Predict(test);
        var rows = Enumerable.Range(0, test.Rows);
        double found = rows.Count(row => predicted[row] == 1 && test.Labels[row] == 1);
        var recall = found / test.ClassCounts()[1];
        var precision = found / Math.Max(1, predicted.Count(label => label == 1));
        return new(
            recall, precision, network.Evaluate(test, Metric.MacroF1), network.Evaluate(test, Metric.Auc), network.Evaluate(test, Metric.Accuracy),
            network.Evaluate(test, Metric.CalibrationError()), train.Rows);
    }

    private static void FitPlain(Network<float> network, Dataset train, TrainingSpec spec) => network.Fit(train, spec);

    private static void FitBalanced(Network<float> network, Dataset train, TrainingSpec spec)
    {
        var loss = SoftmaxCrossEntropy.Balanced(train);
        network.Fit(train, spec with { Loss = loss });
    }

    private static void FitWeighted(Network<float> network, Dataset train, TrainingSpec spec)
    {
        var counts = train.ClassCounts();
        var loss = new BinaryCrossEntropy(PositiveWeights: [(double)counts[0] / counts[1]]);
        network.Fit(train, spec with { Loss = loss });
    }

    /// <summary>Digits with two classes.</summary>
    private static Dataset Eights()
    {
        var digits = Datasets.Digits().ScaleRows(Norm.Max);
        var labels = digits.Labels.ToArray().Select(label => label == 8 ? 1 : 0).ToArray();
        return Dataset.Classification("eights", digits.Values, digits.FeatureNames, labels, ["another", "an eight"]);
    }

    /// <summary>All rows but most of the eights.</summary>
    private static Dataset Thinned(Dataset train)
    {
        var eights = 0;
        int[] rows = [.. Enumerable.Range(0, train.Rows).Where(row => train.Labels[row] == 0 || eights++ < EightsKept)];
        return train.Take(rows);
    }

    private sealed record Score(double Recall, double Precision, double F1, double Auc, double Accuracy, double Calibration, int TrainRows);
}
