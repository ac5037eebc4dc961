using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>A limit to the gradient of each step, so that one steep place does not throw the parameters far away (Pascanu, Mikolov and Bengio 2013).</summary>
/// <remarks>
/// What is within the limit keeps its bits. What is not finite stays as it is, so that the run diverges visibly instead of going on with a limit
/// in place of an infinity (PyTorch's <c>clip_grad_value_</c> replaces it).
/// </remarks>
public abstract record Clipping
{
    private Clipping(double limit, string by)
    {
        if (!(limit > 0 && double.IsFinite(limit))) throw new SteepestException($"The limit of clipping by {by} is {Text.Of(limit)}, but it must lie in (0, ∞).");
        Limit = limit;
    }

    /// <summary>The largest magnitude, or norm, that is left as it is: positive and finite.</summary>
    public double Limit { get; }

    /// <summary>Each number of the gradient by itself: into −limit … limit.</summary>
    /// <param name="limit">The largest magnitude, positive and finite.</param>
    /// <exception cref="SteepestException">The limit is not positive and finite.</exception>
    public static Clipping ByValue(double limit) => new Value(limit);

    /// <summary>Each segment by itself: one whose Euclidean norm is above the limit is multiplied by limit / norm (Keras's <c>clipnorm</c>).</summary>
    /// <param name="limit">The largest norm, positive and finite.</param>
    /// <exception cref="SteepestException">The limit is not positive and finite.</exception>
    public static Clipping ByNorm(double limit) => new SegmentNorm(limit);

    /// <summary>
    /// All together: a gradient whose Euclidean norm is above the limit is multiplied by limit / norm, as in optax; PyTorch's
    /// <c>clip_grad_norm_</c> divides by the norm + 10⁻⁶.
    /// </summary>
    /// <param name="limit">The largest norm, positive and finite.</param>
    /// <exception cref="SteepestException">The limit is not positive and finite.</exception>
    public static Clipping ByGlobalNorm(double limit) => new GlobalNorm(limit);

    /// <summary>Clips a gradient in place.</summary>
    internal abstract void Apply<T>(Parameters<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private void Shorten<T>(Parameters<T> gradient, int start, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var norm = EuclideanNorm.Of<T>(gradient.Values.Slice(start, length));
        if (!norm.IsFinite || norm.Value <= Limit) return;
        // In two factors, neither of which leaves the range of T where the norm or the limit is extreme; the power of two rounds nothing.
        var work = new ScaleWork<T>(
            T.ScaleB(T.One, -norm.Exponent), T.CreateChecked(Limit / norm.Length), ref Unsafe.Add(ref gradient.Buffer.First, start), Lanes.Padded<T>(length));
        Lanes.Run<T, ScaleWork<T>>(ref work);
    }

    private sealed record Value(double Limit) : Clipping(Limit, "value")
    {
        public override string ToString() => $"value {Text.Of(Limit)}";

        internal override void Apply<T>(Parameters<T> gradient)
        {
            var work = new ClampWork<T>(T.CreateChecked(Limit), ref gradient.Buffer.First, gradient.Buffer.Length);
            Lanes.Run<T, ClampWork<T>>(ref work);
        }
    }

    private sealed record SegmentNorm(double Limit) : Clipping(Limit, "norm")
    {
        public override string ToString() => $"norm {Text.Of(Limit)}";

        internal override void Apply<T>(Parameters<T> gradient)
        {
            for (var s = 0; s < gradient.Layout.Segments.Count; s++)
            {
                var segment = gradient.Layout.Segments[s];
                Shorten(gradient, segment.Offset, segment.Length);
            }
        }
    }

    private sealed record GlobalNorm(double Limit) : Clipping(Limit, "global norm")
    {
        public override string ToString() => $"global norm {Text.Of(Limit)}";

        internal override void Apply<T>(Parameters<T> gradient) => Shorten(gradient, 0, gradient.Buffer.Length);
    }

    /// <summary>g ← limit · sign(g) where |g| is above the limit and finite; in whole lanes.</summary>
    internal readonly ref struct ClampWork<T>(T limit, ref T gradient, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T g = ref gradient;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            var highest = V.Broadcast(limit);
            var infinity = V.Broadcast(T.PositiveInfinity);
            for (var i = 0; i < count; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref g, i);
                var value = V.Load(in at);
                var magnitude = V.Abs(value);
                var clamped = V.WhereGreater(magnitude, highest, V.CopySign(highest, value), value);
                V.Store(V.WhereGreater(infinity, magnitude, clamped, value), ref at);
            }
        }
    }

    /// <summary>g ← factor · (power · g), the power one of two; in whole lanes.</summary>
    internal readonly ref struct ScaleWork<T>(T power, T factor, ref T gradient, int count) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ref T g = ref gradient;

        [MethodImpl(Compiled.Once)]
        public void Run<V>()
            where V : struct, IKernelLane<V, T>
        {
            for (var i = 0; i < count; i += V.Count)
            {
                ref var at = ref Unsafe.Add(ref g, i);
                V.Store(factor * (power * V.Load(in at)), ref at);
            }
        }
    }
}
