using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest;

internal sealed record EluActivation(double Alpha) : Activation
{
    public override string Name => "elu";

    private protected override double? Setting => Alpha;

    internal override DenseKernels<T> Kernels<T>() =>
        new DenseKernels<T, ExponentialLinearRule<T>>(new(T.One, In<T>(Alpha, "alpha")));
}

internal sealed record SeluActivation : Activation
{
    // The fixed point at mean 0 and variance 1: alpha = −√(2/π)/(√e · erfc(1/√2) − 1), and the scale that goes with it.
    private const double Alpha = 1.6732632423543772, Scale = 1.0507009873554805;

    public override string Name => "selu";

    internal override Initializer DefaultInitializer => Initializer.LeCunNormal;

    internal override DenseKernels<T> Kernels<T>() =>
        new DenseKernels<T, ExponentialLinearRule<T>>(new(T.CreateChecked(Scale), T.CreateChecked(Scale * Alpha)));
}

/// <summary>The rule of both: slope · z above 0, fall · (eᶻ − 1) elsewhere.</summary>
/// <remarks>The derivative on the left, the value + fall, would lose all its digits where the value nears −fall; so it is kept.</remarks>
internal readonly struct ExponentialLinearRule<T>(T slope, T fall) : IActivationRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool KeepsTrace => true;

    // By itself: copied into each of a product's blocks it would exceed what the compiler is willing to inline there.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public V Value<V>(V z, out V trace)
        where V : struct, IKernelLane<V, T>
    {
        var zero = V.Broadcast(T.Zero);
        var expMinusOne = LaneMath.ExpMinusOne<V, T>(V.WhereGreater(z, zero, zero, z), out var exp);
        trace = V.WhereGreater(z, zero, V.Broadcast(slope), fall * exp);
        return V.WhereGreater(z, zero, slope * z, fall * expMinusOne);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V trace)
        where V : struct, IKernelLane<V, T> => trace;
}
