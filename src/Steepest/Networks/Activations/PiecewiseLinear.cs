using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

internal sealed record IdentityActivation : Activation
{
    public override string Name => "identity";

    internal override Initializer DefaultInitializer => Initializer.Glorot;

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T> => trace = z;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => V.Broadcast(T.One);
    }
}

internal sealed record ReluActivation : Activation
{
    public override string Name => "relu";

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            // A choice, not a product: 0 · −∞ would be NaN.
            var zero = V.Broadcast(T.Zero);
            return trace = V.WhereGreater(zero, z, zero, z);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => V.WhereGreater(trace, V.Broadcast(T.Zero), V.Broadcast(T.One), V.Broadcast(T.Zero));
    }
}

internal sealed record LeakyReluActivation(double Slope) : Activation
{
    public override string Name => "leaky-relu";

    private protected override double? Setting => Slope;

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(new Rule<T>(In<T>(Slope, "slope")));

    private readonly struct Rule<T>(T slope) : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T> => trace = V.WhereGreater(z, V.Broadcast(T.Zero), z, slope * z);

        // With a slope that is not negative, the value is positive exactly where z is.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => V.WhereGreater(trace, V.Broadcast(T.Zero), V.Broadcast(T.One), V.Broadcast(slope));
    }
}
