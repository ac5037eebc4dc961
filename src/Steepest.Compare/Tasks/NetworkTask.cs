using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Steepest.Compare.Reports;
using Steepest.Compare.Tasks;

namespace Steepest.Compare;

/// <summary>A task of a dense network on data.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Data">A name of <see cref="TaskData"/>.</param>
/// <param name="Hidden">Units of each hidden layer; may be empty.</param>
/// <exception cref="SteepestException">A number lies outside its range.</exception>
public sealed record NetworkTask(string Name, string Data, ValueList<int> Hidden) : TaskSpec(Name)
{
    /// <summary>How features are scaled, by what the training rows say.</summary>
    public Scaling Scaling { get; init; } = Scaling.Standard;

    /// <summary>The hidden layers' activation.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Where parameters start; <see langword="null"/> leaves it to the layers.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>Whether layers have biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Rows a step; <see langword="null"/> for all.</summary>
    public int? BatchSize { get; init => field = value is null or >= 1 ? value : throw new SteepestException($"The task {Name} has a batch size of {Text.Of(value.Value)}, but it needs at least 1."); }

    /// <summary>The share of rows that is validated on; 0 for none.</summary>
    public double ValidationShare { get; init => field = Share("validation", value); } = 0.2;

    /// <summary>The share of rows that is kept apart for the test; 0 for none.</summary>
    public double TestShare { get; init => field = Share("test", value); } = 0.2;

    /// <summary>The split of every repeat, as scikit-learn takes it, where the optimum must be known; <see langword="null"/> for another in each.</summary>
    public uint? FixedSplit { get; init; }

    /// <summary>The price of squared weights, as in <see cref="Penalty"/>; it is part of the loss.</summary>
    public double L2
    {
        get;
        init => field = Interval.NotNegative.Contains(value)
            ? value
            : throw new SteepestException($"The task {Name} has an L2 penalty of {Text.Of(value)}, but it must lie in {Interval.NotNegative}.");
    }

    /// <summary>Whether the network learns to give back its inputs, by the mean squared error.</summary>
    public bool IsAutoencoder { get; init; }

    /// <inheritdoc/>
    public override string Summary
    {
        get
        {
            var network = PreparedNetwork.SpecOf(this);
            return string.Create(CultureInfo.InvariantCulture, $"{Data}, {network}, {(BatchSize is { } rows ? $"batches of {rows}" : "full batch")}, {Words.Count(Epochs)} epochs");
        }
    }

    /// <inheritdoc/>
    internal override string ContentHash => TaskData.Find(Data).Load().ContentHash;

    /// <inheritdoc/>
    internal override Descriptions.TaskKind Kind => Descriptions.TaskKinds.Network;

    /// <inheritdoc/>
    internal override bool IsFullBatch => BatchSize is null;

    /// <inheritdoc/>
    internal override PreparedTask Prepare(uint split)
    {
        if (ValidationShare == 0 && Metric != TaskMetric.TrainingLoss) throw new SteepestException($"The task {Name} is measured by its {MetricName}, but its validation share is 0.");
        if (IsAutoencoder && Metric == TaskMetric.ValidationAccuracy) throw new SteepestException($"The task {Name} gives back its inputs, of which none is right or wrong; measure it by its loss.");
        return new PreparedNetwork(this, TaskRows.Of(this, FixedSplit ?? split));
    }

    private double Share(string part, double value) => value is >= 0 and < 1
        ? value
        : throw new SteepestException($"The task {Name} has a {part} share of {Text.Of(value)}, but it must be at least 0 and below 1.");
}

/// <summary>A network task with its rows.</summary>
internal sealed class PreparedNetwork(NetworkTask task, TaskRows rows) : PreparedTask
{
    private readonly NetworkSpec network = SpecOf(task);

    /// <inheritdoc/>
    public override int StepsPerEpoch => BatchSize is { } size ? (rows.Train.Rows + size - 1) / size : 1;

    /// <inheritdoc/>
    public override int Parameters => network.Build<float>(0).Parameters.Layout.Count;

    /// <summary>Numbers that the network gives for a row.</summary>
    public int Outputs => network.Outputs;

    // Batches as large as the data are the full batch.
    private int? BatchSize => task.BatchSize < rows.Train.Rows ? task.BatchSize : null;

    /// <summary>The network of a task.</summary>
    public static NetworkSpec SpecOf(NetworkTask task)
    {
        var data = TaskData.Find(task.Data);
        var outputs = task.IsAutoencoder ? data.FeatureCount : data.Classes;
        return NetworkSpec.Mlp(data.FeatureCount, [.. task.Hidden], outputs, task.Activation, task.Initializer, task.Bias);
    }

    /// <inheritdoc/>
    public override TrialResult? Run(TrialSpec trial, CancellationToken cancellation) =>
        task.Precision == Precision.Float ? Run<float>(trial, cancellation) : Run<double>(trial, cancellation);

    /// <inheritdoc/>
    public override void CheckFit(Optimizer optimizer, ValueList<ParameterGroup> groups)
    {
        if (task.Precision == Precision.Float) _ = new Trainer<float>(network.Build<float>(0), rows.Train, SpecOf(optimizer, groups, 0));
        else _ = new Trainer<double>(network.Build<double>(0), rows.Train, SpecOf(optimizer, groups, 0));
    }

    /// <inheritdoc/>
    public override long StateBytes(Optimizer optimizer) => task.Precision == Precision.Float
        ? optimizer.StateOf<float>(network.Build<float>(0).Parameters.Layout).Sum(block => block.Bytes)
        : optimizer.StateOf<double>(network.Build<double>(0).Parameters.Layout).Sum(block => block.Bytes);

    private TrialResult? Run<T>(TrialSpec trial, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var live = network.Build<T>(RandomStreams.Of(trial.Seed, RandomPurpose.InitialParameters));

        // The cores are taken by the trials beside it.
        live.Threads = 1;
        var isOfTraining = task.Metric == TaskMetric.TrainingLoss;
        var spec = SpecOf(trial.Optimizer, trial.Groups, trial.Seed);
        if (task.Metric == TaskMetric.ValidationAccuracy) spec = spec with { Metrics = [Steepest.Metric.Accuracy] };
        var budget = new BudgetWatch<T>((long)task.Epochs * StepsPerEpoch, isFirstLook: isOfTraining && StepsPerEpoch == 1);
        var trainer = new Trainer<T>(live, rows.Train, isOfTraining ? null : rows.Validation, spec, budget);

        var started = Stopwatch.GetTimestamp();
        var history = trainer.Run(cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (history.Outcome == TrainingOutcome.Cancelled) return null;

        var metric = task.Metric switch
        {
            TaskMetric.TrainingLoss => history.Loss,
            TaskMetric.ValidationLoss => history.ValidationLoss,
            _ => history.Metrics[Steepest.Metric.Accuracy],
        };
        var result = TrialCurve.Of(trial, metric, budget.Evaluations, history.GradientEvaluations, history.DivergedAt, isOfTraining ? null : history.Loss) with
        {
            StepsPerEpoch = StepsPerEpoch,
            Seconds = seconds,
            Machine = Machine.Name,
        };
        if (rows.Test is null || history.DivergedAt is not null) return result;
        var test = live.Evaluate(rows.Test, spec.Loss ?? (task.IsAutoencoder ? Loss.MeanSquaredError : Loss.For(DataShape.Of(rows.Test), live.Outputs)));
        return result with { TestLoss = test.Loss, TestRight = test.Right, TestRows = test.Rows };
    }

    private TrainingSpec SpecOf(Optimizer optimizer, ValueList<ParameterGroup> groups, ulong seed) =>
        new(optimizer, task.Epochs, BatchSize, seed) { Groups = groups, Penalty = task.L2 > 0 ? new Penalty(L2: task.L2) : null };
}

/// <summary>Counts gradient evaluations at every epoch, and ends the run once the budget is used up.</summary>
/// <param name="budget">Gradient evaluations.</param>
/// <param name="isFirstLook">Whether the metric of an epoch is that of its first evaluation; else it is known at its end.</param>
internal sealed class BudgetWatch<T>(long budget, bool isFirstLook) : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<long> evaluations = new((int)Math.Min(budget, 1 << 16));
    private long before;

    /// <summary>The evaluations used until the metric of each epoch was known.</summary>
    public IReadOnlyList<long> Evaluations => evaluations;

    /// <inheritdoc/>
    public void OnEpoch(TrainingState<T> state)
    {
        var now = state.Context.GradientEvaluations;
        evaluations.Add(isFirstLook ? before + 1 : now);
        before = now;
        if (now >= budget) state.RequestStop();
    }
}
