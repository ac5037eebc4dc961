using System.Numerics;
using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

/// <summary>How near the lanes' own functions come to the true values, in units in the last place.</summary>
public sealed class LaneMathTests
{
    private const int Arguments = 3000;

    [Fact]
    public void The_exponential_is_within_one_unit_in_the_last_place()
    {
        AssertUlps("exp", 1, Between(-745, 709.7), Exp, ExactReal.Exp);
        AssertUlps("exp near 0", 1, Between(-1, 1), Exp, ExactReal.Exp);
        AssertUlpsOfFloats("exp", 1, Between(-103, 88.7), Exp, ExactReal.Exp);
    }

    [Fact]
    public void The_logarithm_is_within_one_unit_in_the_last_place()
    {
        AssertUlps("log", 1, Magnitudes(-1074, 1024), Log, ExactReal.Log);
        AssertUlps("log near 1", 1, Between(0.5, 2), Log, ExactReal.Log);
        AssertUlps("log very near 1", 1, Magnitudes(-52, -1).Select(x => 1 + x).Where(x => x != 1), Log, ExactReal.Log);
        AssertUlpsOfFloats("log", 1, Magnitudes(-149, 128), Log, ExactReal.Log);
        AssertUlpsOfFloats("log near 1", 1, Between(0.5, 2).Where(x => (float)x != 1), Log, ExactReal.Log);
    }

    [Fact]
    public void The_hyperbolic_tangent_is_within_two_and_a_half_units_in_the_last_place()
    {
        AssertUlps("tanh", 2.5, Between(-22, 22), Tanh, ExactReal.Tanh);
        AssertUlps("tanh between", 2.5, Between(0.1, 0.7), Tanh, ExactReal.Tanh);
        AssertUlps("tanh near 0", 2.5, Magnitudes(-140, 1).Select((x, i) => i % 2 == 0 ? x : -x), Tanh, ExactReal.Tanh);
        AssertUlpsOfFloats("tanh", 2.5, Between(-11, 11), Tanh, ExactReal.Tanh);
        AssertUlpsOfFloats("tanh near 0", 2.5, Magnitudes(-126, 1), Tanh, ExactReal.Tanh);
    }

    [Fact]
    public void The_logistic_function_is_within_two_and_a_half_units_in_the_last_place()
    {
        AssertUlps("sigmoid", 2.5, Between(-100, 40), Sigmoid, ExactReal.Sigmoid);
        AssertUlpsOfFloats("sigmoid", 2.5, Between(-80, 20), Sigmoid, ExactReal.Sigmoid);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.999)]
    [InlineData(0.5)]
    [InlineData(0.99999)]
    public void A_power_is_within_one_unit_in_the_last_place(double x)
    {
        var worst = Enumerable.Range(0, 400).Concat([1000, 2047, 5000, 7001])
            .Where(n => Math.Pow(x, n) > 1e-290)
            .Max(n => ExactReal.Power(x, n).UlpsTo(LaneMath.Power(x, n), 53, -1074));
        Judge("power", worst, 1);
    }

    [Fact]
    public void Powers_at_the_ends_are_right()
    {
        Assert.Equal((1, 0), (LaneMath.Power(0, 0), LaneMath.Power(0, 1)));
        Assert.Equal((0, 1), (LaneMath.Power(0.9, 100_000_000), LaneMath.Power(1, long.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LaneMath.Power(0.9, -1));
    }

    [Fact]
    public void Special_arguments_give_special_values()
    {
        AssertSpecial(Exp, (0, 1), (-0.0, 1), (1000, double.PositiveInfinity), (709.79, double.PositiveInfinity), (-746, 0));
        AssertSpecial(Exp, (-745.1, double.Epsilon), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, 0));
        AssertSpecial(Log, (1, 0), (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (-1, double.NaN), (-double.Epsilon, double.NaN));
        AssertSpecial(Log, (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NaN));
        AssertSpecial(Tanh, (0, 0), (-0.0, -0.0), (1e300, 1), (double.PositiveInfinity, 1), (double.NegativeInfinity, -1));
        AssertSpecial(Tanh, (double.Epsilon, double.Epsilon), (-1e-310, -1e-310), (1e-200, 1e-200));
        AssertSpecial(Sigmoid, (0, 0.5), (double.PositiveInfinity, 1), (double.NegativeInfinity, 0), (-1000, 0), (1000, 1));
        foreach (var function in (Func<double, double>[])[Exp, Log, Tanh, Sigmoid])
            AssertSpecial(function, (double.NaN, double.NaN));
    }

    [Fact]
    public void Special_floats_give_special_values()
    {
        AssertSpecial<float>(Exp, (0, 1), (-0.0f, 1), (88.73f, float.PositiveInfinity), (-104, 0), (-103, float.Epsilon));
        AssertSpecial<float>(Exp, (1e30f, float.PositiveInfinity), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, 0), (float.NaN, float.NaN));
        AssertSpecial<float>(Log, (1, 0), (0, float.NegativeInfinity), (-1, float.NaN), (float.PositiveInfinity, float.PositiveInfinity));
        AssertSpecial<float>(Log, (float.NaN, float.NaN), (float.NegativeInfinity, float.NaN));
        AssertSpecial<float>(Tanh, (0, 0), (-0.0f, -0.0f), (-20, -1), (float.NaN, float.NaN), (1e-40f, 1e-40f));
        AssertSpecial<float>(Sigmoid, (0, 0.5f), (float.NegativeInfinity, 0), (float.PositiveInfinity, 1), (float.NaN, float.NaN));
    }

    private static T Exp<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value<T>(LaneMath.Exp<LaneScalar<T>, T>(new(x)));

    private static T Log<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value<T>(LaneMath.Log<LaneScalar<T>, T>(new(x)));

    private static T Tanh<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value<T>(LaneMath.Tanh<LaneScalar<T>, T>(new(x)));

    private static T Sigmoid<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Value<T>(LaneMath.Sigmoid<LaneScalar<T>, T>(new(x)));

    private static T Value<T>(LaneScalar<T> lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T value = default;
        LaneScalar<T>.Store(lane, ref value);
        return value;
    }

    private static void AssertUlps(
        string name, double most, IEnumerable<double> arguments, Func<double, double> function, Func<double, ExactReal> exact) =>
        Judge(name, arguments.Max(x => exact(x).UlpsTo(function(x), 53, -1074)), most);

    private static void AssertUlpsOfFloats(
        string name, double most, IEnumerable<double> arguments, Func<float, float> function, Func<double, ExactReal> exact) =>
        Judge(name + " in float", arguments.Select(x => (float)x).Max(x => exact(x).UlpsTo(function(x), 24, -149)), most);

    private static void Judge(string name, double worst, double most)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {worst:F3} units in the last place");
        Assert.True(worst <= most, $"{name} is off by {worst:F3} units in the last place, expected at most {most}.");
    }

    private static void AssertSpecial<T>(Func<T, T> function, params (T Argument, T Value)[] expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Assert.All(expected, e => EveryWidth.AssertSameBits<T>([e.Value], [function(e.Argument)], $"f({e.Argument})"));

    private static IEnumerable<double> Between(double low, double high)
    {
        var generator = new Pcg64(7);
        return Enumerable.Range(0, Arguments).Select(_ => generator.Uniform(low, high));
    }

    /// <summary>Positive numbers with exponents of 2 evenly between.</summary>
    private static IEnumerable<double> Magnitudes(int low, int high)
    {
        var generator = new Pcg64(8);
        return Enumerable.Range(0, Arguments).Select(_ => Math.ScaleB(1 + generator.NextDouble(), (int)generator.Integers(low, high)));
    }
}
