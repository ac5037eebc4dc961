using System.Numerics;

using Steepest.Numerics;

namespace Steepest.Tests.Numerics;

public class NearestExpLogTests
{
    private const int FractionBits = 160;
    private static readonly BigInteger One = BigInteger.One << FractionBits;

    [Fact]
    public void Exp_is_the_nearest_double()
    {
        var random = new Pcg64(1);
        for (var i = 0; i < 2_000; i++)
        {
            var x = random.Uniform(-7, 0);
            AssertNearest(NearestExpLog.Exp(x), ExactExp(x));
        }

        Assert.Equal(1, NearestExpLog.Exp(0));
    }

    [Fact]
    public void Log_is_the_nearest_double()
    {
        // exp rises, so the log is nearest where exp of the midpoints to both neighbours encloses the argument.
        var random = new Pcg64(2);
        for (var i = 0; i < 1_000; i++)
        {
            double x = 1 - (random.NextDouble() * (i % 2 == 0 ? 1 : 1e-3)), log = NearestExpLog.Log(x);
            var twice = Fixed(log) * 2;
            Assert.InRange(
                Fixed(x),
                ExactExp((twice + Fixed(Math.BitDecrement(log)) - Fixed(log)) / 2),
                ExactExp((twice + Fixed(Math.BitIncrement(log)) - Fixed(log)) / 2));
        }

        Assert.Equal(0, NearestExpLog.Log(1));
    }

    private static void AssertNearest(double actual, BigInteger exact)
    {
        var error = BigInteger.Abs(Fixed(actual) - exact);
        Assert.True(error <= BigInteger.Abs(Fixed(Math.BitDecrement(actual)) - exact));
        Assert.True(error <= BigInteger.Abs(Fixed(Math.BitIncrement(actual)) - exact));
    }

    private static BigInteger ExactExp(double x) => ExactExp(Fixed(x));

    /// <summary>Taylor's series of the argument over 2⁸, then eight squarings: right to about 150 of the 160 bits.</summary>
    private static BigInteger ExactExp(BigInteger x)
    {
        const int Halvings = 8;
        BigInteger sum = One, term = One;
        for (var n = 1; !term.IsZero; n++)
        {
            term = ((term * x) >> (FractionBits + Halvings)) / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
            sum = (sum * sum) >> FractionBits;
        return sum;
    }

    /// <summary>A number times 2¹⁶⁰, with no rounding for the numbers of these tests.</summary>
    private static BigInteger Fixed(double x) => new BigInteger(Math.ScaleB(x, FractionBits));
}
