namespace Steepest;

/// <summary>What must hold of predictions; rows and columns count from 1 in every message.</summary>
internal static class PredictionChecks
{
    /// <summary>How far a row's probabilities may be from the sum of 1: three decimals, or single precision over very many classes.</summary>
    private const double SumTolerance = 1e-3;

    public static int RowsOfTargets(int targets, int targetCount)
    {
        if (targetCount < 1)
            throw new SteepestException($"Predictions: found {targetCount} targets in a row, expected at least 1.");
        if (targets % targetCount != 0)
        {
            throw new SteepestException(
                $"Predictions: found {targets} target values with {targetCount} targets in a row, expected the same number in every row.");
        }

        return targets / targetCount;
    }

    public static void Lengths(int values, int rows, int outputs)
    {
        if (rows == 0)
            throw new SteepestException("Predictions have no rows, expected at least one.");
        var expected = (long)rows * outputs;
        if (values != expected)
        {
            throw new SteepestException(
                $"Predictions: found {values} predicted values, expected {expected} for {rows} rows with {outputs} in each.");
        }
    }

    public static void Probabilities(ReadOnlySpan<double> values, int classes, int rows)
    {
        if (classes < 2)
            throw new SteepestException($"Predictions: found {classes} classes, expected at least 2.");
        Lengths(values.Length, rows, classes);
        for (var row = 0; row < rows; row++)
        {
            var sum = 0.0;
            for (var c = 0; c < classes; c++)
            {
                var value = values[(row * classes) + c];
                if (!(value >= 0 && value <= 1))
                    throw At(row, c, "probability", value, "one from 0 to 1");
                sum += value;
            }

            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new SteepestException(
                    $"Predictions, row {row + 1}: found probabilities with the sum {Text.Of(sum)}, expected 1.");
            }
        }
    }

    public static void Numbers(ReadOnlySpan<double> predicted, ReadOnlySpan<double> targets, int rows, int targetCount)
    {
        Lengths(predicted.Length, rows, targetCount);
        Finite(predicted, targetCount, "prediction");
        Finite(targets, targetCount, "target");
    }

    public static void Labels(ReadOnlySpan<int> labels, int classes)
    {
        for (var row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
            {
                throw new SteepestException(
                    $"Predictions, row {row + 1}: found label {labels[row]}, expected one from 0 to {classes - 1}.");
            }
        }
    }

    public static void Weights(ReadOnlySpan<double> weights, int rows, int outputs)
    {
        if (weights.IsEmpty)
            return;
        if (weights.Length != rows)
            throw new SteepestException($"Predictions: found {weights.Length} weights for {rows} rows, expected one weight for every row.");
        var sum = 0.0;
        for (var row = 0; row < rows; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
            {
                throw new SteepestException(
                    $"Predictions, row {row + 1}: found weight {Text.Of(weights[row])}, expected a finite number that is not negative.");
            }

            sum += weights[row];
        }

        if (sum == 0)
            throw new SteepestException("Predictions: found only weights of 0, expected at least one above 0.");
        if (!double.IsFinite(sum * outputs))
            throw new SteepestException("Predictions: found weights too large to add up, expected a sum that a double can hold.");
    }

    private static void Finite(ReadOnlySpan<double> values, int columns, string kind)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw At(i / columns, i % columns, kind, values[i], "a finite number");
        }
    }

    private static SteepestException At(int row, int column, string kind, double found, string expected) =>
        new($"Predictions, row {row + 1}, column {column + 1}: found {kind} {Text.Of(found)}, expected {expected}.");
}
