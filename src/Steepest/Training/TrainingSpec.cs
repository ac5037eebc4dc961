namespace Steepest;

/// <summary>The description of a training run: with a network, its start and the data, all that decides its result.</summary>
/// <param name="Optimizer">The rule and its settings.</param>
/// <param name="Epochs">Passes over the training rows; at least 1.</param>
/// <param name="BatchSize">Rows a batch, at most as many as there are; <see langword="null"/> is the whole training set, in its own order. With fewer than
/// all, rows are shuffled anew each epoch and the last batch may be smaller.</param>
/// <param name="Seed">Decides the order of rows and what dropout drops.</param>
/// <exception cref="SteepestException">A number lies outside its range.</exception>
public sealed record TrainingSpec(Optimizer Optimizer, int Epochs, int? BatchSize = null, ulong Seed = 0)
{
    /// <summary>The rule and its settings.</summary>
    public Optimizer Optimizer { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } =
        Optimizer ?? throw new ArgumentNullException(nameof(Optimizer));

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init => field = AtLeastOne(value, "Training is to run", "epochs"); } = AtLeastOne(Epochs, "Training is to run", "epochs");

    /// <summary>Rows a batch, or <see langword="null"/> for all.</summary>
    public int? BatchSize { get; init => field = CheckedBatch(value); } = CheckedBatch(BatchSize);

    /// <summary>What training makes small; <see langword="null"/> takes what suits data and network: cross-entropy for classes (binary where the network has
    /// one output), the mean squared error for numbers.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What large weights are priced at, added to the loss; <see langword="null"/> for nothing.</summary>
    public Penalty? Penalty { get; init; }

    /// <summary>How steep a gradient may be, applied to the gradient of each step after the penalty; <see langword="null"/> for any.</summary>
    public Clipping? Clipping { get; init; }

    /// <summary>Segments that are trained otherwise than by <see cref="Optimizer"/>, or not at all. The first group that matches a segment takes it.</summary>
    public ValueList<ParameterGroup> Groups { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>Batches that one step takes together, as if they were one: more rows a step than activations fit into memory for. At least 1.</summary>
    /// <remarks>The step's gradient is the mean over the rows of all its batches. It takes a second gradient's memory, and each batch's rows. Batch norm
    /// still sees one batch at a time.</remarks>
    public int AccumulateBatches { get; init => field = AtLeastOne(value, "A step is to accumulate", "batches"); } = 1;

    /// <summary>When to stop for want of progress on the validation rows, and whether to go back to the best; <see langword="null"/> for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>What to measure on the validation rows after each epoch, besides the loss; see <see cref="History.Metrics"/>.</summary>
    public ValueList<Metric> Metrics { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = [];

    /// <summary>Rows of a <see cref="RowSource"/> that are kept in memory to be shuffled; a <see cref="Dataset"/> is shuffled as a whole. 1 keeps the source's
    /// order; at least 1.</summary>
    public int ShuffleRows { get; init => field = AtLeastOne(value, "The shuffle buffer is to have", "rows"); } = 10_000;

    /// <summary>All that must be equal for a run to be resumed; more epochs may be asked for.</summary>
    /// <param name="loss">The loss, which the data may have chosen.</param>
    internal Description Describe(Loss loss)
    {
        var description = new Description()
            .Add("optimizer", Optimizer)
            .Add("learning rate", Optimizer.LearningRate)
            .Add("batch size", BatchSize is { } size ? Text.Of(size) : "all rows")
            .Add("number of batches a step", Text.Of(AccumulateBatches))
            .Add("seed", Seed)
            .Add("loss", loss)
            .Add("penalty", Penalty)
            .Add("clipping", Clipping)
            .Add("early stopping", EarlyStopping)
            .Add("list of metrics", Metrics)
            .Add("number of parameter groups", Text.Of(Groups.Count));
        for (var g = 0; g < Groups.Count; g++)
        {
            var (title, group) = ($"parameter group {g + 1}", Groups[g]);
            description.Add(title, group.Title)
                .Add($"optimizer of {title}", group.Optimizer)
                .Add($"learning rate of {title}", group.Optimizer?.LearningRate)
                .Add($"penalty of {title}", group.Penalty is { } penalty ? penalty : "the run's");
        }

        return description;
    }

    private static int AtLeastOne(int count, string what, string unit) => count >= 1
        ? count
        : throw new SteepestException($"{what} {Text.Of(count)} {unit}, but it needs at least 1.");

    private static int? CheckedBatch(int? rows) => rows is { } count ? AtLeastOne(count, "A batch is to have", "rows") : null;
}
