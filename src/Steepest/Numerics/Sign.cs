using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steepest.Numerics;

/// <summary>The sign of numbers.</summary>
internal static class Sign
{
    /// <summary>1, −1, or the number itself where it is zero or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, T>(V value)
        where V : struct, ILane<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var zero = V.Broadcast(T.Zero);
        return V.WhereGreater(value, zero, V.Broadcast(T.One), V.WhereGreater(zero, value, V.Broadcast(-T.One), value));
    }
}
