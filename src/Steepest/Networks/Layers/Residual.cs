using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A residual block: its input plus what its layers make of it (He et al. 2016, equation 1).</summary>
/// <remarks>Segments are called after the block and the layer in it: <c>layer2.layer1.weight</c>.</remarks>
/// <param name="Layers">The layers in order, at least one; the last gives as many numbers as the first is given.</param>
/// <exception cref="SteepestException">There are no layers.</exception>
public sealed record Residual(ValueList<LayerSpec> Layers) : LayerSpec
{
    /// <summary>The layers in order.</summary>
    public ValueList<LayerSpec> Layers { get; init => field = Checked(value); } = Checked(Layers);

    /// <summary>As many as it is given.</summary>
    /// <param name="inputs">How many it is given.</param>
    /// <exception cref="SteepestException">Its layers would give another number, which cannot be added to the input.</exception>
    public override int OutputsFor(int inputs)
    {
        var outputs = Layers.Aggregate(inputs, (count, layer) => layer.OutputsFor(count));
        return outputs == inputs
            ? outputs
            : throw new SteepestException(
                $"The layers of a residual block give {Text.Of(outputs)} numbers a row for an input of {Text.Of(inputs)}, but both are added, so they must be equally many.");
    }

    /// <summary>As in residual(dense(16, relu), dense(16, identity)).</summary>
    public override string ToString() => $"residual({string.Join(", ", Layers)})";

    internal override Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs) =>
        new ResidualLayer<T>(OutputsFor(inputs), LayerSequence<T>.Create(plan, $"{name}.", inputs, Layers));

    private static ValueList<LayerSpec> Checked(ValueList<LayerSpec> layers) => layers is { Count: > 0 }
        ? layers
        : throw new SteepestException("A residual block has no layers, but it needs at least one.");
}

/// <summary>A residual block at work.</summary>
internal sealed class ResidualLayer<T>(int inputs, LayerSequence<T> inner) : Layer<T>(inputs, inputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AlignedBuffer<T> output = new(0), direct = new(0);

    public override bool ComparesRows => inner.ComparesRows;

    public override int WidestTurn(bool readsBatch) => inner.WidestTurn(readsBatch);

    public override void Start(Pcg64 generator, Parameters<T> parameters, Parameters<T> buffers) => inner.Start(generator, parameters, buffers);

    public override void MakeRoom(int capacity)
    {
        output = new AlignedBuffer<T>((long)Outputs * capacity);
        direct = new AlignedBuffer<T>((long)Outputs * capacity);
        inner.MakeRoom(capacity);
    }

    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        Add(Outputs * pass.Stride, inner.Forward(pass, input), input, output);
        return output;
    }

    public override AlignedBuffer<T>? Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        // The layers may change the gradient that they are given; the direct way needs it as it was.
        var count = Outputs * pass.Stride;
        outputGradient.Span[..count].CopyTo(direct.Span);
        if (inner.Backward(pass, outputGradient, inputGradient) is not { } through || !inputGradient) return null;
        Add(count, through, direct, direct);
        return direct;
    }

    private static void Add(int count, AlignedBuffer<T> left, AlignedBuffer<T> right, AlignedBuffer<T> sum)
    {
        var work = new Addition(ref left.First, ref right.First, ref sum.First, count);
        Lanes.Run<T, Addition>(ref work);
    }

    private readonly ref struct Addition(ref T left, ref T right, ref T sum, int count) : ILaneWork<T>
    {
        private readonly ref T left = ref left;
        private readonly ref T right = ref right;
        private readonly ref T sum = ref sum;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < count; i += V.Count)
            {
                V.Store(V.Load(in Unsafe.Add(ref left, i)) + V.Load(in Unsafe.Add(ref right, i)), ref Unsafe.Add(ref sum, i));
            }
        }
    }
}
