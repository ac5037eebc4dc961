using Xunit.Sdk;

namespace Steepest.Tests;

/// <summary>A test whose counterpart is missing is skipped, or fails where everything is required.</summary>
public sealed class RequiresTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_present_lets_a_test_go_on(bool all) => Requires.That(true, "Nothing is missing.", all);

    [Fact]
    public void What_is_missing_skips_a_test_with_the_reason()
    {
        var said = string.Empty;
        try
        {
            Requires.That(false, "There is no /proc.", all: false);
        }
        catch (SkipException skipped)
        {
            // Assert.Throws would let it through and skip this test.
            said = skipped.Message;
        }

        Assert.EndsWith("There is no /proc.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_fails_a_test_where_all_is_required() =>
        Assert.StartsWith("There is no /proc.", Assert.Throws<FailException>(() => Requires.That(false, "There is no /proc.", all: true)).Message, StringComparison.Ordinal);
}
