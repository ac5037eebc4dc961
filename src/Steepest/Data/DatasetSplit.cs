namespace Steepest;

/// <summary>Splits a dataset at random and makes sure that every class is in every part.</summary>
internal static class DatasetSplit
{
    public static (Dataset Train, Dataset Test) InTwo(Dataset data, double test, uint seed, bool stratify)
    {
        CheckShare(data, "test", test);
        CheckClasses(data, stratify, parts: 2);
        var (trainRows, testRows) = Rows(data, test, seed, stratify);
        var (train, tested) = (data.Take(trainRows), data.Take(testRows));
        CheckPart(data, train, "training", "smaller test share", atLeast: 1, seed, stratify);
        CheckPart(data, tested, "test", "larger test share", atLeast: 1, seed, stratify);
        return (train, tested);
    }

    public static (Dataset Train, Dataset Validation, Dataset Test) InThree(
        Dataset data, double validation, double test, uint seed, bool stratify)
    {
        CheckShare(data, "validation", validation);
        CheckShare(data, "test", test);
        if (validation + test >= 1)
        {
            throw new SteepestException(
                $"The split of data '{data.Name}' asks for a validation share of {Text.Of(validation)} and a test share of {Text.Of(test)}, "
                + "expected a sum below 1.");
        }

        CheckClasses(data, stratify, parts: 3);
        var (restRows, testRows) = Rows(data, test, seed, stratify);
        var (rest, tested) = (data.Take(restRows), data.Take(testRows));
        CheckPart(data, rest, "training", "smaller test share", atLeast: stratify ? 2 : 1, seed, stratify);
        CheckPart(data, tested, "test", "larger test share", atLeast: 1, seed, stratify);

        var count = ValidationRows(data, rest.Rows, validation, test);
        var (trainRows, validationRows) = stratify
            ? TrainTestSplit.StratifiedRows(rest.Labels, count, seed)
            : TrainTestSplit.Rows(rest.Rows, count, seed);
        var (train, validated) = (rest.Take(trainRows), rest.Take(validationRows));
        CheckPart(data, train, "training", "smaller validation share", atLeast: 1, seed, stratify);
        CheckPart(data, validated, "validation", "larger validation share", atLeast: 1, seed, stratify);
        return (train, validated, tested);
    }

    private static (int[] Train, int[] Test) Rows(Dataset data, double test, uint seed, bool stratify) => stratify
        ? TrainTestSplit.StratifiedRows(data.Labels, test, seed)
        : TrainTestSplit.Rows(data.Rows, test, seed);

    // The share of what the test part leaves comes out a rounding error off the meant one; rounding up must not make a row of that.
    private static int ValidationRows(Dataset data, int rest, double validation, double test)
    {
        var exact = rest * (validation / (1 - test));
        var nearest = Math.Round(exact);
        var count = (int)(Math.Abs(exact - nearest) < 1e-9 ? nearest : Math.Ceiling(exact));
        if (count >= rest)
        {
            throw new SteepestException(
                $"The split of data '{data.Name}' keeps {Text.Count(data.Rows - rest, "row")} to test and {count} to validate on, "
                + $"which leaves none of {data.Rows} to train on.");
        }

        return count;
    }

    private static void CheckShare(Dataset data, string part, double share)
    {
        if (!(share > 0 && share < 1))
        {
            throw new SteepestException(
                $"The split of data '{data.Name}' asks for a {part} share of {Text.Of(share)}, expected one above 0 and below 1.");
        }
    }

    private static void CheckClasses(Dataset data, bool stratify, int parts)
    {
        if (stratify && !data.IsClassification)
            throw new SteepestException($"Data '{data.Name}' has targets and no classes, expected classes for a stratified split.");
        var counts = data.ClassCounts();
        for (var label = 0; label < counts.Length; label++)
        {
            // A class without any row is not the split's doing.
            if (counts[label] > 0 && counts[label] < parts)
            {
                throw new SteepestException(
                    $"Data '{data.Name}': class '{data.ClassNames[label]}' has {Text.Count(counts[label], "row")}, "
                    + $"expected at least {parts} to split into {parts} parts.");
            }
        }
    }

    private static void CheckPart(Dataset data, Dataset part, string name, string remedy, int atLeast, uint seed, bool stratify)
    {
        var before = data.ClassCounts();
        var after = part.ClassCounts();
        for (var label = 0; label < before.Length; label++)
        {
            if (before[label] == 0 || after[label] >= atLeast)
                continue;
            var advice = stratify ? $"{remedy} or another seed" : $"{remedy}, another seed or a stratified split";
            throw new SteepestException(
                $"With seed {seed}, the split of data '{data.Name}' leaves class '{data.ClassNames[label]}' without a {name} row; "
                + $"ask for a {advice}.");
        }
    }
}
