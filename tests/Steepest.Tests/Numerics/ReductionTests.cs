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

    private static readonly int[] Lengths = [.. Enumerable.Range(0, 71), .. Enumerable.Range(4094, 7), 8191, 8192, 8193, 10_000];

    [Fact]
    public void A_sum_has_the_bits_of_its_documented_order()
    {
        foreach (var length in Lengths)
        {
            var numbers = Numbers[..length];
            var expected = InDocumentedOrder(numbers);
            Assert.Equal([expected, expected, expected, expected], AtEachWidth(numbers, default(Reduction.Itself<T>)));
            Assert.Equal(expected, Reduction.Sum<T>(numbers));
        }
    }

    [Fact]
    public void Sums_of_rows_have_the_same_bits_whatever_stands_in_the_padding()
    {
        foreach (var length in Lengths.Where(length => length > 0))
        {
            const int Rows = 3;
            var stride = Lanes.Padded<T>(length);
            var matrix = new T[Rows * stride];
            Array.Fill(matrix, T.NaN);
            for (var row = 0; row < Rows; row++) Numbers.AsSpan(row, Math.Min(length, Numbers.Length - row)).CopyTo(matrix.AsSpan(row * stride));
            for (var row = 1; row < Rows; row++) matrix.AsSpan((row * stride) + Math.Min(length, Numbers.Length - row), length - Math.Min(length, Numbers.Length - row)).Clear();

            var sums = new T[Rows];
            foreach (var run in (Action[])[Run<LaneScalar<T>>, Run<Lane128<T>>, Run<Lane256<T>>, Run<Lane512<T>>])
            {
                run();
                for (var row = 0; row < Rows; row++) Assert.Equal(InDocumentedOrder(matrix[(row * stride)..((row * stride) + length)]), sums[row]);
            }

            void Run<V>()
                where V : struct, IKernelLane<V, T>
            {
                sums.AsSpan().Fill(T.NaN);
                new Reduction.RowSums<T>(ref matrix[0], stride, Rows, length, ref sums[0]).Run<V>();
            }
        }
    }

    [Fact]
    public void Sums_of_squares_and_magnitudes_have_the_bits_of_that_order_with_chunks_added_in_double()
    {
        var scale = T.CreateChecked(0.3);
        foreach (var length in Lengths)
        {
            var numbers = Numbers[..length];
            AssertSum(numbers, default(Reduction.Square<T>), x => x * x, Reduction.SumOfSquares<T>(numbers));
            AssertSum(numbers, new Reduction.ScaledSquare<T>(scale), x => scale * x * (scale * x), Reduction.SumOfSquares<T>(numbers, scale));
            AssertSum(numbers, default(Reduction.Magnitude<T>), T.Abs, Reduction.SumOfMagnitudes<T>(numbers));
        }
    }

    [Fact]
    public void The_largest_magnitude_is_found_at_every_place_and_width()
    {
        foreach (var length in (int[])[0, 1, 2, 3, 15, 16, 17, 33, 100])
        {
            for (var place = 0; place < length; place++)
            {
                var numbers = Numbers[..length];
                numbers[place] = T.CreateChecked(-7);
                T[] atEachWidth = [Largest<LaneScalar<T>>(numbers), Largest<Lane128<T>>(numbers), Largest<Lane256<T>>(numbers), Largest<Lane512<T>>(numbers)];
                Assert.All(atEachWidth, largest => Assert.Equal(T.CreateChecked(7), largest));
            }
        }

        Assert.Equal(T.Zero, Reduction.LargestMagnitude<T>([]));
        Assert.Equal(T.PositiveInfinity, Reduction.LargestMagnitude<T>([T.One, T.NegativeInfinity, T.Zero]));

        static T Largest<V>(T[] numbers)
            where V : struct, IKernelLane<V, T>
        {
            var work = new Reduction.LargestWork<T>(ref MemoryMarshal.GetArrayDataReference(numbers), numbers.Length);
            work.Run<V>();
            return work.Largest;
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

    private static void AssertSum<TTerm>(T[] numbers, TTerm term, Func<T, T> of, double actual)
        where TTerm : struct, Reduction.ITerm<T>
    {
        T[] terms = [.. numbers.Select(of)];
        var expected = InDocumentedOrder(terms);
        Assert.Equal([expected, expected, expected, expected], AtEachWidth(numbers, term));
        Assert.Equal(terms.Chunk(Reduction.Chunk).Sum(chunk => double.CreateChecked(InDocumentedOrder(chunk))), actual);
    }

    private static T[] AtEachWidth<TTerm>(T[] numbers, TTerm term)
        where TTerm : struct, Reduction.ITerm<T>
    {
        return [At<LaneScalar<T>>(), At<Lane128<T>>(), At<Lane256<T>>(), At<Lane512<T>>()];

        T At<V>()
            where V : struct, IKernelLane<V, T>
        {
            var work = new Reduction.SumWork<T, TTerm>(term, ref MemoryMarshal.GetArrayDataReference(numbers), numbers.Length);
            work.Run<V>();
            return work.Total;
        }
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
