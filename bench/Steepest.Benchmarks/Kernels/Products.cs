using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>
/// The three products of training a dense layer, as <see cref="DenseLayer{T}"/> calls them: the one place that must follow when it calls
/// them otherwise.
/// </summary>
internal sealed class Products<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseKernels<T> kernels, before;
    private readonly int outputs, inputs, rows, threads, stride, rowStride;

    /// <param name="inputs">Features a row.</param>
    /// <param name="outputs">Units.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="activation">What is fused into the product forward.</param>
    /// <param name="activationBefore">The activation of the layer before, whose derivative is fused into the input gradient.</param>
    /// <param name="threads">Threads that may share a product.</param>
    public Products(int inputs, int outputs, int rows, Activation activation, Activation activationBefore, int threads)
    {
        (this.inputs, this.outputs, this.rows, this.threads) = (inputs, outputs, rows, threads);
        (kernels, before) = (activation.Kernels<T>(), activationBefore.Kernels<T>());
        stride = Lanes.Padded<T>(rows);
        rowStride = Lanes.Padded<T>(inputs);
        Weight = Random((long)outputs * inputs, seed: 1);
        Bias = Random(outputs, seed: 2);
        Input = Random((long)inputs * stride, seed: 3);
        InputByRow = Random((long)rows * rowStride, seed: 4);
        Output = Random((long)outputs * stride, seed: 5);
        OutputGradient = Random((long)outputs * stride, seed: 6);
        InputGradient = new((long)inputs * stride);
        WeightGradient = new((long)outputs * inputs);
        BiasGradient = new(outputs);
    }

    public AlignedBuffer<T> Weight { get; init; }

    public AlignedBuffer<T> Bias { get; init; }

    /// <summary>[feature][padded row].</summary>
    public AlignedBuffer<T> Input { get; set; }

    /// <summary>[row][padded feature].</summary>
    public AlignedBuffer<T> InputByRow { get; set; }

    public AlignedBuffer<T> Output { get; set; }

    public AlignedBuffer<T> OutputGradient { get; set; }

    public AlignedBuffer<T> InputGradient { get; set; }

    public AlignedBuffer<T> WeightGradient { get; init; }

    public AlignedBuffer<T> BiasGradient { get; init; }

    /// <summary>Floating-point operations of each of the three.</summary>
    public double Operations => 2.0 * outputs * inputs * rows;

    /// <summary>Bytes that <see cref="TurnInput"/> reads and writes.</summary>
    public double TurnedBytes => 2.0 * inputs * rows * Unsafe.SizeOf<T>();

    /// <summary>Bytes that <see cref="BackToBias"/> reads.</summary>
    public double SummedBytes => (double)outputs * rows * Unsafe.SizeOf<T>();

    /// <summary>Output = f(Weight · Input + Bias).</summary>
    public void Forward() =>
        kernels.Forward(new(outputs, inputs, stride), threads, ref Weight.First, ref Bias.First, ref Input.First, ref Output.First, ref Output.First);

    /// <summary>InputGradient = f′(Input) · Weightᵀ · OutputGradient.</summary>
    public void BackToInput() =>
        before.InputGradient(new(outputs, inputs, stride), threads, ref Weight.First, ref Input.First, ref OutputGradient.First, ref InputGradient.First);

    /// <summary>WeightGradient = OutputGradient · Inputᵀ.</summary>
    public void BackToWeight()
    {
        var product = new Product<T>
        {
            A = ref OutputGradient.First,
            ARow = stride,
            AInner = 1,
            B = ref InputByRow.First,
            BRow = rowStride,
            C = ref WeightGradient.First,
            CRow = inputs,
            Rows = outputs,
            Inner = rows,
            Columns = inputs,
        };
        Product<T>.Run(ref product, threads);
    }

    /// <summary>The gradient by the biases: sums along the rows.</summary>
    public void BackToBias() => Reduction.SumRows(ref OutputGradient.First, stride, outputs, rows, ref BiasGradient.First);

    /// <summary>The input row by row, as the gradient by the weights reads it.</summary>
    public void TurnInput()
    {
        var transpose = new Transpose<T>(ref Input.First, stride, ref InputByRow.First, rowStride, inputs, rows);
        ThreadTeam.Run<T, Transpose<T>>(ref transpose, threads);
    }

    private static AlignedBuffer<T> Random(long length, ulong seed)
    {
        var buffer = new AlignedBuffer<T>(length);
        var chance = new Pcg64(seed);
        foreach (ref var number in buffer.Span) number = T.CreateTruncating(chance.Uniform(-1, 1));
        return buffer;
    }
}
