using Steepest.Testing;
using Steepest.Tests.Commands;
using Steepest.Tests.Training;

namespace Steepest.Tests.Testing;

/// <summary>Every optimizer keeps the contract, and the contract finds who does not. Alone, since it counts what is allocated.</summary>
[Collection(nameof(Alone))]
public sealed class OptimizerContractTests
{
    private static readonly OptimizerInfo[] Known = [.. Optimizers.All, RootMeanSquare.About];

    private static readonly Optimizer[] Scheduled =
    [
        new Adam(new WarmUp(new CosineDecay(0.03), 7)), new Sgd(new OneCycle(0.1), Momentum: 0.9), new Lookahead(new Adam(new ReduceOnPlateau(0.03, Patience: 1))),
        new Muon(new EachEpoch(new ExponentialDecay(0.02, 0.9))), new ScheduleFreeAdamW(new WarmUp(0.01, 5)),
    ];

    /// <summary>As JSON, which tells a schedule too.</summary>
    public static TheoryData<string, string> Cases =>
        [.. from optimizer in EveryOptimizer.All.Concat(Scheduled).Append(new RootMeanSquare(0.01)) from clause in OptimizerContract.Clauses select (OptimizerJson.Write(optimizer), clause)];

    /// <summary>Who breaks what, and that alone.</summary>
    public static TheoryData<string, string> Culprits => [.. BrokenOptimizers.All.Select(broken => (broken.Optimizer.Info.Name, broken.Clause))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_optimizer_keeps_every_clause(string optimizer, string clause)
    {
        var result = OptimizerContract.Check(OptimizerJson.Read(optimizer, Known), clause);
        Assert.True(result.Outcome != ClauseOutcome.Broken, result.ToString());
    }

    [Theory]
    [MemberData(nameof(Culprits))]
    public void Who_breaks_a_clause_is_found_by_it_alone(string culprit, string clause)
    {
        var report = OptimizerContract.Check(BrokenOptimizers.All.First(broken => broken.Optimizer.Info.Name == culprit).Optimizer);
        Assert.Equal(clause, Assert.Single(report.Broken).Clause);
        Assert.NotEmpty(report.Broken.Single().Finding);
        Assert.Contains(clause, Assert.Throws<SteepestException>(report.ThrowIfBroken).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_clause_is_broken_by_somebody() =>
        Assert.Equal(OptimizerContract.Clauses.Order(), BrokenOptimizers.All.Select(broken => broken.Clause).Distinct().Order());

    [Fact]
    public void Clauses_apply_but_where_they_say_nothing_of_an_optimizer()
    {
        (Optimizer Optimizer, string Clause)[] exempt =
        [
            .. from optimizer in EveryOptimizer.All from result in OptimizerContract.Check(optimizer).Results where result.Outcome == ClauseOutcome.DoesNotApply select (optimizer, result.Clause),
        ];

        Assert.Equal(
            ["a split buffer trains as the whole", "it goes down the test functions", "it goes where a reference goes", "it keeps the state that its description tells of", "told to maximize, it climbs as it would descend"],
            exempt.Select(pair => pair.Clause).Distinct().Order());
        Assert.All(exempt.Where(pair => pair.Clause == "it goes down the test functions"), pair => Assert.True(pair.Optimizer is Muon or Soap));
        Assert.All(exempt.Where(pair => pair.Clause == "a split buffer trains as the whole"), pair => Assert.Equal(OptimizerScope.Group, pair.Optimizer.Scope));
    }

    [Fact]
    public void A_clause_that_says_nothing_of_an_optimizer_says_why()
    {
        var report = OptimizerContract.Check(new Muon(0.02));
        Assert.True(report.IsKept);
        Assert.Equal(
            "does not apply: it goes down the test functions: it does not train a place of two numbers: The optimizer muon trains matrices, but place is not one.",
            report.Results.Single(result => result.Clause == "it goes down the test functions").ToString());
        Assert.Contains("kept: padding stays zero", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trajectory_of_a_reference_is_a_clause_more()
    {
        // v = 0.5 v + g, θ ← θ − 0.1 v, by hand.
        var byHand = new Trajectory("momentum by hand", [1, 2], [[1, -1], [1, 2]], [[0.9, 2.1], [0.75, 1.95]]);

        Assert.Equal("kept: it goes where momentum by hand goes", $"{OptimizerContract.Check(new Sgd(0.1, 0.5), byHand).Results[^1]}");
        Assert.Equal(
            "broken: it goes where momentum by hand goes: after step 2 number 0 is 0.8, but 0.75 was expected", $"{OptimizerContract.Check(new Sgd(0.1), byHand).Broken.Single()}");
        Assert.Equal(
            "broken: it goes where nobody goes: it does not work: the trajectory of nobody needs a gradient and parameters for each step, each with as many numbers as the start",
            $"{OptimizerContract.Check(new Sgd(0.1), new Trajectory("nobody", [1, 2], [[1]], [[1, 2]])).Broken.Single()}");
    }

    [Fact]
    public void A_training_that_diverges_proves_nothing() => Assert.Equal(
        "broken: it has the same bits at every lane width: it does not work: with the learning rate 1.5e+308 a small network diverges within 4 epochs; give one that trains it",
        OptimizerContract.Check(new GradientDescent(1.5e308), "it has the same bits at every lane width").ToString());

    [Fact]
    public void An_optimizer_that_fails_breaks_a_clause_and_is_held_to_the_others()
    {
        var report = OptimizerContract.Check(new HidesItsMomentum(0.1));
        Assert.Equal(OptimizerContract.Clauses.Count + 1, report.Results.Count);
        Assert.StartsWith(
            "broken: its description comes back from JSON: it fails with KeyNotFoundException: ",
            report.Broken.Single(result => result.Clause == "its description comes back from JSON").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_clause_is_named() => Assert.Equal(
        "There is no clause 'no step alocates'; did you mean no step allocates?",
        Assert.Throws<SteepestException>(() => OptimizerContract.Check(new Adam(0.1), "no step alocates")).Message);

    /// <summary>Tells of a setting that it does not give.</summary>
    private sealed record HidesItsMomentum(Schedule LearningRate) : Optimizer
    {
        public override Schedule LearningRate { get; init; } = LearningRate;

        public override OptimizerInfo Info => new(
            "hides", "hides", "nobody", 0, [new("learning-rate", 0.1, Interval.Positive, "α"), new("momentum", 0.9, Interval.FadingFactor, "μ")], (rate, _) => new HidesItsMomentum(rate));

        public override IReadOnlyDictionary<string, double> Settings => new Dictionary<string, double>();

        public override Stepper<T> CreateStepper<T>(Parameters<T> parameters) => new GradientDescent(LearningRate).CreateStepper(parameters);
    }
}
