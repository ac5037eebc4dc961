namespace Steepest.Tests.Functions;

/// <summary>Functions to watch optimizers on.</summary>
public sealed class TestFunctionTests
{
    public static TheoryData<string> Smooth => [.. TestFunction.All.Where(f => f is not ReddiFunction).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Smooth))]
    public void The_gradient_is_the_slope_of_the_value(string name)
    {
        const double Step = 1e-5;
        var function = TestFunction.Find(name);
        var (left, right, bottom, top) = function.View;
        for (var i = 1; i < 10; i++)
        {
            for (var j = 1; j < 10; j++)
            {
                double[] at = [left + ((right - left) * i / 10.3), bottom + ((top - bottom) * j / 10.7)];
                var gradient = new double[2];
                function.Gradient(at, 1, gradient);
                for (var k = 0; k < 2; k++)
                {
                    double[] before = [.. at], after = [.. at];
                    before[k] -= Step;
                    after[k] += Step;
                    var slope = (function.Value(after) - function.Value(before)) / (2 * Step);
                    Assert.Equal(slope, gradient[k], 1e-6 * (1 + Math.Abs(slope)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Every_minimum_is_flat_and_lower_than_what_is_beside_it(string name)
    {
        var function = TestFunction.Find(name);
        foreach (var minimum in function.Minima)
        {
            double[] at = [.. minimum];
            var gradient = new double[2];
            function.Gradient(at, 1, gradient);
            Assert.All(gradient, slope => Assert.InRange(slope, -1e-12, 1e-12));
            foreach (var (x, y) in (ValueTuple<double, double>[])[(0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)])
                Assert.True(function.Value([at[0] + x, at[1] + y]) > function.Value(at));
        }
    }

    [Fact]
    public void A_path_begins_at_the_start_and_repeats_to_the_bit()
    {
        foreach (var function in TestFunction.All)
        {
            var path = function.Descend<double>(new Adam(0.01), 20, noise: 0.1, seed: 3);
            Assert.Equal(21, path.Places.Count);
            Assert.Equal(function.Start, path.Places[0]);
            Assert.Equal(path.Places, function.Descend<double>(new Adam(0.01), 20, noise: 0.1, seed: 3).Places);
            Assert.NotEqual(path.Places, function.Descend<double>(new Adam(0.01), 20, noise: 0.1, seed: 4).Places);
            Assert.Equal(20, path.GradientEvaluations);
        }
    }

    [Fact]
    public void A_path_that_diverges_ends_with_its_last_finite_place()
    {
        var path = TestFunction.Find("rosenbrock").Descend<double>(new GradientDescent(0.1), 1000);
        Assert.InRange(path.Places.Count, 3, 100);
        Assert.All(path.Places, place => Assert.True(place.All(double.IsFinite)));
    }

    [Fact]
    public void Adam_with_a_short_memory_goes_the_wrong_way_on_Reddi_s_counterexample_and_AMSGrad_does_not()
    {
        var reddi = TestFunction.Find("reddi");
        Assert.Equal(1, reddi.Descend<double>(new Adam(0.01, Beta1: 0, Beta2: 0.9), 5050).Places[^1][0]);
        Assert.InRange(reddi.Descend<double>(new AmsGrad(0.1, Beta1: 0, Beta2: 0.9), 50_500).Places[^1][0], -1, -0.6);
    }

    [Fact]
    public void A_wrong_name_or_number_gets_a_sentence()
    {
        Assert.Equal("There is no test function 'rosenbrok'; did you mean rosenbrock?", Assert.Throws<SteepestException>(() => TestFunction.Find("rosenbrok")).Message);
        var bowl = TestFunction.Find("bowl");
        Assert.Equal("A path is to have 0 steps, but it needs at least 1.", Assert.Throws<SteepestException>(() => bowl.Descend<double>(new Adam(1), 0)).Message);
        Assert.Equal("The noise is -1, but it must lie in [0, ∞).", Assert.Throws<SteepestException>(() => bowl.Descend<double>(new Adam(1), 1, -1)).Message);
    }
}
