using System.Diagnostics;
using System.Numerics;

namespace Steepest.Benchmarks;

/// <summary>A workload as Steepest does it; what the others do is in bench/peers.</summary>
/// <param name="Name">How the peers know it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Unit">What its figures are, as in "µs an epoch".</param>
/// <param name="Scale">Figures of that unit in the seconds of one repetition.</param>
/// <param name="Precision">The name of its number type.</param>
/// <param name="Start">Prepares it for so many threads; what it gives does so many repetitions and says how many seconds they took.</param>
internal sealed record Workload(string Name, string Title, string Unit, double Scale, string Precision, Func<int, Func<int, double>> Start)
{
    public static Workload W1 { get; } = new(
        "w1", "iris, 100 rows, 4-10-3, leaky ReLU, all rows a batch, Adam, the loss at every epoch", "µs an epoch", 1e6, "float64",
        threads => Epochs<double>(W1Spec, WorkloadData.Iris, 0.01, null, threads));

    public static Workload W1InFloat { get; } = W1 with { Precision = "float32", Start = threads => Epochs<float>(W1Spec, WorkloadData.Iris, 0.01, null, threads) };

    public static Workload W2 { get; } = new(
        "w2", "digits, 1,797 rows, 64-128-64-10, ReLU, batches of 64, shuffled, Adam", "ms an epoch", 1e3, "float32",
        threads => Epochs<float>(W2Spec, WorkloadData.Digits, 0.001, 64, threads));

    public static Workload W3 { get; } = new(
        "w3", "784-1000-1000-10, ReLU, batches of 128 of 1,024 rows, shuffled, Adam", "ms a step", 1e3 / 8, "float32",
        threads => Epochs<float>(W3Spec, WorkloadData.Random, 0.001, 128, threads));

    public static Workload W4 { get; } = new(
        "w4", "one step of Adam on 10 million parameters", "ms", 1e3, "float32",
        threads => Contender.Of("", new OptimizerStep(10_000_000, threads).Adam).Seconds);

    public static Workload W5 { get; } = new("w5", "sixty-four trainings of W1, 2,000 epochs each", "s", 1, "float64", SixtyFour);

    public static Workload Fashion { get; } = new(
        "fashion", "Fashion-MNIST, 60,000 rows, 784-256-128-10, ReLU, batches of 128, shuffled, Adam", "s an epoch", 1, "float32",
        threads => Epochs<float>(FashionSpec, WorkloadData.FashionMnist.Value, 0.001, 128, threads));

    public static IReadOnlyList<Workload> All { get; } = [W1, W2, W3, W4, W5, Fashion];

    public static NetworkSpec W1Spec => NetworkSpec.Mlp(4, [10], 3, Activation.LeakyRelu(), Initializer.Uniform(0, 1));

    public static NetworkSpec W2Spec => NetworkSpec.Mlp(64, [128, 64], 10, Activation.Relu);

    public static NetworkSpec W3Spec => NetworkSpec.Mlp(784, [1000, 1000], 10, Activation.Relu);

    public static NetworkSpec FashionSpec => NetworkSpec.Mlp(784, [256, 128], 10, Activation.Relu);

    /// <summary>Whether its data is on this machine.</summary>
    public bool HasData => this != Fashion || WorkloadData.HasFashionMnist;

    /// <summary>Floating-point operations of the products of an epoch.</summary>
    public static double ProductOperations(NetworkSpec spec, long rows)
    {
        var (inputs, sum) = (spec.Inputs, 0.0);
        foreach (var layer in spec.Layers)
        {
            var outputs = layer.OutputsFor(inputs);

            // Forward, gradient by the weights, and by the inputs but for the first layer.
            sum += (inputs == spec.Inputs && sum == 0 ? 4.0 : 6.0) * inputs * outputs * rows;
            inputs = outputs;
        }

        return sum;
    }

    /// <summary>The loss of an epoch, all rows (at most 1,797) as one batch: what the peers are held to.</summary>
    public static double Check(string name, int epochs) => name switch
    {
        "w1" => Check<double>(W1Spec, WorkloadData.Iris, 0.01, epochs),
        "w2" => Check<float>(W2Spec, WorkloadData.Digits, 0.001, epochs),
        "w3" => Check<float>(W3Spec, WorkloadData.Random, 0.001, epochs),
        "fashion" => Check<float>(FashionSpec, WorkloadData.FashionMnist.Value.Take([.. Enumerable.Range(0, 1797)]), 0.001, epochs),
        _ => throw new ArgumentException($"{name} has no loss to compare.", nameof(name)),
    };

    public static Network<T> Build<T>(NetworkSpec spec, int threads, ulong seed = 42)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = spec.Build<T>(seed);
        network.Threads = threads;
        return network;
    }

    private static Func<int, double> Epochs<T>(NetworkSpec spec, Dataset data, double rate, int? batchSize, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var network = Build<T>(spec, threads);
        return epochs =>
        {
            var trainer = new Trainer<T>(network, data, new TrainingSpec(new Adam(rate), epochs, batchSize));
            var started = Stopwatch.GetTimestamp();
            trainer.Run();
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        };
    }

    private static double Check<T>(NetworkSpec spec, Dataset data, double rate, int epochs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Build<T>(spec, threads: 1).Fit(data, new Adam(rate), epochs).Loss[^1];

    private static Func<int, double> SixtyFour(int threads) => Contender.Of("", () => Parallel.For(
        0, 64, new ParallelOptions { MaxDegreeOfParallelism = threads },
        seed => Build<double>(W1Spec, threads: 1, (ulong)seed).Fit(WorkloadData.Iris, new Adam(0.01), epochs: 2000))).Seconds;
}
