using System.Numerics;

namespace Steepest;

/// <summary>The training loop.</summary>
/// <typeparam name="T">The network's precision.</typeparam>
public sealed class Trainer<T> : IObjective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network<T> network;
    private readonly Dataset data;
    private readonly TrainingSpec spec;
    private readonly ITrainingObserver<T>[] observers;
    private readonly Batches batches;
    private readonly Batch<T> batch;
    private readonly Stepper<T> stepper;
    private readonly StepContext<T> context;
    private readonly TrainingState<T> state;
    private LossLog losses;
    private bool hasRun;

    /// <summary>Prepares a run: everything it needs is allocated here.</summary>
    /// <param name="network">The network to train, from where its parameters stand.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="spec">What to do.</param>
    /// <param name="observers">Who looks on, in this order.</param>
    /// <exception cref="SteepestException">The data does not fit the network, or the optimizer not its precision.</exception>
    public Trainer(Network<T> network, Dataset data, TrainingSpec spec, params ReadOnlySpan<ITrainingObserver<T>> observers)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(spec);
        this.network = network;
        this.data = network.CheckedFit(data);
        this.spec = spec;
        this.observers = observers.ToArray();
        batches = new Batches(data.Rows, spec.BatchSize, spec.Seed);
        batch = new Batch<T>(batches.Size, network.Spec.Inputs, network.Spec.Outputs);
        network.MakeRoomFor(batch);
        stepper = spec.Optimizer.CreateStepper(network.Parameters);
        context = new StepContext<T>(this, new Parameters<T>(network.Parameters.Layout), (long)spec.Epochs * batches.Count);
        state = new TrainingState<T>(network, spec, stepper, context, data.Rows);
        losses = new LossLog(spec.Epochs);
    }

    /// <summary>Trains, once, and leaves the network at the optimizer's <see cref="Stepper{T}.EvaluationParameters"/>. A run whose loss or parameters stop being finite has diverged, which is a result and not an error.</summary>
    /// <param name="cancellation">Ends the run before its next step.</param>
    /// <exception cref="InvalidOperationException">It has run before.</exception>
    public History Run(CancellationToken cancellation = default)
    {
        if (hasRun) throw new InvalidOperationException("A trainer runs once; make another to go on.");
        hasRun = true;
        foreach (var observer in observers) observer.OnStart(state);

        for (var epoch = 0; epoch < spec.Epochs; epoch++)
        {
            state.Epoch = epoch;
            state.Right = 0;
            var lossOfRows = 0.0;
            batches.Begin();
            while (batches.Next(out var rows))
            {
                if (cancellation.IsCancellationRequested) return End(TrainingOutcome.Cancelled, epoch);
                if (!batches.AlwaysTheSame || epoch == 0) batch.Load(data, rows);

                context.Begin(network.Parameters);
                if (!double.IsFinite(context.Loss)) return End(TrainingOutcome.Diverged, epoch, divergedAt: epoch);
                lossOfRows += context.Loss * rows.Length;
                if (state.CountsRight) state.Right += network.CountRight(batch);

                stepper.Step(context);
                foreach (var observer in observers) observer.OnStep(state);
            }

            state.Loss = batches.Count == 1 ? context.Loss : lossOfRows / data.Rows;
            // The losses of the batches may each be finite and their sum not.
            if (!double.IsFinite(state.Loss)) return End(TrainingOutcome.Diverged, epoch, divergedAt: epoch);
            losses.Add(state.Loss);
            foreach (var observer in observers) observer.OnEpoch(state);
            if (!network.Parameters.AllFinite()) return End(TrainingOutcome.Diverged, epoch + 1, divergedAt: epoch);
            if (state.StopRequested) return End(TrainingOutcome.Stopped, epoch + 1);
        }

        return End(TrainingOutcome.Completed, spec.Epochs);

        History End(TrainingOutcome outcome, int epochs, int? divergedAt = null)
        {
            // What the optimizer would have evaluated is what the network is left with.
            if (stepper.EvaluationParameters != network.Parameters) network.Parameters.CopyFrom(stepper.EvaluationParameters);
            return new(losses.Kept, epochs, outcome, divergedAt, context.GradientEvaluations);
        }
    }

    /// <inheritdoc/>
    double IObjective<T>.Evaluate(Parameters<T> at, Parameters<T> gradient) => network.LossAndGradient(batch, spec.Loss, at, gradient);
}

/// <summary>The losses of a run; room for a million epochs is made at once, so that the loop allocates nothing.</summary>
internal struct LossLog(int epochs)
{
    private const int MadeAtOnce = 1 << 20;

    private double[] losses = new double[Math.Min(epochs, MadeAtOnce)];
    private int count;

    public void Add(double loss)
    {
        if (count == losses.Length) Array.Resize(ref losses, losses.Length * 2);
        losses[count++] = loss;
    }

    public readonly ArraySegment<double> Kept => new(losses, 0, count);
}
