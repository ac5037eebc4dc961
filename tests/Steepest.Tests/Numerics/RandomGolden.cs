using System.Globalization;
using System.Text.Json;

namespace Steepest.Tests.Numerics;

/// <summary>NumPy's numbers, a record for each seed.</summary>
internal static class RandomGolden
{
    public static readonly JsonElement Root = Golden.Load("rng");

    public static TheoryData<ulong> GeneratorSeeds => [.. Root.GetProperty("generator").EnumerateArray().Select(Seed)];

    public static TheoryData<uint> LegacySeeds => [.. Root.GetProperty("legacy").EnumerateArray().Select(r => (uint)Seed(r))];

    public static JsonElement Generator(ulong seed) => Root.GetProperty("generator").EnumerateArray().Single(r => Seed(r) == seed);

    public static JsonElement Legacy(uint seed) => Root.GetProperty("legacy").EnumerateArray().Single(r => Seed(r) == seed);

    /// <summary>Integers too large for JSON, written as strings.</summary>
    public static ulong[] Words(this JsonElement array) => [.. array.EnumerateArray().Select(Word)];

    public static ulong Word(this JsonElement element) => ulong.Parse(element.ToString(), CultureInfo.InvariantCulture);

    /// <summary>Fails where two numbers are more than one double apart.</summary>
    public static void AssertWithinOneUlp(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Ulps(expected[i], actual[i]) <= 1, $"Number {i}: {expected[i]:R} was expected, {actual[i]:R} was found.");
    }

    public static T[] Draws<T>(int count, Func<T> draw)
    {
        var drawn = new T[count];
        for (var i = 0; i < count; i++)
            drawn[i] = draw();
        return drawn;
    }

    private static ulong Seed(JsonElement record) => record.GetProperty("seed").Word();

    /// <summary>How many doubles lie between two numbers, one of them included.</summary>
    private static long Ulps(double a, double b) => Math.Abs(Ordered(a) - Ordered(b));

    private static long Ordered(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }
}
