using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A dense layer at work: which segments are its own, and its three products.</summary>
internal sealed class DenseLayer<T>(int inputs, Dense spec, ParameterSegment weight, ParameterSegment? bias) : Layer<T>(inputs, spec.Units)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly AlignedBuffer<T> Nothing = new(0);

    // A layer without biases adds zeros: one path instead of two.
    private readonly AlignedBuffer<T> noBias = new(bias is null ? spec.Units : 0);
    private readonly DenseKernels<T> kernels = spec.Activation.Kernels<T>();
    private DenseLayer<T>? before;
    private bool derivativeIsTaken;
    private int capacity;
    private AlignedBuffer<T> input = Nothing, output = Nothing, trace = Nothing, gradient = Nothing;

    public override DenseLayer<T> AsDense => this;

    /// <summary>Takes the derivative of the layer before, if that is dense, into this one's product.</summary>
    public void Follow(DenseLayer<T>? layer)
    {
        if (layer is null) return;
        before = layer;
        layer.derivativeIsTaken = true;
    }

    public override int WidestTurn(bool readsBatch) => readsBatch ? 0 : Inputs;

    public override void Start(Pcg64 generator, Parameters<T> parameters, Parameters<T> buffers) =>
        (spec.Initializer ?? spec.Activation.DefaultInitializer).Draw(
            generator, Inputs, Outputs, parameters[weight], bias is null ? [] : parameters[bias]);

    public override void MakeRoom(int capacity)
    {
        this.capacity = capacity;
        output = new AlignedBuffer<T>((long)Outputs * capacity);
        trace = kernels.KeepsTrace ? new AlignedBuffer<T>((long)Outputs * capacity) : output;
        gradient = Nothing;
    }

    [MethodImpl(Compiled.Once)]
    public override AlignedBuffer<T> Forward(Pass<T> pass, AlignedBuffer<T> input)
    {
        this.input = input;
        ref var biases = ref bias is null ? ref noBias.First : ref At(pass.At, bias);
        kernels.Forward(new(Outputs, Inputs, pass.Stride), pass.Threads, ref At(pass.At, weight), ref biases, ref input.First, ref output.First, ref trace.First);
        return output;
    }

    [MethodImpl(Compiled.Once)]
    public override AlignedBuffer<T>? Backward(Pass<T> pass, AlignedBuffer<T> outputGradient, bool inputGradient)
    {
        if (!derivativeIsTaken && spec.Activation != Activation.Identity)
        {
            kernels.MultiplyByDerivative(Outputs * pass.Stride, ref trace.First, ref outputGradient.First);
        }

        ParameterGradient(pass, outputGradient);
        if (!inputGradient) return null;

        // The first layer of a network never comes here.
        if (gradient.Length == 0) gradient = new AlignedBuffer<T>((long)Inputs * capacity);
        var fused = before?.kernels ?? Unfused.Kernels;
        fused.InputGradient(
            new(Outputs, Inputs, pass.Stride),
            pass.Threads,
            ref At(pass.At, weight),
            ref before is null ? ref input.First : ref before.trace.First,
            ref outputGradient.First,
            ref gradient.First);
        return gradient;
    }

    [MethodImpl(Compiled.Once)]
    private void ParameterGradient(Pass<T> pass, AlignedBuffer<T> outputGradient)
    {
        var inputByRow = pass.ByRow(input, Inputs, out var rowStride);
        var product = new Product<T>
        {
            A = ref outputGradient.First,
            ARow = pass.Stride,
            AInner = 1,
            B = ref inputByRow.First,
            BRow = rowStride,
            C = ref At(pass.Gradient, weight),
            CRow = Inputs,
            Rows = Outputs,
            Inner = pass.Rows,
            Columns = Inputs,
        };
        Product<T>.Run(ref product, pass.Threads);

        if (bias is not null) Reduction.SumRows(ref outputGradient.First, pass.Stride, Outputs, pass.Rows, ref At(pass.Gradient, bias));
    }

    private static class Unfused
    {
        public static readonly DenseKernels<T> Kernels = Activation.Identity.Kernels<T>();
    }
}
