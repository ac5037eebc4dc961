using Steepest.Commands;
using Steepest.Compare;
using Steepest.Compare.Descriptions;

namespace Steepest.Tests.Compare.Descriptions;

/// <summary>What the page on experiments shows is what the reader takes and says.</summary>
public sealed class ExperimentPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SamplesTests.Root, "docs", "experiments.md"));

    private static readonly string Sample = File.ReadAllText(Path.Combine(SamplesTests.Root, "samples", "experiment.json"));

    private static readonly ExperimentWords Words =
        new(text => OptimizerGrammar.Parse(Optimizers.All, text).SelectMany(entrant => ExperimentContenders.Of(entrant)));

    [Fact]
    public void The_sample_reads()
    {
        var experiment = Read(Sample);
        Assert.Equal(["mails", "small digits"], experiment.Tasks.Select(task => task.Name));
        Assert.Equal(["adam", "sgd,momentum=0.9", "warm Adam", "lion"], experiment.Contenders.Select(one => one.Contender.Name));
    }

    [Fact]
    public void Every_example_reads()
    {
        var examples = Page.Split("```json\n").Skip(1).Select(part => part.Split("```")[0]).Concat(Page.Split("`{").Skip(1).Select(part => $"{{{part.Split('`')[0]}")).ToArray();
        Assert.Equal(5, examples.Length);
        Assert.All(examples, example => Read(
            example.Contains("tasks", StringComparison.Ordinal) ? example
            : example.Contains("optimizer", StringComparison.Ordinal) ? $$"""{"tasks":["iris"],"contenders":["sgd",{{example}}]}"""
            : $$"""{"tasks":[{{example}}],"contenders":["sgd","adam"]}"""));
    }

    [Theory]
    [InlineData("\"tanh\"", "\"thanh\"")]
    [InlineData("[1e-5, 0.01]", "[0.01, 1e-5]")]
    public void Its_errors_are_those_of_the_sample_with_a_mistake(string right, string wrong)
    {
        Assert.Contains(right, Sample, StringComparison.Ordinal);
        var sentence = Assert.Throws<SteepestException>(() => Read(Sample.Replace(right, wrong, StringComparison.Ordinal))).Message;
        Assert.Contains($"\n{sentence}\n", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_of_an_experiment_has_a_row() =>
        Assert.All(ExperimentJson.Members(Words), member => Assert.Contains($"\n| `{member.Name}` | ", Page, StringComparison.Ordinal));

    private static Experiment Read(string text) => ExperimentJson.Read(text, "experiment.json", Words);
}
