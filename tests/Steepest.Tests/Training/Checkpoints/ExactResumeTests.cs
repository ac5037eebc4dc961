using System.Numerics;
using CsCheck;
using Steepest.Numerics;

namespace Steepest.Tests.Training.Checkpoints;

/// <summary>A run that is interrupted and resumed leaves what it would have left in one go, bit for bit.</summary>
public sealed class ExactResumeTests : IDisposable
{
    private static readonly ValueList<Optimizer> Rules = [.. EveryOptimizer.ForBatches, new MeanOfPlaces(0.05), new LooksAhead(0.05)];

    private static readonly Gen<NetworkSpec> Networks =
        from activation in Gen.Int[0, Activation.All.Count - 1].Select(i => Activation.All[i])
        from dropout in Gen.Bool
        from norm in OneOf<LayerSpec>(new BatchNorm(), new BatchNorm(Momentum: null), new LayerNorm(), new Activate(Activation.Tanh))
        from residual in Gen.Bool
        select new NetworkSpec(
            4,
            [
                new Dense(7, activation), norm,
                dropout ? new Dropout(0.3) : new Dropout(0),
                residual ? new Residual([new Dense(7, activation), new Dropout(0.2), new BatchNorm()]) : new Dense(5, activation),
                new Dense(3, Activation.Identity),
            ]);

    private static readonly Gen<TrainingSpec> Specs =
        from rule in Gen.Int[0, Rules.Count - 1].Select(i => Rules[i])
        from epochs in Gen.Int[2, 6]
        from batch in OneOf<int?>(null, 8, 16)
        from accumulate in Gen.Int[1, 3]
        from seed in Gen.ULong
        from groups in OneOf<ValueList<ParameterGroup>>(
            [], [ParameterGroup.Frozen("layer1.*")], [ParameterGroup.Of(ParameterRole.Bias, new Sgd(0.01, 0.9)), ParameterGroup.Frozen("layer5.weight")])
        from penalty in OneOf<Penalty?>(null, new Penalty(0.001, 0.01))
        from clipping in OneOf<Clipping?>(null, Clipping.ByValue(0.01), Clipping.ByNorm(0.1), Clipping.ByGlobalNorm(0.1))
        from stopping in OneOf<EarlyStopping?>(null, new EarlyStopping(1), new EarlyStopping(2, 0.001), new EarlyStopping(1, RestoreBest: false), new EarlyStopping(2, Monitor: Metric.Accuracy))
        from metrics in OneOf<ValueList<Metric>>([], [Metric.Accuracy, Metric.LogLoss])
        from shuffle in OneOf(1, 10, 100)
        select new TrainingSpec(rule, epochs, batch, seed)
        {
            AccumulateBatches = batch is null ? 1 : accumulate,
            Groups = groups,
            Penalty = penalty,
            Clipping = clipping,
            EarlyStopping = stopping,
            Metrics = metrics,
            ShuffleRows = shuffle,
        };

    private static readonly Gen<Session> Sessions =
        from network in Networks
        from spec in Specs
        from weighted in Gen.Bool
        from validates in Gen.Bool
        from streams in Gen.Bool
        from seed in Gen.ULong
        select new Session(
            network,
            Weighted(Rows.Random(53, 4, 3, seed), weighted),
            validates || spec.EarlyStopping is not null || spec.Metrics.Count > 0 ? Rows.Random(17, 4, 3, seed + 1) : null,
            spec,
            streams && spec.BatchSize is not null);

    private readonly CheckpointFolder at = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => at.Dispose();

    [Fact]
    public void Any_run_cancelled_at_any_step_goes_on_as_if_it_had_not_been() =>
        Gen.Select(Sessions, Gen.Int[1, 12]).Sample(
            (session, step) =>
            {
                AssertGoesOn<double>(session, [step], byException: false, new(at.Path, everyEpochs: null));
                AssertGoesOn<float>(session, [step], byException: false, new(at.Path, everyEpochs: null));
            },
            iter: 150, threads: 1);

    [Fact]
    public void Any_run_that_broke_goes_on_from_its_last_checkpoint() =>
        Gen.Select(Sessions, Gen.Int[1, 12], Gen.Int[1, 5], Gen.Bool).Sample(
            (session, step, every, alsoEpochs) =>
                AssertGoesOn<double>(session, [step], byException: true, new(at.Path, alsoEpochs ? 1 : null, every)),
            iter: 150, threads: 1);

    [Fact]
    public void Any_run_that_broke_twice_goes_on() =>
        Gen.Select(Sessions, Gen.Int[1, 6], Gen.Int[1, 6]).Sample(
            (session, first, more) =>
                AssertGoesOn<float>(session, [first, first + more], byException: true, new(at.Path, everyEpochs: 1, everySteps: 2)),
            iter: 100, threads: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_regression_goes_on(bool streams)
    {
        var generator = new Pcg64(5);
        double[] values = [.. Enumerable.Range(0, 53 * 4).Select(_ => generator.Uniform(-1, 1))];
        double[] targets = [.. Enumerable.Range(0, 53 * 2).Select(_ => generator.Uniform(-1, 1))];
        var data = Dataset.Regression("numbers", values, ["a", "b", "c", "d"], targets, ["y", "z"]);
        var spec = new TrainingSpec(new Adam(0.01), 4, 16, Seed: 3) { Loss = Loss.Huber(0.3), Metrics = [Metric.Rmse] };
        var network = NetworkSpec.Mlp(4, [7], 2, Activation.Gelu);
        for (var step = 1; step < 16; step++)
            AssertGoesOn<double>(new(network, data, data, spec, streams), [step], byException: false, new(at.Path, everyEpochs: null));
    }

    [Fact]
    public void A_run_that_was_done_takes_more_epochs_as_if_they_had_been_asked_for_at_first()
    {
        foreach (var rule in Rules)
        {
            var session = Session(new(rule, 3, 16, Seed: 3));
            session.Trainer<double>(1, new CheckpointKeeper<double>(at.Path)).Run(Cancellation);
            var longer = session with { Spec = session.Spec with { Epochs = 7 } };

            var whole = longer.Trainer<double>(1);
            var expected = Trace.Of(whole, whole.Run(Cancellation), new Dictionary<int, long>());
            var resumed = longer.Trainer<double>(2);
            resumed.Resume(at.Path);

            expected.AssertEquals(Trace.Of(resumed, resumed.Run(Cancellation), new Dictionary<int, long>()), $"{rule}");
        }
    }

    [Fact]
    public void A_run_that_was_over_is_over_when_it_is_resumed()
    {
        var stopped = Session(new(new Sgd(0.5), 50, 16, Seed: 3) { EarlyStopping = new(1) });
        var keeper = new CheckpointKeeper<double>(at.Path);
        var history = stopped.Trainer(1, keeper).Run(Cancellation);
        Assert.Equal(TrainingOutcome.StoppedEarly, history.Outcome);
        AssertEndsAsBefore(stopped, history);

        // The last step of an epoch leaves the range of numbers, so that the epoch is whole and the parameters are not.
        var diverged = Session(new(new Sgd(1e300), 50, Seed: 3));
        history = diverged.Trainer(1, keeper).Run(Cancellation);
        Assert.Equal((TrainingOutcome.Diverged, 1), (history.Outcome, history.Epochs));
        AssertEndsAsBefore(diverged, history);
    }

    [Fact]
    public void A_run_can_be_kept_before_its_first_step()
    {
        var session = Session(new(new Adam(0.01), 3, 16, Seed: 3));
        var whole = session.Trainer(1, new KeptAtStart(at.Path));
        var expected = Trace.Of(whole, whole.Run(Cancellation), new Dictionary<int, long>());

        var resumed = session.Trainer<double>(2);
        resumed.Resume(at.Path);

        expected.AssertEquals(Trace.Of(resumed, resumed.Run(Cancellation), new Dictionary<int, long>()), "from the start");
    }

    [Fact]
    public void The_last_validation_loss_is_told_before_the_next()
    {
        var session = Session(new(new Adam(0.01), 3, 16, Seed: 3));
        using var interruption = new Interruption<double>(6, byException: false, new Dictionary<int, long>());
        var history = session.Trainer(1, interruption, new CheckpointKeeper<double>(at.Path, everyEpochs: null)).Run(interruption.Token);

        var told = new List<double>();
        var resumed = session.Trainer(2, new ValidationTold(told));
        resumed.Resume(at.Path);
        resumed.Run(Cancellation);

        Assert.Equal(history.ValidationLoss[0], told[0]);
    }

    private static Session Session(TrainingSpec spec) => new(
        new(4, [new Dense(7, Activation.Relu), new BatchNorm(), new Dropout(0.3), new Dense(3, Activation.Identity)]),
        Rows.Random(53, 4, 3, 1),
        Rows.Random(17, 4, 3, 2),
        spec);

    private static Gen<TChoice> OneOf<TChoice>(params TChoice[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static Dataset Weighted(Dataset data, bool weighted) =>
        weighted ? data.WithWeights([.. Enumerable.Range(0, data.Rows).Select(row => row % 3 * 0.5)]) : data;

    private void AssertEndsAsBefore(Session session, History before)
    {
        var resumed = session.Trainer<double>(2);
        resumed.Resume(at.Path);
        var again = resumed.Run(Cancellation);

        Assert.Equal((before.Outcome, before.Epochs, before.DivergedAt, before.BestEpoch), (again.Outcome, again.Epochs, again.DivergedAt, again.BestEpoch));
        Assert.Equal(before.Loss, again.Loss);
        Assert.Equal(before.GradientEvaluations, again.GradientEvaluations);
    }

    private void AssertGoesOn<T>(Session session, int[] steps, bool byException, CheckpointKeeper<T> keeper)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var right = new Dictionary<int, long>();
        using var never = new Interruption<T>(long.MaxValue, byException, right);
        var whole = session.Trainer(1, never);
        var expected = Trace.Of(whole, whole.Run(Cancellation), right);

        right = [];
        File.Delete(at.Path);
        var seed = 1UL;
        foreach (var step in steps)
        {
            using var interruption = new Interruption<T>(step, byException, right);
            var begun = Resumed(session, seed++, keeper, interruption);
            try
            {
                begun.Run(interruption.Token);
            }
            catch (OperationCanceledException)
            {
            }
        }

        using var observer = new Interruption<T>(long.MaxValue, byException, right);
        var resumed = Resumed(session, File.Exists(at.Path) ? seed : 1, observer);
        expected.AssertEquals(Trace.Of(resumed, resumed.Run(Cancellation), right), $"{typeof(T).Name}, interrupted at step {string.Join(" and ", steps)} of {session}");
    }

    /// <summary>A trainer at the last checkpoint; where there is none, at the start, which only the first network has.</summary>
    private Trainer<T> Resumed<T>(Session session, ulong seed, params ReadOnlySpan<ITrainingObserver<T>> observers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!File.Exists(at.Path)) return session.Trainer(1, observers);
        var trainer = session.Trainer(seed, observers);
        trainer.Resume(at.Path);
        return trainer;
    }

    private sealed class KeptAtStart(string path) : ITrainingObserver<double>
    {
        public void OnStart(TrainingState<double> state) => state.SaveCheckpoint(path);
    }

    private sealed class ValidationTold(List<double> told) : ITrainingObserver<double>
    {
        public void OnStep(TrainingState<double> state) => told.Add(state.ValidationLoss);
    }
}
