using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

internal sealed record TanhActivation : Activation
{
    public override string Name => "tanh";

    internal override Initializer DefaultInitializer => Initializer.Glorot;

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => false;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T> => trace = LaneMath.Tanh<V, T>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => V.Broadcast(T.One) - (trace * trace);
    }
}

internal sealed record SigmoidActivation : Activation
{
    public override string Name => "sigmoid";

    internal override Initializer DefaultInitializer => Initializer.Glorot;

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(default);

    private readonly struct Rule<T> : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => false;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T> => trace = LaneMath.Sigmoid<V, T>(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => trace * (V.Broadcast(T.One) - trace);
    }
}
