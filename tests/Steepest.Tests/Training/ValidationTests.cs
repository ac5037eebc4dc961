namespace Steepest.Tests.Training;

/// <summary>The curve and the metrics on the validation rows.</summary>
public sealed class ValidationTests
{
    private static readonly NetworkSpec Spec =
        new(4, [new Dense(8, Activation.Tanh), new BatchNorm(), new Dropout(0.3), new Dense(3, Activation.Identity)]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_curve_is_what_evaluating_after_each_epoch_gives_plus_the_penalty()
    {
        var loss = new SoftmaxCrossEntropy(LabelSmoothing: 0.1, ClassWeights: [1, 2, 3]);
        var spec = new TrainingSpec(new Adam(0.01), 12, BatchSize: 30) { Loss = loss, Penalty = new(L1: 0.001, L2: 0.01) };
        var network = Spec.Build<double>(seed: 1);
        List<double> evaluated = [], told = [];
        var history = new Trainer<double>(network, SeedRun.Train, SeedRun.Test, spec, new AtEpoch(state =>
        {
            double[] weights = [.. state.Network.Parameters["layer1.weight"], .. state.Network.Parameters["layer4.weight"]];
            var penalty = (0.001 * weights.Sum(Math.Abs)) + (0.005 * weights.Sum(w => w * w));
            evaluated.Add(state.Network.Evaluate(SeedRun.Test, loss).Loss + penalty);
            told.Add(state.ValidationLoss);
        })).Run(Cancellation);

        Assert.Equal(told, history.ValidationLoss);
        Assert.Equal(12, history.ValidationLoss.Count);
        Difference.AssertEachWithin(1e-14, 0, [.. evaluated], [.. history.ValidationLoss], "validation losses");
    }

    [Fact]
    public void Looking_at_validation_rows_changes_nothing()
    {
        var spec = new TrainingSpec(new Adam(0.01), 10, BatchSize: 30);
        Network<double> alone = Spec.Build<double>(seed: 1), watched = Spec.Build<double>(seed: 1);
        var history = alone.Fit(SeedRun.Train, spec, cancellation: Cancellation);
        var watchedHistory = watched.Fit(SeedRun.Train, spec with { Metrics = [Metric.Auc] }, SeedRun.Test, Cancellation);

        Assert.Equal(history.Loss, watchedHistory.Loss);
        Assert.Equal(Snapshots.Of(alone), Snapshots.Of(watched));
        Assert.Empty(history.ValidationLoss);
        Assert.Empty(history.Metrics);
    }

    [Fact]
    public void Metrics_are_those_of_the_network_after_each_epoch()
    {
        var spec = new TrainingSpec(new Adam(0.05), 8, BatchSize: 30) { Metrics = [Metric.Accuracy, Metric.LogLoss, Metric.TopAccuracy(2), Metric.Accuracy] };
        var evaluated = spec.Metrics.Distinct().ToDictionary(metric => metric, _ => new List<double>());
        var history = new Trainer<double>(Spec.Build<double>(seed: 1), SeedRun.Train, SeedRun.Test, spec, new AtEpoch(state =>
        {
            foreach (var (metric, values) in evaluated)
                values.Add(state.Network.Evaluate(SeedRun.Test, metric));
        })).Run(Cancellation);

        Assert.Equal([Metric.Accuracy, Metric.LogLoss, Metric.TopAccuracy(2)], history.Metrics.Keys);
        Assert.All(evaluated, metric => Assert.Equal(metric.Value, history.Metrics[metric.Key]));
        Assert.True(history.Metrics[Metric.Accuracy].Distinct().Count() > 1);
    }

    [Fact]
    public void An_epoch_that_diverges_has_no_validation_loss()
    {
        var told = new List<double>();
        var run = new ScriptedRun(3, 2, double.NaN);
        var history = run.Run(null, Cancellation, new AtEpoch(state => told.Add(state.ValidationLoss)));

        Assert.Equal([9, 4], history.ValidationLoss);
        Assert.Equal([9, 4, double.NaN], told);
    }

    [Fact]
    public void Weights_of_validation_rows_count()
    {
        double[] weights = [.. Enumerable.Range(0, SeedRun.Test.Rows).Select(row => row % 3)];
        int[] repeated = [.. Enumerable.Range(0, SeedRun.Test.Rows).SelectMany(row => Enumerable.Repeat(row, row % 3))];
        var spec = new TrainingSpec(new Adam(0.01), 5) { Metrics = [Metric.Accuracy, Metric.MacroF1] };
        var weighted = SeedRun.Network<double>().Fit(SeedRun.Train, spec, SeedRun.Test.WithWeights(weights), Cancellation);
        var asRows = SeedRun.Network<double>().Fit(SeedRun.Train, spec, SeedRun.Test.Take(repeated), Cancellation);

        Difference.AssertEachWithin(1e-14, 0, [.. asRows.ValidationLoss], [.. weighted.ValidationLoss], "validation losses");
        Assert.All(spec.Metrics, metric => Difference.AssertEachWithin(1e-14, 0, [.. asRows.Metrics[metric]], [.. weighted.Metrics[metric]], metric.Name));
    }

    [Fact]
    public void Without_validation_rows_there_is_nothing_to_watch_or_measure()
    {
        var network = SeedRun.Network<double>();
        Refusals.AssertUnchanged(
            "Early stopping watches the validation rows, but there are none; give some, or leave it out.",
            network,
            () => network.Fit(SeedRun.Train, new Adam(0.1), 5, earlyStopping: new EarlyStopping()));
        Refusals.AssertUnchanged(
            "The metric macro-f1 is taken on the validation rows, but there are none; give some, or leave it out.",
            network,
            () => network.Fit(SeedRun.Train, new TrainingSpec(new Adam(0.1), 5) { Metrics = [Metric.MacroF1] }));
    }

    [Fact]
    public void A_metric_that_does_not_suit_is_refused_before_anything_is_trained()
    {
        var network = SeedRun.Network<double>();
        AssertRefused("The metric rmse measures predicted numbers, but here classes are predicted.", Metric.Rmse, SeedRun.Test);
        AssertRefused("The metric top-accuracy(5) looks at the 5 most probable classes, but there are only 3.", Metric.TopAccuracy(), SeedRun.Test);
        int[] ofTwoClasses = [.. Enumerable.Range(0, SeedRun.Test.Rows).Where(row => SeedRun.Test.Labels[row] != 1)];
        AssertRefused(
            "The metric auc needs rows of every class with a weight above 0, but found none with label 1.", Metric.Auc, SeedRun.Test.Take(ofTwoClasses));

        void AssertRefused(string sentence, Metric metric, Dataset validation)
        {
            Refusals.AssertUnchanged(
                sentence, network, () => network.Fit(SeedRun.Train, new TrainingSpec(new Adam(0.1), 5) { Metrics = [Metric.Accuracy, metric] }, validation));
            Refusals.AssertUnchanged(
                sentence, network, () => network.Fit(SeedRun.Train, new Adam(0.1), 5, validation: validation, earlyStopping: new EarlyStopping(Monitor: metric)));
        }
    }

    [Fact]
    public void A_metric_of_numbers_is_refused_where_logits_are_trained()
    {
        var data = Dataset.Regression("answers", [1, 2, 3, 4], ["x"], [0, 1, 1, 0, 1, 1, 0, 0], ["a", "b"]);
        var network = NetworkSpec.Mlp(1, [], 2, Activation.Identity).Build<double>(seed: 1);
        Refusals.AssertUnchanged(
            "The metric rmse compares predicted numbers with targets, but binary cross-entropy trains logits; leave it out and look at the validation loss.",
            network,
            () => network.Fit(data, new TrainingSpec(new Adam(0.1), 5) { Loss = Loss.BinaryCrossEntropy, Metrics = [Metric.Rmse] }, data));
        Refusals.AssertUnchanged(
            "The metric accuracy measures predicted classes, but here numbers are predicted.",
            network,
            () => network.Fit(data, new TrainingSpec(new Adam(0.1), 5) { Loss = Loss.BinaryCrossEntropy, Metrics = [Metric.Accuracy] }, data));
    }

    [Fact]
    public void Validation_rows_that_do_not_fit_are_refused()
    {
        var network = SeedRun.Network<double>();
        Refusals.AssertUnchanged(
            "wine has 13 features, but the network has 4 inputs.", network, () => network.Fit(SeedRun.Train, new Adam(0.1), 5, validation: Datasets.Wine()));
        Refusals.AssertUnchanged(
            "lengths has 1 target a row, but the network has 3 outputs.",
            network,
            () => network.Fit(SeedRun.Train, new Adam(0.1), 5, validation: Dataset.Regression("lengths", [1, 2, 3, 4], ["a", "b", "c", "d"], [1], ["length"])));
    }
}
