using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>Functions over lanes held against the true values, in units in the last place.</summary>
internal static class Ulps
{
    private const int Arguments = 3000;

    public static void AssertUlps(
        string name, double most, IEnumerable<double> arguments, Func<double, double> function, Func<double, ExactReal> exact) =>
        Judge(name, arguments.Max(x => exact(x).UlpsTo(function(x), 53, -1074)), most);

    public static void AssertUlpsOfFloats(
        string name, double most, IEnumerable<double> arguments, Func<float, float> function, Func<double, ExactReal> exact) =>
        Judge(name + " in float", arguments.Select(x => (float)x).Max(x => exact(x).UlpsTo(function(x), 24, -149)), most);

    public static void Judge(string name, double worst, double most)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst:F3} units in the last place");
        Assert.True(worst <= most, $"{name} is off by {worst:F3} units in the last place, expected at most {most}.");
    }

    public static void AssertSpecial<T>(Func<T, T> function, params (T Argument, T Value)[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.All(expected, e => EveryWidth.AssertSameBits<T>([e.Value], [function(e.Argument)], $"f({e.Argument})"));

    public static IEnumerable<double> Between(double low, double high)
    {
        var generator = new Pcg64(7);
        return Enumerable.Range(0, Arguments).Select(_ => generator.Uniform(low, high));
    }

    /// <summary>Positive numbers with exponents of 2 evenly between.</summary>
    public static IEnumerable<double> Magnitudes(int low, int high)
    {
        var generator = new Pcg64(8);
        return Enumerable.Range(0, Arguments).Select(_ => Math.ScaleB(1 + generator.NextDouble(), (int)generator.Integers(low, high)));
    }

    public static IEnumerable<double> OfBothSigns(IEnumerable<double> numbers) => numbers.Select((x, i) => i % 2 == 0 ? x : -x);
}
