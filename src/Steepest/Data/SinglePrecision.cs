namespace Steepest;

/// <summary>What float, with its shorter range, can take of data that is given in double.</summary>
internal static class SinglePrecision
{
    // The sum of as many as fit into memory, and one over it, are still within float's range.
    private const double LeastWeight = 1e-28, LargestWeight = 1e28;

    /// <summary>Makes sure that float can take every number of a dataset.</summary>
    /// <exception cref="SteepestException">A feature or target is too large, or a weight too small or too large.</exception>
    public static void Require(Dataset data)
    {
        var weights = data.Weights;
        for (var row = 0; row < (data.IsSingle ? 0 : data.Rows); row++) RequireRow(data, row, "feature", data.Row(row), data.FeatureNames);
        for (var row = 0; row < data.Rows; row++) RequireRow(data, row, "target", data.Targets.Slice(row * data.TargetCount, data.TargetCount), data.TargetNames);
        for (var row = 0; row < weights.Length; row++)
        {
            if (ProblemOfWeight(weights[row]) is { } problem) throw new SteepestException($"Data '{data.Name}', row {Text.Of(row + 1)}: {problem}.");
        }
    }

    private static void RequireRow(Dataset data, int row, string kind, ReadOnlySpan<double> numbers, IReadOnlyList<string> names)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (Problem(numbers[i]) is { } problem) throw new SteepestException($"Data '{data.Name}', row {Text.Of(row + 1)}, {kind} '{names[i]}': {problem}.");
        }
    }

    /// <summary>What is wrong with a feature or target, as the end of a sentence; <see langword="null"/> if nothing is.</summary>
    public static string? Problem(double value) =>
        float.IsInfinity((float)value) ? $"found {Text.Of(value)}, which is infinite in float; scale it, or train in double" : null;

    /// <summary>What is wrong with the weight of a row, as the end of a sentence; <see langword="null"/> if nothing is.</summary>
    public static string? ProblemOfWeight(double weight) => weight is 0 or (>= LeastWeight and <= LargestWeight)
        ? null
        : $"found weight {Text.Of(weight)}, expected 0 or a number from {Text.Of(LeastWeight)} to {Text.Of(LargestWeight)} in float; scale all weights, or train in double";
}
