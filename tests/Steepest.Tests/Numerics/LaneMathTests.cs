using System.Numerics;
using Steepest.Numerics;
using static Steepest.Tests.Numerics.LaneFunctions;
using static Steepest.Tests.Numerics.Ulps;

namespace Steepest.Tests.Numerics;

/// <summary>How near the lanes' own functions come to the true values, in units in the last place.</summary>
public sealed class LaneMathTests
{
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
    public void The_exponential_less_one_is_within_one_and_a_half_units_in_the_last_place()
    {
        AssertUlps("expm1", 1.5, Between(-45, 709.7), ExpMinusOne, ExactReal.ExpMinusOne);
        AssertUlps("expm1 near 0", 1.5, Between(-2, 2), ExpMinusOne, ExactReal.ExpMinusOne);
        AssertUlps("expm1 very near 0", 1.5, OfBothSigns(Magnitudes(-140, 1)), ExpMinusOne, ExactReal.ExpMinusOne);
        AssertUlpsOfFloats("expm1", 1.5, Between(-20, 88.7), ExpMinusOne, ExactReal.ExpMinusOne);
        AssertUlpsOfFloats("expm1 near 0", 1.5, Between(-2, 2), ExpMinusOne, ExactReal.ExpMinusOne);
        AssertUlpsOfFloats("expm1 very near 0", 1.5, OfBothSigns(Magnitudes(-126, 1)), ExpMinusOne, ExactReal.ExpMinusOne);
    }

    [Fact]
    public void The_exponential_beside_it_is_the_exponential_itself()
    {
        double[] arguments = [.. Between(-750, 712), .. Between(-2, 2), 0, double.NegativeInfinity, double.PositiveInfinity, double.NaN];
        Assert.All(arguments, x => EveryWidth.AssertSameBits<double>([Exp(x)], [Beside(x)], $"exp({x})"));
        Assert.All(arguments.Select(x => (float)x), x => EveryWidth.AssertSameBits<float>([Exp(x)], [Beside(x)], $"exp({x})"));

        static T Beside<T>(T x)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            LaneMath.ExpMinusOne<LaneScalar<T>, T>(new(x), out var exp);
            return Value(exp);
        }
    }

    [Fact]
    public void The_logarithm_of_one_more_is_within_one_unit_in_the_last_place()
    {
        AssertUlps("log1p", 1, Magnitudes(-140, 1024), LogPlusOne, ExactReal.LogPlusOne);
        AssertUlps("log1p near 0", 1, Between(-1, 2), LogPlusOne, ExactReal.LogPlusOne);
        AssertUlps("log1p very near 0", 1, OfBothSigns(Magnitudes(-140, 0)), LogPlusOne, ExactReal.LogPlusOne);
        AssertUlps("log1p near -1", 1, Magnitudes(-53, 0).Select(x => x - 1), LogPlusOne, ExactReal.LogPlusOne);
        AssertUlpsOfFloats("log1p", 1, Magnitudes(-140, 128), LogPlusOne, ExactReal.LogPlusOne);
        AssertUlpsOfFloats("log1p near 0", 1, Between(-0.99, 2), LogPlusOne, ExactReal.LogPlusOne);
    }

    [Fact]
    public void Softplus_is_within_two_units_in_the_last_place()
    {
        AssertUlps("softplus", 2, Between(-745, 745), Softplus, ExactReal.Softplus);
        AssertUlps("softplus between", 2, Between(-40, 40), Softplus, ExactReal.Softplus);
        AssertUlps("softplus near 0", 2, Between(-2, 2), Softplus, ExactReal.Softplus);
        AssertUlpsOfFloats("softplus", 2, Between(-103, 103), Softplus, ExactReal.Softplus);
        AssertUlpsOfFloats("softplus near 0", 2, Between(-5, 5), Softplus, ExactReal.Softplus);
    }

    [Fact]
    public void The_hyperbolic_tangent_is_within_one_and_a_half_units_in_the_last_place()
    {
        AssertUlps("tanh", 1.5, Between(-22, 22), Tanh, ExactReal.Tanh);
        AssertUlps("tanh between", 1.5, Between(0.1, 0.7), Tanh, ExactReal.Tanh);
        AssertUlps("tanh near 0", 1.5, OfBothSigns(Magnitudes(-140, 1)), Tanh, ExactReal.Tanh);
        AssertUlpsOfFloats("tanh", 1.5, Between(-11, 11), Tanh, ExactReal.Tanh);
        AssertUlpsOfFloats("tanh near 0", 1.5, Magnitudes(-126, 1), Tanh, ExactReal.Tanh);
    }

    [Fact]
    public void The_logistic_function_and_its_complement_are_within_two_units_in_the_last_place()
    {
        AssertUlps("sigmoid", 2, Between(-100, 40), Sigmoid, ExactReal.Sigmoid);
        AssertUlps("sigmoid near 0", 2, Between(-2, 2), Sigmoid, ExactReal.Sigmoid);
        AssertUlps("sigmoid far left", 2, Between(-745, -100), Sigmoid, ExactReal.Exp);
        AssertUlps("complement", 2, Between(-40, 100), Complement, x => ExactReal.Sigmoid(-x));
        AssertUlpsOfFloats("sigmoid", 2, Between(-80, 20), Sigmoid, ExactReal.Sigmoid);
        AssertUlpsOfFloats("sigmoid near 0", 2, Between(-2, 2), Sigmoid, ExactReal.Sigmoid);
        AssertUlpsOfFloats("sigmoid far left", 2, Between(-103, -80), Sigmoid, ExactReal.Exp);
        AssertUlpsOfFloats("complement", 2, Between(-20, 80), Complement, x => ExactReal.Sigmoid(-x));
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
        AssertSpecial(Sigmoid, (-740, Math.Exp(-740)), (-0.0, 0.5));
        AssertSpecial(ExpMinusOne, (0, 0), (-0.0, -0.0), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, -1), (-1e300, -1));
        AssertSpecial(ExpMinusOne, (710, double.PositiveInfinity), (double.Epsilon, double.Epsilon), (-1e-310, -1e-310), (-50, -1));
        AssertSpecial(LogPlusOne, (0, 0), (-0.0, -0.0), (-1, double.NegativeInfinity), (double.PositiveInfinity, double.PositiveInfinity));
        AssertSpecial(LogPlusOne, (-1.5, double.NaN), (double.NegativeInfinity, double.NaN), (double.Epsilon, double.Epsilon), (-1e-310, -1e-310));
        AssertSpecial(Softplus, (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, 0), (1e300, 1e300), (-1e300, 0), (0, Math.Log(2)));
        foreach (var function in (Func<double, double>[])[Exp, Log, Tanh, Sigmoid, Complement, ExpMinusOne, LogPlusOne, Softplus])
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
        AssertSpecial<float>(ExpMinusOne, (0, 0), (-0.0f, -0.0f), (float.NegativeInfinity, -1), (1e30f, float.PositiveInfinity), (1e-40f, 1e-40f), (float.NaN, float.NaN));
        AssertSpecial<float>(LogPlusOne, (-0.0f, -0.0f), (-1, float.NegativeInfinity), (float.PositiveInfinity, float.PositiveInfinity), (1e-40f, 1e-40f), (float.NaN, float.NaN));
        AssertSpecial<float>(Softplus, (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, 0), (1e30f, 1e30f), (float.NaN, float.NaN));
    }
}
