using Steepest.Compare;

namespace Steepest.Tests.Compare;

/// <summary>Descriptions of races: equal by value, and planned in a known order.</summary>
public sealed class RacePlanTests
{
    [Fact]
    public void Tasks_are_equal_where_all_they_say_is()
    {
        var task = Article();

        Assert.Equal(RaceTask.Article, task);
        Assert.Equal(RaceTask.Article.GetHashCode(), task.GetHashCode());
        Assert.All<RaceTask>(
            [
                task with { Data = "wine" }, task with { Hidden = [10, 10] }, task with { Hidden = [] }, task with { Scaling = Scaling.Standard },
                task with { TestShare = 0.3 }, task with { Seed = 1 }, task with { Activation = Activation.LeakyRelu(0.02) }, task with { Initializer = null },
                task with { Initializer = Initializer.Uniform(0, 0.5) }, task with { Bias = false }, task with { BatchSize = 32 }, task with { Precision = Precision.Float },
            ],
            other => Assert.NotEqual(task, other));
    }

    [Fact]
    public void Runs_and_plans_are_equal_where_all_they_say_is()
    {
        var plan = Plan();
        var run = plan.Runs[0];

        Assert.Equal(Plan(), plan);
        Assert.Equal(Plan().GetHashCode(), plan.GetHashCode());
        Assert.Equal(run with { Optimizer = new GradientDescent(0.01) }, run);
        Assert.NotEqual(run with { Optimizer = new GradientDescent(0.02) }, run);
        Assert.NotEqual(run with { Epochs = 1 }, run);
        Assert.NotEqual(run with { StopsAtTarget = true }, run);
        Assert.NotEqual(run with { Groups = [ParameterGroup.Frozen("layer1.*")] }, run);
        Assert.NotEqual(plan with { Target = new Target(TargetMetric.Loss, 0.1) }, plan);
        Assert.NotEqual(plan with { Runs = [.. plan.Runs.Reverse()] }, plan);
        Assert.NotEqual(plan with { Task = Article() with { Seed = 1 } }, plan);
    }

    [Fact]
    public void The_first_contender_sets_the_pace_where_there_is_no_target_and_one_epoch_less()
    {
        var plan = Plan();

        Assert.Equal(22, plan.Runs.Count);
        Assert.Equal(
            [("gradient-descent", 19_000, false), ("sgd,momentum=0.9", 19_001, true), ("adam,epsilon=5e-324", 5_000, true), ("adam,epsilon=5e-324", 250, false)],
            plan.Runs.Take(4).Select(run => (run.Contender.Name, run.Epochs, run.StopsAtTarget)));
        Assert.All(plan.Runs.Skip(4), run => Assert.Equal((run.Contender.Title == "Adam" ? 5_000 : 19_001, true), (run.Epochs, run.StopsAtTarget)));
        Assert.Equal(0.01, plan.CommonRate);
    }

    [Fact]
    public void With_a_target_every_contender_stops_there()
    {
        var plan = RacePlanner.Plan(Article(), RacePlanner.ArticleEntrants(1e-8), target: new Target(TargetMetric.Loss, 0.2));

        Assert.Equal(21, plan.Runs.Count);
        Assert.All(plan.Runs, run => Assert.True(run.StopsAtTarget));
        Assert.Equal(19_001, plan.Runs[0].Epochs);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.01 }, new[] { 0.01, 0.1 }, 0.01)]
    [InlineData(new[] { 0.3, 0.1 }, new[] { 0.1, 0.3 }, 0.3)]
    [InlineData(new[] { 0.3 }, new[] { 0.1 }, null)]
    public void The_common_rate_is_a_hundredth_or_the_first_that_all_share(double[] first, double[] second, double? common)
    {
        var plan = RacePlanner.Plan(Article(), [Entrant(new GradientDescent(1), first), Entrant(new Adam(1), second)]);

        Assert.Equal(common, plan.CommonRate);
        Assert.Equal([common ?? first[0], common ?? second[0]], plan.Runs.Take(2).Select(run => run.LearningRate));
        Assert.Equal(first.Length + second.Length, plan.Runs.Count);
        Assert.All(plan.Runs, run => Assert.Equal<Schedule>(run.LearningRate, run.Optimizer.LearningRate));
    }

    [Fact]
    public void Every_budget_can_be_given()
    {
        var plan = RacePlanner.Plan(Article(), RacePlanner.ArticleEntrants(1e-8), epochs: 7);

        Assert.All(plan.Runs, run => Assert.Equal(7, run.Epochs));
    }

    private static RacePlan Plan() => RacePlanner.Plan(Article(), RacePlanner.ArticleEntrants(double.Epsilon), articleEpochs: true);

    private static Entrant Entrant(Optimizer optimizer, double[] rates) => new(Contender.Of(optimizer), optimizer, [.. rates]);

    private static RaceTask Article() => new("iris", [10]) { Scaling = Scaling.RowsToLengthOne, Initializer = Initializer.Uniform(0, 1) };
}
