namespace Steepest.Tests.Training;

/// <summary>Rows and classes that count more than others, or not at all.</summary>
public sealed class WeightTests
{
    private const double Rounding = 1e-12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("softmax")]
    [InlineData("binary")]
    [InlineData("answers")]
    [InlineData("numbers")]
    public void A_row_of_weight_2_is_two_rows_and_one_of_weight_0_is_none(string kind)
    {
        var (data, network, loss) = Kind(kind);
        double[] weights = [.. Enumerable.Range(0, data.Rows).Select(row => row % 3)];
        int[] repeated = [.. Enumerable.Range(0, data.Rows).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        AssertSame(null);
        AssertSame(new Penalty(L2: 0.01));

        void AssertSame(Penalty? penalty)
        {
            var spec = new TrainingSpec(new Adam(0.02), 30) { Loss = loss, Penalty = penalty };
            Network<double> weighted = network(), asRows = network();
            var history = weighted.Fit(data.WithWeights(weights), spec, cancellation: Cancellation);
            var expected = asRows.Fit(data.Take(repeated), spec, cancellation: Cancellation);

            Difference.AssertEachWithin(Rounding, 0, [.. expected.Loss], [.. history.Loss], $"losses of {kind}");
            Difference.AssertWithin(Rounding, Snapshots.Of(asRows), Snapshots.Of(weighted), $"parameters of {kind}");
            Assert.Equal(Evaluated(asRows, data.Take(repeated)).Loss, Evaluated(weighted, data.WithWeights(weights)).Loss, 1e-12);
            Assert.True(history.Loss[^1] < history.Loss[0]);
        }

        Evaluation Evaluated(Network<double> trained, Dataset rows) => loss is null ? trained.Evaluate(rows) : trained.Evaluate(rows, loss);
    }

    [Fact]
    public void Only_the_ratios_of_weights_matter()
    {
        double[] weights = [.. Enumerable.Range(0, 100).Select(row => 1.0 + (row % 7))];
        Network<double> small = SeedRun.Network<double>(), large = SeedRun.Network<double>();
        small.Fit(SeedRun.Train.WithWeights(weights), new Adam(0.01), 20, batchSize: 15, cancellation: Cancellation);
        large.Fit(SeedRun.Train.WithWeights([.. weights.Select(weight => 1024 * weight)]), new Adam(0.01), 20, batchSize: 15, cancellation: Cancellation);

        Difference.AssertWithin(Rounding, Snapshots.Of(small), Snapshots.Of(large), "parameters");
    }

    [Fact]
    public void Class_weights_are_weights_of_the_classes_rows()
    {
        double[] byClass = [0.5, 3, 1];
        Network<double> byLoss = SeedRun.Network<double>(), byRow = SeedRun.Network<double>();
        var history = byLoss.Fit(
            SeedRun.Train, new TrainingSpec(new Adam(0.01), 20, BatchSize: 15) { Loss = new SoftmaxCrossEntropy(ClassWeights: [.. byClass]) }, cancellation: Cancellation);
        var weighted = SeedRun.Train.WithWeights([.. SeedRun.Train.Labels.ToArray().Select(label => byClass[label])]);
        var expected = byRow.Fit(weighted, new Adam(0.01), 20, batchSize: 15, cancellation: Cancellation);

        Assert.Equal(expected.Loss, history.Loss);
        Assert.Equal(Snapshots.Of(byRow), Snapshots.Of(byLoss));
    }

    [Fact]
    public void Balanced_weights_raise_the_rare_class_s_recall()
    {
        // Versicolor and virginica overlap in their sepals; of virginica there is only every fifth row to learn from.
        int[] learn = [.. Enumerable.Range(50, 50), .. Enumerable.Range(0, 10).Select(i => 100 + (5 * i))];
        int[] rare = [.. Enumerable.Range(100, 50).Except(learn)];
        var train = Sepals(learn);
        var balanced = SoftmaxCrossEntropy.Balanced(train);
        Assert.Equal([60 / (2 * 50.0), 60 / (2 * 10.0)], balanced.ClassWeights!);

        var (plainRecall, balancedRecall) = (Recall(Loss.SoftmaxCrossEntropy), Recall(balanced));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"recall of the rare class: {plainRecall:P0} plain, {balancedRecall:P0} balanced"));
        Assert.InRange(balancedRecall, plainRecall + 0.1, 1);

        double Recall(Loss loss)
        {
            var scaler = Scaler.Standard(train);
            var network = NetworkSpec.Mlp(2, [], 2, Activation.Identity).Build<double>(seed: 1);
            network.Fit(scaler.Apply(train), new TrainingSpec(new Adam(0.01), 200) { Loss = loss }, cancellation: Cancellation);
            return network.Predict(scaler.Apply(Sepals(rare))).Average();
        }

        static Dataset Sepals(int[] rows)
        {
            var iris = Datasets.Iris();
            return Dataset.Classification(
                "sepals", [.. rows.SelectMany(row => (double[])[iris[row, 0], iris[row, 1]])], ["length", "width"], [.. rows.Select(row => iris.Labels[row] - 1)], ["versicolor", "virginica"]);
        }
    }

    [Fact]
    public void Positive_weights_raise_what_is_said_of_the_rare_answer()
    {
        var data = Dataset.Regression("answers", new double[10], ["x"], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], ["rare"]);
        var network = NetworkSpec.Mlp(1, [], 1, Activation.Identity, Initializer.Zeros).Build<double>(seed: 1);
        var spec = new TrainingSpec(new GradientDescent(1), 400) { Loss = new BinaryCrossEntropy([9]) };
        network.Fit(data, spec, cancellation: Cancellation);

        // One in ten that counts nine times is one in two.
        Assert.Equal(0, network.PredictValues(data)[0, 0], 1e-9);
        network.Fit(data, spec with { Loss = Loss.BinaryCrossEntropy }, cancellation: Cancellation);
        Assert.Equal(Math.Log(1.0 / 9), network.PredictValues(data)[0, 0], 1e-9);
    }

    [Fact]
    public void Data_of_which_no_row_counts_has_no_loss_and_does_not_diverge()
    {
        var ofFirst = SeedRun.Train.Take([.. Enumerable.Range(0, 100).Where(row => SeedRun.Train.Labels[row] == 0)]);
        var network = SeedRun.Network<double>();
        var spec = new TrainingSpec(new GradientDescent(0.1), 3, BatchSize: 7) { Loss = new SoftmaxCrossEntropy(ClassWeights: [0, 1, 1]) };
        var history = network.Fit(ofFirst, spec, cancellation: Cancellation);

        Assert.Equal((TrainingOutcome.Completed, 0), (history.Outcome, history.Loss[^1]));
        Assert.Equal(Snapshots.Of(SeedRun.Network<double>()), Snapshots.Of(network));
    }

    private static (Dataset Data, Func<Network<double>> Network, Loss? Loss) Kind(string kind)
    {
        var iris = Scaler.Standard(Datasets.Iris()).Apply(Datasets.Iris());
        int[] labels = iris.Labels.ToArray(), all = [.. Enumerable.Range(0, 150)];
        Func<int, Network<double>> of = outputs => NetworkSpec.Mlp(4, [6], outputs, Activation.Tanh).Build<double>(seed: 2);
        return kind switch
        {
            "softmax" => (iris, () => of(3), null),
            "binary" => (Dataset.Classification("two", iris.Values[..400], iris.FeatureNames, labels.AsSpan(0, 100), ["a", "b"]), () => of(1), null),
            "answers" => (Dataset.Regression("answers", iris.Values, iris.FeatureNames, [.. all.SelectMany(row => (double[])[labels[row] == 1 ? 1 : 0, labels[row] == 2 ? 1 : 0])], ["b", "c"]), () => of(2), Loss.BinaryCrossEntropy),
            _ => (Dataset.Regression("numbers", iris.Values, iris.FeatureNames, [.. all.SelectMany(row => (double[])[iris[row, 0], labels[row]])], ["length", "class"]), () => of(2), null),
        };
    }
}
