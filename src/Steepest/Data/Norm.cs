namespace Steepest;

/// <summary>What the length of a row is measured by when <see cref="Dataset.ScaleRows"/> divides the row by it.</summary>
public enum Norm
{
    /// <summary>The sum of the absolute values.</summary>
    L1,

    /// <summary>The Euclidean length: the square root of the sum of the squares.</summary>
    L2,

    /// <summary>The largest absolute value.</summary>
    Max,
}
