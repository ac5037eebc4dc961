using System.Text.Json;

namespace Steepest.Tests.Training;

/// <summary>Whole runs of the article's system against an independent NumPy implementation.</summary>
public sealed class SeedRunTests
{
    public static TheoryData<string, string> Runs =>
    [
        .. SeedRun.Runs("runs").Select(run => (run.GetProperty("optimizer").GetString()!, run.GetProperty("bias_mode").GetString()!)),
    ];

    [Fact]
    public void The_training_rows_are_those_of_the_reference()
    {
        Assert.Equal(SeedRun.Root.GetProperty("x_train").Flat(), SeedRun.Train.Values.ToArray());
        Assert.Equal(SeedRun.Root.GetProperty("y_train").Integers(), SeedRun.Train.Labels.ToArray());
        Assert.Equal(SeedRun.Root.GetProperty("x_test").Flat(), SeedRun.Test.Values.ToArray());
        Assert.Equal(SeedRun.Root.GetProperty("y_test").Integers(), SeedRun.Test.Labels.ToArray());
    }

    [Fact]
    public void The_network_starts_at_the_drawn_numbers_to_the_bit()
    {
        var network = SeedRun.Network<double>();
        var initial = SeedRun.Root.GetProperty("initial");
        foreach (var name in (string[])["W0", "b0", "W1", "b1"])
        {
            var drawn = initial.GetProperty(name[..1])[name[1] - '0'].Flat();
            Assert.Equal(drawn, SeedRun.Copy(network.Parameters, SeedRun.Segment(name)));
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_losses_are_those_of_the_reference(string optimizer, string bias)
    {
        var run = SeedRun.Run(optimizer, bias);
        var history = Fit(run, out _);

        var every = run.GetProperty("cost_every").GetInt32();
        double[] seen = [.. history.Loss.Where((_, epoch) => epoch % every == 0 || epoch == history.Loss.Count - 1)];
        Difference.AssertEachWithin(1e-11, 0, run.GetProperty("cost").Vector(), seen, $"losses, {optimizer}, {bias}");
        Assert.Equal(TrainingOutcome.Completed, history.Outcome);
        Assert.Equal(run.GetProperty("epochs").GetInt32(), history.Epochs);
        Assert.Equal(history.Epochs, history.Loss.Count);
        Assert.Equal(history.Epochs, history.GradientEvaluations);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_first_gradient_is_that_of_the_reference(string optimizer, string bias)
    {
        var run = SeedRun.Run(optimizer, bias);
        var snapshots = new Snapshots();
        Train(run, epochs: 1, snapshots);

        foreach (var expected in run.GetProperty("first_epoch_gradients").EnumerateObject())
        {
            var seen = snapshots[$"1 {expected.Name} gradient"];
            Difference.AssertWithin(1e-10, expected.Value.Flat(), seen, $"first gradient, {optimizer}, {bias}, {expected.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Parameters_and_moments_after_1_2_and_10_epochs_are_those_of_the_reference(string optimizer, string bias)
    {
        var run = SeedRun.Run(optimizer, bias);
        var snapshots = new Snapshots();
        Train(run, epochs: 10, snapshots);

        var compared = 0;
        foreach (var epoch in run.GetProperty("snapshots_after_epoch").EnumerateObject())
        {
            foreach (var segment in epoch.Value.EnumerateObject())
            {
                foreach (var numbers in segment.Value.EnumerateObject())
                {
                    var what = $"{epoch.Name} {segment.Name} {numbers.Name}";
                    Difference.AssertWithin(1e-10, numbers.Value.Flat(), snapshots[what], $"after epoch {what}, {optimizer}, {bias}");
                    compared++;
                }
            }
        }

        Assert.Equal(3 * (bias == "bias" ? 4 : 2) * (optimizer == "adam" ? 3 : 1), compared);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Parameters_and_predictions_after_the_last_epoch_are_those_of_the_reference(string optimizer, string bias)
    {
        var run = SeedRun.Run(optimizer, bias);
        Fit(run, out var network);

        for (var layer = 0; layer < 2; layer++)
        {
            Compare("final_weights", layer, "weight");
            if (bias == "bias")
                Compare("final_intercepts", layer, "bias");
        }

        double[] probabilities = [.. network.PredictProbabilities(SeedRun.Test).Cast<double>()];
        Difference.AssertWithin(1e-10, run.GetProperty("test_prob").Flat(), probabilities, $"probabilities, {optimizer}, {bias}");
        Assert.Equal(run.GetProperty("test_pred").Integers(), network.Predict(SeedRun.Test));
        var evaluation = network.Evaluate(SeedRun.Test);
        Assert.Equal(run.GetProperty("test_accuracy").GetDouble(), evaluation.Accuracy);
        Assert.Equal((run.GetProperty("test_correct").GetInt32(), 50), (evaluation.Right, evaluation.Rows));
        Assert.Equal(run.GetProperty("train_accuracy").GetDouble(), network.Evaluate(SeedRun.Train).Accuracy);

        void Compare(string property, int layer, string role)
        {
            var expected = run.GetProperty(property)[layer].Flat();
            var seen = SeedRun.Copy(network.Parameters, $"layer{layer + 1}.{role}");
            Difference.AssertWithin(1e-10, expected, seen, $"last {role} {layer + 1}, {optimizer}, {bias}");
        }
    }

    [Theory]
    [InlineData("adam", 250, "0.1719699313")]
    [InlineData("gd", 19_000, "0.1145240654")]
    public void The_article_s_losses_come_out_to_the_printed_digit(string optimizer, int epochs, string loss)
    {
        var history = SeedRun.Network<double>().Fit(SeedRun.Train, SeedRun.Optimizer(optimizer, 0.01), epochs, cancellation: Cancellation);

        Assert.Equal(loss, history.Loss[^1].ToString("F10", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static History Fit(JsonElement run, out Network<double> network)
    {
        network = SeedRun.Network<double>(run.GetProperty("bias_mode").GetString()!);
        return network.Fit(SeedRun.Train, OptimizerOf(run), run.GetProperty("epochs").GetInt32(), cancellation: Cancellation);
    }

    private static void Train(JsonElement run, int epochs, Snapshots snapshots)
    {
        var network = SeedRun.Network<double>(run.GetProperty("bias_mode").GetString()!);
        new Trainer<double>(network, SeedRun.Train, new(OptimizerOf(run), epochs), snapshots).Run(Cancellation);
    }

    private static Optimizer OptimizerOf(JsonElement run) =>
        SeedRun.Optimizer(run.GetProperty("optimizer").GetString()!, run.GetProperty("lr").GetDouble());

    /// <summary>Keeps parameters, gradient and moments of every epoch, named as the reference names them.</summary>
    private sealed class Snapshots : ITrainingObserver<double>
    {
        private readonly Dictionary<string, double[]> kept = [];

        public double[] this[string what] => kept[what];

        public void OnEpoch(TrainingState<double> state)
        {
            foreach (var segment in state.Network.Parameters.Layout.Segments)
            {
                var name = $"{(segment.Role == ParameterRole.Weight ? 'W' : 'b')}{segment.Name[5] - '1'}";
                Keep("param", state.Stepper.Parameters);
                Keep("gradient", state.Context.Gradient);
                foreach (var block in state.Stepper.State)
                    Keep(block.Name == StateBlock.FirstMoment ? "m" : "v", block.Values);

                void Keep(string what, Parameters<double> values) => kept[$"{state.Epoch + 1} {name} {what}"] = values[segment].ToArray();
            }
        }
    }
}
