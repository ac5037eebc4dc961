namespace Steepest.Figures;

/// <summary>Wine's alcohol predicted from its other features, with training targets of which some are 0 for want of a measurement.</summary>
internal static class Regression
{
    public const string Name = "regression";

    private const int Splits = 20;

    public static Page Make()
    {
        var (train, test) = Datasets.Wine().Predicting("alcohol").Split(test: 0.3, seed: 1);
        var scaler = Scaler.Standard(train);
        (train, test) = (scaler.Apply(train), scaler.Apply(test));

        var network = NetworkSpec.Mlp(inputs: 12, hidden: [8], outputs: 1, Activation.Tanh).Build<double>(seed: 1);
        var spec = new TrainingSpec(new Adam(LearningRate: 0.01), Epochs: 300, BatchSize: 32, Seed: 1) { Penalty = new Penalty(L2: 0.05) };
        network.Fit(train, spec);
        Console.WriteLine($"R² {network.Evaluate(test, Metric.R2):F2}, RMSE {network.Evaluate(test, Metric.Rmse):F2} % alcohol");

        var robust = network.Spec.Build<double>(seed: 1);
        robust.Fit(Spoiled(train), spec with { Loss = Loss.Huber(delta: 0.5) });

        var squared = network.Spec.Build<double>(seed: 1);
        squared.Fit(Spoiled(train), spec);
        var chart = new Chart(
            $"Six of {train.Rows} training rows say 0 % alcohol: on held-out wines squared error comes to RMSE {squared.Evaluate(test, Metric.Rmse):F2}, "
                + $"Huber loss to {robust.Evaluate(test, Metric.Rmse):F2}",
            $"wine, alcohol from the other 12 features, network {network.Spec} with tanh, Adam, {test.Rows} held-out rows",
            "one split and one start (seed 1)",
            Scale.Of("alcohol measured, %", 11.2, 15.2, [11, 12, 13, 14, 15]),
            Scale.Of("alcohol predicted, %", 3, 16.4, [4, 6, 8, 10, 12, 14, 16]));
        chart.Rule((11.2, 11.2), (15.2, 15.2));
        chart.Dots(Pairs(squared, test), 2, rings: true).Dots(Pairs(robust, test), 0, opacity: 0.75);
        chart.Words("squared error", (13.2, 8.64), 2);
        chart.Words("Huber loss, δ = 0.5", (14.45, 13.3), 0);
        chart.Words("prediction = measurement", (14.9, 15.3), alignment: ScottPlot.Alignment.LowerRight);

        List<string> lines = [$"R² {network.Evaluate(test, Metric.R2):F2}, RMSE {network.Evaluate(test, Metric.Rmse):F2} % alcohol"];
        foreach (var (name, loss, spoiled) in new[]
        {
            ("squared error, targets as measured", Loss.MeanSquaredError, false), ("Huber δ 0.5, targets as measured", Loss.Huber(0.5), false),
            ("squared error, six spoiled", Loss.MeanSquaredError, true), ("absolute error, six spoiled", Loss.MeanAbsoluteError, true), ("Huber δ 0.5, six spoiled", Loss.Huber(0.5), true),
        })
        {
            var ends = Enumerable.Range(1, Splits).Select(seed => Run(loss, spoiled, (uint)seed)).ToArray();
            lines.Add($"| {name} | {ends.Average(end => end.Rmse):F2} | {ends.Average(end => end.Mae):F2} | {ends.Average(end => end.R2):F2} |");
        }

        var explained = Enumerable.Range(1, Splits).Select(seed => Run(Loss.MeanSquaredError, spoiled: false, (uint)seed).R2).Order().ToArray();
        lines.Add($"R² of the first row goes from {explained[0]:F2} to {explained[^1]:F2}");
        return new(Name, chart, lines);
    }

    private static (double Rmse, double Mae, double R2) Run(Loss loss, bool spoiled, uint seed)
    {
        var (train, test) = Datasets.Wine().Predicting("alcohol").Split(test: 0.3, seed);
        var scaler = Scaler.Standard(train);
        (train, test) = (scaler.Apply(train), scaler.Apply(test));
        var network = NetworkSpec.Mlp(inputs: 12, hidden: [8], outputs: 1, Activation.Tanh).Build<double>(seed);
        var spec = new TrainingSpec(new Adam(0.01), Epochs: 300, BatchSize: 32, seed) { Penalty = new Penalty(L2: 0.05), Loss = loss };
        network.Fit(spoiled ? Spoiled(train) : train, spec);
        return (network.Evaluate(test, Metric.Rmse), network.Evaluate(test, Metric.Mae), network.Evaluate(test, Metric.R2));
    }

    /// <summary>The same rows, but six say 0, as if nobody had measured them.</summary>
    private static Dataset Spoiled(Dataset train)
    {
        var targets = train.Targets.ToArray();
        for (var row = 0; row < 6; row++) targets[row * 20] = 0;
        return Dataset.Regression(train.Name, train.Values, train.FeatureNames, targets, train.TargetNames);
    }

    private static IEnumerable<(double X, double Y)> Pairs(Network<double> network, Dataset test)
    {
        var predicted = network.PredictValues(test);
        return Enumerable.Range(0, test.Rows).Select(row => (test.Targets[row], predicted[row, 0]));
    }
}
