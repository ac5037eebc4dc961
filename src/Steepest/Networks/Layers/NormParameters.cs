using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>The scale and shift of each feature after a normalisation.</summary>
internal sealed class NormParameters<T>(ParameterSegment scale, ParameterSegment shift)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static NormParameters<T> Create(LayerPlan<T> plan, string name, int features) => new(
        plan.Parameters.Add($"{name}.scale", ParameterRole.Norm, [features]),
        plan.Parameters.Add($"{name}.shift", ParameterRole.Norm, [features]));

    public void Start(Parameters<T> parameters)
    {
        parameters[scale].Fill(T.One);
        parameters[shift].Clear();
    }

    /// <summary>output = scale · input + shift.</summary>
    public void Apply(Pass<T> pass, AlignedBuffer<T> input, AlignedBuffer<T> output)
    {
        Span<T> scales = pass.At[scale], shifts = pass.At[shift];
        for (var f = 0; f < scales.Length; f++) RowWork<T>.Run(scales[f], shifts[f], ref At(input, f, pass), ref At(output, f, pass), pass.Stride);
    }

    /// <summary>gradient *= scale.</summary>
    public void MultiplyByScale(Pass<T> pass, AlignedBuffer<T> gradient)
    {
        var scales = pass.At[scale];
        for (var f = 0; f < scales.Length; f++) RowWork<T>.Run(scales[f], T.Zero, ref At(gradient, f, pass), ref At(gradient, f, pass), pass.Stride);
    }

    /// <summary>The gradient by scale and shift.</summary>
    public void Gradient(Pass<T> pass, NormSums<T> sums, AlignedBuffer<T> normalized, AlignedBuffer<T> outputGradient)
    {
        Span<T> scales = pass.Gradient[scale], shifts = pass.Gradient[shift];
        for (var f = 0; f < scales.Length; f++)
        {
            var g = outputGradient.Span.Slice(f * pass.Stride, pass.Rows);
            shifts[f] = Reduction.Sum<T>(g);
            scales[f] = sums.OfProducts(g, normalized.Span.Slice(f * pass.Stride, pass.Rows));
        }
    }

    private static ref T At(AlignedBuffer<T> buffer, int feature, Pass<T> pass) => ref Unsafe.Add(ref buffer.First, feature * pass.Stride);
}

/// <summary>Sums of products in the fixed order of <see cref="Reduction"/>.</summary>
internal sealed class NormSums<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private AlignedBuffer<T> products = new(0);

    public void MakeRoom(int capacity) => products = new AlignedBuffer<T>(capacity);

    public T OfProducts(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
    {
        var span = products.Span;
        for (var i = 0; i < left.Length; i++) span[i] = left[i] * right[i];
        return Reduction.Sum<T>(span[..left.Length]);
    }
}

/// <summary>output = factor · input + addend over one feature's rows.</summary>
internal readonly ref struct RowWork<T>(T factor, T addend, ref T input, ref T output, int count) : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T input = ref input;
    private readonly ref T output = ref output;

    public static void Run(T factor, T addend, ref T input, ref T output, int count)
    {
        var work = new RowWork<T>(factor, addend, ref input, ref output, count);
        Lanes.Run<T, RowWork<T>>(ref work);
    }

    [MethodImpl(Compiled.Once)]
    public void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        var (slope, start) = (V.Broadcast(factor), V.Broadcast(addend));
        for (var i = 0; i < count; i += V.Count) V.Store(V.FusedMultiplyAdd(slope, V.Load(in Unsafe.Add(ref input, i)), start), ref Unsafe.Add(ref output, i));
    }
}
