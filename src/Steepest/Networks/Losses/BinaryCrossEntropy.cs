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

    /// <summary>The loss that counts both of two classes the same, however many rows each has: the second by rows of the first / rows of the second.</summary>
    /// <param name="train">The training rows, with two classes.</param>
    /// <exception cref="SteepestException">The data has not two classes, or a class without rows.</exception>
    public static BinaryCrossEntropy Balanced(Dataset train)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (train.Classes != 2) throw new SteepestException($"{train.Name} has {Text.Of(train.Classes)} classes, but binary cross-entropy balances two.");
        var counts = CountsToBalance(train);

        return new([(double)counts[0] / counts[1]]);
    }

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
            static (o, weights) => new Rule<T>(T.CreateChecked(weights is null ? 1 : weights[o])), PositiveWeights, outputs, batch, rowLoss, gradient);

    private readonly struct Rule<T>(T positiveWeight) : ILossRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V z, V t, out V derivative)
            where V : struct, IKernelLane<V, T>
        {
            // (1 − t) log(1 + eᶻ) + w t log(1 + e⁻ᶻ): small losses keep their digits on both sides, where 1 − σ(z) would lose them.
            var (zero, one) = (V.Broadcast(T.Zero), V.Broadcast(T.One));
            var rest = one - t;
            var weight = positiveWeight * t;
            var bend = LaneMath.Softplus<V, T>(zero - V.Abs(z));
            var opened = LaneMath.Sigmoid<V, T>(z, out var closed);
            derivative = (rest * opened) - (weight * closed);
            return (rest * (bend + V.WhereGreater(z, zero, z, zero))) + (weight * (bend + V.WhereGreater(z, zero, zero, zero - z)));
        }
    }
}
