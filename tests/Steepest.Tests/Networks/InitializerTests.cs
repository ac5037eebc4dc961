using Steepest.Numerics;

namespace Steepest.Tests.Networks;

public sealed class InitializerTests
{
    private const int Inputs = 500;
    private const int Outputs = 2000;
    private const int Draws = Inputs * Outputs;

    // A right generator misses one of these by chance once in 1.7 million.
    private const double StandardErrors = 5;

    public static TheoryData<string, double, double> Uniforms => new()
    {
        { "he", -Math.Sqrt(6.0 / Inputs), Math.Sqrt(6.0 / Inputs) },
        { "glorot", -Math.Sqrt(6.0 / (Inputs + Outputs)), Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { "lecun", -Math.Sqrt(3.0 / Inputs), Math.Sqrt(3.0 / Inputs) },
        { "pytorch", -1 / Math.Sqrt(Inputs), 1 / Math.Sqrt(Inputs) },
        { "keras", -Math.Sqrt(6.0 / (Inputs + Outputs)), Math.Sqrt(6.0 / (Inputs + Outputs)) },
        { "uniform", 0, 1 },
    };

    public static TheoryData<string, double> Normals => new()
    {
        { "he-normal", Math.Sqrt(2.0 / Inputs) },
        { "glorot-normal", Math.Sqrt(2.0 / (Inputs + Outputs)) },
        { "lecun-normal", Math.Sqrt(1.0 / Inputs) },
        { "normal", 1 },
    };

    [Theory]
    [MemberData(nameof(Uniforms))]
    public void Uniform_weights_fill_their_range_evenly(string name, double low, double high)
    {
        var weights = Weights(Initializer.Find(name));
        var width = high - low;
        Assert.All(new[] { weights.Min(), weights.Max() }, w => Assert.InRange(w, low, high));

        // A range 20 in a million short of its end is hit by none of a million draws once in e²⁰.
        Assert.InRange(weights.Min(), low, low + (20 * width / Draws));
        Assert.InRange(weights.Max(), high - (20 * width / Draws), high);

        double[] standard = [.. weights.Select(w => (w - low - (width / 2)) / width * Math.Sqrt(12))];
        AssertMoment(standard, 1, expected: 0, variance: 1);
        AssertMoment(standard, 2, expected: 1, variance: 1.8 - 1);
        AssertMoment(standard, 3, expected: 0, variance: 27.0 / 7);
    }

    [Theory]
    [MemberData(nameof(Normals))]
    public void Normal_weights_are_normal_to_the_tails(string name, double standardDeviation)
    {
        double[] standard = [.. Weights(Initializer.Find(name)).Select(w => w / standardDeviation)];
        AssertNormal(standard);
    }

    [Fact]
    public void A_normal_has_the_mean_and_the_standard_deviation_that_it_is_given()
    {
        AssertNormal([.. Weights(Initializer.Normal(-3, 0.25)).Select(w => (w + 3) / 0.25)]);
        Assert.All(Weights(Initializer.Normal(1.5, 0)), w => Assert.Equal(1.5, w));
        Assert.InRange(Weights(Initializer.Uniform(-3, -2)).Average(), -2.51, -2.49);
    }

    [Fact]
    public void Only_pytorch_uniform_and_normal_draw_biases()
    {
        foreach (var initializer in Initializer.All)
        {
            var biases = new double[Outputs];
            Array.Fill(biases, double.NaN);
            initializer.Draw<double>(new Pcg64(1), Inputs, Outputs, new double[Draws], biases);
            if (initializer.Name is "pytorch" or "uniform" or "normal")
                Assert.Equal(Outputs, biases.Distinct().Count());
            else
                Assert.All(biases, b => Assert.Equal(0, b));
        }

        Assert.All(Weights(Initializer.Zeros), w => Assert.Equal(0, w));
    }

    [Fact]
    public void The_biases_of_pytorch_lie_within_the_bounds_of_its_weights()
    {
        var biases = new double[200_000];
        Initializer.PyTorch.Draw<double>(new Pcg64(1), 4, biases.Length, new double[4 * biases.Length], biases);
        Assert.InRange(biases.Min(), -0.5, -0.5 + (20.0 / biases.Length));
        Assert.InRange(biases.Max(), 0.5 - (20.0 / biases.Length), 0.5);
    }

    [Fact]
    public void Keras_draws_what_glorot_draws() => Assert.Equal(Weights(Initializer.Glorot), Weights(Initializer.Keras));

    [Fact]
    public void Float_starts_where_double_starts_rounded()
    {
        foreach (var initializer in Initializer.All)
        {
            var (inFloat, inDouble) = (new float[35], new double[35]);
            var (floatBiases, doubleBiases) = (new float[5], new double[5]);
            initializer.Draw<float>(new Pcg64(3), 7, 5, inFloat, floatBiases);
            initializer.Draw<double>(new Pcg64(3), 7, 5, inDouble, doubleBiases);
            Assert.Equal(inDouble.Concat(doubleBiases).Select(w => (float)w), inFloat.Concat(floatBiases));
        }
    }

    [Fact]
    public void Every_initializer_leaves_nothing_as_it_was()
    {
        foreach (var initializer in Initializer.All)
        {
            double[] weights = [.. Enumerable.Repeat(double.NaN, 12)];
            initializer.Draw<double>(new Pcg64(0), 3, 4, weights, []);
            Assert.All(weights, w => Assert.True(double.IsFinite(w)));
        }
    }

    [Fact]
    public void Initializers_are_found_by_name_and_say_their_settings()
    {
        Assert.All(Initializer.All, initializer => Assert.Same(initializer, Initializer.Find(initializer.Name.ToUpperInvariant())));
        Assert.Equal(
            [
                "he", "he-normal", "glorot", "glorot-normal", "lecun", "lecun-normal", "orthogonal(gain:1)", "uniform(low:0;high:1)",
                "normal(mean:0;standard-deviation:1)", "zeros", "pytorch", "keras",
            ],
            Initializer.All.Select(i => i.ToString()));
        Assert.Equal("uniform(low:-0.5;high:1e-7)", Initializer.Uniform(-0.5, 1e-7).ToString());
    }

    [Fact]
    public void Initializers_are_equal_by_value()
    {
        Assert.Equal(Initializer.All.Count, Initializer.All.Distinct().Count());
        Assert.Equal(Initializer.Uniform(-1, 1), Initializer.Uniform(-1, 1));
        Assert.Equal(Initializer.Normal(1, 2), Initializer.Normal(1, 2));
        Assert.Equal(Initializer.Orthogonal(), Initializer.Orthogonal(1));
        Assert.Equal(Initializer.Orthogonal(2).GetHashCode(), Initializer.Orthogonal(2).GetHashCode());
        Assert.NotEqual(Initializer.Orthogonal(2), Initializer.Orthogonal(3));
        Assert.NotEqual(Initializer.Normal(0, 1), Initializer.Normal(0, 2));
        Assert.NotEqual(Initializer.Normal(0, 1), Initializer.Normal(1, 1));
    }

    [Fact]
    public void Bad_settings_and_unknown_names_are_refused_in_one_sentence()
    {
        AssertRefused("There is no initializer 'lecum'; did you mean lecun?", () => Initializer.Find("lecum"));
        AssertRefused(
            "There is no initializer 'xavier'; there are he, he-normal, glorot, glorot-normal, lecun, lecun-normal, orthogonal, uniform, normal, zeros, pytorch, keras.",
            () => Initializer.Find("xavier"));
        AssertRefused(
            "The initializer uniform has the bounds 0 and Infinity, but they must be finite and the first less than the second.",
            () => Initializer.Uniform(0, double.PositiveInfinity));
        AssertRefused(
            "The initializer uniform has the bounds -1e+308 and 1e+308, but they must lie a finite distance apart.",
            () => Initializer.Uniform(-1e308, 1e308));
        AssertRefused("The mean of the initializer normal is NaN, but it must be finite.", () => Initializer.Normal(double.NaN, 1));
        AssertRefused(
            "The standard deviation of the initializer normal is -1, but it must be a finite number that is not negative.", () => Initializer.Normal(0, -1));
        AssertRefused(
            "The standard deviation of the initializer normal is NaN, but it must be a finite number that is not negative.",
            () => Initializer.Normal(0, double.NaN));
        AssertRefused("The gain of the initializer orthogonal is 0, but it must be finite and above 0.", () => Initializer.Orthogonal(0));
        AssertRefused("The gain of the initializer orthogonal is -1, but it must be finite and above 0.", () => Initializer.Orthogonal(-1));
        AssertRefused(
            "The gain of the initializer orthogonal is Infinity, but it must be finite and above 0.", () => Initializer.Orthogonal(double.PositiveInfinity));
    }

    private static double[] Weights(Initializer initializer)
    {
        var weights = new double[Draws];
        initializer.Draw<double>(new Pcg64(2026), Inputs, Outputs, weights, new double[Outputs]);
        return weights;
    }

    private static void AssertNormal(double[] standard)
    {
        AssertMoment(standard, 1, expected: 0, variance: 1);
        AssertMoment(standard, 2, expected: 1, variance: 3 - 1);
        AssertMoment(standard, 3, expected: 0, variance: 15);
        AssertMoment(standard, 4, expected: 3, variance: 105 - 9);
        AssertShareBeyond(standard, 2, 0.0455002639);
        AssertShareBeyond(standard, 3, 0.0026997961);
        AssertShareBeyond(standard, 4, 0.0000633425);
    }

    private static void AssertMoment(double[] standard, int power, double expected, double variance)
    {
        var slack = StandardErrors * Math.Sqrt(variance / standard.Length);
        Assert.InRange(standard.Average(z => Math.Pow(z, power)), expected - slack, expected + slack);
    }

    private static void AssertShareBeyond(double[] standard, double bound, double expected)
    {
        var slack = StandardErrors * Math.Sqrt(expected * (1 - expected) / standard.Length);
        Assert.InRange((double)standard.Count(z => Math.Abs(z) > bound) / standard.Length, expected - slack, expected + slack);
    }

    private static void AssertRefused(string sentence, Func<object> make) => Assert.Equal(sentence, Assert.Throws<SteepestException>(make).Message);
}
