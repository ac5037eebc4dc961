using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>An activation by itself, where it does not come right after a weighted sum.</summary>
/// <param name="Activation">What is done to each number.</param>
public sealed record Activate(Activation Activation) : LayerSpec
{
    /// <summary>What is done to each number.</summary>
    public Activation Activation { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } =
        Activation ?? throw new ArgumentNullException(nameof(Activation));

    /// <summary>The activation's name.</summary>
    public override string ToString() => Activation.ToString();

    internal override Layer<T> Create<T>(LayerPlan<T> plan, string name, int inputs) => new ActivationLayer<T>(inputs, Activation.Kernels<T>());
}

/// <summary>An activation by itself, at work.</summary>
internal sealed class ActivationLayer<T>(int inputs, DenseKernels<T> kernels) : Layer<T>(inputs, inputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AlignedBuffer<T> output = new(0), trace = new(0);

    public override void MakeRoom(int capacity)
    {
        output = new AlignedBuffer<T>((long)Outputs * capacity);
        trace = kernels.KeepsTrace ? new AlignedBuffer<T>((long)Outputs * capacity) : output;
    }

    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        kernels.Activate(Outputs * pass.Stride, ref input.First, ref output.First, ref trace.First);
        return output;
    }

    public override AlignedBuffer<T> Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        kernels.MultiplyByDerivative(Outputs * pass.Stride, ref trace.First, ref outputGradient.First);
        return outputGradient;
    }
}
