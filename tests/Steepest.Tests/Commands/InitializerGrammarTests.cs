using Steepest.Commands;

namespace Steepest.Tests.Commands;

public sealed class InitializerGrammarTests
{
    [Fact]
    public void The_command_reads_every_initializer_as_it_is_printed()
    {
        Initializer[] others = [Initializer.Uniform(-1, 1e-7), Initializer.Normal(-0.5, 0.05), Initializer.Orthogonal(2.5)];
        Assert.All(Initializer.All.Concat(others), initializer => Assert.Equal(initializer, Values.Initializer(initializer.ToString())));
        Assert.All(Initializer.All, initializer => Assert.Equal(initializer, Values.Initializer(initializer.Name.ToUpperInvariant())));
    }

    [Fact]
    public void An_initializer_without_settings_takes_none()
    {
        var e = Assert.Throws<SteepestException>(() => Values.Initializer("he-normal(gain:2)"));
        Assert.Equal("The --initializer is he-normal, which has no setting 'gain'.", e.Message);
    }
}
