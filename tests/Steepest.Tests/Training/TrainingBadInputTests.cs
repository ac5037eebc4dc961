namespace Steepest.Tests.Training;

/// <summary>What cannot be trained is one exact sentence, and the network is as it was.</summary>
public sealed class TrainingBadInputTests
{
    private static readonly Optimizer Adam = new Adam(0.1);

    [Fact]
    public void Features_that_are_not_the_network_s_inputs() => AssertRefused(
        "wine has 13 features, but the network has 4 inputs.", Of(4, 3), Datasets.Wine(), new(Adam, 5));

    [Fact]
    public void Targets_that_are_not_the_network_s_outputs()
    {
        AssertRefused("iris has 3 classes, but the network has 2 outputs.", Of(4, 2), Datasets.Iris(), new(Adam, 5));
        AssertRefused("numbers has 2 targets a row, but the network has 1 output.", Of(1, 1), Numbers(2, 0.5, 0.5), new(Adam, 5));
        AssertRefused("numbers has 1 target a row, but the network has 3 outputs.", Of(1, 3), Numbers(1, 0.5), new(Adam, 5));
        AssertRefused(
            "numbers has 1 target a row, but the network has 2 outputs.", Of(1, 2), Numbers(1, 0.5), new(Adam, 5) { Loss = Loss.SoftmaxCrossEntropy });
        AssertRefused(
            "The mean squared error compares numbers, but iris has classes to predict.", Of(4, 3), Datasets.Iris(), new(Adam, 5) { Loss = Loss.MeanSquaredError });
    }

    [Fact]
    public void A_logistic_function_that_would_be_taken_twice()
    {
        var twice = new NetworkSpec(30, [new Dense(1, Activation.Sigmoid)]).Build<double>(seed: 1);
        AssertRefused(
            "The network ends in sigmoid, but binary cross-entropy takes logits and does the rest itself; let it end in identity, and ask PredictProbabilities for probabilities.",
            twice,
            Datasets.BreastCancer(),
            new(Adam, 5));
        var once = new NetworkSpec(12, [new Dense(1, Activation.Sigmoid)]).Build<double>(seed: 1);
        Assert.Equal(2, once.Fit(Datasets.Wine().Predicting("alcohol"), Adam, 2, cancellation: TestContext.Current.CancellationToken).Epochs);
    }

    [Fact]
    public void Validation_rows_of_other_classes()
    {
        double[,] rows = { { 1 }, { 2 }, { 3 } };
        var train = Dataset.Classification("t", [1, 2, 3], ["x"], [0, 1, 2], ["a", "b", "c"]);
        Refuse("The validation rows have 2 classes, but the training rows have 3; both must be parts of the same data.", Dataset.FromRows("v", rows, [0, 1, 1]));
        Refuse(
            "The validation rows call class 1 'c', but the training rows call it 'b'; both must be parts of the same data.",
            Dataset.Classification("v", [1, 2, 3], ["x"], [0, 1, 2], ["a", "c", "b"]));

        void Refuse(string sentence, Dataset validation)
        {
            var network = Of(1, 3);
            Refusals.AssertUnchanged(sentence, network, () => network.Fit(train, new(Adam, 5), validation));
        }
    }

    [Fact]
    public void More_batches_a_step_than_an_epoch_has()
    {
        AssertRefused(
            "A step is to accumulate 2 batches, but an epoch has 1; ask for at most as many, or for smaller batches.", Of(4, 3), Datasets.Iris(), new(Adam, 5) { AccumulateBatches = 2 });
        AssertRefused(
            "A step is to accumulate 6 batches, but an epoch has 5; ask for at most as many, or for smaller batches.", Of(4, 3), Datasets.Iris(), new(Adam, 5, 30) { AccumulateBatches = 6 });
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_schedule_that_gives_no_learning_rate(double later, string said)
    {
        var sentence = $"The schedule of the learning rate gives {said} for step 3, but it must be finite in double and not negative.";
        foreach (var optimizer in (Optimizer[])[new GradientDescent(new Turning(later)), new Sgd(new Turning(later), 0.9), new Adam(new Turning(later))])
            Refusals.Assert(sentence, () => Of(4, 3).Fit(Datasets.Iris(), optimizer, 5));
    }

    [Fact]
    public void A_checkpoint_that_could_not_be_written()
    {
        var network = Of(4, 3);
        var path = Path.Combine(Path.GetTempPath(), "no-such-folder-of-steepest", "x");
        var refused = Assert.Throws<SteepestException>(
            () => new Trainer<double>(network, Datasets.Iris(), new(Adam, 5), new CheckpointKeeper<double>(path, everyEpochs: 4)).Run(TestContext.Current.CancellationToken));
        Assert.StartsWith($"The checkpoint '{path}' cannot be written", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Of(4, 3).Parameters.Values, network.Parameters.Values);
    }

    [Fact]
    public void A_single_output_where_softmax_needs_one_a_class()
    {
        AssertRefused(
            "The network has 1 output, whose softmax is always 1; give it one output a class, of which iris has 3.", Of(4, 1), Datasets.Iris(), new(Adam, 5));
        AssertRefused(
            "The network has 1 output, whose softmax is always 1; give it one output a class, of which breast-cancer has 2, or take binary cross-entropy.",
            Of(30, 1),
            Datasets.BreastCancer(),
            new(Adam, 5) { Loss = Loss.SoftmaxCrossEntropy });
        AssertRefused(
            "The network has 1 output, whose softmax is always 1; give it one output a class.",
            Of(1, 1),
            Numbers(1, 1),
            new(Adam, 5) { Loss = Loss.SoftmaxCrossEntropy });
    }

    [Fact]
    public void Numbers_that_float_cannot_hold()
    {
        var network = NetworkSpec.Mlp(1, [], 1, Activation.Identity).Build<float>(1);
        AssertRefused("Data 'd', row 2, feature 'x': found 1e+39, which is infinite in float; scale it, or train in double.", Dataset.Regression("d", [1, 1e39], ["x"], [1, 2], ["y"]));
        AssertRefused("Data 'd', row 2, target 'y': found 1e+39, which is infinite in float; scale it, or train in double.", Dataset.Regression("d", [1, 2], ["x"], [1, 1e39], ["y"]));

        // Once these trained nothing, with a loss of 0.
        foreach (var (weight, said) in ((double, string)[])[(1e-50, "1e-50"), (1e38, "1e+38")])
        {
            AssertRefused(
                $"Data 'd', row 2: found weight {said}, expected 0 or a number from 1e-28 to 1e+28 in float; scale all weights, or train in double.",
                Dataset.Regression("d", [1f, 2f], ["x"], [1, 2], ["y"]).WithWeights([0, weight]));
        }

        Refusals.Assert(
            "The epsilon of batch norm is 1e-50, which is zero in float.", () => new NetworkSpec(2, [new BatchNorm(Epsilon: 1e-50)]).Build<float>(1));
        Refusals.Assert(
            "The epsilon of layer norm is 1e-50, which is zero in float.", () => new NetworkSpec(2, [new LayerNorm(Epsilon: 1e-50)]).Build<float>(1));

        void AssertRefused(string sentence, Dataset data) => Refusals.Assert(sentence, () => network.Fit(data, Adam, 1));
    }

    [Fact]
    public void Binary_cross_entropy_where_it_does_not_suit()
    {
        AssertRefused(
            "Binary cross-entropy is for two classes, but iris has 3; take softmax cross-entropy and one output a class.",
            Of(4, 3),
            Datasets.Iris(),
            new(Adam, 5) { Loss = Loss.BinaryCrossEntropy });
        AssertRefused(
            "Binary cross-entropy needs one output for two classes, but the network has 2.",
            Of(30, 2),
            Datasets.BreastCancer(),
            new(Adam, 5) { Loss = Loss.BinaryCrossEntropy });
        AssertRefused(
            "numbers, row 2: found 1.5 as target 1, expected 0 to 1 for binary cross-entropy.", Of(1, 2), Numbers(2, 0, 1, 1.5, 0), new(Adam, 5) { Loss = Loss.BinaryCrossEntropy });
        AssertRefused(
            "numbers, row 1: found -0.25 as target 2, expected 0 to 1 for binary cross-entropy.", Of(1, 2), Numbers(2, 0, -0.25), new(Adam, 5) { Loss = Loss.BinaryCrossEntropy });
    }

    [Fact]
    public void Probabilities_that_are_none()
    {
        var softmax = new TrainingSpec(Adam, 5) { Loss = Loss.SoftmaxCrossEntropy };
        AssertRefused("numbers, row 2: found probabilities that sum to 1.25, expected 1 for softmax cross-entropy.", Of(1, 2), Numbers(2, 0, 1, 0.75, 0.5), softmax);
        AssertRefused(
            "numbers, row 1: found the probability -0.5 as target 2, expected none below 0 for softmax cross-entropy.", Of(1, 2), Numbers(2, 1.5, -0.5), softmax);
    }

    [Fact]
    public void A_batch_larger_than_the_data() => AssertRefused(
        "A batch is to have 151 rows, but iris has 150; ask for at most as many.", Of(4, 3), Datasets.Iris(), new(Adam, 5, BatchSize: 151));

    [Fact]
    public void Weights_that_are_not_one_an_output()
    {
        AssertRefused(
            "There are 2 class weights, but the network has 3 outputs; give one weight for each.", Of(4, 3), Datasets.Iris(), new(Adam, 5) { Loss = new SoftmaxCrossEntropy(ClassWeights: [1, 2]) });
        AssertRefused(
            "There is 1 class weight, but the network has 3 outputs; give one weight for each.", Of(4, 3), Datasets.Iris(), new(Adam, 5) { Loss = new SoftmaxCrossEntropy(ClassWeights: [1]) });
        AssertRefused(
            "There are 2 positive weights, but the network has 1 output; give one weight for each.", Of(30, 1), Datasets.BreastCancer(), new(Adam, 5) { Loss = new BinaryCrossEntropy([1, 2]) });
        Refusals.Assert("Class weight 2 is -1, but it must be finite and not negative.", () => new SoftmaxCrossEntropy(ClassWeights: [1, -1]));
        Refusals.Assert("Class weights are all zero, but at least one must be positive.", () => new SoftmaxCrossEntropy(ClassWeights: [0, 0]));
        Refusals.Assert("Positive weight 1 is NaN, but it must be finite and not negative.", () => new BinaryCrossEntropy([double.NaN]));
        Refusals.Assert("The label smoothing is 1, but it must be at least 0 and less than 1.", () => new SoftmaxCrossEntropy(LabelSmoothing: 1));
        Refusals.Assert("numbers has no classes to balance.", () => SoftmaxCrossEntropy.Balanced(Numbers(1, 0.5)));
        Refusals.Assert(
            "The class 'virginica' of iris has no rows, so no weight can balance it.", () => SoftmaxCrossEntropy.Balanced(Datasets.Iris().Take([0, 60])));
    }

    [Fact]
    public void Batch_norm_on_a_batch_of_one_row()
    {
        var network = new NetworkSpec(4, [new Dense(3, Activation.Relu), new BatchNorm(), new Dense(3, Activation.Identity)]).Build<double>(seed: 1);
        AssertRefused(
            "Batch norm compares the rows of a batch, but its batches are to have 1 row; ask for at least 2.", network, Datasets.Iris(), new(Adam, 5, BatchSize: 1));
        AssertRefused(
            "Batch norm compares the rows of a batch, but the 150 rows of iris in batches of 149 leave 1 row for the last; ask for another batch size.",
            network,
            Datasets.Iris(),
            new(Adam, 5, BatchSize: 149));
        AssertRefused("Batch norm compares the rows of a batch, but iris has 1 row; give it at least 2.", network, Datasets.Iris().Take([5]), new(Adam, 5));
        var inside = new NetworkSpec(4, [new Residual([new BatchNorm()]), new Dense(3, Activation.Identity)]).Build<double>(seed: 1);
        AssertRefused("Batch norm compares the rows of a batch, but iris has 1 row; give it at least 2.", inside, Datasets.Iris().Take([5]), new(Adam, 5));
        Assert.Equal(1, network.Evaluate(Datasets.Iris().Take([5])).Rows);
    }

    [Fact]
    public void A_residual_block_of_unequal_sizes() => Refusals.Assert(
        "The layers of a residual block give 5 numbers a row for an input of 4, but both are added, so they must be equally many.",
        () => new NetworkSpec(4, [new Residual([new Dense(5, Activation.Relu)]), new Dense(3, Activation.Identity)]).Build<double>(seed: 1));

    [Fact]
    public void Labels_and_numbers_that_no_data_can_have()
    {
        Refusals.Assert("Data 'd', row 2: found label 3, expected one from 0 to 2.", () => Dataset.Classification("d", [1, 2], ["x"], [0, 3], ["a", "b", "c"]));
        Refusals.Assert("Data 'd', row 1: found label -1, expected one from 0 to 2.", () => Dataset.Classification("d", [1, 2], ["x"], [-1, 0], ["a", "b", "c"]));
        Refusals.Assert(
            "Data 'd', row 2, feature 'width': found NaN, expected a finite number.",
            () => Dataset.Classification("d", [1, 2, 3, double.NaN], ["length", "width"], [0, 0], ["a"]));
        Refusals.Assert(
            "Data 'd', row 2, feature 'length': found -Infinity, expected a finite number.",
            () => Dataset.Regression("d", [1, 2, double.NegativeInfinity, 4], ["length", "width"], [0, 0], ["y"]));
        Refusals.Assert("Data 'd', row 1, target 'y': found Infinity, expected a finite number.", () => Dataset.Regression("d", [1], ["x"], [double.PositiveInfinity], ["y"]));
    }

    [Fact]
    public void Groups_that_take_nothing_or_leave_nothing()
    {
        AssertRefused(
            "The parameter group 'layer9.*' matches no segment; there are layer1.weight, layer1.bias.", Of(4, 3), Datasets.Iris(), new(Adam, 5) { Groups = [ParameterGroup.Frozen("layer9.*")] });
        AssertRefused(
            "All segments of the parameters are frozen, so that there is nothing to train.", Of(4, 3), Datasets.Iris(), new(Adam, 5) { Groups = [ParameterGroup.Frozen("*")] });
    }

    [Fact]
    public void Numbers_out_of_their_range()
    {
        Refusals.Assert("The shuffle buffer is to have 0 rows, but it needs at least 1.", () => new TrainingSpec(Adam, 5) { ShuffleRows = 0 });
        Assert.Throws<ArgumentNullException>(() => new TrainingSpec(null!, 5));
        Assert.Throws<ArgumentNullException>(() => new TrainingSpec(Adam, 5) { Metrics = null! });
        Assert.Throws<ArgumentNullException>(() => new Trainer<double>(Of(4, 3), (Dataset)null!, new(Adam, 5)));
    }

    private sealed record Turning(double Later) : Schedule
    {
        public override double At(long step, long totalSteps) => step < 2 ? 0.1 : Later;
    }

    private static Network<double> Of(int inputs, int outputs) => NetworkSpec.Mlp(inputs, [], outputs, Activation.Identity).Build<double>(seed: 1);

    private static Dataset Numbers(int targets, params double[] numbers) =>
        Dataset.Regression("numbers", new double[numbers.Length / targets], ["x"], numbers, [.. Enumerable.Range(1, targets).Select(t => $"y{t}")]);

    private static void AssertRefused(string sentence, Network<double> network, Dataset data, TrainingSpec spec) =>
        Refusals.AssertUnchanged(sentence, network, () => network.Fit(data, spec));
}
