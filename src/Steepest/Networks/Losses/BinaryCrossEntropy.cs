using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>
/// The mean over rows and outputs of −w t log σ(z) − (1 − t) log(1 − σ(z)), with σ the logistic function of the logit z, t the target, 0 … 1, and w
/// the output's positive weight; computed from the logit, so that none overflows. For two classes the network has one output, the logit of the
/// second class; for several yes-or-no questions one output each, and the data has as many targets.
/// </summary>
/// <param name="PositiveWeights">By how much more a target of 1 counts than one of 0, one weight an output: finite, not negative, not all zero; as PyTorch's
/// <c>pos_weight</c>. <see langword="null"/> counts both alike.</param>
/// <exception cref="SteepestException">A weight lies outside its range.</exception>
public sealed record BinaryCrossEntropy(ValueList<double>? PositiveWeights = null) : Loss
{
    /// <summary>By how much more a target of 1 counts, for each output.</summary>
    public ValueList<double>? PositiveWeights { get; init => field = CheckedWeights(value, "Positive weight"); } =
        CheckedWeights(PositiveWeights, "Positive weight");

    internal override bool Classifies => true;

    /// <summary>As in binary cross-entropy (positive weights 3).</summary>
    public override string ToString() => PositiveWeights is null
        ? "binary cross-entropy"
        : $"binary cross-entropy (positive weights {string.Join('/', PositiveWeights.Select(Text.Of))})";

    internal override void CheckFit(DataShape data, int outputs)
    {
        if (data.IsClassification)
        {
            if (data.Classes > 2) throw new SteepestException($"Binary cross-entropy is for two classes, but {data.Name} has {Text.Of(data.Classes)}; take softmax cross-entropy and one output a class.");
            if (outputs != 1) throw new SteepestException($"Binary cross-entropy needs one output for two classes, but the network has {Text.Of(outputs)}.");
        }
        else
        {
            CheckTargets(data, outputs, "binary cross-entropy");
        }

        CheckCount(PositiveWeights, "positive weight", outputs);
    }

    internal override string? Problem(ReadOnlySpan<double> targets)
    {
        for (var o = 0; o < targets.Length; o++)
        {
            if (targets[o] is not (>= 0 and <= 1)) return $"found {Text.Of(targets[o])} as target {Text.Of(o + 1)}, expected 0 to 1";
        }

        return null;
    }

    internal override TargetEncoder<T> Encoder<T>(int outputs) => new NumberEncoder<T>();

    internal override T Evaluate<T>(AlignedBuffer<T> outputs, Batch<T> batch, AlignedBuffer<T> rowLoss, AlignedBuffer<T> gradient) =>
        ElementwiseLoss<T, Rule<T>>.Evaluate(
            static (o, weights) => new Rule<T>(T.CreateChecked(weights is null ? 0 : weights[o] - 1)), PositiveWeights, outputs, batch, rowLoss, gradient);

    /// <param name="extra">The positive weight less 1.</param>
    private readonly struct Rule<T>(T extra) : ILossRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V z, V t, out V derivative)
            where V : struct, IKernelLane<V, T>
        {
            // (1 − t) z + (1 + (w − 1) t) log(1 + e⁻ᶻ)
            var one = V.Broadcast(T.One);
            var rest = one - t;
            var weight = (extra * t) + one;
            var minusZ = V.Broadcast(T.Zero) - z;
            derivative = rest - (weight * LaneMath.Sigmoid<V, T>(minusZ));
            return (rest * z) + (weight * LaneMath.Softplus<V, T>(minusZ));
        }
    }
}
