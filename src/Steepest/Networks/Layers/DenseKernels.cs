using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// An activation over lanes. A struct, so that the product it is fused into is compiled for it alone. Backward needs the derivative: most
/// activations can tell it from their value, which is kept anyway; the others keep a trace beside it, the derivative itself.
/// </summary>
internal interface IActivationRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether <see cref="Derivative"/> reads a trace of its own; otherwise its trace is the activation's value.</summary>
    static abstract bool KeepsTrace { get; }

    /// <summary>The activation of the weighted sums <paramref name="z"/>, and the trace if it is kept.</summary>
    V Value<V>(V z, out V trace)
        where V : struct, IKernelLane<V, T>;

    /// <summary>The derivative, from what was kept.</summary>
    V Derivative<V>(V trace)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>The shape of a dense layer's products: outputs × inputs weights, and activations of <c>Stride</c> numbers a feature.</summary>
internal readonly record struct DenseShape(int Outputs, int Inputs, int Stride);

/// <summary>The products of a dense layer with one activation fused into them, and the activation by itself.</summary>
/// <remarks>Wherever a <c>trace</c> is asked for it is the activation's output unless <see cref="KeepsTrace"/>.</remarks>
internal abstract class DenseKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the derivative needs a buffer of its own, as large as the output.</summary>
    public abstract bool KeepsTrace { get; }

    /// <summary>output(o, b) = f(Σᵢ weight(o, i) · input(i, b) + bias(o)).</summary>
    public abstract void Forward(DenseShape shape, int threads, ref T weight, ref T bias, ref T input, ref T output, ref T trace);

    /// <summary>inputGradient(i, b) = f′ · Σₒ weight(o, i) · outputGradient(o, b), with this activation's derivative where its trace
    /// is trace(i, b): the gradient by the weighted sums of the layer before.</summary>
    public abstract void InputGradient(DenseShape shape, int threads, ref T weight, ref T trace, ref T outputGradient, ref T inputGradient);

    /// <summary>output(j) = f(input(j)).</summary>
    /// <param name="count">A whole number of the widest lanes.</param>
    /// <param name="input">The activation's arguments.</param>
    /// <param name="output">Receives its values; may be the input.</param>
    /// <param name="trace">Receives the trace if it is kept.</param>
    public abstract void Activate(int count, ref T input, ref T output, ref T trace);

    /// <summary>gradient(j) *= f′ where the activation's trace is trace(j).</summary>
    /// <param name="count">A whole number of the widest lanes.</param>
    /// <param name="trace">What the derivative is told from.</param>
    /// <param name="gradient">The gradient by the activation's values, and afterwards by its arguments.</param>
    public abstract void MultiplyByDerivative(int count, ref T trace, ref T gradient);
}

/// <summary>The products of a dense layer with the activation <typeparamref name="TRule"/> fused into them.</summary>
internal sealed class DenseKernels<T, TRule>(TRule rule) : DenseKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, IActivationRule<T>
{
    public override bool KeepsTrace => TRule.KeepsTrace;

    [MethodImpl(Compiled.Once)]
    public override void Forward(DenseShape shape, int threads, ref T weight, ref T bias, ref T input, ref T output, ref T trace)
    {
        var product = new Product<T>
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
        };
        var fused = new FusedProduct<T, BiasThenActivation>(product, new(rule, ref bias, ref trace, shape.Stride));
        FusedProduct<T, BiasThenActivation>.Run(ref fused, threads);
    }

    [MethodImpl(Compiled.Once)]
    public override void InputGradient(DenseShape shape, int threads, ref T weight, ref T trace, ref T outputGradient, ref T inputGradient)
    {
        var product = new Product<T>
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
        };
        var fused = new FusedProduct<T, TimesDerivative>(product, new(rule, ref trace, shape.Stride));
        FusedProduct<T, TimesDerivative>.Run(ref fused, threads);
    }

    public override void Activate(int count, ref T input, ref T output, ref T trace)
    {
        var work = new ActivationWork(rule, ref input, ref output, ref trace, count);
        Lanes.Run<T, ActivationWork>(ref work);
    }

    public override void MultiplyByDerivative(int count, ref T trace, ref T gradient)
    {
        var work = new DerivativeWork(rule, ref trace, ref gradient, count);
        Lanes.Run<T, DerivativeWork>(ref work);
    }

    private readonly ref struct BiasThenActivation(TRule rule, ref T bias, ref T trace, nint stride) : IEpilogue<T>
    {
        private readonly ref T bias = ref bias;
        private readonly ref T trace = ref trace;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref T elements, int row, int column, int lanes)
            where V : struct, IKernelLane<V, T>
        {
            var shift = V.Broadcast(Unsafe.Add(ref bias, row));
            ref var traces = ref Unsafe.Add(ref trace, (row * stride) + column);
            for (var j = 0; j < lanes * V.Count; j += V.Count)
            {
                ref var at = ref Unsafe.Add(ref elements, j);
                V.Store(rule.Value(V.Load(in at) + shift, out var kept), ref at);
                if (TRule.KeepsTrace) V.Store(kept, ref Unsafe.Add(ref traces, j));
            }
        }
    }

    private readonly ref struct TimesDerivative(TRule rule, ref T trace, nint stride) : IEpilogue<T>
    {
        private readonly ref T trace = ref trace;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref T elements, int row, int column, int lanes)
            where V : struct, IKernelLane<V, T>
        {
            ref var traces = ref Unsafe.Add(ref trace, (row * stride) + column);
            for (var j = 0; j < lanes * V.Count; j += V.Count)
            {
                ref var at = ref Unsafe.Add(ref elements, j);
                V.Store(V.Load(in at) * rule.Derivative(V.Load(in Unsafe.Add(ref traces, j))), ref at);
            }
        }
    }

    private readonly ref struct ActivationWork(TRule rule, ref T input, ref T output, ref T trace, int count) : ILaneWork<T>
    {
        private readonly ref T input = ref input;
        private readonly ref T output = ref output;
        private readonly ref T trace = ref trace;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var j = 0; j < count; j += V.Count)
            {
                var value = rule.Value(V.Load(in Unsafe.Add(ref input, j)), out var kept);
                if (TRule.KeepsTrace) V.Store(kept, ref Unsafe.Add(ref trace, j));
                V.Store(value, ref Unsafe.Add(ref output, j));
            }
        }
    }

    private readonly ref struct DerivativeWork(TRule rule, ref T trace, ref T gradient, int count) : ILaneWork<T>
    {
        private readonly ref T trace = ref trace;
        private readonly ref T gradient = ref gradient;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var j = 0; j < count; j += V.Count)
            {
                ref var g = ref Unsafe.Add(ref gradient, j);
                V.Store(V.Load(in g) * rule.Derivative(V.Load(in Unsafe.Add(ref trace, j))), ref g);
            }
        }
    }
}
