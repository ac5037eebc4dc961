using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public class SeedSequenceTests
{
    public static TheoryData<ulong> Seeds => RandomGolden.GeneratorSeeds;

    [Theory, MemberData(nameof(Seeds))]
    public void Words_equal_NumPys(ulong seed)
    {
        var golden = RandomGolden.Generator(seed);
        var sequence = new SeedSequence(seed);

        Assert.Equal(
            golden.GetProperty("seedsequence_generate_state_uint32_8").Words(),
            sequence.GenerateState32(8).Select(word => (ulong)word));
        Assert.Equal(golden.GetProperty("seedsequence_generate_state_uint64_4").Words(), sequence.GenerateState64(4));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Children_draw_NumPys_numbers(ulong seed)
    {
        var expected = RandomGolden.Generator(seed).GetProperty("seedsequence_spawn2_child_random5").Matrix();
        var children = new SeedSequence(seed).Spawn(2);

        Assert.Equal(expected, children.Select(child => RandomGolden.Draws(5, new Pcg64(child).NextDouble)));
    }

    [Fact]
    public void A_child_is_the_sequence_with_its_spawn_key()
    {
        var parent = new SeedSequence(42, 7);
        SeedSequence first = parent.Spawn(1)[0], second = parent.Spawn(1)[0];

        Assert.Equal(2, parent.ChildrenSpawned);
        Assert.Equal([7U, 0U], first.SpawnKey.ToArray());
        Assert.Equal([7U, 1U], second.SpawnKey.ToArray());
        Assert.Equal(new SeedSequence(42, 7, 1).GenerateState32(4), second.GenerateState32(4));
        Assert.NotEqual(first.GenerateState32(4), second.GenerateState32(4));
    }

    /// <summary>Four words of seed and two of key, so more than the pool holds; from NumPy 1.24.2.</summary>
    [Fact]
    public void A_seed_of_128_bits_with_a_spawn_key_equals_NumPys()
    {
        var sequence = new SeedSequence(UInt128.MaxValue, 3, 4000000000);

        Assert.Equal([2636821076, 4110468688, 3870002741, 913198914, 2419002913], sequence.GenerateState32(5));
    }

    [Fact]
    public void A_key_never_passes_for_a_longer_seed() =>
        Assert.NotEqual(new SeedSequence(5UL | (9UL << 32)).GenerateState32(4), new SeedSequence(5, 9).GenerateState32(4));

    [Fact]
    public void Negative_counts_are_refused()
    {
        var sequence = new SeedSequence(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.GenerateState32(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.GenerateState64(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sequence.Spawn(-1));
    }
}
