using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

internal sealed record SoftplusActivation(double Beta) : Activation
{
    public override string Name => "softplus";

    private protected override double? Setting => Beta;

    internal override DenseKernels<T> Kernels<T>() => new DenseKernels<T, Rule<T>>(new Rule<T>(In<T>(Beta, "beta", divides: true)));

    private readonly struct Rule<T>(T beta) : IActivationRule<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static bool KeepsTrace => false;

        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Value<V>(V z, out V trace)
            where V : struct, IKernelLane<V, T>
        {
            // The bend by itself, so that a large beta · z does not overflow.
            var zero = V.Broadcast(T.Zero);
            var bend = LaneMath.Softplus<V, T>(zero - (beta * V.Abs(z)));
            return trace = V.WhereGreater(z, zero, z, zero) + (bend / V.Broadcast(beta));
        }

        // σ(beta · z) = 1 − e^(−beta · value), without cancellation on either side.
        // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public V Derivative<V>(V trace)
            where V : struct, IKernelLane<V, T> => V.Broadcast(T.Zero) - LaneMath.ExpMinusOne<V, T>(V.Broadcast(T.Zero) - (beta * trace));
    }
}
