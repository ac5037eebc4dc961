namespace Steepest.Compare;

/// <summary>How features are scaled before training.</summary>
public enum Scaling
{
    /// <summary>Every row is divided by its own L2 norm.</summary>
    RowsToLengthOne,

    /// <summary>Every feature to mean 0 and standard deviation 1 over the training rows.</summary>
    Standard,

    /// <summary>Every feature to 0 to 1 over the training rows.</summary>
    UnitRange,

    /// <summary>Left as they are.</summary>
    None,
}
