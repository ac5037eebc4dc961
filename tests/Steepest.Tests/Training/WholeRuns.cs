namespace Steepest.Tests.Training;

/// <summary>Whole runs that between them meet every optimizer, layer, activation and loss, the workloads of the benchmarks, and products worth sharing.</summary>
internal static class WholeRuns
{
    private static readonly NetworkSpec EveryLayer = new(64,
    [
        new Dense(21, Activation.Gelu), new BatchNorm(), new Dropout(0.2),
        new Residual([new Dense(9, Activation.Silu), new LayerNorm(), new Residual([new Activate(Activation.Mish), new Dropout()]), new Dense(21, Activation.Identity)]),
        new BatchNorm(Momentum: null, Affine: false), new Dense(10, Activation.Identity),
    ]);

    private static readonly NetworkSpec EveryActivation =
        new(4, [.. Activation.All.Select(activation => (LayerSpec)new Dense(7, activation)), new LayerNorm(), new Dense(3, Activation.Identity)]);

    private static readonly TrainingSpec EverySetting = new(new Adam(0.01), 2, BatchSize: 100)
    {
        Loss = new SoftmaxCrossEntropy(0.1, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1]),
        Penalty = new(1e-4, 1e-3),
        Clipping = Clipping.ByGlobalNorm(0.5),
        Groups = [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.01, 0.9)), ParameterGroup.Frozen("layer4.layer2.*"), ParameterGroup.Of(ParameterRole.Norm, new Adam(0.001))],
        AccumulateBatches = 2,
    };

    private static readonly Loss[] Losses = [Loss.SoftmaxCrossEntropy, new BinaryCrossEntropy([1, 2, 3]), Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.Huber(0.5)];

    /// <summary>Iris with a target of 1 for its class and 0 for the others, and with weights.</summary>
    private static readonly Dataset Answers = MakeAnswers();

    /// <summary>The hash of what each run leaves, by the run's name. The longest, in double, is short: without vectors it takes a minute.</summary>
    public static IEnumerable<(string Name, string Hash)> All(int threads)
    {
        foreach (var optimizer in EveryOptimizer.All)
            yield return ($"iris with {optimizer}, double", Workloads.Hash(Workloads.IrisNetwork<double>(), Workloads.IrisRows, new(optimizer, 20), threads));
        foreach (var loss in Losses)
        {
            var spec = new TrainingSpec(new Adam(0.01), 2, BatchSize: 32) { Loss = loss };
            yield return ($"every activation by {loss}, double", Workloads.Hash(EveryActivation.Build<double>(seed: 1), Answers, spec, threads));
            yield return ($"every activation by {loss}, float", Workloads.Hash(EveryActivation.Build<float>(seed: 1), Answers, spec, threads));
        }

        yield return ("every layer, double", Workloads.Hash(EveryLayer.Build<double>(seed: 1), Datasets.Digits(), EverySetting, threads));
        yield return ("every layer, float", Workloads.Hash(EveryLayer.Build<float>(seed: 1), Datasets.Digits(), EverySetting, threads));
        yield return ("W1, double", Workloads.W1<double>(threads: threads));
        yield return ("W1, float", Workloads.W1<float>(threads: threads));
        yield return ("W2, double", Workloads.W2<double>(epochs: 5, threads));
        yield return ("W2, float", Workloads.W2<float>(threads: threads));
        foreach (var batch in (int[])[127, 128])
        {
            yield return ($"784-301-199-10 in batches of {batch}, double", Workloads.Wide<double>(batch, threads));
            yield return ($"784-301-199-10 in batches of {batch}, float", Workloads.Wide<float>(batch, threads));
        }
    }

    private static Dataset MakeAnswers()
    {
        var iris = Datasets.Iris();
        var (features, targets) = (new double[iris.Rows, 4], new double[iris.Rows, 3]);
        for (var row = 0; row < iris.Rows; row++)
        {
            for (var feature = 0; feature < 4; feature++) features[row, feature] = iris.Row(row)[feature];
            targets[row, iris.Labels[row]] = 1;
        }

        return Dataset.FromRows("answers", features, targets).WithWeights([.. Enumerable.Range(0, iris.Rows).Select(row => row % 7 / 3.0)]);
    }
}
