using System.Runtime.CompilerServices;
using CsCheck;
using Steepest.Tests.Training.Checkpoints;

namespace Steepest.Tests.Training;

public sealed class RecorderTests
{
    private const double LearningRate = 0.01;

    private static readonly (string Name, int Place)[] Chosen = [("W0", 0), ("W0", 39), ("b0", 3), ("W1", 17), ("b1", 2)];

    private static readonly (string, int)[] Places = [.. Chosen.Select(c => (SeedRun.Segment(c.Name), c.Place))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_kept_of_Adam_is_what_the_reference_has()
    {
        var recorder = Record(SeedRun.Optimizer("adam", LearningRate), [9, 0, 1, 1]);
        var run = SeedRun.Run("adam", "bias");

        for (var p = 0; p < Chosen.Length; p++)
        {
            var (name, place) = Chosen[p];
            Assert.Equal([0, 1, 9], recorder[p].ToArray().Select(r => r.Epoch));
            Assert.Equal(run.GetProperty("first_epoch_gradients").GetProperty(name).Flat()[place], recorder[p][0].Gradient, 1e-14);
            foreach (var record in recorder[p])
            {
                Assert.Equal(record.Epoch + 1, record.Step);
                Near(Reference("param", record.Epoch), record.Parameter, "parameter");
                Near(Reference("m", record.Epoch), record.FirstMoment, "first moment");
                Near(Reference("v", record.Epoch), record.SecondMoment, "second moment");

                var corrected1 = Reference("m", record.Epoch) / (1 - Math.Pow(0.9, record.Step));
                var corrected2 = Reference("v", record.Epoch) / (1 - Math.Pow(0.999, record.Step));
                Near(corrected1, record.CorrectedFirstMoment, "corrected first moment");
                Near(corrected2, record.CorrectedSecondMoment, "corrected second moment");
                // The step is a difference of two parameters of about 1: as exact as these, and no more.
                Assert.Equal(-LearningRate * corrected1 / Math.Sqrt(corrected2), record.EffectiveStep, 1e-13);
            }

            var initial = SeedRun.Root.GetProperty("initial").GetProperty(name[..1])[name[1] - '0'].Flat()[place];
            Assert.Equal(Reference("param", 0) - initial, recorder[p][0].EffectiveStep, 1e-13);
            Assert.Equal(Reference("param", 1) - Reference("param", 0), recorder[p][1].EffectiveStep, 1e-13);

            double Reference(string what, int epoch) =>
                run.GetProperty("snapshots_after_epoch").GetProperty($"{epoch + 1}").GetProperty(name).GetProperty(what).Flat()[place];
        }

        static void Near(double expected, double actual, string what) => Difference.AssertEachWithin(1e-10, 0, [expected], [actual], what);
    }

    [Fact]
    public void Of_a_resumed_run_it_keeps_what_is_still_to_come()
    {
        using var folder = new CheckpointFolder();
        var spec = new TrainingSpec(SeedRun.Optimizer("adam", LearningRate), 10);
        var expected = Record(spec.Optimizer, [0, 4, 6, 9]);
        new Trainer<double>(
            SeedRun.Network<double>(), SeedRun.Train, spec with { Epochs = 5 }, new CheckpointKeeper<double>(folder.Path, everyEpochs: 5)).Run(Cancellation);

        var network = SeedRun.Network<double>();
        var recorder = new Recorder<double>(network.Parameters.Layout, Places, [0, 4, 6, 9]);
        var trainer = new Trainer<double>(network, SeedRun.Train, spec, recorder);
        trainer.Resume(folder.Path);
        trainer.Run(Cancellation);

        for (var p = 0; p < Chosen.Length; p++) Assert.Equal(expected[p][2..], recorder[p]);
    }

    [Fact]
    public void An_optimizer_without_moments_leaves_them_open()
    {
        foreach (var record in Record(new GradientDescent(LearningRate), [0, 1, 9])[1])
        {
            Assert.True(double.IsNaN(record.FirstMoment) && double.IsNaN(record.CorrectedFirstMoment));
            Assert.True(double.IsNaN(record.SecondMoment) && double.IsNaN(record.CorrectedSecondMoment));
            Assert.Equal(-LearningRate * record.Gradient, record.EffectiveStep, 1e-15);
        }

        foreach (var record in Record(new Sgd(LearningRate, Momentum: 0.9), [0, 1, 9])[1])
        {
            Assert.Equal(record.FirstMoment, record.CorrectedFirstMoment);
            Assert.Equal(-LearningRate * record.FirstMoment, record.EffectiveStep, 1e-15);
            Assert.True(double.IsNaN(record.SecondMoment));
        }
    }

    [Fact]
    public void Moments_and_their_correction_are_those_of_the_parameter_s_own_group()
    {
        // W0 and W1 are Adam's, b0 is momentum's and b1 is frozen.
        var momentum = new Sgd(LearningRate, Momentum: 0.9);
        var recorder = Record(new Grouping(momentum, [ParameterGroup.Of(ParameterRole.Weight, new Adam(LearningRate)), ParameterGroup.Frozen("layer2.bias")]), [0, 9]);

        foreach (var weight in (int[])[0, 1, 3])
        {
            foreach (var record in recorder[weight])
            {
                Assert.Equal(record.FirstMoment / (1 - Math.Pow(0.9, record.Step)), record.CorrectedFirstMoment, 1e-12);
                Assert.Equal(record.SecondMoment / (1 - Math.Pow(0.999, record.Step)), record.CorrectedSecondMoment, 1e-12);
                // The step is a difference of two parameters of about 1; ε is 1e-8 of the root.
                Assert.Equal(-LearningRate * record.CorrectedFirstMoment / (Math.Sqrt(record.CorrectedSecondMoment) + 1e-8), record.EffectiveStep, 1e-13);
            }

            Assert.Equal(0.1 * recorder[weight][0].Gradient, recorder[weight][0].FirstMoment, 1e-15);
        }

        foreach (var record in recorder[2])
        {
            Assert.Equal(record.FirstMoment, record.CorrectedFirstMoment);
            Assert.Equal(-LearningRate * record.FirstMoment, record.EffectiveStep, 1e-15);
            Assert.True(double.IsNaN(record.SecondMoment));
        }

        foreach (var record in recorder[4])
        {
            Assert.Equal(0, record.EffectiveStep);
            Assert.NotEqual(0, record.Gradient);
            Assert.True(double.IsNaN(record.FirstMoment) && double.IsNaN(record.CorrectedSecondMoment));
        }
    }

    [Fact]
    public void Of_an_epoch_of_many_steps_the_last_is_kept()
    {
        var recorder = Record(new Adam(LearningRate), [0, 2], batchSize: 30);

        Assert.Equal([(0, 4L), (2, 12L)], recorder[0].ToArray().Select(r => (r.Epoch, r.Step)));
    }

    [Fact]
    public void Epochs_that_a_run_does_not_finish_are_not_kept()
    {
        Assert.Equal([3], Record(new Adam(LearningRate), [3, 10, 500])[0].ToArray().Select(r => r.Epoch));
        Assert.True(Record(new Adam(LearningRate), [])[0].IsEmpty);
    }

    [Fact]
    public void Float_is_recorded_as_it_is()
    {
        var network = SeedRun.Network<float>();
        var recorder = new Recorder<float>(network.Parameters.Layout, [("layer1.bias", 0)], [4]);
        new Trainer<float>(network, SeedRun.Train, new(new Adam(LearningRate), 5), recorder).Run(Cancellation);

        Assert.Equal(network.Parameters["layer1.bias"][0], recorder[0][0].Parameter);
    }

    [Fact]
    public void Its_memory_is_the_choice_of_parameters_times_epochs()
    {
        const int Epochs = 1000;
        var layout = SeedRun.Network<double>().Parameters.Layout;
        (string, int)[] parameters = [.. Enumerable.Range(0, 40).Select(place => ("layer1.weight", place))];

        var before = GC.GetAllocatedBytesForCurrentThread();
        var recorder = new Recorder<double>(layout, parameters, Enumerable.Range(0, Epochs));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(72, Unsafe.SizeOf<ParameterRecord>());
        Assert.InRange(allocated, 40 * Epochs * 72, 1.1 * 40 * Epochs * 72);
        Assert.True(recorder[39].IsEmpty);
    }

    [Fact]
    public void A_choice_that_does_not_exist_is_refused_in_one_sentence()
    {
        AssertRefused("There is no parameter segment 'layer2.weigth'; did you mean layer2.weight?", [("layer2.weigth", 0)], [0]);
        AssertRefused("The recorder is to keep place 40 of layer1.weight, which has the places 0 to 39.", [("layer1.weight", 40)], [0]);
        AssertRefused("The recorder is to keep place -1 of layer1.bias, which has the places 0 to 9.", [("layer1.bias", -1)], [0]);
        AssertRefused("The recorder is to keep epoch -3, but epochs count from 0.", [("layer1.bias", 0)], [5, -3]);
    }

    [Fact]
    public void Log_spaced_epochs_ascend_from_the_first_to_the_last()
    {
        Assert.Equal([0, 9, 99, 999], Recorder.LogSpaced(1000, 4));
        Assert.Equal([0], Recorder.LogSpaced(1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Recorder.LogSpaced(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Recorder.LogSpaced(10, 1));
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[2, 300]).Sample((run, count) =>
        {
            var epochs = Recorder.LogSpaced(run, count);
            Assert.Equal((0, run - 1), (epochs[0], epochs[^1]));
            Assert.True(epochs.Count <= count);
            Assert.Equal(epochs.Distinct().Order(), epochs);
        });
    }

    private static Recorder<double> Record(Optimizer optimizer, IEnumerable<int> epochs, int? batchSize = null)
    {
        var network = SeedRun.Network<double>();
        var recorder = new Recorder<double>(network.Parameters.Layout, Places, epochs);
        new Trainer<double>(network, SeedRun.Train, new(optimizer, 10, batchSize), recorder).Run(Cancellation);
        return recorder;
    }

    private static void AssertRefused(string sentence, (string, int)[] parameters, int[] epochs)
    {
        var layout = SeedRun.Network<double>().Parameters.Layout;
        Assert.Equal(sentence, Assert.Throws<SteepestException>(() => new Recorder<double>(layout, parameters, epochs)).Message);
    }
}
