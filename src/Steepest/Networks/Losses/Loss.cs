using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// What training makes small: one number from a network's outputs and the targets of a batch. Every loss is a mean over the rows, in which a row counts
/// by its sample weight (<see cref="Dataset.Weights"/>): Σ weight · loss / Σ weight.
/// </summary>
public abstract record Loss
{
    private protected Loss()
    {
    }

    /// <summary>For classes, one output a class; see <see cref="Steepest.SoftmaxCrossEntropy"/>.</summary>
    public static SoftmaxCrossEntropy SoftmaxCrossEntropy { get; } = new();

    /// <summary>For two classes and one output, or for several yes-or-no targets; see <see cref="Steepest.BinaryCrossEntropy"/>.</summary>
    public static BinaryCrossEntropy BinaryCrossEntropy { get; } = new();

    /// <summary>The mean of (output − target)² over all rows and outputs.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredError();

    /// <summary>The mean of |output − target| over all rows and outputs; its derivative where they are equal is 0.</summary>
    public static Loss MeanAbsoluteError { get; } = new MeanAbsoluteError();

    /// <summary>Squared near the target, absolute further away; see <see cref="Steepest.Huber"/>.</summary>
    /// <param name="delta">δ, where one turns into the other: positive and finite.</param>
    public static Huber Huber(double delta = 1) => new(delta);

    /// <summary>The loss that suits data and network: for classes binary cross-entropy where the network has one output and the data two classes, else
    /// softmax cross-entropy; for numbers the mean squared error.</summary>
    internal static Loss For(DataShape data, int outputs) => !data.IsClassification ? MeanSquaredError
        : outputs == 1 && data.Classes <= 2 ? BinaryCrossEntropy
        : SoftmaxCrossEntropy;

    /// <summary>Whether outputs are logits of classes, of which one is right.</summary>
    internal virtual bool Classifies => false;

    /// <summary>Makes sure that the loss can be taken.</summary>
    /// <exception cref="SteepestException">It does not suit the data or the network.</exception>
    internal abstract void CheckFit(DataShape data, int outputs);

    /// <summary>What is wrong with a row's targets, as in "found 1.5 as target 1, expected 0 to 1"; <see langword="null"/> if nothing is.</summary>
    internal virtual string? Problem(ReadOnlySpan<double> targets) => null;

    /// <summary>What puts a row's target where <see cref="Evaluate"/> reads it.</summary>
    internal abstract TargetEncoder<T> Encoder<T>(int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The loss of a batch, and its gradient by each output, [output][padded row].</summary>
    internal abstract T Evaluate<T>(AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private protected static void CheckTargets(DataShape data, int outputs, string loss)
    {
        if (data.IsClassification) throw new SteepestException($"The {loss} compares numbers, but {data.Name} has classes to predict.");
        if (data.Targets != outputs)
        {
            throw new SteepestException(
                $"{data.Name} has {Text.Count(data.Targets, "target")} a row, but the network has {Text.Count(outputs, "output")}.");
        }
    }

    /// <summary>How many rows each class has, none of them zero.</summary>
    private protected static int[] CountsToBalance(Dataset train)
    {
        var counts = train.ClassCounts();
        return Array.IndexOf(counts, 0) is >= 0 and var empty
            ? throw new SteepestException($"The class '{train.ClassNames[empty]}' of {train.Name} has no rows, so no weight can balance it.")
            : counts;
    }

    private protected static void CheckCount(ValueList<double>? weights, string what, int outputs)
    {
        if (weights is null || weights.Count == outputs) return;
        var found = $"{(weights.Count == 1 ? "is" : "are")} {Text.Count(weights.Count, what)}";
        throw new SteepestException($"There {found}, but the network has {Text.Count(outputs, "output")}; give one weight for each.");
    }

    private protected static ValueList<double>? CheckedWeights(ValueList<double>? weights, string what)
    {
        if (weights is null) return null;
        for (var i = 0; i < weights.Count; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                throw new SteepestException($"{what} {i + 1} is {Text.Of(weights[i])}, but it must be finite and not negative.");
            }
        }

        return weights.Any(weight => weight > 0) ? weights : throw new SteepestException($"{what}s are all zero, but at least one must be positive.");
    }
}

/// <summary>What a loss must know of data: its name, its features, and its classes or its targets.</summary>
internal readonly record struct DataShape(string Name, int Features, int Classes, int Targets, IReadOnlyList<string>? ClassNames = null)
{
    public bool IsClassification => Classes > 0;

    public static DataShape Of(Dataset data) => new(data.Name, data.FeatureCount, data.Classes, data.TargetCount, data.ClassNames);
}

/// <summary>Puts a row's target where the loss reads it.</summary>
internal abstract class TargetEncoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Writes the target of a row that belongs to a class.</summary>
    /// <param name="label">The class.</param>
    /// <param name="weight">The row's sample weight.</param>
    /// <param name="target">The target of the first output; the next outputs stand <paramref name="stride"/> further on each.</param>
    /// <param name="stride">The distance from output to output.</param>
    /// <returns>By how much the row counts in the mean.</returns>
    public abstract T Encode(int label, double weight, ref T target, int stride);

    /// <summary>Writes the targets of a row that leads to numbers.</summary>
    public abstract T Encode(ReadOnlySpan<double> targets, double weight, ref T target, int stride);
}
