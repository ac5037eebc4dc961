using System.Numerics;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What training makes small: one number from a network's outputs and the targets of a batch.</summary>
public abstract record Loss
{
    private protected Loss()
    {
    }

    /// <summary>
    /// The mean over the rows of −log p(label), with p the softmax of the logits; computed as log-sum-exp less the label's logit, row by row,
    /// so that no logit, however large, overflows.
    /// </summary>
    public static Loss SoftmaxCrossEntropy { get; } = new SoftmaxCrossEntropyLoss();

    /// <summary>The loss of a batch, and its gradient by each output, [output][padded row].</summary>
    internal abstract T Evaluate<T>(AlignedBuffer<T> outputs, AlignedBuffer<T> targets, int rows, int stride, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private sealed record SoftmaxCrossEntropyLoss : Loss
    {
        public override string ToString() => "softmax cross-entropy";

        internal override T Evaluate<T>(
            AlignedBuffer<T> outputs, AlignedBuffer<T> targets, int rows, int stride, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient)
        {
            new Softmax<T>
            {
                Logits = ref outputs.First,
                Targets = ref targets.First,
                RowLoss = ref rowLoss.First,
                Gradient = ref gradient.First,
                Classes = outputs.Length / rowLoss.Length,
                Rows = rows,
                Stride = stride,
            }.Run();
            return Reduction.Sum<T>(rowLoss.Span[..rows]) / T.CreateChecked(rows);
        }
    }
}
