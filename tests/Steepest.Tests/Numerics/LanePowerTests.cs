using System.Numerics;
using Steepest.Numerics;
using static Steepest.Tests.Numerics.LaneFunctions;

namespace Steepest.Tests.Numerics;

public sealed class DoublePowerTests : LanePowerTests<double>;

public sealed class FloatPowerTests : LanePowerTests<float>;

/// <summary>The special values of pow, IEEE 754-2019, 9.2.1.</summary>
public abstract class LanePowerTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private static readonly T Two = T.One + T.One, Half = T.One / Two, Three = Two + T.One;

    /// <summary>The largest odd number, and the even one after it.</summary>
    private static readonly T LargestOdd = T.ScaleB(T.One, typeof(T) == typeof(double) ? 53 : 24) - T.One, FirstAllEven = LargestOdd + T.One;

    private static readonly T[] Odd = [T.One, Three, LargestOdd, -T.One, -Three, -LargestOdd];
    private static readonly T[] Even = [Two, Two + Two, LargestOdd - T.One, FirstAllEven, T.MaxValue, -Two, -FirstAllEven, -T.MaxValue];
    private static readonly T[] Fractions = [Half, Three / Two, T.Epsilon, T.BitDecrement(T.One), T.BitIncrement(T.One), (FirstAllEven / Two) - Half, -Half, -T.Epsilon];

    [Fact]
    public void One_to_any_power_and_any_number_to_the_power_zero_are_one()
    {
        Assert.All(LaneArguments.Special<T>(), x =>
        {
            AssertPower(T.One, x, T.One);
            AssertPower(x, T.Zero, T.One);
            AssertPower(x, T.NegativeZero, T.One);
        });
    }

    [Fact]
    public void Minus_one_to_an_infinite_power_is_one()
    {
        AssertPower(-T.One, T.PositiveInfinity, T.One);
        AssertPower(-T.One, T.NegativeInfinity, T.One);
    }

    [Fact]
    public void A_zero_or_an_infinity_keeps_its_sign_where_the_exponent_is_odd()
    {
        foreach (var y in (T[])[.. Odd, .. Even, .. Fractions, T.PositiveInfinity, T.NegativeInfinity])
        {
            var (small, large) = T.IsPositive(y) ? (T.Zero, T.PositiveInfinity) : (T.PositiveInfinity, T.Zero);
            AssertPower(T.Zero, y, small);
            AssertPower(T.PositiveInfinity, y, large);
            AssertPower(T.NegativeZero, y, Odd.Contains(y) ? -small : small);
            AssertPower(T.NegativeInfinity, y, Odd.Contains(y) ? -large : large);
        }
    }

    [Fact]
    public void An_infinite_exponent_gives_zero_or_infinity_at_once()
    {
        T[] below = [T.Epsilon, Half, T.BitDecrement(T.One)], above = [T.BitIncrement(T.One), Two, T.MaxValue];
        foreach (var sign in (T[])[T.One, -T.One])
        {
            Assert.All(below, x => AssertPower(sign * x, T.PositiveInfinity, T.Zero));
            Assert.All(below, x => AssertPower(sign * x, T.NegativeInfinity, T.PositiveInfinity));
            Assert.All(above, x => AssertPower(sign * x, T.PositiveInfinity, T.PositiveInfinity));
            Assert.All(above, x => AssertPower(sign * x, T.NegativeInfinity, T.Zero));
        }
    }

    [Fact]
    public void A_negative_base_takes_whole_exponents_only()
    {
        T[] bases = [T.Epsilon, Half, Two, Three, T.MaxValue, T.BitIncrement(T.One)];
        Assert.All(bases, x =>
        {
            Assert.All(Odd, y => AssertPower(-x, y, -Pow(x, y)));
            Assert.All(Even, y => AssertPower(-x, y, Pow(x, y)));
            Assert.All(Fractions, y => AssertPower(-x, y, T.NaN));
        });
        Assert.All(Odd, y => AssertPower(-T.One, y, -T.One));
        Assert.All(Even, y => AssertPower(-T.One, y, T.One));
        Assert.All(Fractions, y => AssertPower(-T.One, y, T.NaN));
    }

    [Fact]
    public void NaN_stays_NaN_otherwise()
    {
        foreach (var x in LaneArguments.Special<T>())
        {
            if (x != T.One) AssertPower(x, T.NaN, T.NaN);
            if (x != T.Zero) AssertPower(T.NaN, x, T.NaN);
        }
    }

    [Fact]
    public void Whole_powers_that_fit_have_no_error()
    {
        foreach (var (x, y, power) in ((int, int, int)[])[(2, 10, 1024), (3, 4, 81), (-3, 3, -27), (10, 4, 10_000), (7, 2, 49), (-2, 20, 1 << 20)])
            AssertPower(T.CreateChecked(x), T.CreateChecked(y), T.CreateChecked(power));
        var lowest = typeof(T) == typeof(double) ? -1074 : -149;
        for (var n = lowest; n < 3 - lowest - (typeof(T) == typeof(double) ? 53 : 24); n++)
            AssertPower(Two, T.CreateChecked(n), T.ScaleB(T.One, n));
        AssertPower(Two, T.CreateChecked(lowest - 2), T.Zero);
        AssertPower(Two, T.CreateChecked(5000), T.PositiveInfinity);
        AssertPower(-Two, T.CreateChecked(5001), T.NegativeInfinity);
        AssertPower(-Two, T.CreateChecked(-5001), T.NegativeZero);
    }

    [Fact]
    public void Two_numbers_give_what_a_lane_gives() => Assert.Equal(Pow(1.7, -0.8), LaneMath.Pow(1.7, -0.8));

    private static void AssertPower(T x, T y, T expected) => EveryWidth.AssertSameBits<T>([expected], [Pow(x, y)], $"{x:R} to the power {y:R}");
}
