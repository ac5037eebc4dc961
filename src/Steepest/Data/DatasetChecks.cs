using System.Globalization;

namespace Steepest;

/// <summary>What must hold of the parts of a dataset; rows count from 1 in every message.</summary>
internal static class DatasetChecks
{
    public static void Name(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name))
            throw new SteepestException("Data has an empty name, expected one that messages can call it by.");
    }

    /// <summary>The names, copied, after making sure that there is at least one, none is empty and none appears twice.</summary>
    public static IReadOnlyList<string> Names(string data, string kind, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
            throw new SteepestException($"Data '{data}' has no {kind} names, expected at least one.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string[] copy = [.. names];
        for (var i = 0; i < copy.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(copy[i]))
                throw new SteepestException($"Data '{data}': {kind} name {i + 1} is empty, expected a name.");
            if (!seen.Add(copy[i]))
                throw new SteepestException($"Data '{data}': the {kind} name '{copy[i]}' appears twice, expected every name once.");
        }

        return Array.AsReadOnly(copy);
    }

    /// <summary>The number of rows that the feature values fill.</summary>
    public static int Rows(string data, int values, int featureCount)
    {
        if (values == 0)
            throw new SteepestException($"Data '{data}' has no rows, expected at least one.");
        if (values % featureCount != 0)
        {
            throw new SteepestException(
                $"Data '{data}': found {values} feature values and {featureCount} feature names, "
                + "expected the same number of values in every row.");
        }

        return values / featureCount;
    }

    /// <summary>Makes sure that one array holds that many values.</summary>
    public static void Size(string data, string kind, long rows, int columns)
    {
        var values = rows * columns;
        if (values > Array.MaxLength)
        {
            throw new SteepestException(
                $"Data '{data}': {Text.Of(rows)} rows of {Text.Of(columns)} {kind} values are {Text.Of(values)} values, "
                + $"expected at most the {Text.Of(Array.MaxLength)} that one array holds.");
        }
    }

    /// <summary>Makes sure that every feature value is a number; goes through them by rows so as to make no copy.</summary>
    public static void Finite(string data, FeatureValues values, IReadOnlyList<string> names)
    {
        var row = new double[names.Count];
        for (var start = 0; start < values.Length; start += row.Length)
        {
            values.CopyTo(start, row.AsSpan());
            Finite(data, "feature", row, names, firstRow: start / row.Length);
        }
    }

    public static void Finite(string data, string kind, ReadOnlySpan<double> values, IReadOnlyList<string> names, int firstRow = 0)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                continue;
            var found = values[i].ToString(CultureInfo.InvariantCulture);
            throw new SteepestException(
                $"Data '{data}', row {firstRow + (i / names.Count) + 1}, {kind} '{names[i % names.Count]}': found {found}, expected a finite number.");
        }
    }

    public static void Labels(string data, ReadOnlySpan<int> labels, int rows, int classes)
    {
        if (labels.Length != rows)
            throw new SteepestException($"Data '{data}': found {Text.Count(labels.Length, "label")} for {Text.Count(rows, "row")}, expected one label for every row.");
        for (var row = 0; row < rows; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new SteepestException(
                    $"Data '{data}', row {row + 1}: found label {labels[row]}, expected one from 0 to {classes - 1}.");
            }
        }
    }

    /// <summary>Makes sure that there is a weight for every row, none negative, and a sum that can be divided by.</summary>
    public static void Weights(string data, ReadOnlySpan<double> weights, int rows)
    {
        if (weights.Length != rows)
            throw new SteepestException($"Data '{data}': found {weights.Length} weights for {rows} rows, expected one weight for every row.");
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
            {
                throw new SteepestException(
                    $"Data '{data}', row {row + 1}: found weight {Text.Of(weights[row])}, expected a finite number of at least 0.");
            }

            sum += weights[row];
        }

        if (sum == 0)
            throw new SteepestException($"Data '{data}': found no weight above 0 in {Text.Of(rows)} rows, expected at least one.");
        if (!double.IsFinite(sum))
            throw new SteepestException($"Data '{data}': found weights whose sum is too large for a double, expected smaller ones.");
    }

    public static void TargetCount(string data, int targets, int rows, int targetCount)
    {
        var expected = (long)rows * targetCount;
        if (targets != expected)
        {
            throw new SteepestException(
                $"Data '{data}': found {Text.Count(targets, "target value")}, expected {Text.Of(expected)} for {Text.Count(rows, "row")} and {Text.Count(targetCount, "target name")}.");
        }
    }
}
