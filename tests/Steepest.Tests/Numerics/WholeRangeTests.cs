using Steepest.Numerics;
using static Steepest.Tests.Numerics.LaneFunctions;
using static Steepest.Tests.Numerics.Ulps;

namespace Steepest.Tests.Numerics;

/// <summary>
/// The lanes' functions over all arguments there are: those of doubles at every exponent and around the places where something changes,
/// against exact arithmetic; those of floats at bit patterns all over, against those of doubles, which err 2⁻²⁹ times as much.
/// </summary>
/// <remarks>With STEEPEST_LONG_SWEEP=1 in the environment, at every float there is and at a hundred times as many doubles.</remarks>
public sealed class WholeRangeTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("STEEPEST_LONG_SWEEP") == "1";

    /// <summary>From one bit pattern of a float to the next: odd, so that all low bits come up.</summary>
    private static readonly uint Stride = Long ? 1u : 2053;

    private static readonly int MantissasAnExponent = Long ? 200 : 2;

    private static readonly double QuarterLog2 = Math.Log(2) / 4;

    private static readonly Dictionary<string, Function> Functions = new()
    {
        ["exp"] = new(1, Exp, Exp, x => ExactReal.Exp(Math.Clamp(x, -1000, 1000)),
            [2 * QuarterLog2, 6 * QuarterLog2, -2 * QuarterLog2, 709.782712893384, -708.3964185322641, -745.1332191019411, -744.4400719213812]),
        ["log"] = new(1, Log, Log, ExactReal.Log, [Math.Sqrt(0.5), 1, Math.Sqrt(2), 2, 2.2250738585072014e-308, double.MaxValue], AllFrom: 0),
        ["expm1"] = new(1.5, ExpMinusOne, ExpMinusOne, NearZero(x => ExactReal.ExpMinusOne(Math.Clamp(x, -1000, 1000))),
            [2 * QuarterLog2, 6 * QuarterLog2, -2 * QuarterLog2, -6 * QuarterLog2, 709.782712893384, -37.4, 5.5511151231257827e-17]),
        ["log1p"] = new(1, LogPlusOne, LogPlusOne, NearZero(ExactReal.LogPlusOne),
            [-1, Math.Sqrt(0.5) - 1, Math.Sqrt(2) - 1, 1, 4503599627370496, 9007199254740992, double.MaxValue], AllFrom: -1),
        ["softplus"] = new(2, Softplus, Softplus, ExactSoftplus, [0, -2 * QuarterLog2, 2 * QuarterLog2, 36.7, -36.7, -708.3964185322641, -745.1332191019411]),
        ["tanh"] = new(1.5, Tanh, Tanh, NearZero(x => ExactReal.Tanh(Math.Clamp(x, -40, 40))),
            [QuarterLog2, 3 * QuarterLog2, 5 * QuarterLog2, 1, 18.4, 19.0615, 20]),
        ["sigmoid"] = new(2, Sigmoid, Sigmoid, ExactSigmoid, [0, -2 * QuarterLog2, 2 * QuarterLog2, 36.7, -708.3964185322641, -745.1332191019411]),
        ["complement"] = new(2, Complement, Complement, x => ExactSigmoid(-x), [0, 2 * QuarterLog2, -36.7, 708.3964185322641, 745.1332191019411]),
        ["erf"] = new(2, Erf, Erf, NearZero(x => ExactReal.Erf(Math.Clamp(x, -7, 7))), [Math.Sqrt(1.2), 1, 0.5, 5.9215871957945, 6]),
        ["tail"] = new(5, Tail, Tail, x => ExactReal.NormalTail(Math.Min(Math.Abs(x), 50)), [0, 1, 5, 12, 37.5193793471445, 38.5, 40]),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_of_doubles_is_near_at_every_exponent_and_where_it_changes_its_way(string name)
    {
        var f = Functions[name];
        var arguments = OfEveryExponent(MantissasAnExponent).Concat(f.Changes.SelectMany(Around)).Where(x => x > f.AllFrom);
        AssertUlps(name, f.Most, arguments, f.OfDouble, f.Exact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_of_floats_is_near_all_over(string name)
    {
        var f = Functions[name];
        double worst = 0;
        for (var bits = 0L; bits <= uint.MaxValue; bits += Stride)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            worst = Math.Max(worst, UlpsBetween(f.OfFloat(x), f.OfDouble(x)));
        }

        Judge(name + " in float", worst, f.Most);
    }

    [Fact]
    public void A_power_of_doubles_is_within_one_unit_in_the_last_place()
    {
        var generator = new Pcg64(11);
        IEnumerable<double> bases = [.. OfEveryExponent(MantissasAnExponent), .. Around(1), .. Around(Math.Sqrt(2)), .. Around(Math.Sqrt(0.5)), .. Between(0.1, 10)];
        var worst = bases.Where(x => x > 0 && x != 1).Max(x =>
        {
            // A result anywhere from below the subnormal numbers to beyond the largest, or a plain exponent.
            var y = generator.NextDouble() < 0.8 ? generator.Uniform(-746, 710) / Math.Log(x) : generator.Uniform(-3, 3);
            return ExactReal.Power(x, y).UlpsTo(Pow(x, y), 53, -1074);
        });
        Judge("power", worst, 1);
    }

    [Fact]
    public void A_power_of_floats_is_within_one_unit_in_the_last_place()
    {
        var generator = new Pcg64(12);
        double worst = 0;
        for (var bits = 0L; bits <= uint.MaxValue; bits += Stride)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            var y = (float)(generator.NextDouble() < 0.8 ? generator.Uniform(-105, 90) / Math.Log(Math.Abs(x)) : generator.Uniform(-3, 3));
            worst = Math.Max(worst, UlpsBetween(Pow(x, y), Pow((double)x, y)));
            y = MathF.Round(y);
            worst = Math.Max(worst, UlpsBetween(Pow(x, y), Pow((double)x, y)));
        }

        Judge("power in float", worst, 1);
    }

    /// <summary>Where |x| is tiny f is proportional to x, and the exact arithmetic has too few bits: then by a multiple of x.</summary>
    private static Func<double, ExactReal> NearZero(Func<double, ExactReal> f) => x =>
    {
        if (Math.Abs(x) >= 1e-36 || x == 0) return f(x);
        var shift = -120 - Math.ILogB(x);
        var (whole, exponent) = f(Math.ScaleB(x, shift));
        return new(whole, exponent - shift);
    };

    /// <summary>x on the far right, eˣ on the far left.</summary>
    private static ExactReal ExactSoftplus(double x) => x > 1000 ? ExactReal.Of(x) : ExactReal.Softplus(Math.Max(x, -1000));

    /// <summary>1 on the far right, eˣ on the far left.</summary>
    private static ExactReal ExactSigmoid(double x) => x < -100 ? ExactReal.Exp(Math.Max(x, -1000)) : ExactReal.Sigmoid(Math.Min(x, 100));

    private static IEnumerable<double> OfEveryExponent(int mantissas)
    {
        var generator = new Pcg64(9);
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            for (var i = 0; i < mantissas; i++)
            {
                yield return Math.ScaleB(1 + generator.NextDouble(), exponent);
                yield return -Math.ScaleB(1 + generator.NextDouble(), exponent);
            }
        }
    }

    /// <summary>A place, its neighbours, and ever farther numbers on both sides.</summary>
    private static IEnumerable<double> Around(double place)
    {
        yield return place;
        double below = place, above = place;
        for (var i = 0; i < 10; i++)
        {
            yield return below = Math.BitDecrement(below);
            if (place < double.MaxValue) yield return above = Math.BitIncrement(above);
        }

        var unit = place == 0 ? 1 : place;
        for (var power = -50; power < -2; power++)
        {
            yield return place - Math.ScaleB(unit, power);
            if (place < double.MaxValue) yield return place + Math.ScaleB(unit, power);
        }
    }

    /// <summary>From a float to a number that is nearly exact; what has no exact distance must be the same.</summary>
    private static double UlpsBetween(float value, double exact)
    {
        if (double.IsNaN(exact) || float.IsNaN(value)) return double.IsNaN(exact) == float.IsNaN(value) ? 0 : double.PositiveInfinity;
        // Infinity begins where the largest exponent ends.
        const double Infinity = 3.4028236692093846e38;
        var (from, to) = (Math.Clamp(value, -Infinity, Infinity), Math.Clamp(exact, -Infinity, Infinity));
        return from == to ? 0 : Math.Abs(from - to) / Math.ScaleB(1, Math.Max(to == 0 ? -149 : Math.ILogB(to) - 23, -149));
    }

    private sealed record Function(
        double Most,
        Func<double, double> OfDouble,
        Func<float, float> OfFloat,
        Func<double, ExactReal> Exact,
        double[] Changes,
        double AllFrom = double.NegativeInfinity);
}
