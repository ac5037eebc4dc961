namespace Steepest.Tests.Networks;

/// <summary>More rows than a network looks at in one go.</summary>
public sealed class EvaluationTests
{
    private static readonly Dataset Digits = Scaler.MinMax(Datasets.Digits()).Apply(Datasets.Digits());

    private static readonly Network<double> Network = NetworkSpec.Mlp(64, [12], 10, Activation.Tanh).Build<double>(seed: 5);

    [Fact]
    public void Evaluating_in_parts_is_evaluating_at_once()
    {
        var evaluation = Network.Evaluate(Digits);
        var batch = new Batch<double>(Digits.Rows, 64, 10, Loss.SoftmaxCrossEntropy);
        batch.Load(Digits, [.. Enumerable.Range(0, Digits.Rows)]);
        var loss = Network.LossAndGradient(batch, Loss.SoftmaxCrossEntropy, Network.Parameters, new(Network.Parameters.Layout), PassPurpose.Training, chance: null);

        Assert.Equal(loss, evaluation.Loss, 1e-14 * loss);
        Assert.Equal((Network.CountRight(batch), 1797), (evaluation.Right, evaluation.Rows));
        Assert.Equal(evaluation.Right!.Value / 1797.0, evaluation.Accuracy);
    }

    [Fact]
    public void A_row_s_prediction_does_not_depend_on_its_neighbours()
    {
        int[] some = [1796, 3, 1024, 1023, 0];
        var all = Network.PredictProbabilities(Digits);
        var few = Network.PredictProbabilities(Digits.Take(some));
        int[] classes = Network.Predict(Digits), fewClasses = Network.Predict(Digits.Take(some));

        for (var i = 0; i < some.Length; i++)
        {
            Assert.Equal(classes[some[i]], fewClasses[i]);
            for (var c = 0; c < 10; c++)
                Assert.Equal(all[some[i], c], few[i, c]);
        }
    }

    [Fact]
    public void Probabilities_add_up_to_one_and_the_largest_is_the_prediction()
    {
        var probabilities = Network.PredictProbabilities(Digits);
        var classes = Network.Predict(Digits);
        for (var row = 0; row < Digits.Rows; row++)
        {
            double[] ofRow = [.. Enumerable.Range(0, 10).Select(c => probabilities[row, c])];
            Assert.Equal(1, ofRow.Sum(), 1e-14);
            Assert.Equal(ofRow.Max(), ofRow[classes[row]]);
        }
    }

    [Fact]
    public void Data_that_does_not_fit_is_refused_in_one_sentence()
    {
        var network = NetworkSpec.Mlp(4, [], 2, Activation.Relu).Build<float>(seed: 1);
        AssertRefused("wine has 13 features, but the network has 4 inputs.", () => network.Evaluate(Datasets.Wine()));
        AssertRefused("wine has 13 features, but the network has 4 inputs.", () => network.Predict(Datasets.Wine()));
        AssertRefused("iris has 3 classes, but the network has 2 outputs.", () => network.Evaluate(Datasets.Iris()));
        AssertRefused("iris has 3 classes, but the network has 2 outputs.", () => new Trainer<float>(network, Datasets.Iris(), new(new Adam(1), 1)));
        var numbers = Dataset.Regression("prices", [1, 2, 3, 4], ["a", "b", "c", "d"], [1], ["price"]);
        AssertRefused("prices has 1 target a row, but the network has 2 outputs.", () => network.Evaluate(numbers));
        AssertRefused(
            "The mean squared error compares numbers, but iris has classes to predict.",
            () => network.Evaluate(Datasets.Iris(), Loss.MeanSquaredError));
    }

    private static void AssertRefused(string sentence, Func<object> act) => Assert.Equal(sentence, Assert.Throws<SteepestException>(act).Message);
}
