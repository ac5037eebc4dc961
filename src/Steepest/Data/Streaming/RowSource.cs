namespace Steepest;

/// <summary>
/// Data that are read row by row, as often as wanted, and need not fit into memory: either classes or numbers are to be predicted. Every
/// pass gives the same rows in the same order; only so can a training be repeated or resumed.
/// </summary>
public abstract class RowSource
{
    /// <summary>What messages and reports call the data.</summary>
    public abstract string Name { get; }

    /// <summary>The number of features in a row, at least 1.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>The number of classes; 0 where numbers are to be predicted.</summary>
    public abstract int Classes { get; }

    /// <summary>The number of target values in a row; 0 where classes are to be predicted.</summary>
    public abstract int TargetCount { get; }

    /// <summary>The number of rows that one pass gives, at least 1.</summary>
    public abstract long Rows { get; }

    /// <summary>Whether classes are to be predicted; otherwise numbers are.</summary>
    public bool IsClassification => Classes > 0;

    /// <summary>What says whether the content is the same, where that is known without a pass.</summary>
    internal virtual string? ContentHash => null;

    /// <summary>Begins a pass at the first row.</summary>
    public abstract RowReader Open();
}
