using System.Globalization;

using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public class MersenneTwisterTests
{
    public static TheoryData<uint> Seeds => RandomGolden.LegacySeeds;

    [Theory, MemberData(nameof(Seeds))]
    public void Raw_words_equal_NumPys(uint seed)
    {
        var expected = RandomGolden.Legacy(seed).GetProperty("random_raw_uint32").Words();
        Assert.Equal(expected, RandomGolden.Draws(expected.Length, new MersenneTwister(seed).NextUInt32).Select(word => (ulong)word));
    }

    /// <summary>The ten thousandth word of the seed 5489 as the C++ standard, [rand.predef], gives it.</summary>
    [Fact]
    public void The_ten_thousandth_word_is_the_published_one() =>
        Assert.Equal(4123659995U, RandomGolden.Draws(10_000, new MersenneTwister(5489).NextUInt32)[^1]);

    [Theory, MemberData(nameof(Seeds))]
    public void Doubles_and_uniforms_equal_NumPys(uint seed)
    {
        var golden = RandomGolden.Legacy(seed);
        double[] samples = golden.GetProperty("random_sample").Vector(), uniforms = golden.GetProperty("uniform_m2_3").Vector();
        var random = new MersenneTwister(seed);

        Assert.Equal(samples, RandomGolden.Draws(samples.Length, new MersenneTwister(seed).RandomSample));
        Assert.Equal(uniforms, RandomGolden.Draws(uniforms.Length, () => random.Uniform(-2, 3)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Normals_are_NumPys_to_one_ulp(uint seed)
    {
        var expected = RandomGolden.Legacy(seed).GetProperty("standard_normal_legacy_polar").Vector();
        var random = new MersenneTwister(seed);

        RandomGolden.AssertWithinOneUlp(expected, RandomGolden.Draws(expected.Length, new MersenneTwister(seed).StandardNormal));
        Assert.Equal(
            RandomGolden.Draws(expected.Length, new MersenneTwister(seed).StandardNormal).Select(x => 1.5 + (0.25 * x)),
            RandomGolden.Draws(expected.Length, () => random.Normal(1.5, 0.25)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Integers_equal_NumPys(uint seed)
    {
        var expected = RandomGolden.Legacy(seed).GetProperty("randint_0_1000").Integers();
        var random = new MersenneTwister(seed);
        Assert.Equal(expected, RandomGolden.Draws(expected.Length, () => (int)random.Integers(0, 1000)));
    }

    /// <summary>From NumPy 1.24.2: <c>RandomState(1).randint(0, 2**40, 3)</c>.</summary>
    [Fact]
    public void Integers_of_more_than_32_bits_equal_NumPys()
    {
        var random = new MersenneTwister(1);
        Assert.Equal([163196666091, 605300724808, 1095766950793], RandomGolden.Draws(3, () => random.Integers(0, 1L << 40)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Permutations_shuffles_and_choices_equal_NumPys(uint seed)
    {
        var golden = RandomGolden.Legacy(seed);
        foreach (var permutation in golden.GetProperty("permutation").EnumerateObject())
        {
            var n = int.Parse(permutation.Name, CultureInfo.InvariantCulture);
            Assert.Equal(permutation.Value.Integers(), new MersenneTwister(seed).Permutation(n));
        }

        int[] numbers = [.. Enumerable.Range(0, 12)];
        new MersenneTwister(seed).Shuffle<int>(numbers);
        Assert.Equal(golden.GetProperty("shuffle_arange12").Integers(), numbers);
        Assert.Equal(golden.GetProperty("choice_10_of_50_without_replacement").Integers(), new MersenneTwister(seed).Choice(50, 10));
    }

    [Fact]
    public void Arguments_without_a_result_are_refused()
    {
        var random = new MersenneTwister(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Integers(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Uniform(0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Normal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Permutation(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Choice(3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Choice(3, -1));
    }
}
