using System.Globalization;

using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public class Pcg64Tests
{
    public static TheoryData<ulong> Seeds => RandomGolden.GeneratorSeeds;

    [Theory, MemberData(nameof(Seeds))]
    public void A_seed_gives_NumPys_state(ulong seed)
    {
        var golden = RandomGolden.Generator(seed);
        var state = new Pcg64(seed).State;

        Assert.Equal(UInt128.Parse(golden.GetProperty("pcg64_state").GetString()!, CultureInfo.InvariantCulture), state.State);
        Assert.Equal(UInt128.Parse(golden.GetProperty("pcg64_inc").GetString()!, CultureInfo.InvariantCulture), state.Increment);
        Assert.Null(state.HalfWord);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Raw_words_equal_NumPys(ulong seed)
    {
        var expected = RandomGolden.Generator(seed).GetProperty("random_raw").Words();
        Assert.Equal(expected, RandomGolden.Draws(expected.Length, new Pcg64(seed).NextUInt64));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Half_words_are_the_lower_then_the_upper_half(ulong seed)
    {
        var words = RandomGolden.Generator(seed).GetProperty("random_raw").Words();
        Assert.Equal(
            words.SelectMany(word => new[] { (uint)word, (uint)(word >> 32) }),
            RandomGolden.Draws(2 * words.Length, new Pcg64(seed).NextUInt32));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Doubles_equal_NumPys(ulong seed)
    {
        var golden = RandomGolden.Generator(seed);
        var expected = golden.GetProperty("random").Vector();
        double[] matrix = [.. golden.GetProperty("random_2x3").Matrix().SelectMany(row => row)];

        var filled = new double[expected.Length];
        new Pcg64(seed).FillUniform(filled);
        Assert.Equal(expected, RandomGolden.Draws(expected.Length, new Pcg64(seed).NextDouble));
        Assert.Equal(expected, filled);
        Assert.Equal(matrix, filled[..6]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Uniforms_equal_NumPys(ulong seed)
    {
        var expected = RandomGolden.Generator(seed).GetProperty("uniform_m2_3").Vector();
        var random = new Pcg64(seed);

        var filled = new double[expected.Length];
        new Pcg64(seed).FillUniform(filled, -2, 3);
        Assert.Equal(expected, RandomGolden.Draws(expected.Length, () => random.Uniform(-2, 3)));
        Assert.Equal(expected, filled);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Normals_are_NumPys_to_one_ulp(ulong seed)
    {
        var golden = RandomGolden.Generator(seed);
        double[] standard = golden.GetProperty("standard_normal").Vector(), scaled = golden.GetProperty("normal_1.5_0.25").Vector();
        var random = new Pcg64(seed);

        var filled = new double[scaled.Length];
        new Pcg64(seed).FillNormal(filled, 1.5, 0.25);
        RandomGolden.AssertWithinOneUlp(standard, RandomGolden.Draws(standard.Length, new Pcg64(seed).StandardNormal));
        RandomGolden.AssertWithinOneUlp(scaled, RandomGolden.Draws(scaled.Length, () => random.Normal(1.5, 0.25)));
        RandomGolden.AssertWithinOneUlp(scaled, filled);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_hundred_thousand_normals_sum_up_to_NumPys(ulong seed)
    {
        var golden = RandomGolden.Generator(seed).GetProperty("standard_normal_100000");
        var drawn = new double[100_000];
        new Pcg64(seed).FillNormal(drawn);

        RandomGolden.AssertWithinOneUlp(
            [golden.GetProperty("max").GetDouble(), golden.GetProperty("min").GetDouble(), golden.GetProperty("last").GetDouble()],
            [drawn.Max(), drawn.Min(), drawn[^1]]);
        Assert.Equal(golden.GetProperty("argmax").GetInt32(), Array.IndexOf(drawn, drawn.Max()));
        Assert.Equal(golden.GetProperty("argmin").GetInt32(), Array.IndexOf(drawn, drawn.Min()));

        // NumPy adds pairwise in double; the mean is small beside its terms, so its rounding shows at 1e-12.
        AssertClose(golden.GetProperty("mean").GetDouble(), drawn.Sum(x => (decimal)x) / drawn.Length);
        AssertClose(golden.GetProperty("sumsq").GetDouble(), drawn.Sum(x => (decimal)(x * x)));

        static void AssertClose(double expected, decimal actual) =>
            Assert.InRange((double)actual, expected - (1e-12 * Math.Abs(expected)), expected + (1e-12 * Math.Abs(expected)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Integers_equal_NumPys(ulong seed)
    {
        var golden = RandomGolden.Generator(seed);
        AssertDraws("integers_0_1000", random => random.Integers(0, 1000));
        AssertDraws("integers_m5_5_endpoint", random => random.Integers(-5, 5, endpoint: true));
        AssertDraws("integers_0_2e33_str", random => random.Integers(0, 1L << 33));
        AssertDraws("choice_10_of_50_with_replacement", random => random.Integers(0, 50));

        void AssertDraws(string name, Func<Pcg64, long> draw)
        {
            long[] expected =
                [.. golden.GetProperty(name).EnumerateArray().Select(e => long.Parse(e.ToString(), CultureInfo.InvariantCulture))];
            var random = new Pcg64(seed);
            Assert.Equal(expected, RandomGolden.Draws(expected.Length, () => draw(random)));
        }
    }

    /// <summary>One draw after another from seed 42; from NumPy 1.24.2.</summary>
    [Fact]
    public void Integers_at_the_edges_of_their_range_equal_NumPys()
    {
        var random = new Pcg64(42);
        Assert.Equal(
            [
                383329928, 7, 2321868145, 1963714555,
                1316635318, 6614964053969868324, 3640797520390555788, 565064087325897350,
                3133676423884236357, 3376120484, 2204291346, -1,
            ],
            [
                random.Integers(0, 1L << 32),
                random.Integers(7, 8),
                random.Integers(0, 3_000_000_000),
                random.Integers(0, 3_000_000_000),
                random.Integers(0, 3_000_000_000),
                random.Integers(long.MinValue, long.MaxValue, endpoint: true),
                random.Integers(long.MinValue, long.MaxValue),
                random.Integers(0, 6_000_000_000_000_000_000),
                random.Integers(-6_000_000_000_000_000_000, 6_000_000_000_000_000_000),
                random.Integers(0, (1L << 32) + 1),
                random.Integers(0, (1L << 32) - 1),
                random.Integers(-1, 1),
            ]);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Permutations_and_shuffles_equal_NumPys(ulong seed)
    {
        var golden = RandomGolden.Generator(seed);
        foreach (var permutation in golden.GetProperty("permutation").EnumerateObject())
        {
            var n = int.Parse(permutation.Name, CultureInfo.InvariantCulture);
            Assert.Equal(permutation.Value.Integers(), new Pcg64(seed).Permutation(n));
        }

        int[] numbers = [.. Enumerable.Range(0, 12)];
        new Pcg64(seed).Shuffle<int>(numbers);
        Assert.Equal(golden.GetProperty("shuffle_arange12").Integers(), numbers);

        double[][] rows = [.. Enumerable.Range(0, 24).Select(i => (double)i).Chunk(4)];
        new Pcg64(seed).Shuffle<double[]>(rows);
        Assert.Equal(golden.GetProperty("shuffle_rows_6x4").Matrix(), rows);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Calls_of_all_kinds_on_one_generator_equal_NumPys(ulong seed)
    {
        var random = new Pcg64(seed);
        foreach (var row in RandomGolden.Generator(seed).GetProperty("mixed_scalar_calls_one_generator").EnumerateArray())
        {
            Assert.Equal(row.GetProperty("random").GetDouble(), random.NextDouble());
            RandomGolden.AssertWithinOneUlp([row.GetProperty("normal").GetDouble()], [random.StandardNormal()]);
            Assert.Equal(row.GetProperty("integers_0_10").GetInt64(), random.Integers(0, 10));
            Assert.Equal(row.GetProperty("uniform_m2_3").GetDouble(), random.Uniform(-2, 3));
            Assert.Equal((long)row.GetProperty("integers_0_2e40").Word(), random.Integers(0, 1L << 40));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_restored_generator_goes_on_where_it_was(int halfWordsDrawn)
    {
        var random = new Pcg64(42);
        _ = random.StandardNormal();
        for (var i = 0; i < halfWordsDrawn; i++)
            _ = random.NextUInt32();

        var state = random.State;
        var restored = new Pcg64(state);
        var overwritten = new Pcg64(7);
        _ = overwritten.NextUInt32();
        overwritten.State = state;

        Assert.Equal(halfWordsDrawn == 1, state.HalfWord.HasValue);
        var expected = Sample(random);
        Assert.Equal(expected, Sample(restored));
        Assert.Equal(expected, Sample(overwritten));
        Assert.Equal(random.State, restored.State);

        static string Sample(Pcg64 random) =>
            $"{random.NextUInt64()} {random.NextUInt32()} {random.StandardNormal():R} {random.Integers(0, 9)} {random.NextUInt32()}";
    }

    [Fact]
    public void A_draw_allocates_nothing()
    {
        var random = new Pcg64(3);
        var destination = new double[100_000];
        DrawAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        DrawAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void DrawAll()
        {
            random.FillNormal(destination);
            random.FillUniform(destination);
            random.Shuffle<double>(destination);
            _ = random.Integers(0, 10);
        }
    }

    [Fact]
    public void Arguments_without_a_result_are_refused()
    {
        var random = new Pcg64(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Integers(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Integers(3, 2, endpoint: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Uniform(0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Uniform(double.MinValue, double.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.FillUniform(new double[1], double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Normal(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.FillNormal(new double[1], 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Permutation(-1));
        Assert.Throws<ArgumentNullException>(() => new Pcg64((SeedSequence)null!));
        Assert.Equal(new Pcg64(0).State, random.State);
    }

    [Fact]
    public void A_state_with_an_even_increment_is_refused() =>
        Assert.Equal(
            "Random state: the increment is 4, but a PCG64 increment is odd.",
            Assert.Throws<SteepestException>(() => new Pcg64(new Pcg64State(1, 4, null))).Message);

    [Fact]
    public void Nothing_and_one_thing_need_no_draw()
    {
        var random = new Pcg64(0);
        Assert.Empty(random.Permutation(0));
        Assert.Equal([0], random.Permutation(1));
        Assert.Equal(-4, random.Integers(-4, -4, endpoint: true));
        Assert.Equal(new Pcg64(0).State, random.State);
    }
}
