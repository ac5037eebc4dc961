using CsCheck;

namespace Steepest.Tests;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["adam", "adamax", "rms-prop", "sgd", "gradient-descent", "l-bfgs", "lion"];

    [Theory]
    [InlineData("adma", "adam")]
    [InlineData("adamx", "adam")]
    [InlineData("adammax", "adamax")]
    [InlineData("rmsprop", "rms-prop")]
    [InlineData("RMS_Prop", "rms-prop")]
    [InlineData("sdg", "sgd")]
    [InlineData("LBFGS", "l-bfgs")]
    [InlineData("gradientdecent", "gradient-descent")]
    [InlineData("Lion", "lion")]
    public void A_slip_finds_the_name_that_was_meant(string word, string meant) => Assert.Equal(meant, NearestName.Of(word, Known));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("newton")]
    [InlineData("abcd")]
    [InlineData("gradient")]
    public void A_word_far_from_every_name_finds_none(string word) => Assert.Null(NearestName.Of(word, Known));

    [Fact]
    public void No_known_names_find_none() => Assert.Null(NearestName.Of("adam", []));

    [Fact]
    public void Of_equally_near_names_the_first_wins()
    {
        Assert.Equal("cat", NearestName.Of("at", ["cat", "bat"]));
        Assert.Equal("bat", NearestName.Of("at", ["bat", "cat"]));
    }

    [Fact]
    public void A_name_of_one_letter_is_found_by_itself_only()
    {
        Assert.Equal("m", NearestName.Of("M", ["v", "m"]));
        Assert.Null(NearestName.Of("x", ["v", "m"]));
    }

    [Fact]
    public void Any_single_slip_in_a_word_of_three_letters_or_more_is_forgiven()
    {
        var slips = Gen.Select(Gen.String[Gen.Char['a', 'z'], 3, 12], Gen.Int[0, 3], Gen.Int[0, 100], Gen.Char['a', 'z']);
        slips.Sample((name, kind, place, letter) => Assert.Equal(name, NearestName.Of(Slip(name, kind, place, letter), [name])));
    }

    private static string Slip(string name, int kind, int place, char letter)
    {
        var at = place % (name.Length - 1);
        return kind switch
        {
            0 => name.Insert(at, $"{letter}"),
            1 => name.Remove(at, 1),
            2 => name.Remove(at, 1).Insert(at, $"{letter}"),
            _ => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
        };
    }
}
