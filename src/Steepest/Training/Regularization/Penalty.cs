using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A price on large weights, added to the loss: L1 · Σ|w| + L2/2 · Σw².</summary>
/// <remarks>
/// <para>Its gradient is L1 · sign(w) + L2 · w, with sign(0) = 0. The sums run over the segments of <see cref="ParameterRole.Weight"/> alone: biases
/// and the scales and shifts of normalisations shift what a layer gives without making it steeper, and the field leaves them out (Goodfellow, Bengio
/// and Courville 2016, section 7.1).</para>
/// <para>PyTorch's <c>weight_decay</c> λ adds λ · w to the gradient too, so that L2 = λ is the same, though PyTorch decays every parameter it is
/// given and leaves the printed loss alone. scikit-learn's <c>alpha</c> is divided by the rows of the batch: L2 = alpha / rows. Keras's
/// <c>L2(l)</c> is l · Σw², without the half: L2 = 2 · l.</para>
/// <para>With Adam and its kin this is not decoupled weight decay, as in AdamW: the penalty's gradient passes through the moments.</para>
/// </remarks>
/// <param name="L1">The price of magnitudes: 0 and more. It drives weights to 0 (Tibshirani 1996).</param>
/// <param name="L2">The price of squares: 0 and more. It shrinks weights in proportion.</param>
/// <exception cref="SteepestException">A price is negative or not finite.</exception>
public sealed record Penalty(double L1 = 0, double L2 = 0)
{
    /// <summary>The price of magnitudes.</summary>
    public double L1 { get; init => field = Checked(value, nameof(L1)); } = Checked(L1, nameof(L1));

    /// <summary>The price of squares.</summary>
    public double L2 { get; init => field = Checked(value, nameof(L2)); } = Checked(L2, nameof(L2));

    /// <summary>As in L1 0, L2 0.01.</summary>
    public override string ToString() => $"L1 {Text.Of(L1)}, L2 {Text.Of(L2)}";

    /// <summary>Whether it costs nothing, whatever the weights.</summary>
    internal bool IsZero => L1 == 0 && L2 == 0;

    /// <summary>The penalty of all weights; its gradient is added to another.</summary>
    /// <param name="at">The parameters.</param>
    /// <param name="gradient">Laid out like them; what it holds stays, with this added.</param>
    internal double AddTo<T>(Parameters<T> at, Parameters<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var value = 0.0;
        for (var s = 0; s < at.Layout.Segments.Count; s++)
        {
            if (at.Layout.Segments[s] is { Role: ParameterRole.Weight } segment) value += AddTo(segment, at, gradient);
        }

        return value;
    }

    /// <summary>The penalty of one segment, whatever its role; its gradient is added to another.</summary>
    internal double AddTo<T>(ParameterSegment segment, Parameters<T> at, Parameters<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (IsZero) return 0;
        double magnitudes = 0, squares = 0;

        // Chunk by chunk, so that the weights come from memory once: the sums and the gradient find them in the cache.
        for (var chunk = 0; chunk < segment.Length; chunk += Reduction.Chunk)
        {
            var start = segment.Offset + chunk;
            var length = Math.Min(Reduction.Chunk, segment.Length - chunk);
            ReadOnlySpan<T> weights = at.Values.Slice(start, length);
            if (L1 != 0) magnitudes += Reduction.SumOfMagnitudes(weights);
            if (L2 != 0) squares += Reduction.SumOfSquares(weights);
            var work = new GradientWork<T>(this, ref Unsafe.Add(ref at.Buffer.First, start), ref Unsafe.Add(ref gradient.Buffer.First, start), length);
            Lanes.Run<T, GradientWork<T>>(ref work);
        }

        return Value(magnitudes, squares);
    }

    /// <summary>The penalty of some weights.</summary>
    internal double At<T>(ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Value(L1 == 0 ? 0 : Reduction.SumOfMagnitudes(weights), L2 == 0 ? 0 : Reduction.SumOfSquares(weights));

    private static double Checked(double price, string name) => price >= 0 && double.IsFinite(price)
        ? price
        : throw new SteepestException($"The {name} of a penalty is {Text.Of(price)}, but it must be a finite number that is not negative.");

    private double Value(double magnitudes, double squares) => (L1 * magnitudes) + (L2 / 2 * squares);

    /// <summary>g ← g + (L2 · w + L1 · sign(w)), in whole lanes: what follows a segment is zero in both, and stays so.</summary>
    internal readonly ref struct GradientWork<T>(Penalty penalty, ref T weights, ref T gradient, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T w = ref weights;
        private readonly ref T g = ref gradient;
        private readonly T l1 = T.CreateChecked(penalty.L1);
        private readonly T l2 = T.CreateChecked(penalty.L2);

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var zero = V.Broadcast(T.Zero);
            var price = V.Broadcast(l1);
            for (var i = 0; i < count; i += V.Count)
            {
                ref var sum = ref Unsafe.Add(ref g, i);
                var weight = V.Load(in Unsafe.Add(ref w, i));
                var sign = V.WhereGreater(V.Abs(weight), zero, V.CopySign(price, weight), zero);
                V.Store(V.Load(in sum) + ((l2 * weight) + sign), ref sum);
            }
        }
    }
}
