using Steepest.Compare.Tuning;
using Steepest.Numerics;

namespace Steepest.Tests.Compare.Tuning;

public sealed class HaltonSequenceTests
{
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    public void Every_cell_of_a_dimension_s_base_gets_as_many_points(int seed)
    {
        var sequence = new HaltonSequence(Primes.Length, new Pcg64((ulong)seed));
        foreach (var (dimension, prime) in Primes.Index())
        {
            var cells = prime * prime;
            var counts = Enumerable.Range(0, 3 * cells).CountBy(index => (int)(sequence.At(index)[dimension] * cells)).ToDictionary();
            Assert.Equal(cells, counts.Count);
            Assert.All(counts.Values, count => Assert.Equal(3, count));
        }
    }

    [Fact]
    public void Chance_scrambles_it_and_the_same_chance_gives_the_same()
    {
        var one = Points(4, seed: 1);
        Assert.Equal(one, Points(4, seed: 1));
        Assert.All(one.Zip(Points(4, seed: 2)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.All(one, point => Assert.All(point, number => Assert.InRange(number, 0, Math.BitDecrement(1))));
    }

    [Fact]
    public void The_first_dimensions_do_not_depend_on_later_ones() =>
        Assert.Equal(Points(2, seed: 5), Points(6, seed: 5).Select(point => (ValueList<double>)[.. point.Take(2)]));

    [Fact]
    public void There_are_twelve_dimensions_and_no_more() => Assert.Throws<ArgumentOutOfRangeException>(() => new HaltonSequence(13, new Pcg64(1)));

    private static ValueList<double>[] Points(int dimensions, ulong seed)
    {
        var sequence = new HaltonSequence(dimensions, new Pcg64(seed));
        return [.. Enumerable.Range(0, 25).Select(sequence.At)];
    }
}
