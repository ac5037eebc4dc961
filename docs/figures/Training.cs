namespace Steepest.Figures;

/// <summary>Batches of several sizes on digits, and one network with a bit of everything.</summary>
internal static class Training
{
    public const string Name = "training";

    public static Page Make()
    {
        var (train, test) = Datasets.Digits().Split(test: 0.2, seed: 1, stratify: true);
        var scaler = Scaler.Standard(train);   // fitted on the training rows alone
        (train, test) = (scaler.Apply(train), scaler.Apply(test));

        var network = NetworkSpec.Mlp(inputs: 64, hidden: [64, 32], outputs: 10, Activation.Relu).Build<float>(seed: 1);
        var spec = new TrainingSpec(new Adam(LearningRate: 0.001), Epochs: 30, BatchSize: 16, Seed: 1);
        var history = network.Fit(train, spec);
        Console.WriteLine($"loss {history.Loss[^1]:F4}, test accuracy {network.Evaluate(test).Accuracy:P1}");

        List<(int? Batch, double Rate, int Place)> tries = [(16, 0.001, 0), (64, 0.001, 1), (256, 0.001, 2), (null, 0.001, 3), (null, 0.03, 4)];
        var runs = tries.Select(t =>
        {
            var start = network.Spec.Build<float>(seed: 1);
            var run = start.Fit(train, spec with { BatchSize = t.Batch, Optimizer = new Adam(t.Rate) });
            return (t.Batch, t.Rate, t.Place, History: run, start.Evaluate(test).Accuracy);
        }).ToArray();

        var (smallest, whole) = (runs[0].History, runs[3].History);
        var chart = new Chart(
            $"30 passes over the same rows: batches of 16 bring the loss to {smallest.Loss[^1]:F4} in {smallest.GradientEvaluations:N0} steps, "
                + $"all rows at once only to {whole.Loss[^1]:F2} in {whole.GradientEvaluations}",
            $"digits, {train.Rows:N0} training rows, network {network.Spec} with ReLU, Adam at learning rate 0.001 but for one",
            "one split and one start (seed 1)",
            Scale.Of("epoch", 1, 35.5, [1, 5, 10, 15, 20, 25, 30]),
            Scale.Of("training loss", 0.0007, 3.4, [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3], isLogarithmic: true));
        foreach (var run in runs)
        {
            var points = run.History.Loss.Select((loss, epoch) => (epoch + 1.0, loss)).ToArray();
            var rows = run.Batch is { } size ? $"batches of {size}" : "all rows";
            chart.Line(points, run.Place, 3).Words(run.Rate == 0.001 ? rows : $"{rows}, at {run.Rate}", points[^1], run.Place, right: 8, up: run.Rate == 0.001 ? 5 : -3);
        }

        Everything();
        WeightsAndStreams();
        return new(Name, chart, [.. runs.Select(run =>
            $"| {(run.Batch is { } size ? size : "all 1,437")} | {run.Rate} | {run.History.GradientEvaluations:N0} | {run.History.Loss[^1]:F4} | {run.Accuracy:P1} |")]);
    }

    private static void Everything()
    {
        var (train, validation, test) = Datasets.Digits().ScaleRows(Norm.Max).Split(validation: 0.2, test: 0.2, seed: 1, stratify: true);

        var network = new NetworkSpec(64,
        [
            new Dense(64, Activation.Identity, Bias: false), new BatchNorm(), new Activate(Activation.Silu), new Dropout(0.2),
            new Residual([new LayerNorm(), new Dense(64, Activation.Gelu), new Dense(64, Activation.Identity)]),
            new Dense(10, Activation.Identity, Initializer: Initializer.Glorot),
        ]).Build<float>(seed: 1);

        var spec = new TrainingSpec(new Sgd(0.05, Momentum: 0.9, Nesterov: true), Epochs: 60, BatchSize: 32, Seed: 1)
        {
            Loss = new SoftmaxCrossEntropy(LabelSmoothing: 0.1),
            Penalty = new Penalty(L2: 1e-4),                       // on weights, not on biases
            Clipping = Clipping.ByGlobalNorm(1),
            AccumulateBatches = 2,                                 // steps of 64 rows with the activations of 32
            Groups = [ParameterGroup.Named("layer1.*", new Sgd(0.02, Momentum: 0.9))],
            Metrics = [Metric.Accuracy, Metric.TopAccuracy(2)],    // on the validation rows, after each epoch
            EarlyStopping = new EarlyStopping(Patience: 10),       // leaves the network as it was after its best epoch
        };

        var progress = new ProgressReporter<float>(report => Console.WriteLine(report));
        var history = new Trainer<float>(network, train, validation, spec, progress).Run();
        Console.WriteLine($"{history.Outcome}, test accuracy {network.Evaluate(test).Accuracy:P1}");
    }

    private static void WeightsAndStreams()
    {
        var (train, test) = Datasets.Digits().ScaleRows(Norm.Max).Split(test: 0.2, seed: 1, stratify: true);
        var network = NetworkSpec.Mlp(inputs: 64, hidden: [32], outputs: 10, Activation.Relu).Build<float>(seed: 1);

        var weights = Enumerable.Range(0, train.Rows).Select(row => row < 1000 ? 1.0 : 0.25).ToArray();   // later rows are trusted less
        network.Fit(train.WithWeights(weights), new Adam(0.001), epochs: 10, batchSize: 32);

        var rows = train.AsSource();   // or Idx.Open(images, labels), or a class of your own
        network.Fit(rows, new TrainingSpec(new Adam(0.001), Epochs: 5, BatchSize: 32) { ShuffleRows = 500 }, validation: test);
    }
}
