using System.Numerics;
using CsCheck;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests.Training.Regularization;

public sealed class PenaltyTests
{
    private static readonly ParameterLayout Layout = ParameterLayout.Of<double>(
        ("layer1.weight", ParameterRole.Weight, [2, 2]),
        ("layer1.bias", ParameterRole.Bias, [2]),
        ("layer1.scale", ParameterRole.Norm, [2]),
        ("layer2.weight", ParameterRole.Weight, [1, 2]));

    [Fact]
    public void Value_and_gradient_are_those_worked_out_by_hand()
    {
        var at = Filled([1, -2, 0, 0.5, 10, 20, 30, 40, -4, 3]);
        var gradient = Filled([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);

        // Σ|w| = 3.5 + 7 and Σw² = 5.25 + 25.
        Assert.Equal((0.5 * 10.5) + (0.125 * 30.25), new Penalty(L1: 0.5, L2: 0.25).AddTo(at, gradient));

        Assert.Equal([1.75, 0, 1, 1.625, 1, 1, 1, 1, -0.5, 2.25], Numbers(gradient));
        Assert.Equal([1, -2, 0, 0.5, 10, 20, 30, 40, -4, 3], Numbers(at));
    }

    [Fact]
    public void Each_price_alone_asks_for_its_own_sum()
    {
        var at = Filled([1, -2, 0, 0.5, 10, 20, 30, 40, -4, 3]);
        var gradient = new Parameters<double>(Layout);

        Assert.Equal(2 * 10.5, new Penalty(L1: 2).AddTo(at, gradient));
        Assert.Equal([2, -2, 0, 2, 0, 0, 0, 0, -2, 2], Numbers(gradient));
        Assert.Equal(0.5 * 30.25, new Penalty(L2: 1).AddTo(at, gradient));
        Assert.Equal([3, -4, 0, 2.5, 0, 0, 0, 0, -6, 5], Numbers(gradient));
        Assert.Equal(0, new Penalty().AddTo(at, gradient));
        Assert.Equal([3, -4, 0, 2.5, 0, 0, 0, 0, -6, 5], Numbers(gradient));
    }

    [Fact]
    public void The_gradient_is_the_slope_of_the_value() => Gen.Select(Gen.Double[0, 2], Gen.Double[0, 2], Gen.Double[-3, 3].Array[10]).Sample((l1, l2, numbers) =>
    {
        const double Step = 1e-6;
        var penalty = new Penalty(l1, l2);
        var at = Filled(numbers);
        var gradient = new Parameters<double>(Layout);
        var unused = new Parameters<double>(Layout);
        penalty.AddTo(at, gradient);
        foreach (var segment in Layout.Segments)
        {
            for (var i = 0; i < segment.Length; i++)
            {
                ref var number = ref at[segment][i];
                var kept = number;
                // The kink of |w| lies between the two sides.
                if (Math.Abs(kept) < 2 * Step) continue;
                number = kept + Step;
                var above = penalty.AddTo(at, unused);
                number = kept - Step;
                var below = penalty.AddTo(at, unused);
                number = kept;
                // A value of at most 300 is exact to 3e-14, so its difference over 2e-6 is to 6e-8.
                Assert.Equal((above - below) / (2 * Step), gradient[segment][i], 1e-7);
            }
        }
    });

    [Fact]
    public void A_weight_of_any_sign_of_zero_is_left_where_it_is()
    {
        var at = Filled([0.0, -0.0, 0, 0, 0, 0, 0, 0, 0, 0]);
        var gradient = new Parameters<double>(Layout);

        Assert.Equal(0, new Penalty(L1: 3, L2: 1).AddTo(at, gradient));
        Assert.All(gradient.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_value_alone_has_the_bits_of_the_value_with_its_gradient()
    {
        AssertSame<double>();
        AssertSame<float>();

        static void AssertSame<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            // Two chunks and a part of one.
            var layout = ParameterLayout.Of<T>(("w", ParameterRole.Weight, [9001]));
            var at = new Parameters<T>(layout);
            LaneArguments.Ordinary<T>(new Pcg64(4), 9001).CopyTo(at["w"]);
            var penalty = new Penalty(0.3, 0.7);
            Assert.Equal(penalty.At<T>(at["w"]), penalty.AddTo(at, new Parameters<T>(layout)));
            var exact = at["w"].ToArray().Sum(w => (0.3 * Math.Abs(double.CreateChecked(w))) + (0.35 * double.CreateChecked(w * w)));
            Assert.Equal(exact, penalty.At<T>(at["w"]), exact * (typeof(T) == typeof(double) ? 1e-13 : 1e-6));
        }
    }

    [Fact]
    public void The_gradient_has_the_same_bits_at_every_width()
    {
        AssertSame<double>();
        AssertSame<float>();

        static void AssertSame<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            const int Length = 160;
            var weights = LaneArguments.Ordinary<T>(new Pcg64(5), Length);
            (weights[3], weights[9], weights[20], weights[40], weights[41]) = (T.Zero, T.NegativeZero, T.NaN, T.PositiveInfinity, T.Epsilon);
            var start = LaneArguments.Ordinary<T>(new Pcg64(6), Length);
            var scalar = After<LaneScalar<T>>();
            EveryWidth.AssertSameBits<T>(scalar, After<Lane128<T>>(), "128 bits");
            EveryWidth.AssertSameBits<T>(scalar, After<Lane256<T>>(), "256 bits");
            EveryWidth.AssertSameBits<T>(scalar, After<Lane512<T>>(), "512 bits");
            Assert.Equal(start[3], scalar[3]);
            Assert.Equal(start[0] + ((T.CreateChecked(0.1) * weights[0]) + T.CopySign(T.CreateChecked(0.2), weights[0])), scalar[0]);

            T[] After<V>()
                where V : struct, IKernelLane<V, T>
            {
                T[] gradient = [.. start];
                new Penalty.GradientWork<T>(new Penalty(L1: 0.2, L2: 0.1), ref weights[0], ref gradient[0], Length).Run<V>();
                return gradient;
            }
        }
    }

    [Fact]
    public void A_price_that_is_not_one_is_refused_in_one_sentence()
    {
        AssertRefused("The L1 of a penalty is -0.5, but it must be a finite number that is not negative.", () => new Penalty(L1: -0.5));
        AssertRefused("The L2 of a penalty is NaN, but it must be a finite number that is not negative.", () => new Penalty(L2: double.NaN));
        AssertRefused("The L2 of a penalty is Infinity, but it must be a finite number that is not negative.", () => new Penalty(1) with { L2 = double.PositiveInfinity });
        Assert.Equal(new Penalty(1, 2), new Penalty(1) with { L2 = 2 });

        static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);
    }

    private static Parameters<double> Filled(ReadOnlySpan<double> numbers)
    {
        var parameters = new Parameters<double>(Layout);
        foreach (var segment in Layout.Segments)
        {
            numbers[..segment.Length].CopyTo(parameters[segment]);
            numbers = numbers[segment.Length..];
        }

        return parameters;
    }

    private static double[] Numbers(Parameters<double> parameters) => ReferenceProblem.Concatenated(parameters);
}
