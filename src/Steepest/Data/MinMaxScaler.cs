namespace Steepest;

/// <summary>Maps every feature's range on the training rows to the range from 0 to 1 (scikit-learn's <c>MinMaxScaler</c>).</summary>
public sealed class MinMaxScaler : Scaler
{
    private readonly double[] ranges;

    private MinMaxScaler(Dataset train, double[] minima, double[] ranges)
        : base(train, minima, [.. ranges.Select(range => range == 0 ? 1 : range)])
    {
        this.ranges = ranges;
    }

    /// <summary>The smallest value of each feature on the training rows.</summary>
    public ReadOnlySpan<double> Minima => Offsets;

    /// <summary>The largest less the smallest value of each feature on the training rows; 0 where a feature is constant.</summary>
    public ReadOnlySpan<double> Ranges => ranges;

    internal static MinMaxScaler Fit(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        var minima = train.Row(0).ToArray();
        var maxima = train.Row(0).ToArray();
        var row = new double[train.FeatureCount];
        for (var i = 1; i < train.Rows; i++)
        {
            train.CopyRow(i, row.AsSpan());
            for (var feature = 0; feature < row.Length; feature++)
            {
                minima[feature] = Math.Min(minima[feature], row[feature]);
                maxima[feature] = Math.Max(maxima[feature], row[feature]);
            }
        }

        return new MinMaxScaler(train, minima, [.. maxima.Zip(minima, (largest, smallest) => largest - smallest)]);
    }
}
