namespace Steepest.Tests.Training;

/// <summary>Bad input, which is one exact sentence.</summary>
internal static class Refusals
{
    public static void Assert(string sentence, Func<object?> act) => Xunit.Assert.Equal(sentence, Xunit.Assert.Throws<SteepestException>(act).Message);

    /// <summary>Makes sure that a network is afterwards as it was.</summary>
    public static void AssertUnchanged(string sentence, Network<double> network, Func<object?> act)
    {
        var before = Snapshots.Of(network);
        Assert(sentence, act);
        Xunit.Assert.Equal(before, Snapshots.Of(network));
    }
}
