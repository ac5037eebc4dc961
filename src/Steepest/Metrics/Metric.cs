namespace Steepest;

/// <summary>
/// One number for how well predictions do. Every metric respects the weights of rows: a row of weight 2 counts as two rows, one of weight 0
/// as none.
/// </summary>
public abstract record Metric
{
    private protected Metric()
    {
    }

    /// <summary>The share of rows whose class was predicted, 0 … 1; the predicted class is the most probable, the first of equals.</summary>
    public static Metric Accuracy { get; } = new AccuracyMetric();

    /// <summary>
    /// The mean over the classes of F1 = 2·TP/(2·TP + FP + FN), 0 … 1, with the rows of the class that were predicted (TP), those predicted
    /// wrongly (FP) and those missed (FN). Classes count that are met in labels or predictions; one never predicted rightly counts as 0
    /// (scikit-learn's <c>f1_score(average="macro", zero_division=0)</c>).
    /// </summary>
    public static Metric MacroF1 { get; } = new MacroF1Metric();

    /// <summary>
    /// The mean over the rows of −log p(label), 0 … 36.04: a probability below 2⁻⁵² counts as 2⁻⁵², as in scikit-learn's <c>log_loss</c>.
    /// </summary>
    public static Metric LogLoss { get; } = new LogLossMetric();

    /// <summary>
    /// The area under the receiver operating characteristic, 0 … 1: the chance that a row of the class gets a higher probability of it than
    /// a row of another, a tie counting one half (Hanley and McNeil 1982). With two classes it is that of class 1, with more the mean over
    /// the classes of each against the rest. Every class needs a row.
    /// </summary>
    public static Metric Auc { get; } = new AucMetric();

    /// <summary>The root of the mean of (prediction − target)² over all rows and targets, 0 … ∞, in the unit of the targets.</summary>
    public static Metric Rmse { get; } = new RmseMetric();

    /// <summary>The mean of |prediction − target| over all rows and targets, 0 … ∞, in the unit of the targets.</summary>
    public static Metric Mae { get; } = new MaeMetric();

    /// <summary>
    /// The mean over the targets of R² = 1 − Σ(prediction − target)²/Σ(target − mean)², −∞ … 1. A target that is the same in every row counts
    /// as 1 where all predictions are exact and as 0 elsewhere (scikit-learn's <c>r2_score</c>).
    /// </summary>
    public static Metric R2 { get; } = new R2Metric();

    /// <summary>All metrics, each with its default settings.</summary>
    public static IReadOnlyList<Metric> All { get; } =
        [Accuracy, TopAccuracy(), MacroF1, LogLoss, Auc, CalibrationError(), Rmse, Mae, R2];

    /// <summary>The name in the command's spelling: kebab-case.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a larger number is a better one; otherwise a smaller one is.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>Whether it measures predicted classes; otherwise it measures predicted numbers.</summary>
    public abstract bool ForClasses { get; }

    /// <summary>What else there is to say of it beside its name, if anything.</summary>
    private protected virtual int? Setting => null;

    /// <summary>The share of rows whose class is among the k most probable, of equals the first, 0 … 1.</summary>
    /// <param name="k">How many classes are looked at: at least 1, and at most those that there are.</param>
    /// <exception cref="SteepestException">k is below 1.</exception>
    public static Metric TopAccuracy(int k = 5) => k >= 1
        ? new TopAccuracyMetric(k)
        : throw new SteepestException($"The k of top-accuracy is {Text.Of(k)}, but it must be at least 1.");

    /// <summary>
    /// How far the largest probabilities of the rows are from the shares in which they come true, 0 … 1: over bins of equal width in which
    /// the largest probability may lie, ((b − 1)/bins, b/bins], the mean of |accuracy − mean probability| weighted by the rows in the bin
    /// (Guo et al. 2017, equation 3).
    /// </summary>
    /// <param name="bins">The number of bins, at least 1.</param>
    /// <exception cref="SteepestException">There are no bins.</exception>
    public static Metric CalibrationError(int bins = 15) => bins >= 1
        ? new CalibrationErrorMetric(bins)
        : throw new SteepestException($"The calibration-error has {Text.Of(bins)} bins, but it needs at least 1.");

    /// <summary>The metric of that name, with its default settings.</summary>
    /// <param name="name">A name out of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static Metric Find(string name) =>
        All.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("metric", name, All.Select(m => m.Name));

    /// <summary>Measures the predictions; NaN where a predicted value is not finite, as after a training that diverged.</summary>
    /// <param name="predictions">What was predicted beside what is true.</param>
    /// <exception cref="SteepestException">
    /// The metric is for classes and the predictions are of numbers, or the other way round; there are fewer classes than
    /// <see cref="TopAccuracy"/> looks at; a class has no rows and <see cref="Auc"/> needs some.
    /// </exception>
    public double Of(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        CheckSuits(predictions.IsClassification, predictions.Outputs);
        foreach (var value in predictions.Values)
        {
            if (!double.IsFinite(value))
                return double.NaN;
        }

        return Measure(predictions);
    }

    /// <summary>The name, and the setting in brackets if there is one.</summary>
    public sealed override string ToString() => Setting is { } setting ? $"{Name}({Text.Of(setting)})" : Name;

    /// <summary>Makes sure that predictions of that kind and width can be measured, which is known before anything is predicted.</summary>
    internal virtual void CheckSuits(bool isClassification, int outputs)
    {
        if (ForClasses != isClassification)
        {
            throw new SteepestException(
                $"The metric {this} measures predicted {KindOf(ForClasses)}, but here {KindOf(isClassification)} are predicted.");
        }
    }

    /// <summary>The number for predictions that suit and are finite.</summary>
    private protected abstract double Measure(Predictions predictions);

    private static string KindOf(bool classes) => classes ? "classes" : "numbers";
}
