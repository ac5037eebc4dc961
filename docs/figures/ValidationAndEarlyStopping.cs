namespace Steepest.Figures;

/// <summary>A network that is too large for its rows, with and without dropout, beside rows that it does not learn from.</summary>
internal static class ValidationAndEarlyStopping
{
    public const string Name = "validation-and-early-stopping";

    private const int Epochs = 120, Starts = 10;

    public static Page Make()
    {
        var (train, validation, test) = Datasets.BreastCancer().Split(validation: 0.3, test: 0.4, seed: 1, stratify: true);
        var scaler = Scaler.Standard(train);
        (train, validation, test) = (scaler.Apply(train), scaler.Apply(validation), scaler.Apply(test));

        var network = NetworkSpec.Mlp(inputs: 30, hidden: [128, 128], outputs: 2, Activation.Relu).Build<float>(seed: 1);
        var history = network.Fit(
            train, new Adam(LearningRate: 0.001), epochs: 120, batchSize: 16, seed: 1, validation: validation, earlyStopping: new EarlyStopping(Patience: 10));
        Console.WriteLine($"{history.Outcome} after {history.Epochs} epochs; epoch {history.BestEpoch + 1} was best");
        Console.WriteLine($"test loss {network.Evaluate(test).Loss:F3}");

        var withDropout = new NetworkSpec(30,
        [
            new Dense(128, Activation.Relu), new Dropout(0.5),
            new Dense(128, Activation.Relu), new Dropout(0.5),
            new Dense(2, Activation.Identity),
        ]);

        // On to the last epoch, to see what early stopping spares.
        Ending Run(NetworkSpec spec, ulong seed, bool restore)
        {
            var made = spec.Build<float>(seed);
            var run = new TrainingSpec(new Adam(0.001), Epochs, BatchSize: 16, seed) { EarlyStopping = new EarlyStopping(Epochs, RestoreBest: restore) };
            var ran = made.Fit(train, run, validation);
            var result = made.Evaluate(test);
            return new(ran, result.Loss, result.Accuracy);
        }

        var (plain, dropped) = (Run(network.Spec, 1, restore: true).History, Run(withDropout, 1, restore: true).History);
        List<string> lines = [$"{history.Outcome} after {history.Epochs} epochs; epoch {history.BestEpoch + 1} was best", $"test loss {network.Evaluate(test).Loss:F3}"];
        foreach (var (name, spec) in new[] { ("as it is", network.Spec), ("with dropout 0.5", withDropout) })
        {
            var stopped = Enumerable.Range(1, Starts).Select(seed => Run(spec, (ulong)seed, restore: true)).ToArray();
            var kept = Enumerable.Range(1, Starts).Select(seed => Run(spec, (ulong)seed, restore: false)).ToArray();
            var epochs = stopped.Select(run => run.History.BestEpoch!.Value + 1).Order().ToArray();
            lines.Add($"| {name} | {epochs[0]} … {epochs[^1]} | {stopped.Average(run => run.Loss):F3} | {kept.Average(run => run.Loss):F3} "
                + $"| {stopped.Average(run => run.Accuracy):P1} | {kept.Average(run => run.Accuracy):P1} |");
        }

        lines.Add($"{network.Parameters.Layout.Count:N0} parameters and {train.Rows} rows");
        lines.Add($"after epoch {plain.BestEpoch + 1} and then climbs; with dropout after epoch {dropped.BestEpoch + 1}");
        return new(Name, Draw(plain, dropped, $"breast cancer, {train.Rows} training and {validation.Rows} validation rows, network {network.Spec} with ReLU, Adam 0.001, batches of 16"), lines);
    }

    private static Chart Draw(History plain, History dropped, string setting)
    {
        var (best, last) = (plain.BestEpoch!.Value, plain.ValidationLoss[^1]);
        var chart = new Chart(
            $"After epoch {best + 1} the network learns its rows by heart: the validation loss climbs from {plain.ValidationLoss[best]:F3} to {last:F3}; "
                + "dropout puts it off",
            setting,
            "one split and one start (seed 1)",
            Scale.Of("epoch", 1, Epochs + 1, [1, 20, 40, 60, 80, 100, 120]),
            Scale.Of("loss", 0, 0.34, [0, 0.1, 0.2, 0.3]));
        foreach (var (run, place) in new[] { (plain, 2), (dropped, 0) })
        {
            chart.Line(run.Loss.Select((loss, epoch) => (epoch + 1.0, loss)), place, 2, dashed: true);
            chart.Line(run.ValidationLoss.Select((loss, epoch) => (epoch + 1.0, loss)), place, 3, dashed: false);
            chart.Mark((run.BestEpoch!.Value + 1, run.ValidationLoss[run.BestEpoch.Value]), place);
        }

        chart.Words($"best: epoch {best + 1}", (6.5, 0.05), 2);
        var later = dropped.BestEpoch!.Value;
        chart.Words($"best: epoch {later + 1}", (later + 1, dropped.ValidationLoss[later]), 0, ScottPlot.Alignment.UpperRight, right: 8, up: -12);
        chart.Words("validation", (64, 0.158), 2, ScottPlot.Alignment.LowerCenter);
        chart.Words("validation, dropout 0.5", (60, 0.108), 0, ScottPlot.Alignment.UpperLeft);
        chart.Words("training", (12, 0.021), 2);
        chart.Words("training, dropout 0.5", (60, 0.05), 0);

        return chart;
    }

    private sealed record Ending(History History, double Loss, double Accuracy);
}
