using CsCheck;

namespace Steepest.Tests;

/// <summary>Small datasets for tests.</summary>
internal static class Rows
{
    public static Dataset Of(double[][] features, int[] labels, int classes) => Dataset.Classification(
        "rows",
        [.. features.SelectMany(row => row)],
        [.. Enumerable.Range(1, features[0].Length).Select(i => $"x{i}")],
        labels,
        [.. Enumerable.Range(0, classes).Select(c => $"class {c}")]);

    /// <summary>Rows of features within ±2 and any labels.</summary>
    public static Gen<Dataset> Gen(int rows, int features, int classes) => CsCheck.Gen.Select(
        CsCheck.Gen.Double[-2, 2].Array[features].Array[rows],
        CsCheck.Gen.Int[0, classes - 1].Array[rows],
        (x, y) => Of(x, y, classes));
}
