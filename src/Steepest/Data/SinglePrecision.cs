namespace Steepest;

/// <summary>What float, with its shorter range, can take of data that is given in double.</summary>
internal static class SinglePrecision
{
    // The sum of as many as fit into memory, and one over it, are still within float's range.
    private const double LeastWeight = 1e-28, LargestWeight = 1e28;

    /// <summary>What is wrong with a feature or target, as the end of a sentence; <see langword="null"/> if nothing is.</summary>
    public static string? Problem(double value) =>
        float.IsInfinity((float)value) ? $"found {Text.Of(value)}, which is infinite in float; scale it, or train in double" : null;

    /// <summary>What is wrong with the weight of a row, as the end of a sentence; <see langword="null"/> if nothing is.</summary>
    public static string? ProblemOfWeight(double weight) => weight is 0 or (>= LeastWeight and <= LargestWeight)
        ? null
        : $"found weight {Text.Of(weight)}, expected 0 or a number from {Text.Of(LeastWeight)} to {Text.Of(LargestWeight)} in float; scale all weights, or train in double";
}
