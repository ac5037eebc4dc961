using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Steepest.Compare.Descriptions;

namespace Steepest.Tests.Compare.Descriptions;

/// <summary>The examples of RFC 8785, and numbers as another implementation of ECMAScript writes them.</summary>
public sealed class CanonicalJsonTests
{
    [Fact]
    public void The_example_of_section_3_2_2_comes_out_as_there() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        CanonicalJson.Of(
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """));

    [Fact]
    public void Members_are_sorted_by_code_units_as_in_section_3_2_3() => Assert.Equal(
        ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
        CanonicalJson.Of(
            """
            {
              "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """).Trim('{', '}').Split(',').Select(member => member.Split(":\"")[1].TrimEnd('"')));

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_those_of_appendix_B(string bits, string expected) =>
        Assert.Equal(expected, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_has_no_number(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => CanonicalJson.Number(value));

    [Fact]
    public void Random_numbers_are_written_as_V8_writes_them()
    {
        // The same doubles through JSON.stringify of Node.js: bits at random, thousandths, and 53 bits of a small number.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var state = 1UL;
        for (var i = 0; i < 100_000; i++)
        {
            var bits = SplitMix(ref state);
            var value = (i % 3) switch
            {
                0 => BitConverter.UInt64BitsToDouble(bits),
                1 => (bits >> 40) / 1000.0,
                _ => Math.ScaleB(bits >> 11, -73),
            };
            if (!double.IsFinite(value)) continue;
            var text = CanonicalJson.Number(value);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
            hash.AppendData(Encoding.ASCII.GetBytes(text + "\n"));
        }

        Assert.Equal("c81f86b0611fe13923b8dd69fb01acb9d77ea21f4f22ff8175eae142448461a4", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_whole_number_that_a_double_cannot_hold_is_refused() =>
        Assert.Contains("9007199254740993", Assert.Throws<SteepestException>(() => CanonicalJson.Of("[9007199254740993]")).Message, StringComparison.Ordinal);

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
