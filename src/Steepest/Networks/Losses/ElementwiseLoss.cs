using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A loss of one output against one target, over lanes.</summary>
internal interface ILossRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The loss, and its derivative by the output.</summary>
    V Value<V>(V output, V target, out V derivative)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>A loss that is the mean over rows and outputs of a rule's, one output after another.</summary>
internal readonly ref struct ElementwiseLoss<T, TRule>(
    TRule rule, ref T output, ref T target, ref T weight, ref T rowLoss, ref T gradient, T scale, int count, bool isFirst) : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRule : struct, ILossRule<T>
{
    private readonly ref T output = ref output;
    private readonly ref T target = ref target;
    private readonly ref T weight = ref weight;
    private readonly ref T rowLoss = ref rowLoss;
    private readonly ref T gradient = ref gradient;

    /// <param name="ruleOf">Makes the rule of one output from the settings.</param>
    /// <param name="settings">What the rules are made from.</param>
    /// <param name="outputs">The network's outputs.</param>
    /// <param name="batch">Targets and weights.</param>
    /// <param name="rowLoss">Receives each row's loss times its weight.</param>
    /// <param name="gradient">Receives the gradient by the outputs.</param>
    public static T Evaluate<TSettings>(
        Func<int, TSettings, TRule> ruleOf, TSettings settings, AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient)
    {
        var scale = batch.PerWeight / T.CreateChecked(batch.Outputs);
        for (var o = 0; o < batch.Outputs; o++)
        {
            var at = o * batch.Stride;
            var work = new ElementwiseLoss<T, TRule>(
                ruleOf(o, settings),
                ref Unsafe.Add(ref outputs.First, at),
                ref Unsafe.Add(ref batch.Targets.First, at),
                ref batch.Weights.First,
                ref rowLoss.First,
                ref Unsafe.Add(ref gradient.First, at),
                scale,
                batch.Stride,
                isFirst: o == 0);
            Lanes.Run<T, ElementwiseLoss<T, TRule>>(ref work);
        }

        // Each row's loss is the mean over its outputs.
        var perOutput = T.One / T.CreateChecked(batch.Outputs);
        RowWork<T>.Run(perOutput, T.Zero, ref rowLoss.First, ref rowLoss.First, batch.Stride);
        return batch.Mean(rowLoss);
    }

    [MethodImpl(Compiled.Once)]
    public void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        for (var b = 0; b < count; b += V.Count)
        {
            var w = V.Load(in Unsafe.Add(ref weight, b));
            var loss = w * rule.Value(V.Load(in Unsafe.Add(ref output, b)), V.Load(in Unsafe.Add(ref target, b)), out var derivative);
            V.Store(isFirst ? loss : V.Load(in Unsafe.Add(ref rowLoss, b)) + loss, ref Unsafe.Add(ref rowLoss, b));
            V.Store(scale * (w * derivative), ref Unsafe.Add(ref gradient, b));
        }
    }
}

/// <summary>Targets that are compared as they are.</summary>
internal sealed class NumberEncoder<T> : TargetEncoder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override T Encode(int label, double weight, ref T target, int stride)
    {
        target = T.CreateTruncating(label);
        return T.CreateTruncating(weight);
    }

    public override T Encode(ReadOnlySpan<double> targets, double weight, ref T target, int stride)
    {
        for (var o = 0; o < targets.Length; o++) Unsafe.Add(ref target, o * stride) = T.CreateTruncating(targets[o]);
        return T.CreateTruncating(weight);
    }
}
