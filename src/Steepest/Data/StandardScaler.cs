namespace Steepest;

/// <summary>
/// Gives every feature mean 0 and standard deviation 1 on the training rows (scikit-learn's <c>StandardScaler</c>). The standard deviation
/// is the population's: the squares are averaged over all rows.
/// </summary>
public sealed class StandardScaler : Scaler
{
    private readonly double[] standardDeviations;

    private StandardScaler(Dataset train, double[] means, double[] standardDeviations)
        : base(train, means, [.. standardDeviations.Select(deviation => deviation == 0 ? 1 : deviation)])
    {
        this.standardDeviations = standardDeviations;
    }

    /// <summary>The mean of each feature on the training rows.</summary>
    public ReadOnlySpan<double> Means => Offsets;

    /// <summary>
    /// The standard deviation of each feature on the training rows; 0 where a feature is constant, or varies by no more than rounding.
    /// </summary>
    public ReadOnlySpan<double> StandardDeviations => standardDeviations;

    internal static StandardScaler Fit(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        var means = MeansOf(train);
        var deviations = VariancesOf(train, means);
        for (var feature = 0; feature < deviations.Length; feature++)
        {
            var variance = deviations[feature];
            deviations[feature] = IsRounding(variance, means[feature], train.Rows) ? 0 : Math.Sqrt(variance);
        }

        return new StandardScaler(train, means, deviations);
    }

    // The mean of what the plain mean misses by is added to it: the second pass takes away the rounding of the first.
    private static double[] MeansOf(Dataset train)
    {
        var means = MeanDistances(train, new double[train.FeatureCount]);
        var missed = MeanDistances(train, means);
        for (var feature = 0; feature < means.Length; feature++)
            means[feature] += missed[feature];
        return means;
    }

    private static double[] MeanDistances(Dataset train, double[] from)
    {
        var sums = new double[from.Length];
        var row = new double[from.Length];
        for (var i = 0; i < train.Rows; i++)
        {
            train.CopyRow(i, row.AsSpan());
            for (var feature = 0; feature < sums.Length; feature++)
                sums[feature] += row[feature] - from[feature];
        }

        for (var feature = 0; feature < sums.Length; feature++)
            sums[feature] /= train.Rows;
        return sums;
    }

    private static double[] VariancesOf(Dataset train, double[] means)
    {
        var sums = new double[means.Length];
        var row = new double[means.Length];
        for (var i = 0; i < train.Rows; i++)
        {
            train.CopyRow(i, row.AsSpan());
            for (var feature = 0; feature < sums.Length; feature++)
            {
                var distance = row[feature] - means[feature];
                sums[feature] += distance * distance;
            }
        }

        for (var feature = 0; feature < sums.Length; feature++)
            sums[feature] /= train.Rows;
        return sums;
    }

    // scikit-learn's bound on what rounding alone can leave of the variance of a constant feature (Chan, Golub and LeVeque 1983).
    private static bool IsRounding(double variance, double mean, int rows)
    {
        const double epsilon = 1.0 / (1L << 52);
        var drift = rows * mean * epsilon;
        return double.IsFinite(variance) && variance <= (rows * epsilon * variance) + (drift * drift);
    }
}
