namespace Steepest.Tests;

/// <summary>Optimizers that have no reference file, against their equations written out number by number.</summary>
public sealed class WrittenOutTests
{
    private const int Steps = 20;

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void LARS_measures_every_segment(double decay)
    {
        const double Rate = 0.5, Momentum = 0.9, Trust = 0.02, Epsilon = 1e-8;
        var buffers = new Dictionary<string, double[]>();
        AssertPath(new Lars(Rate, Momentum, Trust, decay, Epsilon), (name, w, g) =>
        {
            var b = buffers.TryGetValue(name, out var kept) ? kept : buffers[name] = new double[w.Length];
            var (weights, slope) = (Norm(w), Norm(g));
            var ratio = weights > 0 && slope > 0 ? Trust * weights / (slope + (decay * weights) + Epsilon) : 1;
            for (var i = 0; i < w.Length; i++)
            {
                b[i] = (Momentum * b[i]) + (Rate * ratio * (g[i] + (decay * w[i])));
                w[i] -= b[i];
            }
        });
    }

    [Fact]
    public void Lookahead_goes_back_half_the_way_every_third_step()
    {
        var parameters = Bowl<double>.Start();
        var (fast, slow) = (parameters.Values.ToArray(), parameters.Values.ToArray());
        var stepper = new Lookahead(new GradientDescent(0.3), 3, 0.5).CreateStepper(parameters);
        var bowl = new Bowl<double>(0.02);
        for (var step = 1; step <= Steps; step++)
        {
            var g = GradientAt(fast, 0.02);
            for (var i = 0; i < fast.Length; i++) fast[i] -= 0.3 * g[i];
            if (step % 3 == 0)
            {
                for (var i = 0; i < fast.Length; i++) fast[i] = slow[i] += 0.5 * (fast[i] - slow[i]);
            }
        }

        bowl.Run(stepper, Steps);
        Difference.AssertWithin(1e-13, fast, parameters.Values, "lookahead");
    }

    [Fact]
    public void SAM_steps_by_the_gradient_a_little_uphill()
    {
        var parameters = Bowl<double>.Start();
        var place = parameters.Values.ToArray();
        var stepper = new Sam(new GradientDescent(0.3), 0.1).CreateStepper(parameters);
        for (var step = 1; step <= Steps; step++)
        {
            var g = GradientAt(place, 0.02);
            var up = 0.1 / (Norm(g) + 1e-12);
            var there = GradientAt([.. place.Zip(g, (x, slope) => x + (up * slope))], 0.02);
            for (var i = 0; i < place.Length; i++) place[i] -= 0.3 * there[i];
        }

        var context = new Bowl<double>(0.02).Run(stepper, Steps);
        Difference.AssertWithin(1e-13, place, parameters.Values, "SAM");
        Assert.Equal(2 * Steps, context.GradientEvaluations);
    }

    [Fact]
    public void SOAP_without_a_matrix_is_refused_and_without_a_basis_is_Adam_that_skips_the_first_gradient()
    {
        var vectors = new Parameters<double>(ParameterLayout.Of<double>(("x", ParameterRole.Weight, [3]), ("y", ParameterRole.Bias, [2])));
        Assert.Equal(
            "The optimizer soap trains matrices, but none of x, y is one.",
            Assert.Throws<SteepestException>(() => new Soap(0.02).CreateStepper(vectors)).Message);

        var (turned, plain, adam) = (Bowl<double>.Start(), Bowl<double>.Start(), Bowl<double>.Start());
        new Bowl<double>().Run(new Soap(0.02, WeightDecay: 0).CreateStepper(turned), Steps);
        new Bowl<double>().Run(new Soap(0.02, WeightDecay: 0, MaxPreconditionDim: 2).CreateStepper(plain), Steps);
        new Bowl<double>().Run(new Adam(0.02, 0.95, 0.95, EpsilonHat: true).CreateStepper(adam), Steps - 1);
        Difference.AssertWithin(1e-13, adam.Values, plain.Values, "SOAP without bases");
        Assert.Equal(plain["layer1.bias"], turned["layer1.bias"]);
        Assert.NotEqual(plain["layer1.weight"].ToArray(), turned["layer1.weight"].ToArray());
    }

    [Fact]
    public void After_a_step_the_gradient_is_what_it_was_for_who_watches_the_training()
    {
        foreach (var optimizer in EveryOptimizer.All)
        {
            var stepper = optimizer.CreateStepper(Bowl<double>.Start());

            // Who looks elsewhere may leave the gradient from there.
            if (stepper.MayEvaluate) continue;
            var context = new StepContext<double>(new Bowl<double>(), new Parameters<double>(Bowl<double>.Layout), 100);
            for (var step = 0; step < 3; step++)
            {
                context.Begin(stepper.Parameters);
                var gradient = context.Gradient.Values.ToArray();
                stepper.Step(context);
                Assert.Equal(gradient, context.Gradient.Values.ToArray());
            }
        }
    }

    [Fact]
    public void Muon_without_a_matrix_is_refused_and_trains_the_rest_of_a_network_with_AdamW()
    {
        var vectors = new Parameters<double>(ParameterLayout.Of<double>(("x", ParameterRole.Weight, [3]), ("y", ParameterRole.Bias, [2])));
        Assert.Equal(
            "The optimizer muon trains matrices, but none of x, y is one.",
            Assert.Throws<SteepestException>(() => new Muon(0.02).CreateStepper(vectors)).Message);

        var (whole, biases) = (Bowl<double>.Start(), Bowl<double>.Start());
        new Bowl<double>().Run(new Muon(0.02, AdamRate: 0.5).CreateStepper(whole), Steps);
        new Bowl<double>().Run(new AdamW(0.01).CreateStepper(biases), Steps);
        Assert.Equal(biases["layer1.bias"], whole["layer1.bias"]);
        Assert.NotEqual(biases["layer1.weight"].ToArray(), whole["layer1.weight"].ToArray());
    }

    [Fact]
    public void L_BFGS_is_refused_mini_batches()
    {
        var network = NetworkSpec.Mlp(4, [5], 3, Activation.Tanh).Build<double>(1);
        Assert.Equal(
            "The optimizer l-bfgs needs all rows at every step, but an epoch has 10 steps; leave out the batch size.",
            Assert.Throws<SteepestException>(() => network.Fit(Datasets.Iris(), new LBfgs(1), 1, batchSize: 15, cancellation: TestContext.Current.CancellationToken)).Message);
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static double[] GradientAt(double[] place, double coupling)
    {
        var (at, gradient) = (new Parameters<double>(Bowl<double>.Layout), new Parameters<double>(Bowl<double>.Layout));
        place.CopyTo(at.Values);
        new Bowl<double>(coupling).Evaluate(at, gradient);
        return gradient.Values.ToArray();
    }

    private static void AssertPath(Optimizer optimizer, Action<string, double[], double[]> step)
    {
        var parameters = Bowl<double>.Start();
        var place = parameters.Layout.Segments.ToDictionary(segment => segment.Name, segment => parameters[segment].ToArray());
        new Bowl<double>().Run(optimizer.CreateStepper(parameters), Steps);
        var gradient = new Parameters<double>(Bowl<double>.Layout);
        for (var t = 0; t < Steps; t++)
        {
            var at = new Parameters<double>(Bowl<double>.Layout);
            foreach (var (name, values) in place) values.CopyTo(at[name]);
            new Bowl<double>().Evaluate(at, gradient);
            foreach (var (name, values) in place) step(name, values, gradient[name].ToArray());
        }

        foreach (var (name, values) in place) Difference.AssertWithin(1e-13, values, parameters[name], $"{optimizer}, {name}");
    }
}
