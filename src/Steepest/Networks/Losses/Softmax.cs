using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Softmax and cross-entropy together, row by row along the lanes. With targets q, which include all weights, a row's loss is
/// Σq · log Σ exp(zᶜ − max z) − Σ qᶜ · (zᶜ − max z), and its gradient (Σq · p − q) / Σ weights.
/// </summary>
internal ref struct Softmax<T> : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ref T Logits;
    public ref T Targets;
    public ref T RowLoss;
    public ref T Gradient;

    public int Classes;
    public T PerWeight;
    public int Stride;

    [MethodImpl(Compiled.Once)]
    public readonly void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        // In two loops, so that the processor has the chains of several lanes to work on at once: one lane's exponentials, sum, logarithm and
        // gradient wait for each other.
        for (var b = 0; b < Stride; b += V.Count)
            V.Store(ExpOfShifted<V>(in Logits, ref Gradient, Classes, Stride, b), ref Unsafe.Add(ref RowLoss, b));

        for (var b = 0; b < Stride; b += V.Count)
        {
            ref var rowLoss = ref Unsafe.Add(ref RowLoss, b);
            var sum = V.Load(in rowLoss);
            var largest = Largest<V>(in Logits, Classes, Stride, b);
            V labelled = V.Broadcast(T.Zero), weight = labelled;
            for (var c = 0; c < Classes; c++)
            {
                var at = (c * Stride) + b;
                // Where the target is zero nothing is added, not even 0 · −∞.
                var target = V.Load(in Unsafe.Add(ref Targets, at));
                var shifted = V.Load(in Unsafe.Add(ref Logits, at)) - largest;
                labelled = V.WhereGreater(target, V.Broadcast(T.Zero), V.FusedMultiplyAdd(target, shifted, labelled), labelled);
                weight += target;
            }

            V.Store((weight * LaneMath.Log<V, T>(sum)) - labelled, ref rowLoss);
            for (var c = 0; c < Classes; c++)
            {
                ref var at = ref Unsafe.Add(ref Gradient, (c * Stride) + b);
                V.Store(PerWeight * ((weight * (V.Load(in at) / sum)) - V.Load(in Unsafe.Add(ref Targets, (c * Stride) + b))), ref at);
            }
        }
    }

    /// <summary>Stores exp(zᶜ − max z) and gives their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V ExpOfShifted<V>(ref readonly T logits, ref T exps, int classes, int stride, int b)
        where V : struct, IKernelLane<V, T>
    {
        ref var z = ref Unsafe.AsRef(in logits);
        var largest = Largest<V>(in logits, classes, stride, b);
        var sum = V.Broadcast(T.Zero);
        for (var c = 0; c < classes; c++)
        {
            var at = (c * stride) + b;
            var exp = LaneMath.Exp<V, T>(V.Load(in Unsafe.Add(ref z, at)) - largest);
            V.Store(exp, ref Unsafe.Add(ref exps, at));
            sum += exp;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Largest<V>(ref readonly T logits, int classes, int stride, int b)
        where V : struct, IKernelLane<V, T>
    {
        ref var z = ref Unsafe.AsRef(in logits);
        var largest = V.Load(in Unsafe.Add(ref z, b));
        for (var c = 1; c < classes; c++)
        {
            var logit = V.Load(in Unsafe.Add(ref z, (c * stride) + b));
            largest = V.WhereGreater(logit, largest, logit, largest);
        }

        return largest;
    }
}

/// <summary>Probabilities from logits: the softmax.</summary>
internal ref struct Probabilities<T> : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ref T Logits;
    public ref T Output;
    public int Classes;
    public int Stride;

    [MethodImpl(Compiled.Once)]
    public readonly void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        for (var b = 0; b < Stride; b += V.Count)
        {
            var sum = Softmax<T>.ExpOfShifted<V>(in Logits, ref Output, Classes, Stride, b);
            for (var c = 0; c < Classes; c++)
            {
                ref var at = ref Unsafe.Add(ref Output, (c * Stride) + b);
                V.Store(V.Load(in at) / sum, ref at);
            }
        }
    }
}
