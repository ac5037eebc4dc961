namespace Steepest.Tests;

/// <summary>Every optimizer goes down.</summary>
public sealed class ConvergenceTests
{
    private static readonly double[] Rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

    public static TheoryData<string, string, double> Cases =>
        [.. from o in EveryOptimizer.All where o is not Muon from f in (ValueTuple<string, double>[])[("bowl", 1e-3), ("valley", 1e-2), ("rosenbrock", 0.15)] select (o.ToString(), f.Item1, f.Item2)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_one_of_seven_learning_rates_the_value_falls(string optimizer, string function, double share)
    {
        var found = EveryOptimizer.All.First(o => o.ToString() == optimizer);
        var where = TestFunction.Find(function);
        var start = where.Value([.. where.Start]);

        // Signs never let go of a constant step.
        var best = Rates.Min(rate => where.Descend<double>(found with { LearningRate = new CosineDecay(rate) }, 3000) is { Places.Count: 3001 } path ? path.Values.Last() : double.PositiveInfinity);

        Assert.InRange(best, 0, share * start);
    }

    [Fact]
    public void The_way_up_is_the_way_down_mirrored()
    {
        foreach (var about in Optimizers.All.Where(about => about.Settings.Any(setting => setting.Name == "maximize")))
        {
            var down = Steps(about.With(new Dictionary<string, double>()), 1);
            var up = Steps(about.With(new Dictionary<string, double> { ["maximize"] = 1 }), -1);
            Assert.Equal(down, up);
        }

        static double[] Steps(Optimizer optimizer, double sign)
        {
            var parameters = Bowl<double>.Start();
            var stepper = optimizer.CreateStepper(parameters);
            var context = new StepContext<double>(new Bowl<double>(), new Parameters<double>(parameters.Layout), 10);
            for (var step = 0; step < 10; step++)
            {
                context.Begin(parameters);
                for (var i = 0; i < parameters.Values.Length; i++)
                    context.Gradient.Values[i] *= sign;
                stepper.Step(context);
            }

            return parameters.Values.ToArray();
        }
    }
}
