using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// The mean over the rows of −log p(label), with p the softmax of the logits; computed as log-sum-exp less the label's logit, row by row,
/// so that no logit, however large, overflows. The data has classes, or a probability for each class as its targets.
/// </summary>
/// <remarks>With class weights w the mean is Σ w(label) · loss / Σ w(label) over the labels met (where the targets are
/// probabilities: the sum over the rows / the number of rows), and smoothing takes
/// ε/K · Σ w(c) · (−log p(c)) for its part: as in PyTorch. (Keras divides by the number of rows.) Smoothing: Szegedy et al. 2016,
/// section 7.</remarks>
/// <param name="LabelSmoothing">ε, how much of each target is spread evenly over all K classes: 0 and more, less than 1.</param>
/// <param name="ClassWeights">How much rows of each class count, one weight a class: finite, not negative, not all zero; <see langword="null"/> counts all
/// alike. <see cref="Balanced"/> lets every class count the same.</param>
/// <exception cref="SteepestException">A setting lies outside its range.</exception>
public sealed record SoftmaxCrossEntropy(double LabelSmoothing = 0, ValueList<double>? ClassWeights = null) : Loss
{
    /// <summary>How much of each target is spread evenly over all classes.</summary>
    public double LabelSmoothing { get; init => field = Checked(value); } = Checked(LabelSmoothing);

    /// <summary>How much rows of each class count.</summary>
    public ValueList<double>? ClassWeights { get; init => field = CheckedWeights(value, "Class weight"); } = CheckedWeights(ClassWeights, "Class weight");

    internal override bool Classifies => true;

    /// <summary>The loss whose class weights let every class count the same, however many rows it has: rows / (classes · rows of the class), as
    /// scikit-learn's <c>balanced</c>.</summary>
    /// <param name="train">The training rows, with classes.</param>
    /// <param name="labelSmoothing">ε, as in <see cref="LabelSmoothing"/>.</param>
    /// <exception cref="SteepestException">The data has no classes, or a class without rows.</exception>
    public static SoftmaxCrossEntropy Balanced(Dataset train, double labelSmoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (!train.IsClassification) throw new SteepestException($"{train.Name} has no classes to balance.");
        var counts = CountsToBalance(train);

        return new(labelSmoothing, [.. counts.Select(count => (double)train.Rows / ((double)counts.Length * count))]);
    }

    /// <summary>As in softmax cross-entropy (label smoothing 0.1).</summary>
    public override string ToString()
    {
        string?[] settings = [LabelSmoothing == 0 ? null : $"label smoothing {Text.Of(LabelSmoothing)}", ClassWeights is null ? null : $"class weights {string.Join('/', ClassWeights.Select(Text.Of))}"];
        var said = string.Join(", ", settings.OfType<string>());
        return said.Length == 0 ? "softmax cross-entropy" : $"softmax cross-entropy ({said})";
    }

    internal override void CheckFit(DataShape data, int outputs)
    {
        if (outputs < 2)
        {
            var instead = data.Classes == 2 ? ", or take binary cross-entropy" : "";
            var classes = data.IsClassification ? $", of which {data.Name} has {Text.Of(data.Classes)}" : "";
            throw new SteepestException($"The network has 1 output, whose softmax is always 1; give it one output a class{classes}{instead}.");
        }

        if (data.Classes > outputs) throw new SteepestException($"{data.Name} has {Text.Of(data.Classes)} classes, but the network has {Text.Of(outputs)} outputs.");
        if (!data.IsClassification) CheckTargets(data, outputs, "softmax cross-entropy");
        CheckCount(ClassWeights, "class weight", outputs);
    }

    internal override string? Problem(ReadOnlySpan<double> targets)
    {
        var sum = 0.0;
        for (var c = 0; c < targets.Length; c++)
        {
            if (!(targets[c] >= 0)) return $"found the probability {Text.Of(targets[c])} as target {Text.Of(c + 1)}, expected none below 0";
            sum += targets[c];
        }

        return Math.Abs(sum - 1) <= 1e-6 ? null : $"found probabilities that sum to {Text.Of(sum)}, expected 1";
    }

    internal override TargetEncoder<T> Encoder<T>(int outputs) => new ClassEncoder<T>(outputs, LabelSmoothing, ClassWeights);

    internal override T Evaluate<T>(AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient)
    {
        var work = new Softmax<T>
        {
            Logits = ref outputs.First,
            Targets = ref batch.Targets.First,
            RowLoss = ref rowLoss.First,
            Gradient = ref gradient.First,
            Classes = batch.Outputs,
            PerWeight = batch.PerWeight,
            Stride = batch.Stride,
        };
        Lanes.Run<T, Softmax<T>>(ref work);
        return batch.Mean(rowLoss);
    }

    private static double Checked(double smoothing) => smoothing is >= 0 and < 1
        ? smoothing
        : throw new SteepestException($"The label smoothing is {Text.Of(smoothing)}, but it must be at least 0 and less than 1.");

    /// <summary>Targets as the softmax reads them: all weights are in them, so that they need not sum to 1.</summary>
    private sealed class ClassEncoder<T>(int classes, double smoothing, ValueList<double>? classWeights) : TargetEncoder<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override T Encode(int label, double weight, ref T target, int stride)
        {
            for (var c = 0; c < classes; c++)
            {
                var share = (smoothing / classes) + (c == label ? 1 - smoothing : 0);
                Unsafe.Add(ref target, c * stride) = T.CreateTruncating(weight * WeightOf(c) * share);
            }

            return T.CreateTruncating(weight * WeightOf(label));
        }

        public override T Encode(ReadOnlySpan<double> targets, double weight, ref T target, int stride)
        {
            for (var c = 0; c < classes; c++)
            {
                var share = (smoothing / classes) + ((1 - smoothing) * targets[c]);
                Unsafe.Add(ref target, c * stride) = T.CreateTruncating(weight * WeightOf(c) * share);
            }

            return T.CreateTruncating(weight);
        }

        private double WeightOf(int label) => classWeights is null ? 1 : classWeights[label];
    }
}
