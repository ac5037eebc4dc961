using System.Globalization;

using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Which rows are trained on and which are kept for the test: the same rows in the same order as scikit-learn's
/// <c>train_test_split(random_state=seed)</c>.
/// </summary>
/// <remarks>Source: scikit-learn's documentation of <c>ShuffleSplit</c> and <c>StratifiedShuffleSplit</c>.</remarks>
public static class TrainTestSplit
{
    /// <summary>Splits by a share.</summary>
    /// <param name="rows">How many rows there are, 2 or more.</param>
    /// <param name="test">The share of the rows for the test, above 0 and below 1; the count is rounded up.</param>
    /// <param name="seed">The seed, scikit-learn's <c>random_state</c>.</param>
    /// <returns>Row indices from 0, in the order drawn.</returns>
    /// <exception cref="SteepestException">The share is out of its range, or leaves no row to train on.</exception>
    public static (int[] Train, int[] Test) Rows(int rows, double test, uint seed) => Rows(rows, TestRows(rows, test), seed);

    /// <summary>Splits by a number of rows.</summary>
    /// <param name="rows">How many rows there are, 2 or more.</param>
    /// <param name="testRows">How many of them are for the test, 1 to <paramref name="rows"/> − 1.</param>
    /// <param name="seed">The seed, scikit-learn's <c>random_state</c>.</param>
    /// <returns>Row indices from 0, in the order drawn.</returns>
    /// <exception cref="SteepestException">A side would be left without a row.</exception>
    public static (int[] Train, int[] Test) Rows(int rows, int testRows, uint seed)
    {
        ThrowIfASideIsEmpty(rows, testRows);
        var order = new MersenneTwister(seed).Permutation(rows);
        return (order[testRows..], order[..testRows]);
    }

    /// <summary>Splits by a share so that every class has about the same share on both sides.</summary>
    /// <param name="labels">The class of each row; any numbers.</param>
    /// <param name="test">The share of the rows for the test, above 0 and below 1; the count is rounded up.</param>
    /// <param name="seed">The seed, scikit-learn's <c>random_state</c>.</param>
    /// <returns>Row indices from 0, in the order drawn.</returns>
    /// <exception cref="SteepestException">
    /// The share is out of its range, a class has fewer than 2 rows, or a side would have fewer rows than there are classes.
    /// </exception>
    public static (int[] Train, int[] Test) StratifiedRows(ReadOnlySpan<int> labels, double test, uint seed) =>
        StratifiedRows(labels, TestRows(labels.Length, test), seed);

    /// <summary>Splits by a number of rows so that every class has about the same share on both sides.</summary>
    /// <param name="labels">The class of each row; any numbers.</param>
    /// <param name="testRows">How many rows are for the test.</param>
    /// <param name="seed">The seed, scikit-learn's <c>random_state</c>.</param>
    /// <returns>Row indices from 0, in the order drawn.</returns>
    /// <exception cref="SteepestException">
    /// A class has fewer than 2 rows, or a side would be empty or have fewer rows than there are classes.
    /// </exception>
    public static (int[] Train, int[] Test) StratifiedRows(ReadOnlySpan<int> labels, int testRows, uint seed)
    {
        var trainRows = labels.Length - testRows;
        ThrowIfASideIsEmpty(labels.Length, testRows);
        var rowsOfClass = RowsOfClass(labels);
        ThrowIfFewerThanClasses("training", trainRows, rowsOfClass.Length);
        ThrowIfFewerThanClasses("test", testRows, rowsOfClass.Length);

        // Both counts are drawn before any row is, as scikit-learn does: the draws of one stream depend on their order.
        var random = new MersenneTwister(seed);
        int[] counts = [.. rowsOfClass.Select(rows => rows.Length)];
        var trainCounts = ApproximateMode(counts, trainRows, random);
        var testCounts = ApproximateMode([.. counts.Zip(trainCounts, (all, train) => all - train)], testRows, random);

        List<int> train = [], test = [];
        for (var k = 0; k < rowsOfClass.Length; k++)
        {
            int[] rows = rowsOfClass[k], drawn = [.. random.Permutation(rows.Length).Select(i => rows[i])];
            train.AddRange(drawn.Take(trainCounts[k]));
            test.AddRange(drawn.Skip(trainCounts[k]).Take(testCounts[k]));
        }

        int[] shuffledTrain = [.. train], shuffledTest = [.. test];
        random.Shuffle<int>(shuffledTrain);
        random.Shuffle<int>(shuffledTest);
        return (shuffledTrain, shuffledTest);
    }

    /// <summary>The rows of each class, ascending, for the labels in ascending order.</summary>
    private static int[][] RowsOfClass(ReadOnlySpan<int> labels)
    {
        var rowsOfClass = new SortedDictionary<int, List<int>>();
        for (var row = 0; row < labels.Length; row++)
        {
            if (!rowsOfClass.TryGetValue(labels[row], out var rows))
                rowsOfClass.Add(labels[row], rows = []);
            rows.Add(row);
        }

        foreach ((var label, var rows) in rowsOfClass)
        {
            if (rows.Count < 2)
                throw new SteepestException($"Stratified split: class {label} has only 1 row, but every class needs at least 2.");
        }

        return [.. rowsOfClass.Values.Select(rows => rows.ToArray())];
    }

    /// <summary>
    /// How many of <paramref name="draws"/> draws fall to each class: the floor of its share, then one more for the largest remainders,
    /// with a draw among equal ones.
    /// </summary>
    private static int[] ApproximateMode(int[] counts, int draws, MersenneTwister random)
    {
        double total = counts.Sum();
        double[] shares = [.. counts.Select(count => count / total * draws)];
        double[] remainders = [.. shares.Select(share => share - Math.Floor(share))];
        int[] mode = [.. shares.Select(share => (int)share)];

        var missing = draws - mode.Sum();
        foreach (var remainder in remainders.Distinct().OrderDescending())
        {
            if (missing == 0)
                break;
            int[] tied = [.. Enumerable.Range(0, counts.Length).Where(k => remainders[k] == remainder)];
            var chosen = random.Choice(tied.Length, Math.Min(tied.Length, missing));
            foreach (var i in chosen)
                mode[tied[i]]++;
            missing -= chosen.Length;
        }

        return mode;
    }

    private static int TestRows(int rows, double test) => test is > 0 and < 1
        ? (int)Math.Ceiling(test * rows)
        : throw new SteepestException(
            string.Create(CultureInfo.InvariantCulture, $"Split: the test share is {test}, but it must lie above 0 and below 1."));

    private static void ThrowIfASideIsEmpty(int rows, int testRows)
    {
        if (rows < 2)
            throw new SteepestException($"Split: {rows} rows were given, but a training and a test side need at least 2.");
        if (testRows < 1 || testRows >= rows)
            throw new SteepestException($"Split: {testRows} of {rows} rows are for the test, but it must be from 1 to {rows - 1}.");
    }

    private static void ThrowIfFewerThanClasses(string side, int rows, int classes)
    {
        if (rows < classes)
        {
            throw new SteepestException(
                $"Stratified split: the {side} side would have {rows} rows, but the {classes} classes need at least one each.");
        }
    }
}
