using Steepest.Commands;
using Steepest.Compare;

namespace Steepest.Tests.Commands;

/// <summary>How the command spells schedules and wrappers.</summary>
public sealed class ScheduleGrammarTests
{
    [Fact]
    public void A_schedule_is_read_as_it_is_spelled()
    {
        foreach (var schedule in Tests.Schedules.ScheduleTests.Every)
            Assert.Equal(schedule, ScheduleGrammar.Parse("The learning-rate", schedule.ToString()));
    }

    [Fact]
    public void A_schedule_is_part_of_its_contender_and_runs_as_it_is()
    {
        Entrant[] entrants = [.. OptimizerGrammar.Parse(Optimizers.All, "adam,learning-rate=0.01/cosine(from:0.1)/multi-step(from:0.1;at:3/7),beta1=0.8")];
        Assert.Equal(
            ["adam,beta1=0.8,learning-rate=cosine(from:0.1)", "adam,beta1=0.8,learning-rate=multi-step(from:0.1;at:3/7)", "adam,beta1=0.8"],
            entrants.Select(entrant => entrant.Contender.Name));
        var plan = RacePlanner.Plan(RaceTask.Article, entrants, epochs: 10);
        Assert.Equal(new Adam(new CosineDecay(0.1), 0.8), plan.Runs[0].Optimizer);
        Assert.Null(plan.CommonRate);
    }

    [Theory]
    [InlineData("lookahead(sgd,momentum=0.9),k=3", "lookahead(sgd,momentum=0.9),k=3")]
    [InlineData("sam(lookahead(adam),k=3)", "sam(lookahead(adam),k=3)")]
    [InlineData("SAM(Adam), radius=0.1", "sam(adam),radius=0.1")]
    public void A_wrapper_is_read_as_it_is_spelled(string typed, string spelled)
    {
        var optimizer = OptimizerGrammar.ParseOne(Optimizers.All, typed);
        Assert.Equal(spelled, $"{optimizer}");
        Assert.Equal(optimizer, OptimizerGrammar.ParseOne(Optimizers.All, spelled));
    }
}
