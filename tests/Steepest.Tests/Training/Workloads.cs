using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Steepest.Numerics;

namespace Steepest.Tests.Training;

/// <summary>Whole trainings, each told by the hash of what it leaves: parameters, running statistics and the losses of its epochs.</summary>
internal static class Workloads
{
    public static readonly Dataset IrisRows = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42).Train;

    /// <summary>W1: 100 rows of iris, 4-10-3, leaky ReLU, all rows a batch, Adam.</summary>
    public static string W1<T>(int epochs = 50, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Hash(IrisNetwork<T>(), IrisRows, new(new Adam(0.01), epochs), threads);

    public static Network<T> IrisNetwork<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        NetworkSpec.Mlp(4, [10], 3, Activation.LeakyRelu(0.01), Initializer.Uniform(0, 1)).Build<T>(seed: 42);

    /// <summary>W2: the 1,797 digits, 64-128-64-10, ReLU, batches of 64, Adam.</summary>
    public static string W2<T>(int epochs = 50, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Hash(NetworkSpec.Mlp(64, [128, 64], 10, Activation.Relu).Build<T>(seed: 1), Datasets.Digits(), new(new Adam(0.001), epochs, BatchSize: 64), threads);

    /// <summary>One epoch of a network whose products are worth sharing among threads, in sizes that no number of threads divides.</summary>
    public static string Wide<T>(int batchSize, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Hash(NetworkSpec.Mlp(784, [301, 199], 10, Activation.Tanh).Build<T>(seed: 2), Pictures, new(new Adam(0.001), 1, BatchSize: batchSize), threads);

    /// <summary>Trains, and hashes the segments one by one: the padding between them is no part of a result.</summary>
    public static string Hash<T>(Network<T> network, Dataset data, TrainingSpec spec, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        network.Threads = threads;
        var history = network.Fit(data, spec);
        if (history.Outcome != TrainingOutcome.Completed) throw new InvalidOperationException($"{network.Spec} did not train to its end: {history.Outcome}.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameters in (Parameters<T>[])[network.Parameters, network.Buffers])
        {
            foreach (var segment in parameters.Layout.Segments) hash.AppendData(MemoryMarshal.AsBytes(parameters[segment]));
        }

        double[] losses = [.. history.Loss];
        hash.AppendData(MemoryMarshal.AsBytes(losses.AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Three batches of 127 rows, or two of 128 and one of 125.</summary>
    private static readonly Dataset Pictures = MakePictures(rows: 381, pixels: 784, classes: 10);

    private static Dataset MakePictures(int rows, int pixels, int classes)
    {
        var generator = new Pcg64(3);
        var features = new double[rows, pixels];
        foreach (ref var feature in MemoryMarshal.CreateSpan(ref features[0, 0], features.Length)) feature = (float)generator.Uniform(0, 1);
        var labels = new int[rows];
        foreach (ref var label in labels.AsSpan()) label = (int)generator.Integers(0, classes);
        return Dataset.FromRows("pictures", features, labels);
    }
}
