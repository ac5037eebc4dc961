using Steepest.Testing;
using Steepest.Tests.Training;

namespace Steepest.Tests.Testing;

/// <summary>Every optimizer keeps the contract, and the contract finds who does not. Alone, since it counts what is allocated and forbids wide lanes.</summary>
[Collection(nameof(Alone))]
public sealed class OptimizerContractTests
{
    public static TheoryData<string, string> Cases => [.. from optimizer in EveryOptimizer.All from clause in OptimizerContract.Clauses select (optimizer.ToString(), clause)];

    /// <summary>Who breaks what, and that alone.</summary>
    public static TheoryData<string, string> Culprits =>
    [
        .. BrokenOptimizers.All.Select(broken => (broken.Optimizer.Info.Name, broken.Clause)),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_optimizer_keeps_every_clause(string optimizer, string clause)
    {
        var result = OptimizerContract.Check(EveryOptimizer.All.First(o => o.ToString() == optimizer), clause);
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
    public void A_clause_that_says_nothing_of_an_optimizer_says_why()
    {
        var report = OptimizerContract.Check(new Muon(0.02));
        Assert.True(report.IsKept);
        Assert.Equal(
            "does not apply: it goes down the test functions: it does not train a place of two numbers: The optimizer muon trains matrices, but there is none; there are place.",
            report.Results.Single(result => result.Clause == "it goes down the test functions").ToString());
        Assert.Contains("kept: padding stays zero", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_clause_is_named() => Assert.Equal(
        "There is no clause 'no step alocates'; did you mean no step allocates?",
        Assert.Throws<SteepestException>(() => OptimizerContract.Check(new Adam(0.1), "no step alocates")).Message);
}
