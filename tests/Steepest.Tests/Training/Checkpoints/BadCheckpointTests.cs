using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Steepest.Tests.Training.Checkpoints;

/// <summary>A checkpoint that does not fit says so in one sentence, and changes nothing.</summary>
public sealed class BadCheckpointTests : IDisposable
{
    private static readonly Dataset Data = Rows.Random(53, 4, 3, 1);

    private static readonly TrainingSpec Spec = new(new Adam(0.01), 4, 16, Seed: 3);

    private static readonly Session Session = new(
        new(4, [new Dense(7, Activation.Relu), new BatchNorm(), new Dropout(0.3), new Dense(3, Activation.Identity)]), Data, Rows.Random(17, 4, 3, 2), Spec);

    private readonly CheckpointFolder at = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => at.Dispose();

    [Fact]
    public void A_checkpoint_of_another_network_is_refused()
    {
        Keep(Session);

        AssertRefused("is of another network: its layer1 is dense(7, relu), expected dense(8, relu).", WithLayer(0, new Dense(8, Activation.Relu)));
        AssertRefused("is of another network: its layer1 is dense(7, relu), expected dense(7, elu(0.5)).", WithLayer(0, new Dense(7, Activation.Elu(0.5))));
        AssertRefused("is of another network: its layer2 is batch-norm(momentum 0.1, ε 1e-5), expected batch-norm(momentum 0.2, ε 1e-5).", WithLayer(1, new BatchNorm(0.2)));
        AssertRefused("is of another network: its layer3 is dropout(0.3), expected dropout(0.4).", WithLayer(2, new Dropout(0.4)));
        AssertRefused(
            "is of another network: its layer3 is dropout(0.3), expected residual of 1 layers.", WithLayer(2, new Residual([new Dense(7, Activation.Relu)])));
        AssertRefused(
            "is of another network: its number of layers is 4, expected 5.",
            Session with { Network = Session.Network with { Layers = [.. Session.Network.Layers, new Activate(Activation.Tanh)] } });
        AssertRefused<float>("is of a network in double, expected float.", Session);
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        Keep(Session);

        AssertRefused("is of another training: its optimizer is adam, expected sgd,momentum=0.9.", With(Spec with { Optimizer = new Sgd(0.01, 0.9) }));
        AssertRefused("is of another training: its optimizer is adam, expected adam,beta1=0.8.", With(Spec with { Optimizer = new Adam(0.01, 0.8) }));
        AssertRefused("is of another training: its learning rate is 0.01, expected 0.02.", With(Spec with { Optimizer = new Adam(0.02) }));
        AssertRefused("is of another training: its batch size is 16, expected 8.", With(Spec with { BatchSize = 8 }));
        AssertRefused("is of another training: its batch size is 16, expected all rows.", With(Spec with { BatchSize = null }));
        AssertRefused("is of another training: its number of batches a step is 1, expected 2.", With(Spec with { AccumulateBatches = 2 }));
        AssertRefused("is of another training: its seed is 3, expected 4.", With(Spec with { Seed = 4 }));
        AssertRefused(
            "is of another training: its loss is softmax cross-entropy, expected softmax cross-entropy (label smoothing 0.1).",
            With(Spec with { Loss = new SoftmaxCrossEntropy(0.1) }));
        AssertRefused("is of another training: its penalty is none, expected L1 0, L2 0.01.", With(Spec with { Penalty = new Penalty(L2: 0.01) }));
        AssertRefused("is of another training: its clipping is none, expected global norm 1.", With(Spec with { Clipping = Clipping.ByGlobalNorm(1) }));
        AssertRefused(
            "is of another training: its early stopping is none, expected patience 3, least change 0, watching the validation loss.",
            With(Spec with { EarlyStopping = new(3) }));
        AssertRefused("is of another training: its list of metrics is [], expected [accuracy].", With(Spec with { Metrics = [Metric.Accuracy] }));
        AssertRefused("is of another training: its number of parameter groups is 0, expected 1.", With(Spec with { Groups = [ParameterGroup.Frozen("layer1.*")] }));
    }

    [Fact]
    public void A_checkpoint_of_other_groups_is_refused()
    {
        var group = ParameterGroup.Named("layer1.*", new Sgd(0.1, 0.9));
        Keep(With(Spec with { Groups = [group] }));

        AssertRefused("is of another training: its learning rate of parameter group 1 is 0.1, expected 0.2.", With(Spec with { Groups = [group with { Optimizer = new Sgd(0.2, 0.9) }] }));
        AssertRefused("is of another training: its optimizer of parameter group 1 is sgd,momentum=0.9, expected none.", With(Spec with { Groups = [group with { Optimizer = null }] }));
        AssertRefused("is of another training: its penalty of parameter group 1 is the run's, expected L1 0.1, L2 0.", With(Spec with { Groups = [group with { Penalty = new(0.1) }] }));
        AssertRefused("is of another training: its parameter group 1 is 'layer1.*', expected 'layer4.*'.", With(Spec with { Groups = [ParameterGroup.Named("layer4.*", new Sgd(0.1, 0.9))] }));
    }

    [Fact]
    public void A_checkpoint_of_other_data_is_refused()
    {
        Keep(Session);
        var changed = Changed(Data);

        AssertRefused(
            $"is of a training on other data: its content hash is {Data.ContentHash}, expected {changed.ContentHash}.", Session with { Data = changed });
        AssertRefused(
            $"is of a training on other data: its validation rows' content hash is {Session.Validation!.ContentHash}, expected {Changed(Session.Validation).ContentHash}.",
            Session with { Validation = Changed(Session.Validation) });
        AssertRefused("is of a training on other data: its number of validation rows is 17, expected none.", Session with { Validation = null });
        AssertRefused("is of a training on other data: its kind is a dataset, expected a source.", Session with { Streams = true });
    }

    [Fact]
    public void A_checkpoint_of_another_source_is_refused()
    {
        Keep(Session with { Streams = true });

        AssertRefused(
            $"is of a training on other data: its content hash is {Data.ContentHash}, expected {Changed(Data).ContentHash}.", Session with { Data = Changed(Data), Streams = true });
        AssertRefused(
            "is of a training on other data: its shuffle buffer is 10,000 rows, expected 10 rows.", With(Spec with { ShuffleRows = 10 }) with { Streams = true });
    }

    [Theory]
    [InlineData(6, 1, "1 epoch and a part")]
    [InlineData(8, 1, "2 epochs")]
    [InlineData(9, 2, "2 epochs and a part")]
    public void A_checkpoint_that_is_further_than_the_training_goes_is_refused(int steps, int epochs, string behind)
    {
        Keep(Session, steps);

        AssertRefused($"has {behind} behind it, but the training asks for {epochs}.", With(Spec with { Epochs = epochs }));
    }

    [Fact]
    public void A_network_loaded_from_a_training_that_stops_early_is_the_best_epoch_s()
    {
        // At this rate the validation loss is best early on, and the last epoch's is another.
        var session = Session with { Spec = Spec with { Optimizer = new Adam(0.3), Epochs = 12, EarlyStopping = new EarlyStopping(100) } };
        var network = session.Network.Build<double>(1);
        var history = new Trainer<double>(network, session.Data, session.Validation, session.Spec, new CheckpointKeeper<double>(at.Path)).Run(Cancellation);
        Assert.NotEqual(12, history.BestEpoch + 1);
        var loaded = session.Network.Build<double>(9);
        loaded.Load(at.Path);

        Trace.Of(network).AssertEquals(Trace.Of(loaded), "loaded");
    }

    [Fact]
    public void Where_parameters_started_does_not_matter_to_what_they_are()
    {
        NetworkSpec Of(Initializer? initializer) => new(4, [new Dense(7, Activation.Relu, Initializer: initializer), new Dense(3, Activation.Identity)]);
        var network = Of(Initializer.HeNormal).Build<double>(1);
        network.Save(at.Path);
        var other = Of(null).Build<double>(2);
        other.Load(at.Path);

        Assert.Equal(network.Parameters.Values, other.Parameters.Values);
    }

    [Fact]
    public void A_file_that_is_no_training_is_refused()
    {
        AssertRefused($"There is no checkpoint '{at.Path}'.", Session, begins: "");

        Session.Network.Build<double>(1).Save(at.Path);
        AssertRefused("holds a network, but no training to go on with.", Session);

        File.WriteAllText(at.Path, "something else, and long enough to be taken for a checkpoint by its length alone");
        AssertRefused($"The file '{at.Path}' is not a checkpoint.", Session, begins: "");

        Keep(Session);
        var bytes = File.ReadAllBytes(at.Path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 2);
        at.Put(bytes);
        AssertRefused("is of version 2, but this program reads versions up to 1.", Session);
    }

    [Fact]
    public void A_truncated_or_altered_checkpoint_is_refused()
    {
        Keep(Session);
        var whole = File.ReadAllBytes(at.Path);
        var (trainer, network) = (Session.Trainer<double>(2), Session.Network.Build<double>(2));
        var (standsAt, networkStandsAt) = (Trace.Of(trainer), Trace.Of(network));

        for (var length = 60; length < whole.Length; length += 97)
        {
            at.Put(whole[..length]);
            AssertSays($"The checkpoint '{at.Path}' is truncated: it has {length:N0} of {whole.Length:N0} bytes.");
        }

        for (var place = 20; place < whole.Length; place += 97)
        {
            var altered = whole.ToArray();
            altered[place] ^= 4;
            at.Put(altered);
            AssertSays($"The checkpoint '{at.Path}' is altered: its contents do not have the hash that was written with them.");
        }

        standsAt.AssertEquals(Trace.Of(trainer), "refused");
        networkStandsAt.AssertEquals(Trace.Of(network), "refused");

        void AssertSays(FormattableString sentence)
        {
            Assert.Equal(sentence.ToString(CultureInfo.InvariantCulture), Assert.Throws<SteepestException>(() => trainer.Resume(at.Path)).Message);
            Assert.Equal(sentence.ToString(CultureInfo.InvariantCulture), Assert.Throws<SteepestException>(() => network.Load(at.Path)).Message);
        }
    }

    [Fact]
    public void Of_a_large_network_the_sentence_names_the_layer_that_differs()
    {
        LayerSpec[] layers = [.. Enumerable.Range(0, 200).Select(_ => new Dense(3, Activation.Relu))];
        Network<double> Of(params LayerSpec[] chosen) => new NetworkSpec(4, [.. chosen]).Build<double>(1);
        Of(layers).Save(at.Path);
        var other = layers.ToArray();
        other[149] = new Dense(3, Activation.Tanh);

        Assert.Equal(
            $"The checkpoint '{at.Path}' is of another network: its layer150 is dense(3, relu), expected dense(3, tanh).",
            Assert.Throws<SteepestException>(() => Of(other).Load(at.Path)).Message);
    }

    [Fact]
    public void Of_a_long_setting_the_sentence_shows_where_it_differs()
    {
        var zeros = string.Concat(Enumerable.Repeat("0/", 500));
        var (found, expected) = (new Description().Add("seed", 1).Add("loss", $"{zeros}1/{zeros}"), new Description().Add("seed", 1).Add("loss", $"{zeros}2/{zeros}"));
        var (before, after) = (zeros[..40], zeros[..38]);

        Assert.Equal($"its loss is …{before}1/{after}…, expected …{before}2/{after}…", found.DifferenceFrom(expected));
        Assert.Null(found.DifferenceFrom(Description.Parse(found.ToString())));
    }

    [Fact]
    public void A_checkpoint_kept_in_one_country_is_resumed_in_another()
    {
        var here = CultureInfo.CurrentCulture;
        var elsewhere = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        elsewhere.NumberFormat.NumberDecimalSeparator = ",";
        elsewhere.NumberFormat.NegativeSign = "minus";
        var session = With(Spec with
        {
            Optimizer = new Adam(new Falling(0.025, -0.5)),
            Penalty = new(0.001, 0.01),
            Clipping = Clipping.ByNorm(0.5),
            Loss = new SoftmaxCrossEntropy(0.1, [0.5, 1.5, 2.5]),
            EarlyStopping = new(3, 0.01),
        });
        try
        {
            CultureInfo.CurrentCulture = elsewhere;
            Keep(session);
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }

        session.Trainer<double>(2).Resume(at.Path);
    }

    [Fact]
    public void A_trainer_that_has_run_is_not_resumed_and_one_that_has_not_is_not_kept()
    {
        Keep(Session);
        var trainer = Session.Trainer<double>(2);
        Assert.Throws<InvalidOperationException>(() => trainer.SaveCheckpoint(at.Path));
        trainer.Run(Cancellation);
        Assert.Throws<InvalidOperationException>(() => trainer.Resume(at.Path));
        Assert.Throws<InvalidOperationException>(() => trainer.SaveCheckpoint(at.Path));
    }

    [Fact]
    public void A_network_comes_back_with_its_running_statistics()
    {
        var network = Trained(Session);
        network.Save(at.Path);
        var other = Session.Network.Build<double>(9);
        other.Load(at.Path);

        Trace.Of(network).AssertEquals(Trace.Of(other), "loaded");
        Assert.NotEqual(Session.Network.Build<double>(9).Buffers.Values.ToArray(), other.Buffers.Values.ToArray());
        Assert.Equal(network.PredictValues(Data), other.PredictValues(Data));
    }

    [Fact]
    public void A_network_comes_out_of_a_training_as_the_optimizer_evaluates_it()
    {
        var spec = Spec with { Optimizer = new MeanOfPlaces(0.05), Epochs = 2 };
        var trainer = With(spec).Trainer(1, new CheckpointKeeper<double>(at.Path));
        trainer.Run(Cancellation);
        var network = Session.Network.Build<double>(9);
        network.Load(at.Path);

        Trace.Of(trainer.Network).AssertEquals(Trace.Of(network), "loaded");
    }

    private static Session With(TrainingSpec spec) => Session with { Spec = spec };

    private static Session WithLayer(int place, LayerSpec layer) =>
        Session with { Network = Session.Network with { Layers = [.. Session.Network.Layers.Select((old, i) => i == place ? layer : old)] } };

    private static Dataset Changed(Dataset data)
    {
        var values = data.Values.ToArray();
        values[7] = Math.BitIncrement(values[7]);
        return data.WithValues(values);
    }

    private static Network<double> Trained(Session session)
    {
        var trainer = session.Trainer<double>(1);
        trainer.Run(Cancellation);
        return trainer.Network;
    }

    private void Keep(Session session, int steps = 6)
    {
        using var interruption = new Interruption<double>(steps, byException: false, new Dictionary<int, long>());
        session.Trainer(1, new CheckpointKeeper<double>(at.Path, null, steps), interruption).Run(interruption.Token);
    }

    private void AssertRefused(string sentence, Session session, string? begins = null) => AssertRefused<double>(sentence, session, begins);

    private void AssertRefused<T>(string sentence, Session session, string? begins = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var trainer = session.Trainer<T>(2);
        var before = Trace.Of(trainer);

        var said = Assert.Throws<SteepestException>(() => trainer.Resume(at.Path)).Message;
        var expected = begins is null ? $"The checkpoint '{at.Path}' {sentence}" : begins + sentence;
        Assert.Equal(expected, said);

        before.AssertEquals(Trace.Of(trainer), said);
        var untouched = session.Trainer<T>(2);
        var right = new Dictionary<int, long>();
        Trace.Of(untouched, untouched.Run(Cancellation), right).AssertEquals(Trace.Of(trainer, trainer.Run(Cancellation), right), said);
    }

    private sealed record Falling(double From, double To) : Schedule
    {
        public override double At(long step, long totalSteps) => From * Math.Exp(To * step);
    }
}
