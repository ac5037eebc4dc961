using System.Numerics;
using System.Reflection;
using Steepest.Numerics;
using Steepest.Tests.Numerics;

namespace Steepest.Tests.Networks;

public sealed class ActivationTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Names => [.. Activation.All.Select(a => a.Name)];

    public static Activation[] WithOtherSettings =>
        [.. Activation.All, Activation.LeakyRelu(0.3), Activation.Elu(0.5), Activation.Elu(0), Activation.Softplus(0.3), Activation.Softplus(7)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_is_the_slope(string name)
    {
        var generator = new Pcg64(11);
        double[] kinks = name == "hard-swish" ? [-3, 3] : [0];
        // The slope at a distance from 0 of some units, where values are 10 at most, is good to about 1e-10.
        double[] x = [.. Enumerable.Range(0, 2000).Select(_ => generator.Uniform(-9, 9)).Where(z => kinks.All(k => Math.Abs(z - k) > 2 * Step))];
        foreach (var activation in WithOtherSettings.Where(a => a.Name == name))
        {
            var (_, derivatives) = AppliedActivation.At(activation, x);
            var (above, _) = AppliedActivation.At(activation, [.. x.Select(z => z + Step)]);
            var (below, _) = AppliedActivation.At(activation, [.. x.Select(z => z - Step)]);
            for (var i = 0; i < x.Length; i++)
            {
                var slope = (above[i] - below[i]) / (x[i] + Step - (x[i] - Step));
                Assert.True(Math.Abs(slope - derivatives[i]) < 2e-9, $"{activation} at {x[i]}: the derivative is {derivatives[i]}, the slope {slope}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_float_it_is_what_it_is_in_double(string name)
    {
        var generator = new Pcg64(12);
        float[] x = [.. Enumerable.Range(0, 2000).Select(_ => (float)generator.Uniform(-12, 12))];
        foreach (var activation in WithOtherSettings.Where(a => a.Name == name))
        {
            var (values, derivatives) = AppliedActivation.At(activation, x);
            var (expected, slopes) = AppliedActivation.At(activation, [.. x.Select(z => (double)z)]);
            for (var i = 0; i < x.Length; i++)
            {
                Assert.True(Math.Abs(values[i] - expected[i]) <= 5e-7 * Math.Max(1, Math.Abs(expected[i])), $"{activation}({x[i]}) is {values[i]}, in double {expected[i]}.");
                Assert.True(Math.Abs(derivatives[i] - slopes[i]) <= 1e-6, $"The derivative of {activation} at {x[i]} is {derivatives[i]}, in double {slopes[i]}.");
            }
        }
    }

    [Theory]
    [InlineData("identity", double.NegativeInfinity, 1)]
    [InlineData("relu", 0, 0)]
    [InlineData("leaky-relu", double.NegativeInfinity, 0.01)]
    [InlineData("elu", -1, 0)]
    [InlineData("selu", -1.7580993408473766, 0)]
    [InlineData("gelu", 0, 0)]
    [InlineData("gelu-tanh", 0, 0)]
    [InlineData("silu", 0, 0)]
    [InlineData("hard-swish", 0, 0)]
    [InlineData("mish", 0, 0)]
    [InlineData("softplus", 0, 0)]
    [InlineData("tanh", -1, 0)]
    [InlineData("sigmoid", 0, 0)]
    public void Far_on_the_left_it_is_at_its_limit(string name, double value, double derivative)
    {
        var activation = Activation.Find(name);
        foreach (var z in (double[])[-1e4, -1e300, -double.MaxValue, double.NegativeInfinity])
        {
            var expected = double.IsFinite(value) ? value : derivative * z;
            Assert.Equal((expected, derivative), AppliedActivation.At(activation, z));
            Assert.Equal(((float)expected, (float)derivative), Round(AppliedActivation.At(activation, (float)z)));
        }

        // A slope of 0.01 is not the same number in both precisions.
        (float Value, float Derivative) Round((float Value, float Derivative) at) =>
            name == "leaky-relu" && float.IsFinite(at.Value) ? ((float)(derivative * Math.Round(at.Value / derivative)), at.Derivative) : at;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Far_on_the_right_it_is_at_its_limit(string name)
    {
        var activation = Activation.Find(name);
        foreach (var z in (double[])[1e4, 1e300, double.MaxValue, double.PositiveInfinity])
        {
            var (value, derivative) = name switch
            {
                "tanh" or "sigmoid" => (1, 0),
                "selu" => (1.0507009873554805 * z, 1.0507009873554805),
                _ => (z, 1.0),
            };
            Assert.Equal((value, derivative), AppliedActivation.At(activation, z));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_stays_NaN(string name)
    {
        Assert.True(double.IsNaN(AppliedActivation.At(Activation.Find(name), double.NaN).Value));
        Assert.True(float.IsNaN(AppliedActivation.At(Activation.Find(name), float.NaN).Value));
    }

    [Fact]
    public void At_a_kink_the_derivative_is_the_one_that_the_documentation_names()
    {
        Assert.Equal((0, 0), AppliedActivation.At(Activation.Relu, 0.0));
        Assert.Equal((0, 0.3), AppliedActivation.At(Activation.LeakyRelu(0.3), 0.0));
        Assert.Equal((0, 0.5), AppliedActivation.At(Activation.Elu(0.5), 0.0));
        Assert.Equal((0, 1.0507009873554805 * 1.6732632423543772), AppliedActivation.At(Activation.Selu, 0.0));
        Assert.Equal((0, 0), AppliedActivation.At(Activation.HardSwish, -3.0));
        Assert.Equal((3, 1), AppliedActivation.At(Activation.HardSwish, 3.0));
    }

    [Fact]
    public void A_setting_that_float_cannot_hold_is_refused_in_float_alone()
    {
        AssertRefused("The beta of softplus is 1e+50, which is too large for float.", Activation.Softplus(1e50));
        AssertRefused("The beta of softplus is 1e-40, which is too small for float.", Activation.Softplus(1e-40));
        AssertRefused("The slope of leaky-relu is 1e+50, which is too large for float.", Activation.LeakyRelu(1e50));
        AssertRefused("The alpha of elu is 1e+50, which is too large for float.", Activation.Elu(1e50));
        Assert.Equal((-0.0f, 0), AppliedActivation.At(Activation.LeakyRelu(1e-50), -1f));

        static void AssertRefused(string sentence, Activation activation)
        {
            var network = NetworkSpec.Mlp(inputs: 2, hidden: [3], outputs: 2, activation);
            Assert.Equal(sentence, Assert.Throws<SteepestException>(() => network.Build<float>(seed: 1)).Message);
            Assert.True(double.IsFinite(AppliedActivation.At(activation, -1.0).Value));
            Assert.Equal(4, network.Build<double>(seed: 1).Parameters.Layout.Segments.Count);
        }
    }

    [Fact]
    public void Softplus_does_not_overflow_where_beta_times_z_would() =>
        Assert.Equal((1e308, 1), AppliedActivation.At(Activation.Softplus(100), 1e308));

    // −30 · ½ erfc(30/√2), to 21 digits; 1 + erf(−30/√2) would be 0 in double arithmetic.
    [Fact]
    public void Gelu_keeps_its_digits_far_on_the_left()
    {
        var value = AppliedActivation.At(Activation.Gelu, -30.0).Value;
        Assert.InRange(value / -1.47201417814445611786e-196, 1 - 2e-15, 1 + 2e-15);
    }

    [Fact]
    public void Values_and_derivatives_have_the_same_bits_at_every_width()
    {
        foreach (var activation in WithOtherSettings)
        {
            AssertSameBits<double>(activation);
            AssertSameBits<float>(activation);
        }
    }

    private static void AssertSameBits<T>(Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var kernels = activation.Kernels<T>();
        var ruleType = kernels.GetType().GetGenericArguments()[1];
        var rule = kernels.GetType().GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Single(f => f.FieldType == ruleType).GetValue(kernels);
        typeof(ActivationTests).GetMethod(nameof(AssertSameBitsOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(typeof(T), ruleType).Invoke(null, [rule]);
    }

    private static void AssertSameBitsOf<T, TRule>(TRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
        where TRule : struct, IActivationRule<T>
    {
        var generator = new Pcg64(13);
        T[][] arguments =
        [
            .. LaneArguments.Special<T>().Select(x => (T[])[x, T.Zero, T.Zero]),
            .. Enumerable.Range(0, 3000).Select(i => (T[])[T.CreateChecked(generator.Uniform(-1, 1) * (i % 3 == 0 ? 800 : 10)), T.Zero, T.Zero]),
        ];
        EveryWidth.AssertSame(new ValueOf<T, TRule>(rule), arguments);
        EveryWidth.AssertSame(new DerivativeOf<T, TRule>(rule), arguments);
    }

    private readonly struct ValueOf<T, TRule>(TRule rule) : ILaneOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IActivationRule<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z) => rule.Value(x, out _);
    }

    private readonly struct DerivativeOf<T, TRule>(TRule rule) : ILaneOperation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IActivationRule<T>
    {
        V ILaneOperation<T>.Apply<V>(V x, V y, V z)
        {
            var value = rule.Value(x, out var trace);
            return rule.Derivative(TRule.KeepsTrace ? trace : value);
        }
    }
}
