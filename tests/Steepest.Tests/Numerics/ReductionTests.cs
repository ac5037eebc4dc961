using System.Numerics;
using System.Runtime.InteropServices;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public sealed class DoubleReductionTests : ReductionTests<double>;

public sealed class FloatReductionTests : ReductionTests<float>;

/// <summary>Sums at every lane width against the documented order, written out for single numbers.</summary>
public abstract class ReductionTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T[] Numbers = LaneArguments.Ordinary<T>(new Pcg64(2), 10_000);

    [Fact]
    public void A_sum_has_the_bits_of_its_documented_order()
    {
        foreach (var length in (int[])[.. Enumerable.Range(0, 71), .. Enumerable.Range(4094, 7), 8191, 8192, 8193, 10_000])
        {
            var numbers = Numbers[..length];
            T[] atEachWidth = [At<LaneScalar<T>>(numbers), At<Lane128<T>>(numbers), At<Lane256<T>>(numbers), At<Lane512<T>>(numbers)];
            var expected = InDocumentedOrder(numbers);
            Assert.Equal([expected, expected, expected, expected], atEachWidth);
            Assert.Equal(expected, Reduction.Sum<T>(numbers));
        }
    }

    [Fact]
    public void A_number_that_is_not_finite_reaches_the_sum()
    {
        foreach (var place in (int[])[0, 15, 16, 4095, 4096, 9999])
        {
            T[] numbers = [.. Numbers];
            numbers[place] = T.NaN;
            Assert.True(T.IsNaN(Reduction.Sum<T>(numbers)));
            numbers[place] = T.PositiveInfinity;
            Assert.Equal(T.PositiveInfinity, Reduction.Sum<T>(numbers));
        }
    }

    private static T At<V>(T[] numbers)
        where V : struct, IKernelLane<V, T>
    {
        var work = new Reduction.SumWork<T>(ref MemoryMarshal.GetArrayDataReference(numbers), numbers.Length);
        work.Run<V>();
        return work.Total;
    }

    private static T InDocumentedOrder(T[] numbers)
    {
        var total = T.Zero;
        foreach (var chunk in numbers.Chunk(4096))
        {
            var partial = new T[16];
            for (var i = 0; i < chunk.Length; i++)
                partial[i % 16] += chunk[i];
            while (partial.Length > 1)
                partial = [.. partial[..(partial.Length / 2)].Zip(partial[(partial.Length / 2)..], (a, b) => a + b)];
            total += partial[0];
        }

        return total;
    }
}
