using System.Numerics;
using System.Runtime.InteropServices;

namespace Steepest.Testing;

/// <summary>Numbers compared bit by bit, so that a NaN is equal to itself and 0 is not −0.</summary>
internal static class Bits
{
    /// <summary>What differs first, in words; <see langword="null"/> where nothing does.</summary>
    public static string? Difference<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual))) return null;
        for (var i = 0; i < Math.Min(expected.Length, actual.Length); i++)
        {
            if (!MemoryMarshal.AsBytes(expected.Slice(i, 1)).SequenceEqual(MemoryMarshal.AsBytes(actual.Slice(i, 1))))
                return $"{what}, number {Text.Of(i)} in {Text.PrecisionOf<T>()} is {Text.Of(actual[i])}, but {Text.Of(expected[i])} was expected";
        }

        return $"{what} has {Text.Of(actual.Length)} numbers, but {Text.Of(expected.Length)} were expected";
    }
}
