namespace Steepest.Tests.Training;

/// <summary>Whole trainings against PyTorch's and scikit-learn's: what twenty seeds come to on data that was held out.</summary>
public sealed class ReferenceTrainingTests
{
    /// <summary>What a mean may miss the reference's by, besides its seeds' standard deviation.</summary>
    private const double Slack = 0.005;

    // Ratios of losses say nothing of a run that has learned its rows by heart.
    private const double SmallestLoss = 1e-3;

    public static TheoryData<string, string, string> SetUps
    {
        get
        {
            var setUps = new TheoryData<string, string, string>();
            foreach (var set in ReferenceTraining.Sets)
            {
                foreach (var (reference, name) in ((string, string)[])[("torch", "optimizer"), ("sklearn", "solver")])
                {
                    foreach (var block in set.GetProperty(reference).EnumerateArray())
                        setUps.Add(set.GetProperty("dataset").GetString()!, reference, block.GetProperty(name).GetString()!);
                }
            }

            return setUps;
        }
    }

    [Theory, MemberData(nameof(SetUps))]
    public void Twenty_seeds_come_to_the_reference_s_accuracy_and_losses(string set, string reference, string optimizer)
    {
        var setUp = ReferenceTraining.Find(set, reference, optimizer);
        var runs = setUp.Run(TestContext.Current.CancellationToken);

        AssertMean(setUp.Of("test_metric"), [.. runs.Select(run => run.TestAccuracy)], Slack, "accuracy on the test rows");
        if (reference == "torch")
        {
            AssertMean(setUp.Of("train_accuracy_or_mse"), [.. runs.Select(run => run.TrainAccuracy)], Slack, "accuracy on the training rows");
            Assert.All(runs, run => Assert.Equal(TrainingOutcome.Completed, run.History.Outcome));
            AssertLossCurve(setUp.LossCurve(), runs);
            return;
        }

        // Where the rule ends a run differs from seed to seed, so its spread is the measure, and one epoch where there is none.
        AssertMean(setUp.Of("n_iter"), [.. runs.Select(run => (double)run.History.Epochs)], slack: 1, "epochs");
        var (loss, sd) = setUp.Of("final_loss");
        AssertMean((loss, sd), [.. runs.Select(run => run.History.Loss[^1])], slack: 0.1 * loss, "last loss");
    }

    [Fact]
    public void The_reference_s_rows_are_those_of_our_own_split()
    {
        Assert.All(ReferenceTraining.Sets, set =>
        {
            var data = ReferenceTraining.DataOf(set);
            var split = set.GetProperty("split");
            var (train, test) = TrainTestSplit.StratifiedRows(data.Labels, split.GetProperty("test_size").Number(), split.GetProperty("random_state").GetUInt32());

            Assert.Equal(
                (data.Rows, data.FeatureCount, data.Classes),
                (set.GetProperty("n").GetInt32(), set.GetProperty("features").GetInt32(), set.GetProperty("classes").GetInt32()));
            Assert.Equal(set.GetProperty("train_index").Integers(), train);
            Assert.Equal(set.GetProperty("test_index").Integers(), test);
        });
    }

    private static void AssertMean((double Mean, double Sd) reference, double[] values, double slack, string what)
    {
        var mean = values.Average();
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{what}: mean {mean:G5}, from {values.Min():G5} to {values.Max():G5}; the reference's {reference.Mean:G5}, sd {reference.Sd:G3}"));
        Assert.True(
            Math.Abs(mean - reference.Mean) <= reference.Sd + slack,
            FormattableString.Invariant($"{what}: found a mean of {mean:G5}, expected {reference.Mean:G5} ± {reference.Sd:G3} ± {slack:G3}."));
    }

    private static void AssertLossCurve((int Epoch, double Loss)[] reference, ReferenceRun[] runs)
    {
        double[] means = [.. reference.Select(point => runs.Average(run => run.History.Loss[point.Epoch - 1]))];
        var points = reference.Zip(means).Select(pair => FormattableString.Invariant($"{pair.First.Epoch}: {pair.Second:G4} ({pair.Second / pair.First.Loss:F3})"));
        TestContext.Current.TestOutputHelper?.WriteLine($"mean losses after epochs, over the reference's: {string.Join(", ", points)}");
        Assert.All(reference.Zip(means), pair =>
        {
            if (pair.First.Loss >= SmallestLoss)
                Assert.InRange(pair.Second / pair.First.Loss, 0.9, 1.1);
        });
    }
}
