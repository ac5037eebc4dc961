using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>The rows that the workloads train on.</summary>
internal static class WorkloadData
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";

    public static Dataset Iris { get; } = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42).Train;

    public static Dataset Digits { get; } = Datasets.Digits().ScaleRows(Norm.Max);

    /// <summary>As wide as MNIST, and eight batches of 128.</summary>
    public static Dataset Random { get; } = Rows(1024, 784, 10, seed: 3);

    public static Lazy<Dataset> FashionMnist { get; } = new(ReadFashionMnist);

    public static bool HasFashionMnist => Directory.Exists(Folder);

    /// <summary>Evenly drawn features from 0 to 1, evenly drawn classes.</summary>
    public static Dataset Rows(int rows, int features, int classes, ulong seed)
    {
        var chance = new Pcg64(seed);
        var values = new float[(long)rows * features];
        for (var i = 0; i < values.Length; i++) values[i] = (float)chance.NextDouble();
        var labels = new int[rows];
        for (var row = 0; row < rows; row++) labels[row] = (int)(chance.NextDouble() * classes);
        return Dataset.Classification("random rows", values, [.. Names("feature", features)], labels, [.. Names("class", classes)]);

        static IEnumerable<string> Names(string what, int count) => Enumerable.Range(1, count).Select(i => $"{what} {i}");
    }

    private static Dataset ReadFashionMnist() =>
        Idx.Read(Path.Combine(Folder, "train-images-idx3-ubyte.gz"), Path.Combine(Folder, "train-labels-idx1-ubyte.gz"));
}
