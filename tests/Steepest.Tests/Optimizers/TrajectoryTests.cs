using System.Text.Json;

namespace Steepest.Tests;

/// <summary>Step by step the parameters of the reference implementations: PyTorch's optimizers, and the authors' own of newer ones.</summary>
public sealed class TrajectoryTests
{
    public static TheoryData<string, int, string, string> Cases =>
    [
        .. ReferenceOptimizers.Cases.Where(c => ReferenceOptimizers.Of(c.Case) is not null)
            .Select(c => (c.File, c.Index, c.Case.GetProperty("optimizer").GetString()!, c.Case.GetProperty("problem").GetString()!)),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_step_goes_where_the_reference_goes(string file, int index, string optimizer, string problem) =>
        AssertSteps(file, index, ReferenceOptimizers.Of(Case(file, index))!, $"{optimizer}, problem {problem}, {file} {index}");

    [Fact]
    public void Every_case_of_the_reference_is_compared_or_left_out_by_name() => Assert.All(
        ReferenceOptimizers.Cases,
        c => Assert.Equal(ReferenceOptimizers.Of(c.Case) is null, ReferenceOptimizers.IsLeftOut(c.Case)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Gradient_descent_is_stochastic_gradient_descent_without_momentum(int index)
    {
        var sgd = Assert.IsType<Sgd>(ReferenceOptimizers.Of(Case("torch", index)));
        Assert.Equal(0, sgd.Momentum);
        AssertSteps("torch", index, new GradientDescent(sgd.LearningRate), $"gradient descent, case {index}");
    }

    private static JsonElement Case(string file, int index) => ReferenceOptimizers.Root(file).GetProperty("cases")[index];

    private static void AssertSteps(string file, int index, Optimizer optimizer, string what)
    {
        var expected = Case(file, index);
        var steps = expected.GetProperty("steps").Integers();
        var problem = new ReferenceProblem(ReferenceOptimizers.Root(file).GetProperty("problems").GetProperty(expected.GetProperty("problem").GetString()!));
        var tolerance = Math.Max(1e-10, expected.GetProperty("rel_change_under_1e14_perturbation") is { ValueKind: JsonValueKind.Number } change ? 100 * change.GetDouble() : 0);
        var stepper = optimizer is Soap soap ? soap.CreateStepperOfAny(problem.Start()) : optimizer.CreateStepper(problem.Start());
        var context = new StepContext<double>(problem, new Parameters<double>(stepper.Parameters.Layout), steps[^1]);
        var compared = new List<double[]>();
        while (stepper.StepCount < steps[^1])
        {
            context.Begin(stepper.Parameters);
            stepper.Step(context);
            if (stepper.StepCount == 1 && expected.TryGetProperty("initial_eigenbasis_Q", out var vectors)) TakeEigenbases(stepper, vectors);
            if (steps.Contains((int)stepper.StepCount))
            {
                compared.Add(ReferenceProblem.Concatenated(stepper.Parameters));
                AssertBeside(expected, stepper, tolerance, what);
            }
        }

        for (var i = 0; i < steps.Length; i++)
            Difference.AssertWithin(tolerance, expected.GetProperty("params")[i].Vector(), compared[i], $"{what}, step {steps[i]}");
    }

    /// <summary>The reference's first eigenbases, of which rounding chooses some: for the rows and for the columns of one matrix. Ours must span the same spaces.</summary>
    private static void TakeEigenbases(Stepper<double> stepper, JsonElement vectors)
    {
        var (averages, bases) = (Block("preconditioners"), Block("eigenbases"));
        foreach (var (i, segment) in bases.Layout.Segments.Index())
        {
            AssertDiagonal(averages[segment.Name], bases[segment], segment.Shape[0]);
            vectors[i].Flat().CopyTo(bases[segment]);
            AssertDiagonal(averages[segment.Name], bases[segment], segment.Shape[0]);
        }

        Parameters<double> Block(string name) => stepper.State.Single(block => block.Name == name).Values;
    }

    /// <summary>QᵀLQ is diagonal, and falls.</summary>
    private static void AssertDiagonal(ReadOnlySpan<double> l, ReadOnlySpan<double> q, int n)
    {
        var diagonal = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < n * n; k++) sum += q[(k / n * n) + i] * l[k] * q[(k % n * n) + j];
                if (i == j) diagonal[i] = sum;
                else Assert.Equal(0, sum, 1e-13);
            }
        }

        for (var i = 1; i < n; i++) Assert.InRange(diagonal[i], -1e-13, diagonal[i - 1] + 1e-13);
    }

    /// <summary>What the reference tells beside the parameters.</summary>
    private static void AssertBeside(JsonElement expected, Stepper<double> stepper, double tolerance, string what)
    {
        if (!expected.TryGetProperty("extra", out var extra) || Array.IndexOf(expected.GetProperty("extra_steps").Integers(), (int)stepper.StepCount) is not (>= 0 and var place)) return;
        foreach (var (name, actual) in Beside(stepper))
        {
            if (extra.TryGetProperty(name, out var values))
                Difference.AssertWithin(tolerance, values[place].Flat(), actual(), $"{what}, {name} at step {stepper.StepCount}");
        }
    }

    private static IEnumerable<(string Name, Func<double[]> Values)> Beside(Stepper<double> stepper) =>
    [
        ("ax", () => ReferenceProblem.Concatenated(stepper.EvaluationParameters)),
        ("x_eval", () => ReferenceProblem.Concatenated(stepper.EvaluationParameters)),
        ("z", () => ReferenceProblem.Concatenated(stepper.State.Single(block => block.Name == "z").Values)),
        ("n_iter", () => [stepper.Scalars.Single(scalar => scalar.Name == "iterations").Value]),
        ("d", () => [stepper.Scalars.Single(scalar => scalar.Name == "d").Value]),
    ];
}
