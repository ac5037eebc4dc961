using System.Diagnostics;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>A step of W3 part by part: the calls that training makes, in its order and on its memory, with the clock read in between.</summary>
internal sealed class W3Step
{
    private const int Rows = 128;

    private readonly Batch<float> batch = new(Rows, 784, 10, Loss.SoftmaxCrossEntropy);
    private readonly Products<float>[] layers;
    private readonly AlignedBuffer<float> rowLoss = new(Rows);
    private readonly StepContext<float> context;
    private readonly Stepper<float> adam;
    private readonly Network<float> network;
    private readonly int[] order = [.. Enumerable.Range(0, WorkloadData.Random.Rows)];
    private readonly Pcg64 chance = new(0);
    private readonly List<Part> parts = [];
    private int next;

    public W3Step(int threads)
    {
        network = Workload.Build<float>(Workload.W3Spec, threads);
        var gradient = new Parameters<float>(network.Parameters.Layout);
        context = new(new Nowhere(), gradient, 1) { Threads = threads };
        adam = new Adam(1e-3).CreateStepper(network.Parameters);
        int[] sizes = [784, 1000, 1000, 10];
        layers = new Products<float>[3];
        for (var l = 0; l < 3; l++)
        {
            var (weight, bias) = (network.Parameters.Layout.Segments[2 * l], network.Parameters.Layout.Segments[(2 * l) + 1]);
            layers[l] = new(sizes[l], sizes[l + 1], Rows, l == 2 ? Activation.Identity : Activation.Relu, l == 0 ? Activation.Identity : Activation.Relu, threads)
            {
                Weight = Part(network.Parameters, weight),
                Bias = Part(network.Parameters, bias),
                WeightGradient = Part(gradient, weight),
                BiasGradient = Part(gradient, bias),
            };
            layers[l].Input = l == 0 ? batch.Inputs : layers[l - 1].Output;
            if (l == 0) layers[l].InputByRow = batch.ByRow;
            if (l > 0) layers[l - 1].OutputGradient = layers[l].InputGradient;
        }

        Compose();
    }

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<Part> Parts => parts;

    /// <summary>Does a step and adds each part's seconds to its total.</summary>
    public void Run()
    {
        var before = Stopwatch.GetTimestamp();
        foreach (var part in parts)
        {
            part.Work();
            var after = Stopwatch.GetTimestamp();
            part.Ticks += after - before;
            before = after;
        }
    }

    private void Compose()
    {
        // The rows are read, written row by row, read again and written feature by feature.
        parts.Add(new("load the batch, turn it", Load) { Bytes = 4.0 * 4 * Rows * 784 });
        for (var l = 0; l < 3; l++) parts.Add(new($"forward, layer {l + 1}", layers[l].Forward) { Operations = layers[l].Operations });
        parts.Add(new("softmax, loss and its gradient", () => Loss.SoftmaxCrossEntropy.Evaluate(layers[2].Output, batch, rowLoss, layers[2].OutputGradient)));
        for (var l = 2; l >= 0; l--)
        {
            var layer = layers[l];
            if (l > 0) parts.Add(new($"turn the input, layer {l + 1}", layer.TurnInput) { Bytes = layer.TurnedBytes });
            parts.Add(new($"weight gradient, layer {l + 1}", layer.BackToWeight) { Operations = layer.Operations });
            parts.Add(new($"bias gradient, layer {l + 1}", layer.BackToBias) { Bytes = layer.SummedBytes });
            if (l > 0) parts.Add(new($"input gradient, layer {l + 1}", layer.BackToInput) { Operations = layer.Operations });
        }

        parts.Add(new("Adam", () => adam.Step(context)) { Bytes = 28.0 * network.Parameters.Layout.BufferLength });
        parts.Add(new("are all parameters finite, once an epoch", CheckOncePerEpoch));
    }

    private void Load()
    {
        if (next == 0) chance.Shuffle(order.AsSpan());
        batch.Load(WorkloadData.Random, order.AsSpan(next, Rows));
        next = (next + Rows) % order.Length;
    }

    private void CheckOncePerEpoch()
    {
        if (next == 0 && !network.Parameters.AllFinite()) throw new InvalidOperationException("The step diverged.");
    }

    private static AlignedBuffer<float> Part(Parameters<float> parameters, ParameterSegment segment) => parameters.Buffer.Slice(segment.Offset, Lanes.Padded<float>(segment.Length));

    /// <summary>The gradient is computed by the parts.</summary>
    private sealed class Nowhere : IObjective<float>
    {
        public double Evaluate(Parameters<float> at, Parameters<float> gradient) => throw new NotSupportedException("Only the step is measured.");
    }
}

/// <summary>A part of a step and what it has taken so far.</summary>
internal sealed record Part(string Name, Action Work)
{
    /// <summary>Floating-point operations, where arithmetic bounds it.</summary>
    public double Operations { get; init; }

    /// <summary>Bytes read and written, where memory bounds it.</summary>
    public double Bytes { get; init; }

    public long Ticks { get; set; }
}
