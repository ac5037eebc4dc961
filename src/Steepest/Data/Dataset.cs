using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Steepest;

/// <summary>
/// Rows of features together with what is to be predicted from them: a class for every row, or one or more numbers for every row. A dataset
/// never changes; whatever changes rows returns a new one. Features stay in the precision that they were given in, so those given as floats
/// take four bytes each; whatever is derived from them keeps it.
/// </summary>
public sealed class Dataset
{
    private readonly FeatureValues values;
    private readonly int[] labels;
    private readonly double[] targets;
    private readonly double[] weights;
    private bool fitsSingle;

    private Dataset(string name, FeatureValues values, int[] labels, double[] targets, double[] weights, DatasetNames names)
    {
        Name = name;
        this.values = values;
        this.labels = labels;
        this.targets = targets;
        this.weights = weights;
        Names = names;
        Rows = values.Length / names.Features.Count;
    }

    /// <summary>Makes a dataset whose rows belong to classes; everything is copied.</summary>
    /// <param name="name">What messages and reports call the data.</param>
    /// <param name="features">The feature values, finite, row after row (rows × features).</param>
    /// <param name="featureNames">One name for every feature, each once.</param>
    /// <param name="labels">The class of every row, an index into <paramref name="classNames"/>.</param>
    /// <param name="classNames">One name for every class, each once.</param>
    /// <exception cref="SteepestException">
    /// The shapes disagree, there are no rows, a value is not finite, a label has no class, or a name is empty or appears twice.
    /// </exception>
    [OverloadResolutionPriority(1)] // A list in brackets would else lose digits to float wherever it can.
    public static Dataset Classification(
        string name,
        ReadOnlySpan<double> features,
        IReadOnlyList<string> featureNames,
        ReadOnlySpan<int> labels,
        IReadOnlyList<string> classNames) =>
        OwningClassification(name, new FeatureValues(features.ToArray()), featureNames, labels.ToArray(), classNames);

    /// <summary>Makes a dataset whose rows belong to classes and whose features are kept as floats; everything is copied.</summary>
    /// <inheritdoc cref="Classification(string, ReadOnlySpan{double}, IReadOnlyList{string}, ReadOnlySpan{int}, IReadOnlyList{string})"/>
    public static Dataset Classification(
        string name,
        ReadOnlySpan<float> features,
        IReadOnlyList<string> featureNames,
        ReadOnlySpan<int> labels,
        IReadOnlyList<string> classNames) =>
        OwningClassification(name, new FeatureValues(features.ToArray()), featureNames, labels.ToArray(), classNames);

    /// <summary>Makes a dataset whose rows lead to numbers; everything is copied.</summary>
    /// <param name="name">What messages and reports call the data.</param>
    /// <param name="features">The feature values, finite, row after row (rows × features).</param>
    /// <param name="featureNames">One name for every feature, each once.</param>
    /// <param name="targets">The target values, finite, row after row (rows × targets).</param>
    /// <param name="targetNames">One name for every target, each once.</param>
    /// <exception cref="SteepestException">
    /// The shapes disagree, there are no rows, a value is not finite, or a name is empty or appears twice.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public static Dataset Regression(
        string name,
        ReadOnlySpan<double> features,
        IReadOnlyList<string> featureNames,
        ReadOnlySpan<double> targets,
        IReadOnlyList<string> targetNames) =>
        OwningRegression(name, new FeatureValues(features.ToArray()), featureNames, targets.ToArray(), targetNames);

    /// <summary>Makes a dataset whose rows lead to numbers and whose features are kept as floats; everything is copied.</summary>
    /// <inheritdoc cref="Regression(string, ReadOnlySpan{double}, IReadOnlyList{string}, ReadOnlySpan{double}, IReadOnlyList{string})"/>
    public static Dataset Regression(
        string name,
        ReadOnlySpan<float> features,
        IReadOnlyList<string> featureNames,
        ReadOnlySpan<double> targets,
        IReadOnlyList<string> targetNames) =>
        OwningRegression(name, new FeatureValues(features.ToArray()), featureNames, targets.ToArray(), targetNames);

    /// <summary>Makes a dataset whose rows belong to classes, with names that are numbers: feature 1, feature 2, …; class 0, class 1, ….</summary>
    /// <param name="name">What messages and reports call the data.</param>
    /// <param name="features">The feature values, finite, rows × features.</param>
    /// <param name="labels">The class of every row, from 0 on; there are as many classes as the largest label says.</param>
    /// <exception cref="SteepestException">The shapes disagree, there are no rows, a value is not finite, or a label is negative.</exception>
    public static Dataset FromRows(string name, double[,] features, ReadOnlySpan<int> labels)
    {
        var largest = 0;
        foreach (var label in labels) largest = Math.Max(largest, label);
        return OwningClassification(name, new FeatureValues(Flat(features)), Numbered("feature", 1, features.GetLength(1)), labels.ToArray(), Numbered("class", 0, largest + 1));
    }

    /// <summary>Makes a dataset whose rows lead to numbers, with names that are numbers: feature 1, feature 2, …; target 1, target 2, ….</summary>
    /// <param name="name">What messages and reports call the data.</param>
    /// <param name="features">The feature values, finite, rows × features.</param>
    /// <param name="targets">The target values, finite, rows × targets.</param>
    /// <exception cref="SteepestException">The shapes disagree, there are no rows, or a value is not finite.</exception>
    public static Dataset FromRows(string name, double[,] features, double[,] targets) => OwningRegression(
        name, new FeatureValues(Flat(features)), Numbered("feature", 1, features.GetLength(1)), Flat(targets), Numbered("target", 1, targets.GetLength(1)));

    /// <summary>Makes a dataset of rows of which nothing but the features is known: to predict from.</summary>
    /// <param name="name">What messages and reports call the data.</param>
    /// <param name="features">The feature values, finite, rows × features.</param>
    /// <exception cref="SteepestException">There are no rows, or a value is not finite.</exception>
    public static Dataset FromRows(string name, double[,] features)
    {
        DatasetChecks.Name(name);
        var names = new DatasetNames(DatasetChecks.Names(name, "feature", Numbered("feature", 1, features.GetLength(1))), Classes: [], Targets: []);
        var flat = new FeatureValues(Flat(features));
        DatasetChecks.Rows(name, flat.Length, names.Features.Count);
        DatasetChecks.Finite(name, flat, names.Features);
        return new Dataset(name, flat, labels: [], targets: [], weights: [], names);
    }

    /// <summary>What messages and reports call the data; no part of <see cref="ContentHash"/>.</summary>
    public string Name { get; }

    /// <summary>The number of rows, at least 1.</summary>
    public int Rows { get; }

    /// <summary>The number of features, at least 1.</summary>
    public int FeatureCount => Names.Features.Count;

    /// <summary>The number of classes; 0 where numbers are to be predicted.</summary>
    public int Classes => Names.Classes.Count;

    /// <summary>The number of target values in a row; 0 where classes are to be predicted.</summary>
    public int TargetCount => Names.Targets.Count;

    /// <summary>Whether classes are to be predicted; otherwise numbers are.</summary>
    public bool IsClassification => Classes > 0;

    /// <summary>The names of the features, in column order.</summary>
    public IReadOnlyList<string> FeatureNames => Names.Features;

    /// <summary>The names of the classes, in label order; empty where numbers are to be predicted.</summary>
    public IReadOnlyList<string> ClassNames => Names.Classes;

    /// <summary>The names of the targets, in column order; empty where classes are to be predicted.</summary>
    public IReadOnlyList<string> TargetNames => Names.Targets;

    /// <summary>
    /// All feature values, row after row (rows × features). Of features kept as floats this is a copy in double, made anew at every call.
    /// </summary>
    public ReadOnlySpan<double> Values => values.Widened(0, values.Length);

    /// <summary>The class of every row; empty where numbers are to be predicted.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>All target values, row after row (rows × targets); empty where classes are to be predicted.</summary>
    public ReadOnlySpan<double> Targets => targets;

    /// <summary>How much every row counts, 0 or more; empty where all count the same.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Whether rows have weights.</summary>
    public bool HasWeights => weights.Length > 0;

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, over shape, names of the columns and classes, every value to the bit, and the weights if there
    /// are any: equal exactly where the content is, on every machine, in whatever precision it is kept.
    /// </summary>
    public string ContentHash => field ??= Steepest.ContentHash.Of(this);

    /// <summary>Whether features are kept as floats.</summary>
    internal bool IsSingle => values.IsSingle;

    private DatasetNames Names { get; }

    /// <summary>Makes sure that every feature and target is finite in single precision too, and that weights keep their proportions.</summary>
    /// <exception cref="SteepestException">One is too large, or a weight too small.</exception>
    internal void RequireSingle()
    {
        if (fitsSingle) return;
        SinglePrecision.Require(this);
        fitsSingle = true;
    }

    /// <summary>One feature value.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> − 1.</param>
    /// <param name="feature">From 0 to <see cref="FeatureCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or no such feature.</exception>
    public double this[int row, int feature]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)FeatureCount, nameof(feature));
            return values[Start(row) + feature];
        }
    }

    /// <summary>
    /// The feature values of one row. Of features kept as floats this is a copy in double, made anew at every call;
    /// <see cref="CopyRow"/> makes none.
    /// </summary>
    /// <param name="row">From 0 to <see cref="Rows"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<double> Row(int row) => values.Widened(Start(row), FeatureCount);

    /// <summary>Copies the feature values of one row without allocating.</summary>
    /// <typeparam name="T">float or double; a value that it cannot hold is rounded to the nearest that it can.</typeparam>
    /// <param name="row">From 0 to <see cref="Rows"/> − 1.</param>
    /// <param name="destination">Takes the values; what it holds beyond <see cref="FeatureCount"/> stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyRow<T>(int row, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var start = Start(row);
        if (destination.Length < FeatureCount)
            throw new ArgumentException($"There are {destination.Length} places for {FeatureCount} features.", nameof(destination));
        values.CopyTo(start, destination[..FeatureCount]);
    }

    /// <summary>How many rows each class has, in label order; empty where numbers are to be predicted.</summary>
    public int[] ClassCounts()
    {
        var counts = new int[Classes];
        foreach (var label in labels)
            counts[label]++;
        return counts;
    }

    /// <summary>A new dataset with the given rows in the given order; a row may appear more than once.</summary>
    /// <param name="rows">Indices from 0 to <see cref="Rows"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="SteepestException">
    /// No rows are given, or more than an array holds, or rows have weights and those given weigh 0 altogether.
    /// </exception>
    public Dataset Take(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
            throw new SteepestException($"Data '{Name}' would be left without rows, expected at least one.");
        DatasetChecks.Size(Name, "feature", rows.Length, FeatureCount);
        DatasetChecks.Size(Name, "target", rows.Length, TargetCount);
        foreach (var row in rows)
            _ = Start(row);
        var takenLabels = new int[IsClassification ? rows.Length : 0];
        var takenTargets = new double[rows.Length * TargetCount];
        var takenWeights = new double[HasWeights ? rows.Length : 0];
        for (var i = 0; i < rows.Length; i++)
        {
            targets.AsSpan(rows[i] * TargetCount, TargetCount).CopyTo(takenTargets.AsSpan(i * TargetCount));
            if (IsClassification)
                takenLabels[i] = labels[rows[i]];
            if (HasWeights)
                takenWeights[i] = weights[rows[i]];
        }

        if (HasWeights)
            DatasetChecks.Weights(Name, takenWeights, rows.Length);
        return new Dataset(Name, values.Take(rows, FeatureCount), takenLabels, takenTargets, takenWeights, Names);
    }

    /// <summary>
    /// A new dataset in which every row is divided by its own norm; a row of zeros stays as it is (scikit-learn's <c>normalize</c>).
    /// </summary>
    /// <param name="norm">What a row is divided by.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such norm.</exception>
    public Dataset ScaleRows(Norm norm) => WithEachRow(RowScaling.By(norm));

    /// <summary>
    /// Splits the rows at random into a training and a test part, the same rows in the same order as scikit-learn's
    /// <c>train_test_split(test_size=test, random_state=seed)</c>.
    /// </summary>
    /// <param name="test">The share of the rows to test on, between 0 and 1; a part of a row counts as a whole one.</param>
    /// <param name="seed">Decides which rows go where.</param>
    /// <param name="stratify">Whether each class keeps its share in both parts.</param>
    /// <exception cref="SteepestException">
    /// The share is not between 0 and 1, a part is left without rows or without a row of a class, or there are no classes to stratify by.
    /// </exception>
    public (Dataset Train, Dataset Test) Split(double test, uint seed, bool stratify = false) =>
        DatasetSplit.InTwo(this, test, seed, stratify);

    /// <summary>
    /// Splits the rows at random into a training, a validation and a test part: two nested splits of scikit-learn's kind with the same
    /// seed, the test part first.
    /// </summary>
    /// <param name="validation">The share of all rows to validate on, between 0 and 1; a part of a row counts as a whole one.</param>
    /// <param name="test">The share of all rows to test on, between 0 and 1; a part of a row counts as a whole one.</param>
    /// <param name="seed">Decides which rows go where.</param>
    /// <param name="stratify">Whether each class keeps its share in all parts.</param>
    /// <exception cref="SteepestException">
    /// A share is not between 0 and 1, the shares leave nothing to train on, a part is left without rows or without a row of a class, or
    /// there are no classes to stratify by.
    /// </exception>
    public (Dataset Train, Dataset Validation, Dataset Test) Split(double validation, double test, uint seed, bool stratify = false) =>
        DatasetSplit.InThree(this, validation, test, seed, stratify);

    /// <summary>The rows in their order as a source to stream from, weights included.</summary>
    public RowSource AsSource() => new DatasetSource(this);

    /// <summary>The same rows, each counting as much as its weight says in loss and metrics; earlier weights are dropped.</summary>
    /// <param name="weights">One for every row, finite and 0 or more; only their ratios matter. They are copied.</param>
    /// <exception cref="SteepestException">
    /// There are fewer or more weights than rows, one is negative or not finite, or their sum is 0 or too large for a double.
    /// </exception>
    public Dataset WithWeights(ReadOnlySpan<double> weights)
    {
        DatasetChecks.Weights(Name, weights, Rows);
        return new Dataset(Name, values, labels, targets, weights.ToArray(), Names);
    }

    /// <summary>
    /// The same rows with one of the features as what is to be predicted from the others; classes and earlier targets are dropped, weights
    /// are kept.
    /// </summary>
    /// <param name="feature">The feature's name.</param>
    /// <exception cref="SteepestException">There is no such feature, or no other.</exception>
    public Dataset Predicting(string feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        string[] names = [.. FeatureNames];
        var column = Array.IndexOf(names, feature);
        if (column < 0)
            throw NearestName.Unknown("feature", feature, names);
        if (names.Length == 1)
            throw new SteepestException($"Data '{Name}' has only the feature '{feature}', expected another to predict it from.");

        var target = new double[Rows];
        for (var row = 0; row < Rows; row++)
            target[row] = this[row, column];
        var others = Array.AsReadOnly([.. names[..column], .. names[(column + 1)..]]);
        return new Dataset(
            Name, values.Without(column, FeatureCount), labels: [], target, weights, new DatasetNames(others, Classes: [], Targets: Array.AsReadOnly([feature])));
    }

    /// <summary>As in iris: 150 rows, 4 features, 3 classes.</summary>
    public override string ToString()
    {
        var predicted = IsClassification ? $", {Text.Count(Classes, "class", "classes")}" : TargetCount > 0 ? $", {Text.Count(TargetCount, "target")}" : "";
        return $"{Name}: {Text.Count(Rows, "row")}, {Text.Count(FeatureCount, "feature")}{predicted}";
    }

    /// <summary>Makes a dataset of arrays that it keeps, for those who made them for it and change them no more.</summary>
    internal static Dataset OwningClassification(
        string name, FeatureValues features, IReadOnlyList<string> featureNames, int[] labels, IReadOnlyList<string> classNames)
    {
        DatasetChecks.Name(name);
        var names = new DatasetNames(
            DatasetChecks.Names(name, "feature", featureNames),
            DatasetChecks.Names(name, "class", classNames),
            Targets: []);
        var rows = DatasetChecks.Rows(name, features.Length, names.Features.Count);
        DatasetChecks.Labels(name, labels, rows, names.Classes.Count);
        DatasetChecks.Finite(name, features, names.Features);
        return new Dataset(name, features, labels, targets: [], weights: [], names);
    }

    /// <summary>The same rows with each row's feature values changed.</summary>
    internal Dataset WithEachRow(FeatureValues.RowChange change) => WithValues(values.WithEachRow(FeatureCount, change));

    /// <summary>The same rows with other feature values, an array of the same shape that the new dataset keeps.</summary>
    internal Dataset WithValues(double[] newValues) => WithValues(new FeatureValues(newValues));

    /// <summary>Copies feature values from anywhere, for those who go through all of them piece by piece.</summary>
    internal void CopyValues(int start, Span<double> destination) => values.CopyTo(start, destination);

    private static Dataset OwningRegression(
        string name, FeatureValues features, IReadOnlyList<string> featureNames, double[] targets, IReadOnlyList<string> targetNames)
    {
        DatasetChecks.Name(name);
        var names = new DatasetNames(
            DatasetChecks.Names(name, "feature", featureNames),
            Classes: [],
            DatasetChecks.Names(name, "target", targetNames));
        var rows = DatasetChecks.Rows(name, features.Length, names.Features.Count);
        DatasetChecks.TargetCount(name, targets.Length, rows, names.Targets.Count);
        DatasetChecks.Finite(name, features, names.Features);
        DatasetChecks.Finite(name, "target", targets, names.Targets);
        return new Dataset(name, features, labels: [], targets, weights: [], names);
    }

    private Dataset WithValues(FeatureValues newValues)
    {
        DatasetChecks.Finite(Name, newValues, FeatureNames);
        return new Dataset(Name, newValues, labels, targets, weights, Names);
    }

    private static double[] Flat(double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(rows)), rows.Length).ToArray();
    }

    private static string[] Numbered(string what, int first, int count) => [.. Enumerable.Range(first, count).Select(i => $"{what} {i.ToString(CultureInfo.InvariantCulture)}")];

    private int Start(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return row * FeatureCount;
    }

    private sealed record DatasetNames(IReadOnlyList<string> Features, IReadOnlyList<string> Classes, IReadOnlyList<string> Targets);
}
