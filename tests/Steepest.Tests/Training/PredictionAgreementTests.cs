using System.Numerics;

namespace Steepest.Tests.Training;

/// <summary>The ways to ask a trained network what it says, which say the same.</summary>
public sealed class PredictionAgreementTests
{
    private static readonly Dataset Cancer = Scaler.Standard(Datasets.BreastCancer()).Apply(Datasets.BreastCancer());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_classes_are_the_same_with_one_output_and_with_two()
    {
        AssertSame<double>(1e-14);
        AssertSame<float>(1e-5);

        static void AssertSame<T>(double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var one = NetworkSpec.Mlp(30, [], 1, Activation.Identity, Initializer.PyTorch).Build<T>(seed: 1);
            var two = NetworkSpec.Mlp(30, [], 2, Activation.Identity).Build<T>(seed: 2);
            two.Parameters["layer1.weight"].Clear();
            one.Parameters["layer1.weight"].CopyTo(two.Parameters["layer1.weight"][30..]);
            (two.Parameters["layer1.bias"][0], two.Parameters["layer1.bias"][1]) = (T.Zero, one.Parameters["layer1.bias"][0]);

            AssertEqual(one.PredictProbabilities(Cancer), two.PredictProbabilities(Cancer), tolerance);
            Assert.Equal(two.Predict(Cancer), one.Predict(Cancer));
            Assert.Equal(two.Evaluate(Cancer).Loss, one.Evaluate(Cancer).Loss, tolerance);
            foreach (var metric in Metric.All.Where(metric => metric.ForClasses && metric != Metric.TopAccuracy()))
                Assert.Equal(two.Evaluate(Cancer, metric), one.Evaluate(Cancer, metric), 10 * tolerance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_classes_train_with_one_output_and_with_two(int outputs)
    {
        var (train, test) = Datasets.BreastCancer().Split(test: 0.3, seed: 1, stratify: true);
        var scaler = Scaler.Standard(train);
        var network = NetworkSpec.Mlp(30, [8], outputs, Activation.Relu).Build<double>(seed: 1);
        var history = network.Fit(scaler.Apply(train), new Adam(0.01), 40, batchSize: 32, cancellation: Cancellation);

        Assert.True(history.Loss[^1] < 0.05, $"loss {history.Loss[^1]}");
        Assert.InRange(network.Evaluate(scaler.Apply(test)).Accuracy, 0.95, 1);
    }

    [Fact]
    public void A_very_sure_network_of_one_output_keeps_the_digits_of_the_other_class()
    {
        // In float 1 − p is 0 here, and the log loss of an impossible label would be 36.
        var data = Dataset.Classification("sure", [25.0, -25.0], ["x"], [0, 1], ["a", "b"]);
        var network = NetworkSpec.Mlp(1, [], 1, Activation.Identity).Build<float>(seed: 1);
        network.Parameters["layer1.weight"][0] = 1;
        network.Parameters["layer1.bias"].Clear();
        var probabilities = network.PredictProbabilities(data);

        Assert.Equal(Math.Exp(-25), probabilities[0, 0], 1e-6 * Math.Exp(-25));
        Assert.Equal(probabilities[0, 0], probabilities[1, 1]);
        Assert.Equal(25, network.Evaluate(data, Metric.LogLoss), 1e-5);
        Assert.Equal(25, network.Evaluate(data).Loss, 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_ways_to_ask_of_classes_agree(int outputs)
    {
        var data = outputs == 3 ? Scaler.Standard(Datasets.Iris()).Apply(Datasets.Iris()) : Cancer;
        var network = NetworkSpec.Mlp(data.FeatureCount, [5], outputs, Activation.Tanh).Build<double>(seed: 3);
        network.Fit(data, new Adam(0.02), 5, batchSize: 32, cancellation: Cancellation);
        var (classes, logits, probabilities) = (network.Predict(data), network.PredictValues(data), network.PredictProbabilities(data));
        var columns = Math.Max(2, outputs);

        Assert.Equal((data.Rows, outputs, data.Rows, columns), (logits.GetLength(0), logits.GetLength(1), probabilities.GetLength(0), probabilities.GetLength(1)));
        for (var row = 0; row < data.Rows; row++)
        {
            double[] exps = outputs == 1 ? [1, Math.Exp(logits[row, 0])] : [.. Enumerable.Range(0, outputs).Select(c => Math.Exp(logits[row, c]))];
            for (var c = 0; c < columns; c++)
            {
                Assert.Equal(exps[c] / exps.Sum(), probabilities[row, c], 1e-14);
                Assert.True(probabilities[row, classes[row]] >= probabilities[row, c]);
            }
        }

        var compared = network.PredictionsOf(data);
        Assert.Equal(probabilities.Cast<double>(), compared.Values.ToArray());
        Assert.Equal(data.Labels, compared.Labels);
        var evaluation = network.Evaluate(data);
        var right = classes.Zip(data.Labels.ToArray()).Count(pair => pair.First == pair.Second);
        Assert.Equal((right, data.Rows, (double)right / data.Rows), (evaluation.Right, evaluation.Rows, evaluation.Accuracy));
        Assert.Equal(evaluation.Accuracy, network.Evaluate(data, Metric.Accuracy), 1e-15);
        Assert.Equal(evaluation.Loss, network.Evaluate(data, Metric.LogLoss), 1e-13);
        Assert.Equal(Metric.Auc.Of(compared), network.Evaluate(data, Metric.Auc));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_ways_to_ask_of_numbers_agree(int targets)
    {
        var data = RegressionTests.Petals(targets);
        var network = NetworkSpec.Mlp(2, [5], targets, Activation.Tanh).Build<double>(seed: 3);
        network.Fit(data, new Adam(0.02), 20, batchSize: 32, cancellation: Cancellation);
        var predicted = network.PredictValues(data).Cast<double>().ToArray();

        var compared = network.PredictionsOf(data);
        Assert.Equal(predicted, compared.Values.ToArray());
        Assert.Equal(data.Targets, compared.Targets);
        var evaluation = network.Evaluate(data);
        Assert.Null(evaluation.Right);
        Assert.Equal(double.NaN, evaluation.Accuracy);
        Assert.Equal(predicted.Zip(data.Targets.ToArray()).Average(pair => Math.Pow(pair.First - pair.Second, 2)), evaluation.Loss, 1e-13);
        Assert.Equal(evaluation.Loss, Math.Pow(network.Evaluate(data, Metric.Rmse), 2), 1e-13);
        Assert.Equal(network.Evaluate(data, Loss.MeanAbsoluteError).Loss, network.Evaluate(data, Metric.Mae), 1e-13);
    }

    [Fact]
    public void The_loss_is_chosen_by_data_and_outputs()
    {
        AssertChosen(Datasets.Iris(), 3, Loss.SoftmaxCrossEntropy);
        AssertChosen(Cancer, 2, Loss.SoftmaxCrossEntropy);
        AssertChosen(Cancer, 1, Loss.BinaryCrossEntropy);
        AssertChosen(RegressionTests.Petals(1), 1, Loss.MeanSquaredError);
        AssertChosen(RegressionTests.Petals(2), 2, Loss.MeanSquaredError);

        static void AssertChosen(Dataset data, int outputs, Loss expected)
        {
            Network<double> byData = Network(), named = Network();
            Assert.Equal(named.Evaluate(data, expected), byData.Evaluate(data));
            var history = named.Fit(data, new TrainingSpec(new Adam(0.01), 3) { Loss = expected }, cancellation: Cancellation);
            Assert.Equal(history.Loss, byData.Fit(data, new Adam(0.01), 3, cancellation: Cancellation).Loss);
            Assert.Equal(Snapshots.Of(named), Snapshots.Of(byData));

            Network<double> Network() => NetworkSpec.Mlp(data.FeatureCount, [3], outputs, Activation.Tanh).Build<double>(seed: 1);
        }
    }

    private static void AssertEqual<T>(T[,] expected, T[,] actual, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Assert.All(
        expected.Cast<T>().Zip(actual.Cast<T>()), pair => Assert.Equal(double.CreateChecked(pair.First), double.CreateChecked(pair.Second), tolerance));
}
