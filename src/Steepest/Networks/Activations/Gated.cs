using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

/// <summary>What the activations z · gate(z) have in common.</summary>
internal static class Gate
{
    /// <summary>z, but no further from 0 than where every gate here has closed or opened for good: there z · gate must not be ∞ · 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Bounded<V, T>(V z)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var high = V.Broadcast(T.CreateChecked(typeof(T) == typeof(double) ? 800 : 120));
        var low = V.Broadcast(T.Zero) - high;
        return V.WhereGreater(low, z, low, V.WhereGreater(z, high, high, z));
    }

    /// <summary>z, but not below the lower bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V FromLow<V, T>(V z, V bounded)
        where V : struct, IKernelLane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.WhereGreater(z, bounded, z, bounded);
}

internal sealed record GeluActivation : Activation
{
    public override string Name => "gelu";

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => true;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            var one = V.Broadcast(T.One);
            var x = Gate.Bounded<V, T>(z);
            var tail = LaneNormal.Tail<V, T>(x, out var density);
            var gate = V.WhereGreater(x, V.Broadcast(T.Zero), one - tail, tail);
            trace = V.FusedMultiplyAdd(x, density, gate);
            return Gate.FromLow<V, T>(z, x) * gate;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => trace;
    }
}

internal sealed record GeluTanhActivation : Activation
{
    public override string Name => "gelu-tanh";

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => true;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            // ½(1 + tanh u) is σ(2u), which loses nothing on the left. Farther out than 40 both are long closed or open.
            var one = V.Broadcast(T.One);
            var far = V.Broadcast(T.CreateChecked(40));
            var x = V.WhereGreater(z, far, far, V.WhereGreater(V.Broadcast(T.Zero) - far, z, V.Broadcast(T.Zero) - far, z));
            var slope = V.Broadcast(T.CreateChecked(1.5957691216057308));
            var cubic = V.Broadcast(T.CreateChecked(0.071354816272600258));
            var square = x * x;
            var gate = LaneMath.Sigmoid<V, T>(x * V.FusedMultiplyAdd(cubic, square, slope), out var closed);
            var inner = V.FusedMultiplyAdd(T.CreateChecked(3) * cubic, square, slope);
            trace = gate * V.FusedMultiplyAdd(x * closed, inner, one);
            return Gate.FromLow<V, T>(z, x) * gate;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => trace;
    }
}

internal sealed record SiluActivation : Activation
{
    public override string Name => "silu";

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => true;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            var x = Gate.Bounded<V, T>(z);
            var gate = LaneMath.Sigmoid<V, T>(x, out var closed);
            trace = gate * V.FusedMultiplyAdd(x, closed, V.Broadcast(T.One));
            return Gate.FromLow<V, T>(z, x) * gate;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => trace;
    }
}

internal sealed record HardSwishActivation : Activation
{
    public override string Name => "hard-swish";

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            V three = V.Broadcast(T.CreateChecked(3)), six = V.Broadcast(T.CreateChecked(6)), half = V.Broadcast(T.CreateChecked(0.5));
            var x = V.WhereGreater(z, three, three, V.WhereGreater(V.Broadcast(T.Zero) - three, z, V.Broadcast(T.Zero) - three, z));
            // x/6 + ½ is 0 and 1 at the kinks and beyond, and NaN at NaN.
            trace = V.WhereGreater(three, V.Abs(x), x / three, x / six) + half;
            return Gate.FromLow<V, T>(z, x) * ((x + three) / six);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => trace;
    }
}

internal sealed record MishActivation : Activation
{
    public override string Name => "mish";

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => true;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            // With e = e^(−|z|) and n = (1 + eᶻ)² − 1: tanh(log(1 + eᶻ)) = n/(n + 2) and its derivative 4eᶻ(1 + eᶻ)/(n + 2)², on the right all over e⁻²ᶻ.
            V zero = V.Broadcast(T.Zero), one = V.Broadcast(T.One), two = V.Broadcast(T.CreateChecked(2));
            var x = Gate.Bounded<V, T>(z);
            var e = LaneMath.Exp<V, T>(zero - V.Abs(x));
            var numerator = V.WhereGreater(x, zero, V.FusedMultiplyAdd(two, e, one), e * (e + two));
            var denominator = numerator + V.WhereGreater(x, zero, two * (e * e), two);
            var gate = numerator / denominator;
            var steepness = T.CreateChecked(4) * (e * (one + e) / denominator) * (V.WhereGreater(x, zero, e, one) / denominator);
            trace = V.FusedMultiplyAdd(x, steepness, gate);
            return Gate.FromLow<V, T>(z, x) * gate;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => trace;
    }
}
