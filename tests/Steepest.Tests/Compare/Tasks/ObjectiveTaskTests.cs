using Steepest.Compare;
using Steepest.Compare.Tasks;

namespace Steepest.Tests.Compare.Tasks;

public sealed class ObjectiveTaskTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void A_trial_on_a_function_is_its_descent_from_the_same_start(double noise)
    {
        var task = new FunctionTask("valley", new ValleyFunction()) { Epochs = 50, Noise = noise };
        var result = Run(task, new Adam(0.1), seed: 9);

        var chance = RandomStreams.Of(9, RandomPurpose.InitialParameters);
        ValueList<double> start = [.. task.Function.Start.Select(number => number + (0.1 * chance.StandardNormal()))];
        var path = task.Function.Descend<double>(new Adam(0.1), 50, noise, 9, start);

        Assert.Equal(path.Values.Take(50), result.Metric);
        Assert.Equal(Enumerable.Range(1, 50).Select(step => (long)step), result.Evaluations);
        Assert.Equal(0, result.TestRows);
    }

    [Fact]
    public void Repeats_start_elsewhere_and_the_same_seed_gives_the_same_bits()
    {
        TaskSpec[] tasks = [TaskCatalog.TurnedValley, TaskCatalog.NoisyQuadratic with { Epochs = 100 }];
        Assert.All(tasks, task =>
        {
            Assert.Equal(Run(task, new Adam(0.1), 1), Run(task, new Adam(0.1), 1));
            Assert.NotEqual(Run(task, new Adam(0.1), 1).Metric[0], Run(task, new Adam(0.1), 2).Metric[0]);
        });
    }

    [Fact]
    public void Whoever_looks_twice_a_step_has_half_the_steps() =>
        Assert.Equal(Enumerable.Range(0, 100).Select(step => (2L * step) + 1), Run(TaskCatalog.TurnedValley, new Sam(new Sgd(0.01)), 1).Evaluations);

    [Fact]
    public void A_line_search_has_the_budget_and_no_more()
    {
        var result = Run(TaskCatalog.Rosenbrock, new LBfgs(1), 1);
        Assert.True(result.Evaluations[^1] <= 2000);
        Assert.True(result.Metric[^1] < 1e-10);
    }

    [Fact]
    public void A_trial_that_diverges_ends_with_NaN_at_that_step()
    {
        var result = Run(TaskCatalog.Rosenbrock, new GradientDescent(1), 1);
        Assert.Equal(result.DivergedAt, result.Epochs[^1]);
        Assert.True(double.IsNaN(result.Metric[^1]));
        Assert.All(result.Metric.Take(result.Metric.Count - 1), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void The_quadratic_s_curvature_runs_from_1_to_1_by_the_condition()
    {
        var curvatures = new QuadraticTask("q") { Epochs = 1, Condition = 1e4 }.Curvatures();
        Assert.Equal((100, 1.0), (curvatures.Length, curvatures[0]));
        Assert.Equal(1e-4, curvatures[99], 1e-4 * 1e-13);
        Assert.All(Enumerable.Range(1, 98), i => Assert.Equal(1, curvatures[i] * curvatures[i] / (curvatures[i - 1] * curvatures[i + 1]), 1e-12));
    }

    [Fact]
    public void Its_noise_has_the_curvature_for_covariance()
    {
        const int Draws = 20_000;
        var task = new QuadraticTask("q") { Epochs = 1, Noise = 0.5 };
        IObjectiveTask formula = task;
        var objective = formula.Objective<double>(4);
        var (place, gradient) = (new Parameters<double>(formula.Layout<double>()), new Parameters<double>(formula.Layout<double>()));
        var squares = new double[100];
        for (var step = 1; step <= Draws; step++)
        {
            objective.BeginStep(step);
            objective.Evaluate(place, gradient);
            for (var i = 0; i < 100; i++) squares[i] += gradient.Values[i] * gradient.Values[i];
        }

        // At the minimum there is noise alone. A variance of 20,000 draws has a standard error of 1 %; five of them leave no room for chance.
        var curvatures = task.Curvatures();
        Assert.All(Enumerable.Range(0, 100), i => Assert.InRange(squares[i] / Draws / (0.25 * curvatures[i]), 0.95, 1.05));
    }

    [Fact]
    public void Its_noise_is_the_same_for_all_looks_of_a_step_and_its_loss_has_none()
    {
        IObjectiveTask formula = new QuadraticTask("q") { Epochs = 1 };
        var objective = formula.Objective<double>(4);
        var (place, one, two) = (new Parameters<double>(formula.Layout<double>()), new Parameters<double>(formula.Layout<double>()), new Parameters<double>(formula.Layout<double>()));
        place.Values[0] = 2;
        objective.BeginStep(1);
        Assert.Equal(2.0, objective.Evaluate(place, one));
        objective.Evaluate(place, two);
        Assert.Equal(one.Values.ToArray(), two.Values.ToArray());
        objective.BeginStep(2);
        objective.Evaluate(place, two);
        Assert.NotEqual(one.Values.ToArray(), two.Values.ToArray());
    }

    [Fact]
    public void A_cancelled_trial_gives_nothing() =>
        Assert.Null(TaskCatalog.Rosenbrock.Prepare(0).Run(new TrialSpec(TaskCatalog.Rosenbrock, new Adam(0.1), 0, 0), new CancellationToken(canceled: true)));

    [Fact]
    public void Noise_keeps_out_who_needs_the_exact_gradient_and_a_place_who_trains_matrices()
    {
        Assert.Equal("needs the exact gradient of all rows at every step", TaskCatalog.NoisyQuadratic.Refusal(new LBfgs(1)));
        Assert.Equal("The optimizer muon trains matrices, but place is not one.", TaskCatalog.Rosenbrock.Refusal(new Muon(0.1)));
        Assert.Null(TaskCatalog.NoisyQuadratic.Refusal(new Muon(0.1)));
        Assert.Null((TaskCatalog.NoisyQuadratic with { Noise = 0 }).Refusal(new LBfgs(1)));
    }

    public static TheoryData<string, Func<object>> Bad => new()
    {
        { "The task t has a start spread of -1, but it must lie in [0, ∞).", () => new FunctionTask("t", new BowlFunction()) { Epochs = 1, StartSpread = -1 } },
        { "The task t has a noise of NaN, but it must lie in [0, ∞).", () => new FunctionTask("t", new BowlFunction()) { Epochs = 1, Noise = double.NaN } },
        { "The task t has a side of 1, but it must lie in [2, 1000].", () => new QuadraticTask("t") { Epochs = 1, Side = 1 } },
        { "The task t has a condition of 0.5, but it must lie in [1, 1e12].", () => new QuadraticTask("t") { Epochs = 1, Condition = 0.5 } },
        { "The task t has a noise of -1, but it must lie in [0, ∞).", () => new QuadraticTask("t") { Epochs = 1, Noise = -1 } },
        {
            "The task t has no rows to validate on; it is measured by its value, the training loss.",
            () => new FunctionTask("t", new BowlFunction()) { Epochs = 1, Metric = TaskMetric.ValidationLoss }.Prepare(0)
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_values_are_told_in_one_sentence(string message, Func<object> make) => Assert.Equal(message, Assert.Throws<SteepestException>(make).Message);

    private static TrialResult Run(TaskSpec task, Optimizer optimizer, ulong seed) =>
        task.Prepare(0).Run(new TrialSpec(task, optimizer, 0, seed) { KeepsEveryEpoch = true }, CancellationToken.None)!;
}
