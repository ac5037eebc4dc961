using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A dense layer at work: which segments are its own, and its three products.</summary>
internal sealed class DenseLayer<T>(int inputs, Dense spec, ParameterSegment weight, ParameterSegment? bias)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A layer without biases adds zeros: one path instead of two.
    private readonly AlignedBuffer<T> noBias = new(bias is null ? spec.Units : 0);

    public int Inputs => inputs;

    public int Outputs => spec.Units;

    public DenseKernels<T> Kernels { get; } = spec.Activation.Kernels<T>();

    public void Draw(Pcg64 generator, Parameters<T> parameters) =>
        (spec.Initializer ?? spec.Activation.DefaultInitializer).Draw(
            generator, inputs, spec.Units, parameters[weight], bias is null ? [] : parameters[bias]);

    /// <summary>Both buffers are feature-major, [feature][stride].</summary>
    public void Forward(Parameters<T> parameters, AlignedBuffer<T> input, AlignedBuffer<T> output, int stride)
    {
        ref var biases = ref bias is null ? ref noBias.First : ref At(parameters, bias);
        Kernels.Forward(new(spec.Units, inputs, stride), ref At(parameters, weight), ref biases, ref input.First, ref output.First, ref output.First);
    }

    /// <summary>The gradient by this layer's parameters.</summary>
    /// <param name="gradient">Where it is written.</param>
    /// <param name="inputByRow">The layer's input row by row.</param>
    /// <param name="inputRowStride">The distance from one row of it to the next.</param>
    /// <param name="outputGradient">The gradient by the layer's weighted sums, [output][stride].</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="stride">Rows with padding.</param>
    public void ParameterGradient(
        Parameters<T> gradient, AlignedBuffer<T> inputByRow, int inputRowStride, AlignedBuffer<T> outputGradient, int rows, int stride)
    {
        var product = new Product<T, NoEpilogue<T>>
        {
            A = ref outputGradient.First,
            ARow = stride,
            AInner = 1,
            B = ref inputByRow.First,
            BRow = inputRowStride,
            C = ref At(gradient, weight),
            CRow = inputs,
            Rows = spec.Units,
            Inner = rows,
            Columns = inputs,
            Epilogue = default,
        };
        Lanes.Run<T, Product<T, NoEpilogue<T>>>(ref product);

        if (bias is null) return;
        ref var biases = ref At(gradient, bias);
        for (var o = 0; o < spec.Units; o++) Unsafe.Add(ref biases, o) = Reduction.Sum<T>(outputGradient.Span.Slice(o * stride, rows));
    }

    /// <summary>The gradient by the weighted sums of the layer before, whose activation <paramref name="before"/> gave this layer's input.</summary>
    public void InputGradient(
        Parameters<T> parameters, DenseKernels<T> before, AlignedBuffer<T> input, AlignedBuffer<T> outputGradient, AlignedBuffer<T> inputGradient, int stride) =>
        before.InputGradient(
            new(spec.Units, inputs, stride), ref At(parameters, weight), ref input.First, ref outputGradient.First, ref inputGradient.First);

    private static ref T At(Parameters<T> parameters, ParameterSegment segment) => ref Unsafe.Add(ref parameters.Buffer.First, segment.Offset);
}
