using System.Numerics;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests.Training.Regularization;

public sealed class DoubleClippingTests : ClippingTests<double>;

public sealed class FloatClippingTests : ClippingTests<float>;

/// <summary>Clipping against plain loops in double, and where numbers end.</summary>
public abstract class ClippingTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private static readonly ParameterLayout Layout = ParameterLayout.Of<T>(
        ("layer1.weight", ParameterRole.Weight, [70, 71]), ("layer1.bias", ParameterRole.Bias, [71]), ("layer2.weight", ParameterRole.Weight, [3]));

    // A result is one product of rounded factors: a few units in the last place, and the sum's own error.
    private static readonly double Exactness = typeof(T) == typeof(double) ? 1e-14 : 1e-6;

    private static bool IsDouble => typeof(T) == typeof(double);

    [Fact]
    public void By_value_each_number_is_cut_at_the_limit()
    {
        var gradient = Random();
        var before = Doubles(gradient);
        Clipping.ByValue(1.5).Apply(gradient);

        Assert.Equal(before.Select(g => Math.Clamp(g, -1.5, 1.5)), Doubles(gradient));
        Assert.Contains(before, g => g > 1.5);
        Assert.Contains(before, g => g < -1.5);
    }

    [Fact]
    public void By_norm_each_segment_is_shortened_by_itself()
    {
        var gradient = Random();
        var before = Random();
        var limit = 1.5 * Norm(before["layer1.bias"]);
        Clipping.ByNorm(limit).Apply(gradient);

        AssertScaled(limit / Norm(before["layer1.weight"]), before["layer1.weight"], gradient["layer1.weight"]);
        Assert.Equal(before["layer1.bias"], gradient["layer1.bias"]);
        Assert.Equal(before["layer2.weight"], gradient["layer2.weight"]);
        AssertPaddingZero(gradient);
    }

    [Fact]
    public void By_global_norm_all_are_shortened_alike()
    {
        var gradient = Random();
        var before = Random();
        Clipping.ByGlobalNorm(2).Apply(gradient);

        var norm = Math.Sqrt(Doubles(before).Sum(g => g * g));
        foreach (var segment in Layout.Segments)
            AssertScaled(2 / norm, before[segment], gradient[segment]);
        Assert.Equal(2, Math.Sqrt(Doubles(gradient).Sum(g => g * g)), 2 * Exactness);
        AssertPaddingZero(gradient);
    }

    [Fact]
    public void A_gradient_within_the_limit_keeps_its_bits()
    {
        foreach (var clipping in (Clipping[])[Clipping.ByValue(4), Clipping.ByNorm(4 * 72), Clipping.ByGlobalNorm(4 * 72)])
        {
            var gradient = Random();
            clipping.Apply(gradient);
            Assert.Equal(Random().Values, gradient.Values);
        }

        // A norm of exactly the limit is within it.
        var five = One(3, 4);
        Clipping.ByNorm(5).Apply(five);
        Clipping.ByGlobalNorm(5).Apply(five);
        Assert.Equal(One(3, 4).Values, five.Values);
        Clipping.ByGlobalNorm(2.5).Apply(five);
        Assert.Equal(One(1.5, 2).Values, five.Values);
    }

    [Fact]
    public void A_norm_whose_squares_no_number_can_hold_is_still_right()
    {
        var high = double.CreateChecked(T.MaxValue);
        var lowest = double.CreateChecked(T.ScaleB(T.One, IsDouble ? -1022 : -126));
        foreach (var size in (double[])[high, high / 4, Math.Sqrt(high), Math.Sqrt(lowest), lowest * 16, lowest])
        {
            foreach (var clipping in (Clipping[])[Clipping.ByNorm(size / 10), Clipping.ByGlobalNorm(size / 10)])
            {
                var gradient = One(0.6 * size, -0.8 * size);
                clipping.Apply(gradient);
                // At the lowest numbers a unit in the last place is coarse.
                Difference.AssertEachWithin(size == lowest ? 2 * Exactness : Exactness, 0, [0.06 * size, -0.08 * size], Doubles(gradient), $"{clipping} of {size}");
            }

            var within = One(0.6 * size, -0.8 * size);
            Clipping.ByGlobalNorm(Math.Min(1.01 * size, double.MaxValue)).Apply(within);
            Assert.Equal(One(0.6 * size, -0.8 * size).Values, within.Values);
        }
    }

    [Fact]
    public void A_norm_beyond_the_largest_number_is_clipped_to_an_ordinary_limit()
    {
        foreach (var limit in (double[])[1, 1e-3, 1e-30])
        {
            var gradient = One(double.CreateChecked(T.MaxValue), double.CreateChecked(-T.MaxValue));
            Clipping.ByGlobalNorm(limit).Apply(gradient);
            Difference.AssertEachWithin(Exactness, 0, [limit / Math.Sqrt(2), -limit / Math.Sqrt(2)], Doubles(gradient), $"to {limit}");
        }
    }

    [Fact]
    public void Gradients_of_zero_and_the_smallest_number_stay()
    {
        foreach (var clipping in (Clipping[])[Clipping.ByValue(1e-3), Clipping.ByNorm(1e-3), Clipping.ByGlobalNorm(1e-3)])
        {
            foreach (var tiny in (T[])[T.Zero, T.Epsilon])
            {
                var gradient = One(0, double.CreateChecked(tiny));
                clipping.Apply(gradient);
                Assert.Equal([T.Zero, tiny], gradient["w"]);
            }
        }
    }

    [Fact]
    public void What_is_not_finite_stays_as_it_is()
    {
        foreach (var bad in (T[])[T.NaN, T.PositiveInfinity, T.NegativeInfinity])
        {
            var global = With(bad);
            Clipping.ByGlobalNorm(0.1).Apply(global);
            EveryWidth.AssertSameBits<T>(With(bad).Values, global.Values, "global");

            var own = With(bad);
            Clipping.ByNorm(0.1).Apply(own);
            EveryWidth.AssertSameBits<T>(With(bad)["layer1.bias"], own["layer1.bias"], "the segment with it");
            Assert.Equal(0.1, Norm(own["layer1.weight"]), 0.1 * Exactness);

            var value = With(bad);
            Clipping.ByValue(0.1).Apply(value);
            Assert.True(EveryWidth.SameBits(bad, value["layer1.bias"][3]));
            Assert.Equal(Math.Clamp(double.CreateChecked(With(bad)["layer1.bias"][4]), -0.1, 0.1), double.CreateChecked(value["layer1.bias"][4]), Exactness);
        }

        static Parameters<T> With(T bad)
        {
            var gradient = Random();
            gradient["layer1.bias"][3] = bad;
            return gradient;
        }
    }

    [Fact]
    public void Both_passes_have_the_same_bits_at_every_width()
    {
        var start = LaneArguments.Special<T>();
        start = [.. start, .. LaneArguments.Ordinary<T>(new Pcg64(8), (int)Lanes.Padded<T>(start.Length + 64) - start.Length)];
        AssertSame(Clamp<LaneScalar<T>>(), Clamp<Lane128<T>>(), Clamp<Lane256<T>>(), Clamp<Lane512<T>>());
        AssertSame(Scale<LaneScalar<T>>(), Scale<Lane128<T>>(), Scale<Lane256<T>>(), Scale<Lane512<T>>());

        T[] Clamp<V>()
            where V : struct, IKernelLane<V, T>
        {
            T[] gradient = [.. start];
            new Clipping.ClampWork<T>(T.CreateChecked(1.25), ref gradient[0], gradient.Length).Run<V>();
            return gradient;
        }

        T[] Scale<V>()
            where V : struct, IKernelLane<V, T>
        {
            T[] gradient = [.. start];
            new Clipping.ScaleWork<T>(T.CreateChecked(0.125), T.CreateChecked(1.7), ref gradient[0], gradient.Length).Run<V>();
            return gradient;
        }

        static void AssertSame(T[] scalar, params T[][] others)
        {
            foreach (var other in others)
                EveryWidth.AssertSameBits<T>(scalar, other, "a wider lane");
        }
    }

    [Fact]
    public void A_limit_that_is_none_is_refused_in_one_sentence()
    {
        AssertRefused("The limit of clipping by value is 0, but it must lie in (0, ∞).", () => Clipping.ByValue(0));
        AssertRefused("The limit of clipping by norm is NaN, but it must lie in (0, ∞).", () => Clipping.ByNorm(double.NaN));
        AssertRefused("The limit of clipping by global norm is Infinity, but it must lie in (0, ∞).", () => Clipping.ByGlobalNorm(double.PositiveInfinity));
        Assert.Equal(Clipping.ByNorm(1), Clipping.ByNorm(1));
        Assert.NotEqual(Clipping.ByNorm(1), Clipping.ByNorm(2));
        Assert.NotEqual(Clipping.ByNorm(1), Clipping.ByGlobalNorm(1));
        Assert.Equal("global norm 0.5", $"{Clipping.ByGlobalNorm(0.5)}");

        static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);
    }

    private static Parameters<T> Random()
    {
        var gradient = new Parameters<T>(Layout);
        var generator = new Pcg64(7);
        foreach (var segment in Layout.Segments)
            LaneArguments.Ordinary<T>(generator, segment.Length).CopyTo(gradient[segment]);
        return gradient;
    }

    private static Parameters<T> One(double x, double y)
    {
        var gradient = new Parameters<T>(ParameterLayout.Of<T>(("w", ParameterRole.Weight, [2])));
        (gradient["w"][0], gradient["w"][1]) = (T.CreateChecked(x), T.CreateChecked(y));
        return gradient;
    }

    private static double[] Doubles(Parameters<T> parameters) =>
        [.. parameters.Layout.Segments.SelectMany(segment => parameters[segment].ToArray()).Select(double.CreateChecked)];

    private static double Norm(ReadOnlySpan<T> numbers) => Math.Sqrt(numbers.ToArray().Sum(g => double.CreateChecked(g) * double.CreateChecked(g)));

    private static void AssertScaled(double scale, ReadOnlySpan<T> before, ReadOnlySpan<T> after)
    {
        double[] expected = [.. before.ToArray().Select(g => scale * double.CreateChecked(g))];
        Difference.AssertEachWithin(Exactness, 0, expected, [.. after.ToArray().Select(double.CreateChecked)], $"times {scale}");
    }

    private static void AssertPaddingZero(Parameters<T> gradient)
    {
        var values = gradient.Values.ToArray();
        foreach (var segment in Layout.Segments)
            values.AsSpan(segment.Offset, segment.Length).Clear();
        Assert.All(values, value => Assert.Equal(T.Zero, value));
    }
}
