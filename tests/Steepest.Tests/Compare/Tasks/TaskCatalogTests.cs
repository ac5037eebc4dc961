using Steepest.Compare;
using Steepest.Compare.Tasks;

namespace Steepest.Tests.Compare.Tasks;

public sealed class TaskCatalogTests
{
    // Whom the standard suite compares.
    private static readonly (string Name, Optimizer Optimizer)[] Field =
    [
        ("momentum", new Sgd(0.01, Momentum: 0.9)),
        ("nesterov", new Sgd(0.01, Momentum: 0.9, Nesterov: true)),
        .. ((string[])["gradient-descent", "adagrad", "rms-prop", "adam", "adamw", "nadam", "radam", "lion", "muon", "schedule-free-adamw", "prodigy", "l-bfgs"])
            .Select(name => (name, Optimizers.Find(name).With(new Dictionary<string, double>()))),
    ];

    public static TheoryData<string> Names => [.. TaskCatalog.All.Select(one => one.Task.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_optimizer_of_the_field_trains_it_or_is_refused_for_a_reason(string name)
    {
        var task = TaskCatalog.Find(name) is NetworkTask network ? network with { Epochs = 2 } : TaskCatalog.Find(name) with { Epochs = 30 };
        var refused = new List<string>();
        foreach (var (title, optimizer) in Field)
        {
            if (task.Refusal(optimizer) is not null)
            {
                refused.Add(title);
                continue;
            }

            var result = task.Prepare(1).Run(new TrialSpec(task, optimizer, 1, 1) { KeepsEveryEpoch = true }, CancellationToken.None)!;
            Assert.InRange(result.Metric.Count, 1, task.Epochs);
            Assert.True(result.DivergedAt is not null || result.Metric.All(double.IsFinite), title);
        }

        Assert.Equal([.. task.IsFullBatch ? (string[])[] : ["l-bfgs"], .. task is FunctionTask ? (string[])["muon"] : []], refused);
    }

    [Fact]
    public void Names_are_found_in_any_case_and_a_slip_is_told()
    {
        Assert.Same(TaskCatalog.Iris, TaskCatalog.Find("Iris"));
        Assert.Equal("There is no task 'diggits'; did you mean digits?", Assert.Throws<SteepestException>(() => TaskCatalog.Find("diggits")).Message);
        Assert.Equal("There is no suite 'quik'; did you mean quick?", Assert.Throws<SteepestException>(() => TaskCatalog.FindSuite("quik")).Message);
        Assert.Equal(TaskCatalog.All.Select(one => one.Task), TaskCatalog.FindSuite("Standard").Tasks);
        Assert.Equal(TaskCatalog.All.Count, TaskCatalog.All.DistinctBy(one => one.Task.Name).Count());
    }

    [Fact]
    public void The_task_of_the_article_is_that_of_its_fair_race() => Assert.Equal(ExperimentTask.Of(RaceTask.Article, epochs: null, target: null), TaskCatalog.Iris);

    [Fact]
    public void The_page_of_the_tasks_has_a_row_for_each()
    {
        var text = File.ReadAllText(Path.Combine(SamplesTests.Root, "docs", "tasks.md"));
        Assert.All(TaskCatalog.All, one =>
        {
            var row = Assert.Single(text.Split('\n'), line => line.StartsWith($"| {one.Task.Name} | ", StringComparison.Ordinal));
            Assert.EndsWith($" | {one.Task.MetricName} | {one.Purpose} |", row, StringComparison.Ordinal);
            Assert.Contains(one.Task is NetworkTask ? $", {one.Task.Epochs:N0} epochs" : $", {one.Task.Epochs:N0} steps", row, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("logistic-breast-cancer", 1e-5)]
    [InlineData("logistic-digits", 1e-4)]
    public void The_target_of_a_convex_task_lies_its_gap_above_the_optimum(string name, double gap)
    {
        var task = (NetworkTask)TaskCatalog.Find(name);
        var rows = TaskRows.Of(task, 0).Train;
        var network = NetworkSpec.Mlp(rows.FeatureCount, [], rows.Classes, Activation.Relu).Build<double>(1);
        var slopes = new Steepness();
        var history = new Trainer<double>(network, rows, new TrainingSpec(new LBfgs(1, History: 30, GradientTolerance: 1e-12, ChangeTolerance: 0), 250) { Penalty = new Penalty(L2: 0.01) }, slopes).Run(TestContext.Current.CancellationToken);

        // In the weights the loss is at least as curved as the penalty, λ = 0.01, and in the biases nearly flat along one direction alone, in which it does not change: what is left above the optimum is at most ‖g‖²/2λ.
        Assert.InRange(slopes.Least, 0, 1e-8);
        Assert.Equal(task.Target!.Value - gap, history.Loss.Min(), 5e-15 + (slopes.Least * slopes.Least / 0.02));
    }

    private sealed class Steepness : ITrainingObserver<double>
    {
        public double Least { get; private set; } = double.PositiveInfinity;

        public void OnStep(TrainingState<double> state)
        {
            var squares = 0.0;
            foreach (var slope in state.Context.Gradient.Values) squares += slope * slope;
            Least = Math.Min(Least, Math.Sqrt(squares));
        }
    }
}
