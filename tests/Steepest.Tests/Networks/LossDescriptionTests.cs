namespace Steepest.Tests.Networks;

public sealed class LossDescriptionTests
{
    private static readonly (Func<Loss> Make, string Text)[] Losses =
    [
        (() => new SoftmaxCrossEntropy(), "softmax cross-entropy"),
        (() => new SoftmaxCrossEntropy(0.1), "softmax cross-entropy (label smoothing 0.1)"),
        (() => new SoftmaxCrossEntropy(ClassWeights: [1, 2.5]), "softmax cross-entropy (class weights 1/2.5)"),
        (() => new SoftmaxCrossEntropy(0.1, [1, 0]), "softmax cross-entropy (label smoothing 0.1, class weights 1/0)"),
        (() => new BinaryCrossEntropy(), "binary cross-entropy"),
        (() => new BinaryCrossEntropy([3]), "binary cross-entropy (positive weights 3)"),
        (() => new BinaryCrossEntropy([3, 0.5]), "binary cross-entropy (positive weights 3/0.5)"),
        (() => Loss.MeanSquaredError, "mean squared error"),
        (() => Loss.MeanAbsoluteError, "mean absolute error"),
        (() => Loss.Huber(), "Huber loss (δ 1)"),
        (() => new Huber(0.25), "Huber loss (δ 0.25)"),
    ];

    [Fact]
    public void A_loss_says_its_settings() => Assert.Equal(Losses.Select(loss => loss.Text), Losses.Select(loss => $"{loss.Make()}"));

    [Fact]
    public void Losses_are_equal_where_their_settings_are()
    {
        for (var i = 0; i < Losses.Length; i++)
        {
            for (var j = 0; j < Losses.Length; j++)
            {
                Assert.Equal(i == j, Losses[i].Make() == Losses[j].Make());
                if (i == j) Assert.Equal(Losses[i].Make().GetHashCode(), Losses[j].Make().GetHashCode());
            }
        }
    }

    [Fact]
    public void A_setting_outside_its_range_is_refused_in_one_sentence()
    {
        AssertRefused("The label smoothing is 1, but it must be at least 0 and less than 1.", () => new SoftmaxCrossEntropy(1));
        AssertRefused("The label smoothing is -0.1, but it must be at least 0 and less than 1.", () => new SoftmaxCrossEntropy() with { LabelSmoothing = -0.1 });
        AssertRefused("The label smoothing is NaN, but it must be at least 0 and less than 1.", () => new SoftmaxCrossEntropy(double.NaN));
        AssertRefused("Class weight 2 is -1, but it must be finite and not negative.", () => new SoftmaxCrossEntropy(ClassWeights: [1, -1]));
        AssertRefused("Class weight 1 is Infinity, but it must be finite and not negative.", () => new SoftmaxCrossEntropy() with { ClassWeights = [double.PositiveInfinity] });
        AssertRefused("Class weights are all zero, but at least one must be positive.", () => new SoftmaxCrossEntropy(ClassWeights: [0, 0]));
        AssertRefused("Positive weight 1 is NaN, but it must be finite and not negative.", () => new BinaryCrossEntropy([double.NaN]));
        AssertRefused("Positive weight 3 is -2, but it must be finite and not negative.", () => new BinaryCrossEntropy() with { PositiveWeights = [1, 0, -2] });
        AssertRefused("Positive weights are all zero, but at least one must be positive.", () => new BinaryCrossEntropy([0]));
        AssertRefused("The delta of the Huber loss is 0, but it must be positive and finite.", () => Loss.Huber(0));
        AssertRefused("The delta of the Huber loss is -1, but it must be positive and finite.", () => new Huber() with { Delta = -1 });
        AssertRefused("The delta of the Huber loss is Infinity, but it must be positive and finite.", () => new Huber(double.PositiveInfinity));
        AssertRefused("The delta of the Huber loss is NaN, but it must be positive and finite.", () => new Huber(double.NaN));
    }

    [Fact]
    public void A_loss_that_does_not_suit_data_or_network_is_refused_in_one_sentence()
    {
        var iris = Datasets.Iris();
        AssertUnfit(
            "Binary cross-entropy is for two classes, but iris has 3; take softmax cross-entropy and one output a class.", Loss.BinaryCrossEntropy, iris, outputs: 1);
        AssertUnfit("Binary cross-entropy needs one output for two classes, but the network has 2.", Loss.BinaryCrossEntropy, Rows.Random(5, 3, 2, seed: 1), outputs: 2);
        AssertUnfit("There are 2 positive weights, but the network has 1 output; give one weight for each.", new BinaryCrossEntropy([1, 2]), Rows.Random(5, 3, 2, seed: 1), outputs: 1);
        AssertUnfit("There are 2 class weights, but the network has 3 outputs; give one weight for each.", new SoftmaxCrossEntropy(ClassWeights: [1, 2]), iris, outputs: 3);
        AssertUnfit("There is 1 class weight, but the network has 3 outputs; give one weight for each.", new SoftmaxCrossEntropy(ClassWeights: [1]), iris, outputs: 3);
        AssertUnfit(
            "The network has 1 output, whose softmax is always 1; give it one output a class, of which iris has 3.", Loss.SoftmaxCrossEntropy, iris, outputs: 1);
        AssertUnfit("iris has 3 classes, but the network has 2 outputs.", Loss.SoftmaxCrossEntropy, iris, outputs: 2);
        foreach (var (loss, name) in ((Loss, string)[])[(Loss.MeanSquaredError, "mean squared error"), (Loss.MeanAbsoluteError, "mean absolute error"), (Loss.Huber(), "Huber loss")])
        {
            AssertUnfit($"The {name} compares numbers, but iris has classes to predict.", loss, iris, outputs: 3);
            AssertUnfit("rows has 2 targets a row, but the network has 1 output.", loss, Rows.WithTargets([[1]], [[1, 2]]), outputs: 1);
        }
    }

    [Fact]
    public void A_target_that_a_loss_cannot_take_is_named_by_its_row()
    {
        AssertUnfit("rows, row 2: found 1.5 as target 1, expected 0 to 1 for binary cross-entropy.", Loss.BinaryCrossEntropy, Rows.WithTargets([[1], [2]], [[1], [1.5]]), outputs: 1);
        AssertUnfit("rows, row 1: found -1 as target 1, expected 0 to 1 for binary cross-entropy.", Loss.BinaryCrossEntropy, Rows.WithTargets([[1], [2]], [[-1], [1.5]]), outputs: 1);
        AssertUnfit(
            "rows, row 2: found probabilities that sum to 0.75, expected 1 for softmax cross-entropy.",
            Loss.SoftmaxCrossEntropy,
            Rows.WithTargets([[1], [2]], [[0.5, 0.5], [0.25, 0.5]]),
            outputs: 2);
        AssertUnfit(
            "rows, row 2: found the probability -0.25 as target 2, expected none below 0 for softmax cross-entropy.",
            Loss.SoftmaxCrossEntropy,
            Rows.WithTargets([[1], [2]], [[0.5, 0.5], [1.25, -0.25]]),
            outputs: 2);
    }

    [Fact]
    public void Classes_that_cannot_be_balanced_are_refused_in_one_sentence()
    {
        AssertRefused("The class 'class 1' of rows has no rows, so no weight can balance it.", () => SoftmaxCrossEntropy.Balanced(Rows.Of([[1], [2]], [0, 2], 3)));
        AssertRefused("rows has no classes to balance.", () => SoftmaxCrossEntropy.Balanced(Rows.WithTargets([[1]], [[1]])));
    }

    private static void AssertUnfit(string sentence, Loss loss, Dataset data, int outputs)
    {
        var network = new NetworkSpec(data.FeatureCount, [new Dense(outputs, Activation.Identity)]).Build<double>(seed: 1);
        AssertRefused(sentence, () => network.Evaluate(data, loss));
        AssertRefused(sentence, () => new Trainer<double>(network, data, new TrainingSpec(new Adam(0.1), 1) { Loss = loss }));
    }

    private static void AssertRefused(string sentence, Func<object> act) => Assert.Equal(sentence, Assert.Throws<SteepestException>(act).Message);
}
