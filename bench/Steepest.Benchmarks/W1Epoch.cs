using BenchmarkDotNet.Attributes;

namespace Steepest.Benchmarks;

/// <summary>
/// One epoch of W1: iris, 100 rows, network 4-10-3, leaky ReLU, full batch, Adam, loss at every epoch. Beside it the same epoch as plain loops
/// over arrays, as one writes it first.
/// </summary>
[MemoryDiagnoser]
public class W1Epoch
{
    /// <summary>Epochs a run: long enough that starting one weighs nothing.</summary>
    private const int Epochs = 25_000;

    private readonly Dataset train = Datasets.Iris().ScaleRows(Norm.L2).Split(test: 0.33, seed: 42).Train;
    private Trainer<double> inDouble = null!;
    private Trainer<float> inFloat = null!;
    private PlainLoops plain = null!;

    [IterationSetup]
    public void Prepare()
    {
        var spec = NetworkSpec.Mlp(4, [10], 3, Activation.LeakyRelu(), Initializer.Uniform(0, 1));
        var run = new TrainingSpec(new Adam(0.01), Epochs);
        inDouble = new Trainer<double>(spec.Build<double>(42), train, run);
        inFloat = new Trainer<float>(spec.Build<float>(42), train, run);
        plain = new PlainLoops(spec.Build<double>(42), train);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Epochs)]
    public double PlainLoopsDouble() => plain.Run(Epochs);

    [Benchmark(OperationsPerInvoke = Epochs)]
    public double SteepestDouble() => inDouble.Run().Loss[^1];

    [Benchmark(OperationsPerInvoke = Epochs)]
    public double SteepestFloat() => inFloat.Run().Loss[^1];
}
