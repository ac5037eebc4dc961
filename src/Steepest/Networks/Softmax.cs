using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// Softmax and cross-entropy together, row by row along the lanes: each row's loss is log Σ exp(zᶜ − max z) − Σ target·(zᶜ − max z),
/// and its gradient (p − target)/rows.
/// </summary>
internal ref struct Softmax<T> : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ref T Logits;
    public ref T Targets;
    public ref T RowLoss;
    public ref T Gradient;

    public int Classes;
    /// <summary>What the gradient is divided by; with 1 and targets of zero it is the probabilities themselves.</summary>
    public int Rows;
    public int Stride;

    /// <summary>Does it at the widest lane of this machine.</summary>
    public void Run() => Lanes.Run<T, Softmax<T>>(ref this);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        var perRow = V.Broadcast(T.One / T.CreateTruncating(Rows));
        for (var b = 0; b < Stride; b += V.Count)
        {
            var largest = V.Load(in Unsafe.Add(ref Logits, b));
            for (var c = 1; c < Classes; c++)
            {
                var logit = V.Load(in Unsafe.Add(ref Logits, (c * Stride) + b));
                largest = V.WhereGreater(logit, largest, logit, largest);
            }

            var sum = V.Broadcast(T.Zero);
            var labelled = V.Broadcast(T.Zero);
            for (var c = 0; c < Classes; c++)
            {
                var at = (c * Stride) + b;
                var shifted = V.Load(in Unsafe.Add(ref Logits, at)) - largest;
                var exp = LaneMath.Exp<V, T>(shifted);
                V.Store(exp, ref Unsafe.Add(ref Gradient, at));
                // Where the target is zero nothing is added, not even 0 · −∞.
                var target = V.Load(in Unsafe.Add(ref Targets, at));
                labelled = V.WhereGreater(target, V.Broadcast(T.Zero), V.FusedMultiplyAdd(target, shifted, labelled), labelled);
                sum += exp;
            }

            V.Store(LaneMath.Log<V, T>(sum) - labelled, ref Unsafe.Add(ref RowLoss, b));
            for (var c = 0; c < Classes; c++)
            {
                var at = (c * Stride) + b;
                var probability = V.Load(in Unsafe.Add(ref Gradient, at)) / sum;
                V.Store((probability - V.Load(in Unsafe.Add(ref Targets, at))) * perRow, ref Unsafe.Add(ref Gradient, at));
            }
        }
    }
}
