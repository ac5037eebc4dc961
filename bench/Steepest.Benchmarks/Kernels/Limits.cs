using System.Numerics;
using System.Runtime.CompilerServices;
using Steepest.Numerics;

namespace Steepest.Benchmarks;

/// <summary>The most arithmetic that one core can do: independent fused multiply-adds at the widest lanes, nothing else.</summary>
internal ref struct FmaPeak<T> : ILaneWork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Turns = 1000;
    private const int Accumulators = 16;

    public T Result;

    /// <summary>Floating-point operations of one run.</summary>
    public static double Operations => 2.0 * Turns * Accumulators * LanesNow;

    private static int LanesNow => System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? Lanes.Widest<T>()
        : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? Lanes.Widest<T>() / 2
        : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? Lanes.Widest<T>() / 4
        : 1;

    /// <summary>A contender whose repetition is <see cref="Operations"/>.</summary>
    public static Contender Contender { get; } = Benchmarks.Contender.Of("fused multiply-adds alone", () =>
    {
        var work = default(FmaPeak<T>);
        Lanes.Run<T, FmaPeak<T>>(ref work);
        if (T.IsNaN(work.Result)) throw new InvalidOperationException("The loop is to stay finite.");
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Run<V>()
        where V : struct, IKernelLane<V, T>
    {
        var half = V.Broadcast(T.CreateChecked(0.5));
        var one = V.Broadcast(T.One);
        V a0 = one, a1 = one, a2 = one, a3 = one, a4 = one, a5 = one, a6 = one, a7 = one;
        V b0 = one, b1 = one, b2 = one, b3 = one, b4 = one, b5 = one, b6 = one, b7 = one;
        for (var i = 0; i < Turns; i++)
        {
            a0 = V.FusedMultiplyAdd(a0, half, one);
            a1 = V.FusedMultiplyAdd(a1, half, one);
            a2 = V.FusedMultiplyAdd(a2, half, one);
            a3 = V.FusedMultiplyAdd(a3, half, one);
            a4 = V.FusedMultiplyAdd(a4, half, one);
            a5 = V.FusedMultiplyAdd(a5, half, one);
            a6 = V.FusedMultiplyAdd(a6, half, one);
            a7 = V.FusedMultiplyAdd(a7, half, one);
            b0 = V.FusedMultiplyAdd(b0, half, one);
            b1 = V.FusedMultiplyAdd(b1, half, one);
            b2 = V.FusedMultiplyAdd(b2, half, one);
            b3 = V.FusedMultiplyAdd(b3, half, one);
            b4 = V.FusedMultiplyAdd(b4, half, one);
            b5 = V.FusedMultiplyAdd(b5, half, one);
            b6 = V.FusedMultiplyAdd(b6, half, one);
            b7 = V.FusedMultiplyAdd(b7, half, one);
        }

        var sum = a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7;
        Span<T> parts = stackalloc T[V.Count];
        V.Store(sum, ref parts[0]);
        Result = parts[0];
    }
}
