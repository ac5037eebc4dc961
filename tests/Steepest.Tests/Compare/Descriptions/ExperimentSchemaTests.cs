using System.Text.Json;
using CsCheck;
using Json.Schema;
using Steepest.Compare;
using Steepest.Compare.Descriptions;

namespace Steepest.Tests.Compare.Descriptions;

/// <summary>The published schema takes what the reader takes, and marks what it refuses, in the eyes of a validator that is not ours.</summary>
public sealed class ExperimentSchemaTests
{
    private static readonly string Docs = Path.Combine(SamplesTests.Root, "docs");

    private static readonly JsonSchema Schema = JsonSchema.FromText(ExperimentSchema.Write());

    [Fact]
    public void The_published_file_is_what_the_registries_say() =>
        Assert.Equal(ExperimentSchema.Write(), File.ReadAllText(Path.Combine(Docs, "experiment.schema.json")));

    [Fact]
    public void The_sample_is_valid() => Assert.True(IsValid(File.ReadAllText(Path.Combine(SamplesTests.Root, "samples", "experiment.json"))));

    [Fact]
    public void Whatever_is_written_is_valid() => ExperimentJsonTests.Experiments.Sample(experiment => IsValid(ExperimentJson.Write(experiment)), iter: 100, threads: 1);

    [Fact]
    public void Every_optimizer_is_in_it_with_every_setting() => Assert.All(EveryOptimizer.All, optimizer =>
    {
        var contender = new ExperimentContender(Contender.Of(optimizer), optimizer, SearchSpace.AsSet);
        var experiment = new Experiment("e", [TaskCatalog.Wine], [contender, contender with { Contender = new("other", "other") }]);
        Assert.True(IsValid(ExperimentJson.Write(experiment)), optimizer.ToString());
    });

    [Theory]
    [InlineData("""{"tasks":["iris"],"contenders":["adam"]}""", true)]
    [InlineData("""{"$schema":"experiment.schema.json","tasks":["iris"],"contenders":["adam","sgd"],"seed":18446744073709551615}""", true)]
    [InlineData("""{"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":[],"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":["irs"],"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam","sgd"],"tries":1}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam","sgd"],"repeats":"ten"}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam","sgd"],"trys":5}""", false)]
    [InlineData("""{"tasks":[{"data":"iris"}],"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":[{"data":"iris","epochs":5,"activation":"rleu"}],"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":[{"data":"iris","epochs":5,"activation":{"name":"leaky-relu","slope":0.1}}],"contenders":["adam","sgd"]}""", true)]
    [InlineData("""{"tasks":[{"data":"iris","epochs":5,"test-share":1}],"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":[{"function":"rosenbrock","epochs":5,"condition":5}],"contenders":["adam","sgd"]}""", false)]
    [InlineData("""{"tasks":[{"function":"noisy-quadratic","epochs":5,"condition":5}],"contenders":["adam","sgd"]}""", true)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":{"name":"adma"}}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":{"name":"adam","beta1":1}}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":{"name":"adam","momentum":0.9}}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":{"name":"adam","learning-rate":{"name":"warm-up","steps":5}}}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":{"name":"adam","learning-rate":{"name":"warm-up","steps":5,"then":0.1}}}]}""", true)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":"lion","space":"wid"}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":"lion","space":{}}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":"lion","space":{"learning-rate":[1]}}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":"lion","space":{"learning-rate":[1,2,"log"]}}]}""", true)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":"lion","groups":[{"segments":"bias"}]}]}""", false)]
    [InlineData("""{"tasks":["iris"],"contenders":["adam",{"optimizer":"lion","groups":[{"segments":"bias","frozen":true}]}]}""", true)]
    public void It_tells_right_from_wrong(string text, bool isValid) => Assert.Equal(isValid, IsValid(text));

    private static bool IsValid(string text)
    {
        using var document = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}
