namespace Steepest;

/// <summary>The description of a training run: with a network, its start and the data, all that decides its result.</summary>
/// <param name="Optimizer">The rule and its settings.</param>
/// <param name="Epochs">Passes over the training rows; at least 1.</param>
/// <param name="BatchSize">Rows a step; <see langword="null"/> or no fewer than there are rows is the whole training set, in its own order. With fewer,
/// rows are shuffled anew each epoch and the last batch may be smaller.</param>
/// <param name="Seed">Decides the order of rows.</param>
/// <exception cref="SteepestException">There are no epochs, or a batch has no rows.</exception>
public sealed record TrainingSpec(Optimizer Optimizer, int Epochs, int? BatchSize = null, ulong Seed = 0)
{
    /// <summary>The rule and its settings.</summary>
    public Optimizer Optimizer { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } =
        Optimizer ?? throw new ArgumentNullException(nameof(Optimizer));

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init => field = Checked(value); } = Checked(Epochs);

    /// <summary>Rows a step, or <see langword="null"/> for all.</summary>
    public int? BatchSize { get; init => field = CheckedBatch(value); } = CheckedBatch(BatchSize);

    /// <summary>What training makes small.</summary>
    public Loss Loss { get; init; } = Loss.SoftmaxCrossEntropy;

    private static int Checked(int epochs) => epochs >= 1
        ? epochs
        : throw new SteepestException($"Training is to run {Text.Of(epochs)} epochs, but it needs at least 1.");

    private static int? CheckedBatch(int? rows) => rows is null or >= 1
        ? rows
        : throw new SteepestException($"A batch is to have {Text.Of(rows.Value)} rows, but it needs at least 1.");
}
