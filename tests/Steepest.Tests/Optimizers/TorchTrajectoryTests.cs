using System.Text.Json;

namespace Steepest.Tests;

/// <summary>Step by step the parameters of PyTorch's optimizers.</summary>
public sealed class TorchTrajectoryTests
{
    private static readonly JsonElement Root = Golden.Load("optimizers_torch");

    private static readonly JsonElement[] All = [.. Root.GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string, string> Cases =>
    [
        .. All.Index().Where(c => OptimizerOf(c.Item) is not null)
            .Select(c => (c.Index, c.Item.GetProperty("optimizer").GetString()!, c.Item.GetProperty("problem").GetString()!)),
    ];

    [Fact]
    public void Enough_cases_of_the_reference_are_compared() => Assert.Equal(12 + 9, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_goes_where_the_reference_goes(int index, string optimizer, string problem)
    {
        AssertSteps(index, OptimizerOf(All[index])!, $"{optimizer}, problem {problem}, case {index}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Gradient_descent_is_stochastic_gradient_descent_without_momentum(int index)
    {
        var sgd = Assert.IsType<Sgd>(OptimizerOf(All[index]));
        Assert.Equal(0, sgd.Momentum);
        AssertSteps(index, new GradientDescent(sgd.LearningRate), $"gradient descent, case {index}");
    }

    private static void AssertSteps(int index, Optimizer optimizer, string what)
    {
        var expected = All[index];
        var steps = expected.GetProperty("steps").Integers();
        var problem = new ReferenceProblem(Root.GetProperty("problems").GetProperty(expected.GetProperty("problem").GetString()!));
        var tolerance = Math.Max(1e-10, 100 * expected.GetProperty("rel_change_under_1e14_perturbation").GetDouble());
        var stepper = optimizer.CreateStepper(problem.Start());
        var context = new StepContext<double>(problem, new Parameters<double>(stepper.Parameters.Layout), steps[^1]);
        var compared = new List<double[]>();
        while (stepper.StepCount < steps[^1])
        {
            context.Begin(stepper.Parameters);
            stepper.Step(context);
            if (steps.Contains((int)stepper.StepCount))
                compared.Add(ReferenceProblem.Concatenated(stepper.Parameters));
        }

        for (var i = 0; i < steps.Length; i++)
            Difference.AssertWithin(tolerance, expected.GetProperty("params")[i].Vector(), compared[i], $"{what}, step {steps[i]}");
    }

    /// <summary>The optimizer of a case; null for one, or for a setting, that is not among ours.</summary>
    private static Optimizer? OptimizerOf(JsonElement expected)
    {
        var settings = expected.GetProperty("all_hyperparameters");
        var name = expected.GetProperty("optimizer").GetString()!;
        if (name is not ("SGD" or "Adam") || Number("weight_decay") != 0 || IsOn("maximize") || IsOn("amsgrad"))
            return null;
        return name == "SGD"
            ? new Sgd(Number("lr"), Number("momentum"), Number("dampening"), IsOn("nesterov"))
            : new Adam(Number("lr"), settings.GetProperty("betas")[0].GetDouble(), settings.GetProperty("betas")[1].GetDouble(), Number("eps"));

        double Number(string setting) => settings.GetProperty(setting).GetDouble();

        bool IsOn(string setting) => settings.TryGetProperty(setting, out var on) && on.GetBoolean();
    }
}
