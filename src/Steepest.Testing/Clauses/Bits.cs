using System.Numerics;
using System.Runtime.InteropServices;

namespace Steepest.Testing;

/// <summary>Numbers compared bit by bit, so that 0 is not −0; but one NaN is as good as another.</summary>
internal static class Bits
{
    /// <summary>What differs first, in words; <see langword="null"/> where nothing does.</summary>
    public static string? Difference<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual))) return null;
        for (var i = 0; i < Math.Min(expected.Length, actual.Length); i++)
        {
            if (!expected[i].Equals(actual[i]) || (!T.IsNaN(expected[i]) && T.IsNegative(expected[i]) != T.IsNegative(actual[i])))
                return $"{what}, number {Text.Of(i)} in {Text.PrecisionOf<T>()} is {Text.Of(actual[i])}, but {Text.Of(expected[i])} was expected";
        }

        return expected.Length == actual.Length ? null : $"{what}, for there are {Text.Of(actual.Length)} numbers, but {Text.Of(expected.Length)} were expected";
    }
}
