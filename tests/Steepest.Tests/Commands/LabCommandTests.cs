namespace Steepest.Tests.Commands;

/// <summary>What <c>steepest lab</c> says; the page has tests of its own.</summary>
public sealed class LabCommandTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("-1")]
    [InlineData("65536")]
    public void A_port_is_a_number(string port)
    {
        using var prompt = new Prompt();

        prompt.Run("lab", "--no-browser", $"--port={port}").IsRefusal($"The --port is '{port}', but a whole number from 0 to 65535 was expected.");
        Assert.Empty(prompt.Files);
    }

    [Fact]
    public void It_says_where_it_is_and_ends_when_it_is_interrupted()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        using var prompt = new Prompt { Interrupt = interrupt.Token };
        var said = prompt.Run("lab --no-browser --store none");

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Matches(@"^The lab is at http://127\.0\.0\.1:\d+/  Ctrl-C ends it\.\s*$", said.Output);
        Assert.Empty(prompt.Files);
    }
}
