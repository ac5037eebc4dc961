namespace Steepest;

/// <summary>One row of data on its way from a <see cref="RowReader"/>; readers fill the same one again and again.</summary>
public sealed class Row
{
    /// <summary>Makes a row of zeros.</summary>
    /// <param name="features">The number of features, 0 or more.</param>
    /// <param name="targets">The number of targets, 0 where classes are to be predicted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public Row(int features, int targets = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        ArgumentOutOfRangeException.ThrowIfNegative(targets);
        Features = new double[features];
        Targets = new double[targets];
    }

    /// <summary>The feature values, finite.</summary>
    public double[] Features { get; }

    /// <summary>The target values, finite; none where classes are to be predicted.</summary>
    public double[] Targets { get; }

    /// <summary>The class, from 0; without meaning where numbers are to be predicted.</summary>
    public int Label { get; set; }

    /// <summary>How much the row counts, finite and 0 or more.</summary>
    public double Weight { get; set; } = 1;
}
