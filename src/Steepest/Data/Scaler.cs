namespace Steepest;

/// <summary>
/// Brings every feature to a common scale: subtracts one number and divides by another, both found on the training rows alone, so that the
/// rows to validate and test on lend nothing to the training. A fitted scaler never changes.
/// </summary>
public abstract class Scaler
{
    private readonly double[] offsets;
    private readonly double[] divisors;

    private protected Scaler(Dataset train, double[] offsets, double[] divisors)
    {
        for (var feature = 0; feature < offsets.Length; feature++)
        {
            if (!double.IsFinite(offsets[feature]) || !double.IsFinite(divisors[feature]))
            {
                throw new SteepestException(
                    $"Data '{train.Name}', feature '{train.FeatureNames[feature]}': found values too large to scale, "
                    + "expected a spread that a double can hold.");
            }
        }

        this.offsets = offsets;
        this.divisors = divisors;
    }

    /// <summary>What is subtracted from each feature.</summary>
    public ReadOnlySpan<double> Offsets => offsets;

    /// <summary>What each feature is divided by, after the subtraction; 1 where a feature is constant on the training rows.</summary>
    public ReadOnlySpan<double> Divisors => divisors;

    /// <summary>Fits the scaler that gives every feature mean 0 and standard deviation 1 on the training rows.</summary>
    /// <param name="train">The rows to train on.</param>
    /// <exception cref="SteepestException">A feature's values are so large that their spread is not finite.</exception>
    public static StandardScaler Standard(Dataset train) => StandardScaler.Fit(train);

    /// <summary>Fits the scaler that makes every feature run from 0 to 1 on the training rows.</summary>
    /// <param name="train">The rows to train on.</param>
    /// <exception cref="SteepestException">A feature's values are so large that their spread is not finite.</exception>
    public static MinMaxScaler MinMax(Dataset train) => MinMaxScaler.Fit(train);

    /// <summary>A new dataset with every feature scaled; labels and targets stay as they are.</summary>
    /// <param name="data">Rows with as many features as the training rows had.</param>
    /// <exception cref="SteepestException">The number of features differs, or a scaled value is too large for the precision of the features.</exception>
    public Dataset Apply(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount != offsets.Length)
        {
            throw new SteepestException(
                $"Data '{data.Name}' has {data.FeatureCount} features, "
                + $"expected {offsets.Length} as in the rows that the scaler was fitted on.");
        }

        return data.WithEachRow(row =>
        {
            for (var feature = 0; feature < row.Length; feature++)
                row[feature] = (row[feature] - offsets[feature]) / divisors[feature];
        });
    }
}
