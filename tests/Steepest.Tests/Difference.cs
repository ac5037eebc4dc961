namespace Steepest.Tests;

/// <summary>How far numbers lie from reference numbers. What was measured goes to the test's output.</summary>
internal static class Difference
{
    /// <summary>Fails unless the largest difference, over the largest magnitude of the reference, is at most <paramref name="relative"/>.</summary>
    public static void AssertWithin(double relative, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0, difference = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(expected[i] - actual[i]));
        }

        Judge(difference == 0 ? 0 : difference / largest, difference, relative, what);
    }

    /// <summary>Fails unless every single number differs relatively by at most <paramref name="relative"/>, or in all by at most
    /// <paramref name="absolute"/>.</summary>
    public static void AssertEachWithin(double relative, double absolute, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = 0, largest = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(expected[i] - actual[i]);
            largest = Math.Max(largest, difference);
            if (!(difference <= absolute))
                worst = Math.Max(worst, difference / Math.Abs(expected[i]));
        }

        Judge(worst, largest, relative, what);
    }

    private static void Judge(double worst, double absolute, double relative, string what)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: difference {absolute:E1}, relative {worst:E1}");
        Assert.True(worst <= relative, $"{what}: the relative difference is {worst:E2}, expected at most {relative:E0}.");
    }
}
