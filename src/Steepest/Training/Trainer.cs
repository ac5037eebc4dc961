using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The training loop.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public sealed class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingSpec spec;
    private readonly ITrainingObserver<T>[] observers;
    private readonly Batches<T> batches;
    private readonly Batch<T>[] loaded;
    private readonly Validation<T>? validation;
    private readonly ParameterGroups groups;
    private readonly Parameters<T>? oneBatchGradient;
    private readonly TrainingState<T> state;
    private int loadedCount;
    private Pcg64State chanceOfStep;
    private bool isSecondLook;
    private bool hasRun;
    private bool hasEnded;

    /// <summary>Prepares a run: everything it needs is allocated here.</summary>
    /// <param name="network">The network to train, from where its parameters stand.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="spec">What to do.</param>
    /// <param name="observers">Who looks on, in this order.</param>
    /// <exception cref="SteepestException">The data does not fit the network, or the optimizer not its precision.</exception>
    public Trainer(Network<T> network, Dataset data, TrainingSpec spec, params ReadOnlySpan<ITrainingObserver<T>> observers)
        : this(network, data, validation: null, spec, observers)
    {
    }

    /// <summary>Prepares a run with rows to validate on after each epoch: everything it needs is allocated here.</summary>
    /// <param name="network">The network to train, from where its parameters stand.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="validation">The rows to validate on; <see langword="null"/> for none.</param>
    /// <param name="spec">What to do.</param>
    /// <param name="observers">Who looks on, in this order.</param>
    /// <exception cref="SteepestException">The data does not fit the network or the loss, a batch is larger than the data, the optimizer does not fit the
    /// precision, or early stopping has nothing to watch.</exception>
    public Trainer(Network<T> network, Dataset data, Dataset? validation, TrainingSpec spec, params ReadOnlySpan<ITrainingObserver<T>> observers)
        : this(network, DatasetBatches<T>.Of(network, data, spec), validation, spec, observers)
    {
    }

    /// <summary>Prepares a run on data that is read row by row and need not fit into memory.</summary>
    /// <param name="network">The network to train, from where its parameters stand.</param>
    /// <param name="data">Where the training rows come from.</param>
    /// <param name="validation">The rows to validate on; <see langword="null"/> for none.</param>
    /// <param name="spec">What to do; it must give a batch size.</param>
    /// <param name="observers">Who looks on, in this order.</param>
    /// <exception cref="SteepestException">As for a dataset; or there is no batch size.</exception>
    public Trainer(Network<T> network, RowSource data, Dataset? validation, TrainingSpec spec, params ReadOnlySpan<ITrainingObserver<T>> observers)
        : this(network, SourceBatches<T>.Of(network, data, spec), validation, spec, observers)
    {
    }

    private Trainer(Network<T> network, Batches<T> batches, Dataset? validation, TrainingSpec spec, ReadOnlySpan<ITrainingObserver<T>> observers)
    {
        Network = network;
        this.spec = spec;
        this.batches = batches;
        this.observers = observers.ToArray();
        Loss = spec.Loss ?? Loss.For(batches.Shape, network.Outputs);
        RequireRowsToCompare();
        RequireLogits();
        if (spec.AccumulateBatches > batches.Count)
        {
            throw new SteepestException(
                $"A step is to accumulate {Text.Of(spec.AccumulateBatches)} batches, but an epoch has {Text.Of(batches.Count)}; ask for at most as many, or for smaller batches.");
        }

        loaded = new Batch<T>[spec.AccumulateBatches];
        for (var i = 0; i < loaded.Length; i++) loaded[i] = new Batch<T>(batches.Size, network.Spec.Inputs, network.Outputs, Loss);
        network.MakeRoomFor(loaded[0]);
        if (loaded.Length > 1) oneBatchGradient = new Parameters<T>(network.Parameters.Layout);

        groups = new ParameterGroups(spec.Groups, network.Parameters.Layout);
        Penalties = new PenaltySum<T>(spec.Penalty, spec.Groups, network.Parameters.Layout);
        Stepper = ParameterGroups.CreateStepper(spec.Optimizer, spec.Groups, network.Parameters);
        Chance = RandomStreams.Of(spec.Seed, RandomPurpose.Dropout);
        StepsPerEpoch = ((batches.Count - 1) / loaded.Length) + 1;
        Context = new StepContext<T>(new LoadedBatches(this), new Parameters<T>(network.Parameters.Layout), (long)spec.Epochs * StepsPerEpoch)
        {
            StepsPerEpoch = StepsPerEpoch,
        };
        RequireFit();
        this.validation = Validation<T>.Of(this, validation, spec);
        Log = new HistoryLog(spec.Epochs, validation is not null, spec.Metrics);
        state = new TrainingState<T>(this, network, spec, Stepper, Context, batches.Rows);
        Place = TrainingPlace.AtStartOf(0, batches.Order?.State);
    }

    internal Network<T> Network { get; }

    internal Loss Loss { get; }

    internal PenaltySum<T> Penalties { get; }

    internal Stepper<T> Stepper { get; }

    internal StepContext<T> Context { get; }

    internal Pcg64 Chance { get; }

    internal int StepsPerEpoch { get; }

    internal HistoryLog Log { get; }

    /// <summary>How far the run is.</summary>
    internal TrainingPlace Place { get; private set; }

    /// <summary>Trains, once, and leaves the network at the optimizer's <see cref="Stepper{T}.EvaluationParameters"/>, or with early stopping at the best
    /// epoch's. A run whose loss, parameters or running statistics stop being finite has diverged, which is a result and not an error.</summary>
    /// <param name="cancellation">Ends the run before its next step.</param>
    /// <exception cref="InvalidOperationException">It has run before.</exception>
    /// <exception cref="SteepestException">A row of a <see cref="RowSource"/> or a value of a <see cref="Schedule"/> cannot be used. The network is then where the
    /// last whole step left it.</exception>
    public History Run(CancellationToken cancellation = default)
    {
        RequireNotRun();
        hasRun = true;
        try
        {
            foreach (var observer in observers) observer.OnStart(state);
            return EndBeforeResumed() ?? RunEpochs(cancellation);
        }
        finally
        {
            hasEnded = true;
            (batches as IDisposable)?.Dispose();
        }
    }

    /// <summary>Goes back to where a checkpoint was kept; <see cref="Run"/> then goes on from there, bit for bit as if it had not been interrupted. More
    /// epochs than before may be asked for; a learning rate that depends on the length of the run then follows the new one.</summary>
    /// <remarks>What observers have seen or asked for is theirs to keep.</remarks>
    /// <param name="path">A file that <see cref="TrainingState{T}.SaveCheckpoint"/> wrote.</param>
    /// <exception cref="SteepestException">The file is missing, truncated, altered, or of another version, network, training or data; network and trainer
    /// are then as they were.</exception>
    /// <exception cref="InvalidOperationException">The trainer has run already.</exception>
    public void Resume(string path)
    {
        RequireNotRun();
        TrainingCheckpoint.Load(path, this);
    }

    internal TrainingSpec Spec => spec;

    internal BestEpoch<T>? Best => validation?.Best;

    /// <summary>What says whether the data is the same.</summary>
    internal Description DataIdentity
    {
        get
        {
            var identity = batches.Identity;
            Validation<T>.Describe(validation, identity);
            return identity;
        }
    }

    internal int BatchesPerEpoch => batches.Count;

    /// <summary>What the training data is like.</summary>
    internal DataShape Shape => batches.Shape;

    private bool IsFinite => Network.Parameters.AllFinite() && Network.Buffers.AllFinite();

    internal void SaveCheckpoint(string path)
    {
        if (!hasRun) throw new InvalidOperationException("The run has not begun, so there is nothing to keep.");
        if (hasEnded) throw new InvalidOperationException("The run is over; keep a checkpoint from an observer while it goes on.");
        TrainingCheckpoint.Save(path, this);
    }

    internal long RightSoFar => state.Right;

    internal void GoOnFrom(TrainingPlace place, long right, double loss, long gradientEvaluations)
    {
        Place = place;
        if (place.Order is { } order) batches.Order!.State = order;
        state.Epoch = place.Epoch;
        state.Right = right;
        state.Loss = Log.Loss.Values is [.., var lastLoss] ? lastLoss : 0;
        state.ValidationLoss = Log.ValidationLoss.Values is [.., var last] ? last : double.NaN;
        Context.Loss = loss;
        Context.GradientEvaluations = gradientEvaluations;
    }

    /// <summary>The end of a run that was resumed from the checkpoint of its last epoch, which was kept before it was known to be the last.</summary>
    private History? EndBeforeResumed()
    {
        if (Place is not { Epoch: > 0, BatchesDone: 0 }) return null;
        var last = state.Epoch = Place.Epoch - 1;
        return !IsFinite ? End(TrainingOutcome.Diverged, Place.Epoch, divergedAt: last)
            : Best is { } best && best.PatienceIsOver(last) ? End(TrainingOutcome.StoppedEarly, Place.Epoch)
            : null;
    }

    [MethodImpl(Compiled.Once)]
    private History RunEpochs(CancellationToken cancellation)
    {
        while (Place.Epoch < spec.Epochs)
        {
            var epoch = state.Epoch = Place.Epoch;
            BeginEpoch();
            while (LoadStep())
            {
                if (cancellation.IsCancellationRequested) return End(TrainingOutcome.Cancelled, epoch);

                var weight = BeginStep();
                if (!double.IsFinite(Context.Loss)) return End(TrainingOutcome.Diverged, epoch, divergedAt: epoch);
                Stepper.Step(Context);

                Place = Place.After(loadedCount, Context.Loss, weight);
                foreach (var observer in observers) observer.OnStep(state);
            }

            state.Loss = StepsPerEpoch == 1 || Place.WeightSum == 0 ? Context.Loss : Place.LossSum / Place.WeightSum;
            // The losses of the batches may each be finite and their sum not.
            if (!double.IsFinite(state.Loss)) return End(TrainingOutcome.Diverged, epoch, divergedAt: epoch);
            Log.Loss.Add(state.Loss);
            var finite = IsFinite;
            var enough = Validate(epoch, finite);
            Stepper.AfterEpoch(validation is not null && finite ? validation.Watched : new(state.Loss));
            Place = TrainingPlace.AtStartOf(epoch + 1, batches.Order?.State);
            foreach (var observer in observers) observer.OnEpoch(state);
            if (!finite) return End(TrainingOutcome.Diverged, epoch + 1, divergedAt: epoch);
            if (enough) return End(TrainingOutcome.StoppedEarly, epoch + 1);
            if (state.StopRequested) return End(TrainingOutcome.Stopped, epoch + 1);
        }

        return End(TrainingOutcome.Completed, spec.Epochs);
    }

    /// <summary>The loss of the step's batches with its penalties, and its gradient.</summary>
    [MethodImpl(Compiled.Once)]
    private double Evaluate(Parameters<T> at, Parameters<T> gradient)
    {
        if (loadedCount == 0) throw new InvalidOperationException("The run has loaded no batch yet, so there is nothing to evaluate on.");
        var purpose = isSecondLook ? PassPurpose.SecondLook : PassPurpose.Training;
        var before = Chance.State;
        Chance.State = chanceOfStep;
        var loss = loadedCount == 1 ? LossAndGradient(loaded[0], at, gradient, purpose) : AccumulatedLossAndGradient(at, gradient, purpose);

        // A second look leaves no trace, whenever an observer takes it.
        if (isSecondLook) Chance.State = before;
        isSecondLook = true;
        return loss + Penalties.AddTo(at, gradient);
    }

    [MethodImpl(Compiled.Once)]
    private double LossAndGradient(Batch<T> batch, Parameters<T> at, Parameters<T> gradient, PassPurpose purpose)
    {
        var loss = Network.LossAndGradient(batch, Loss, at, gradient, purpose, Chance);
        if (state.CountsRight && batches.Shape.IsClassification && purpose == PassPurpose.Training) state.Right += Network.CountRight(batch);
        return double.CreateChecked(loss);
    }

    /// <summary>The mean over the rows of several batches, each by its weight.</summary>
    private double AccumulatedLossAndGradient(Parameters<T> at, Parameters<T> gradient, PassPurpose purpose)
    {
        var weight = LoadedWeight();
        var sum = 0.0;
        gradient.Values.Clear();
        for (var i = 0; i < loadedCount; i++)
        {
            var share = weight > 0 ? double.CreateChecked(loaded[i].TotalWeight) / weight : 0;
            sum += share * LossAndGradient(loaded[i], at, oneBatchGradient!, purpose);
            gradient.Add(T.CreateChecked(share), oneBatchGradient!);
        }

        return sum;
    }

    private void BeginEpoch()
    {
        if (Place.BatchesDone == 0)
        {
            state.Right = 0;
            Place = TrainingPlace.AtStartOf(Place.Epoch, batches.Order?.State);
        }

        batches.Begin(Place.BatchesDone);
    }

    [MethodImpl(Compiled.Once)]
    private bool LoadStep()
    {
        var count = 0;
        while (count < loaded.Length && batches.Next(loaded[count])) count++;

        // At the end of an epoch the last step's batches stay, so that observers may look at them once more.
        if (count == 0) return false;
        loadedCount = count;
        return true;
    }

    /// <summary>Loss and gradient where the parameters stand; gives the weight of the rows.</summary>
    [MethodImpl(Compiled.Once)]
    private double BeginStep()
    {
        chanceOfStep = Chance.State;
        isSecondLook = false;
        Context.Threads = Network.Threads;
        Context.Begin(Network.Parameters);
        groups.ClearFrozen(Context.Gradient);
        spec.Clipping?.Apply(Context.Gradient);
        return LoadedWeight();
    }

    private double LoadedWeight()
    {
        var weight = 0.0;
        for (var i = 0; i < loadedCount; i++) weight += double.CreateChecked(loaded[i].TotalWeight);
        return weight;
    }

    private bool Validate(int epoch, bool finite)
    {
        state.ValidationLoss = double.NaN;
        if (validation is null || !finite) return false;
        var enough = validation.Look(epoch, Stepper.EvaluationParameters, Log);
        state.ValidationLoss = Log.ValidationLoss.Values[^1];
        return enough;
    }

    private History End(TrainingOutcome outcome, int epochs, int? divergedAt = null)
    {
        foreach (var observer in observers) observer.OnEnd(state, outcome);

        // What the optimizer would have evaluated is what the network is left with.
        var evaluated = Stepper.EvaluationParameters;
        if (evaluated != Network.Parameters) Network.Parameters.CopyFrom(evaluated);
        Best?.Restore();
        return new(Log, epochs, outcome, divergedAt, Best is { Epoch: >= 0 and var best } ? best : null, Context.GradientEvaluations);
    }

    private void RequireNotRun()
    {
        if (hasRun) throw new InvalidOperationException("A trainer runs once; make another to go on.");
    }

    /// <summary>A logistic function at the end would be taken twice: losses for classes begin with their own.</summary>
    private void RequireLogits()
    {
        var last = Network.Spec.Layers[^1] switch
        {
            Dense dense => dense.Activation,
            Activate activate => activate.Activation,
            _ => Activation.Identity,
        };
        if (Loss.Classifies && last == Activation.Sigmoid)
        {
            throw new SteepestException(
                $"The network ends in sigmoid, but {Loss} takes logits and does the rest itself; let it end in identity, and ask PredictProbabilities for probabilities.");
        }
    }

    /// <summary>A schedule that is shorter than the run is better known before it than at its end, and so are batches that an optimizer cannot take.</summary>
    private void RequireFit()
    {
        foreach (var optimizer in (Optimizer?[])[spec.Optimizer, .. spec.Groups.Select(group => group.Optimizer)])
        {
            optimizer?.LearningRate.Start().At(new(0, Context.TotalSteps, StepsPerEpoch));
            if (optimizer is { NeedsAllRows: true } && StepsPerEpoch > 1)
            {
                throw new SteepestException(
                    $"The optimizer {optimizer.Info.Name} needs all rows at every step, but an epoch has {Text.Of(StepsPerEpoch)} steps; leave out the batch size.");
            }
        }
    }

    private void RequireRowsToCompare()
    {
        if (!Network.ComparesRows || batches.SmallestSize > 1) return;
        var name = batches.Shape.Name;
        var found = batches.Rows == 1 ? $"{name} has 1 row; give it at least 2"
            : batches.Size == 1 ? "its batches are to have 1 row; ask for at least 2"
            : $"the {Text.Of(batches.Rows)} rows of {name} in batches of {Text.Of(batches.Size)} leave 1 row for the last; ask for another batch size";
        throw new SteepestException($"Batch norm compares the rows of a batch, but {found}.");
    }

    /// <summary>What the steppers see of the trainer.</summary>
    private sealed class LoadedBatches(Trainer<T> trainer) : IObjective<T>
    {
        public double Evaluate(Parameters<T> at, Parameters<T> gradient) => trainer.Evaluate(at, gradient);
    }
}
