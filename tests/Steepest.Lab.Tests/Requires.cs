namespace Steepest.Lab.Tests;

/// <summary>What a test needs of the machine that it runs on.</summary>
internal static class Requires
{
    /// <summary>Ends a test whose counterpart is missing: as skipped, or as failed where STEEPEST_REQUIRE_ALL is 1.</summary>
    /// <param name="present">Whether what the test needs is there.</param>
    /// <param name="reason">What is missing, in a sentence.</param>
    public static void That(bool present, string reason) => That(present, reason, Environment.GetEnvironmentVariable("STEEPEST_REQUIRE_ALL") == "1");

    private static void That(bool present, string reason, bool all)
    {
        if (!present && all) Assert.Fail($"{reason} STEEPEST_REQUIRE_ALL forbids to skip.");
        Assert.SkipUnless(present, reason);
    }
}
