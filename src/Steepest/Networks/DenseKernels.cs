using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>An activation over lanes. A struct, so that the product it is fused into is compiled for it alone.</summary>
internal interface IActivationRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The activation of the weighted sums <paramref name="z"/>.</summary>
    V Value<V>(V z)
        where V : struct, IKernelLane<V, T>;

    /// <summary>The derivative where the activation's value is <paramref name="a"/>.</summary>
    V Derivative<V>(V a)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>The shape of a dense layer's products: outputs × inputs weights, and activations of <c>Stride</c> numbers a feature.</summary>
internal readonly record struct DenseShape(int Outputs, int Inputs, int Stride);

/// <summary>The products of a dense layer with one activation fused into them.</summary>
internal abstract class DenseKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>output(o, b) = f(Σᵢ weight(o, i) · input(i, b) + bias(o)).</summary>
    public abstract void Forward(DenseShape shape, ref T weight, ref T bias, ref T input, ref T output);

    /// <summary>inputGradient(i, b) = f′ · Σₒ weight(o, i) · outputGradient(o, b), with this activation's derivative where its value
    /// was input(i, b): the gradient by the weighted sums of the layer before.</summary>
    public abstract void InputGradient(DenseShape shape, ref T weight, ref T input, ref T outputGradient, ref T inputGradient);

    /// <summary>gradient(j) *= f′ where the activation's value was output(j).</summary>
    /// <param name="count">A whole number of the widest lanes.</param>
    /// <param name="output">Values of this activation.</param>
    /// <param name="gradient">The gradient by those values, and afterwards by the weighted sums.</param>
    public abstract void MultiplyByDerivative(int count, ref T output, ref T gradient);
}

/// <summary>The products of a dense layer with the activation <typeparamref name="TRule"/> fused into them.</summary>
internal sealed class DenseKernels<T, TRule>(TRule rule) : DenseKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IActivationRule<T>
{
    public override void Forward(DenseShape shape, ref T weight, ref T bias, ref T input, ref T output)
    {
        var product = new Product<T, BiasThenActivation>
        {
            A = ref weight,
            ARow = shape.Inputs,
            AInner = 1,
            B = ref input,
            BRow = shape.Stride,
            C = ref output,
            CRow = shape.Stride,
            Rows = shape.Outputs,
            Inner = shape.Inputs,
            Columns = shape.Stride,
            Epilogue = new(rule, ref bias),
        };
        Lanes.Run<T, Product<T, BiasThenActivation>>(ref product);
    }

    public override void InputGradient(DenseShape shape, ref T weight, ref T input, ref T outputGradient, ref T inputGradient)
    {
        var product = new Product<T, TimesDerivative>
        {
            A = ref weight,
            ARow = 1,
            AInner = shape.Inputs,
            B = ref outputGradient,
            BRow = shape.Stride,
            C = ref inputGradient,
            CRow = shape.Stride,
            Rows = shape.Inputs,
            Inner = shape.Outputs,
            Columns = shape.Stride,
            Epilogue = new(rule, ref input, shape.Stride),
        };
        Lanes.Run<T, Product<T, TimesDerivative>>(ref product);
    }

    public override void MultiplyByDerivative(int count, ref T output, ref T gradient)
    {
        var work = new DerivativeWork(rule, ref output, ref gradient, count);
        Lanes.Run<T, DerivativeWork>(ref work);
    }

    private readonly ref struct BiasThenActivation(TRule rule, ref T bias) : IEpilogue<T>
    {
        private readonly ref T bias = ref bias;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V sum, int row, int column)
            where V : struct, IKernelLane<V, T> => rule.Value(sum + Unsafe.Add(ref bias, row));
    }

    private readonly ref struct TimesDerivative(TRule rule, ref T activation, nint stride) : IEpilogue<T>
    {
        private readonly ref T activation = ref activation;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V sum, int row, int column)
            where V : struct, IKernelLane<V, T> => sum * rule.Derivative(V.Load(in Unsafe.Add(ref activation, (row * stride) + column)));
    }

    private readonly ref struct DerivativeWork(TRule rule, ref T output, ref T gradient, int count) : ILaneWork<T>
    {
        private readonly ref T output = ref output;
        private readonly ref T gradient = ref gradient;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var j = 0; j < count; j += V.Count)
            {
                ref var g = ref Unsafe.Add(ref gradient, j);
                V.Store(V.Load(in g) * rule.Derivative(V.Load(in Unsafe.Add(ref output, j))), ref g);
            }
        }
    }
}
