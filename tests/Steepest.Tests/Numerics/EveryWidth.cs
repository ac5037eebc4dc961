using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>An operation on lanes, written once for every width.</summary>
internal interface ILaneOperation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    V Apply<V>(V x, V y, V z)
        where V : struct, IKernelLane<V, T>;
}

/// <summary>Does the same at every lane width and compares the bits.</summary>
internal static class EveryWidth
{
    /// <summary>Fails unless the operation gives single numbers as <paramref name="expected"/> says, and the same bits at every width.</summary>
    public static void AssertGives<T, TOperation>(TOperation operation, T[][] arguments, Func<T, T, T, T> expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, ILaneOperation<T>
    {
        T[] numbers = [.. arguments.Select(a => expected(a[0], a[1], a[2]))];
        AssertSameBits(numbers, Map<T, LaneScalar<T>, TOperation>(operation, arguments), typeof(TOperation).Name, arguments);
        AssertSame(operation, arguments);
    }

    /// <summary>Fails unless the operation gives the same bits at every width.</summary>
    public static void AssertSame<T, TOperation>(TOperation operation, T[][] arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperation : struct, ILaneOperation<T>
    {
        var scalar = Map<T, LaneScalar<T>, TOperation>(operation, arguments);
        AssertSameBits(scalar, Map<T, Lane128<T>, TOperation>(operation, arguments), $"{typeof(TOperation).Name} of 128 bits", arguments);
        AssertSameBits(scalar, Map<T, Lane256<T>, TOperation>(operation, arguments), $"{typeof(TOperation).Name} of 256 bits", arguments);
        AssertSameBits(scalar, Map<T, Lane512<T>, TOperation>(operation, arguments), $"{typeof(TOperation).Name} of 512 bits", arguments);
    }

    /// <summary>Equal to the bit, but one NaN is as good as another.</summary>
    public static bool SameBits<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a.Equals(b) && (T.IsNaN(a) || T.IsNegative(a) == T.IsNegative(b));

    public static void AssertSameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!SameBits(expected[i], actual[i]))
                Assert.Fail($"{what}: place {i} is {actual[i]:R}, expected {expected[i]:R}.");
        }
    }

    private static void AssertSameBits<T>(T[] expected, T[] actual, string what, T[][] arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (!SameBits(expected[i], actual[i]))
                Assert.Fail($"{what} of {string.Join(", ", arguments[i])} is {actual[i]:R}, expected {expected[i]:R}.");
        }
    }

    private static T[] Map<T, V, TOperation>(TOperation operation, T[][] arguments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, IKernelLane<V, T>
        where TOperation : struct, ILaneOperation<T>
    {
        var padded = Lanes.Padded<T>(arguments.Length);
        // One number in front takes the lanes off their natural borders.
        T[] x = Column(0), y = Column(1), z = Column(2), result = new T[1 + padded];
        for (var i = 1; i <= padded; i += V.Count)
            V.Store(operation.Apply(V.Load(in x[i]), V.Load(in y[i]), V.Load(in z[i])), ref result[i]);
        return result[1..(1 + arguments.Length)];

        T[] Column(int argument) => [T.Zero, .. arguments.Select(a => a[argument]), .. new T[padded - arguments.Length]];
    }
}
