using Steepest.Numerics;

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

    /// <summary>Rows that lead to numbers.</summary>
    public static Dataset WithTargets(double[][] features, double[][] targets) => Dataset.Regression(
        "rows",
        [.. features.SelectMany(row => row)],
        [.. Enumerable.Range(1, features[0].Length).Select(i => $"x{i}")],
        [.. targets.SelectMany(row => row)],
        [.. Enumerable.Range(1, targets[0].Length).Select(i => $"y{i}")]);

    /// <summary>Rows of features anywhere within ±2 and any labels.</summary>
    public static Dataset Random(int rows, int features, int classes, ulong seed)
    {
        var generator = new Pcg64(seed);
        double[][] x = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, features).Select(_ => generator.Uniform(-2, 2)).ToArray())];
        return Of(x, [.. x.Select(_ => (int)generator.Integers(0, classes))], classes);
    }
}
