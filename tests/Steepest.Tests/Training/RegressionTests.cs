namespace Steepest.Tests.Training;

/// <summary>Numbers, and several answers at once, learned from real rows.</summary>
public sealed class RegressionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Iris's sepals, and its petals' lengths (and widths) to be predicted from them.</summary>
    public static Dataset Petals(int targets)
    {
        var iris = Datasets.Iris();
        int[] all = [.. Enumerable.Range(0, iris.Rows)];
        return Dataset.Regression(
            "petals",
            [.. all.SelectMany(row => (double[])[iris[row, 0], iris[row, 1]])],
            [.. iris.FeatureNames.Take(2)],
            [.. all.SelectMany(row => Enumerable.Range(2, targets).Select(feature => iris[row, feature]))],
            [.. iris.FeatureNames.Skip(2).Take(targets)]);
    }

    [Theory]
    [InlineData("squares")]
    [InlineData("magnitudes")]
    [InlineData("huber")]
    public void A_feature_is_predicted_from_the_others(string kind)
    {
        var loss = kind switch { "squares" => null, "magnitudes" => Loss.MeanAbsoluteError, _ => Loss.Huber(0.1) };
        var (train, test) = Datasets.Iris().Predicting("petal width (cm)").Split(test: 0.3, seed: 1);
        var network = NetworkSpec.Mlp(3, [16], 1, Activation.Tanh).Build<double>(seed: 1);
        var scaler = Scaler.Standard(train);
        network.Fit(scaler.Apply(train), new TrainingSpec(new Adam(0.01), 200, BatchSize: 20) { Loss = loss }, cancellation: Cancellation);

        AssertDetermined(0.9, network.Evaluate(scaler.Apply(test), Metric.R2));
    }

    [Fact]
    public void Several_numbers_are_predicted_at_once()
    {
        var (train, test) = Petals(2).Split(test: 0.3, seed: 1);
        var network = NetworkSpec.Mlp(2, [16], 2, Activation.Tanh).Build<double>(seed: 1);
        var scaler = Scaler.Standard(train);
        network.Fit(scaler.Apply(train), new Adam(0.01), 200, batchSize: 20, cancellation: Cancellation);

        // The sepals alone tell less.
        AssertDetermined(0.8, network.Evaluate(scaler.Apply(test), Metric.R2));
    }

    [Fact]
    public void Several_answers_are_learned_at_once()
    {
        var iris = Scaler.Standard(Datasets.Iris()).Apply(Datasets.Iris());
        double[] answers = [.. iris.Labels.ToArray().SelectMany(label => (double[])[label == 0 ? 1 : 0, label == 2 ? 1 : 0, label > 0 ? 1 : 0])];
        var data = Dataset.Regression("answers", iris.Values, iris.FeatureNames, answers, ["is setosa", "is virginica", "is another"]);
        var network = NetworkSpec.Mlp(4, [8], 3, Activation.Tanh).Build<double>(seed: 1);
        var history = network.Fit(data, new TrainingSpec(new Adam(0.02), 150, BatchSize: 30) { Loss = Loss.BinaryCrossEntropy }, cancellation: Cancellation);

        var right = network.PredictValues(data).Cast<double>().Zip(answers).Count(pair => (pair.First > 0) == (pair.Second > 0.5));
        Assert.InRange(right / (double)answers.Length, 0.97, 1);
        Assert.True(history.Loss[^1] < 0.1, $"loss {history.Loss[^1]}");
    }

    [Fact]
    public void Probabilities_of_classes_are_learned_like_classes_where_they_are_sure()
    {
        var iris = SeedRun.Train;
        double[] sure = [.. iris.Labels.ToArray().SelectMany(label => Enumerable.Range(0, 3).Select(c => c == label ? 1.0 : 0))];
        var data = Dataset.Regression("sure", iris.Values, iris.FeatureNames, sure, ["a", "b", "c"]);
        var spec = new TrainingSpec(new Adam(0.01), 15, BatchSize: 20) { Loss = new SoftmaxCrossEntropy(LabelSmoothing: 0.1) };
        Network<double> byClass = SeedRun.Network<double>(), byProbability = SeedRun.Network<double>();
        var history = byClass.Fit(iris, spec, cancellation: Cancellation);

        Assert.Equal(history.Loss, byProbability.Fit(data, spec, cancellation: Cancellation).Loss);
        Assert.Equal(Snapshots.Of(byClass), Snapshots.Of(byProbability));
    }

    private static void AssertDetermined(double atLeast, double r2)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"R² on held-out rows: {r2:F3}"));
        Assert.InRange(r2, atLeast, 1);
    }
}
