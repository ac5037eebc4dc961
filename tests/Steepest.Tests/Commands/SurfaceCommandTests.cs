using System.Globalization;

namespace Steepest.Tests.Commands;

/// <summary>What <c>steepest surface</c> says and leaves.</summary>
public sealed class SurfaceCommandTests : IDisposable
{
    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    public static TheoryData<string> Functions => [.. TestFunction.All.Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_function_is_drawn(string function)
    {
        var said = prompt.Run($"surface {function} --steps 50 --out paths");

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Equal(["paths", "paths/paths.csv", "paths/surface.json", "paths/surface.png", "paths/surface.svg"], prompt.Files);
        Assert.StartsWith($"{Environment.NewLine}On {function} ", said.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(prompt.Folder, "paths", "surface.png")).Length, 10_000, 600_000);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(prompt.Folder, "paths", "surface.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_places_are_those_of_the_library()
    {
        var json = prompt.Run("surface beale --optimizer adam,learning-rate=0.1/0.2 --steps 30 --start 2,1 --noise 0.5 --seed 7 --format json").Json();

        var path = TestFunction.Find("beale").Descend<double>(new Adam(0.2), 30, noise: 0.5, seed: 7, start: [2, 1]);
        var second = json.GetProperty("paths")[1];
        Assert.Equal(2, json.GetProperty("paths").GetArrayLength());
        Assert.Equal((0.2, 1, 30L), (second.GetProperty("learningRate").GetDouble(), second.GetProperty("learningRatesTried").GetInt32(), second.GetProperty("gradientEvaluations").GetInt64()));
        Assert.Equal(path.Distance, second.GetProperty("distance").GetDouble());
        var last = File.ReadAllLines(Path.Combine(prompt.Folder, "steepest-beale-1", "paths.csv"))[^1].Split(',');
        Assert.Equal(["adam", "0.2", "30", .. path.Places[^1].Append(path.Values.Last()).Select(value => value.ToString("R", CultureInfo.InvariantCulture))], last);
    }

    [Fact]
    public void Without_a_learning_rate_the_best_of_seven_is_drawn()
    {
        var json = prompt.Run("surface valley --optimizer sgd,momentum=0.9 --format json").Json();
        var path = Assert.Single(json.GetProperty("paths").EnumerateArray());
        var best = new[] { 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1 }.MinBy(rate =>
            TestFunction.Find("valley").Descend<double>(new Sgd(rate, 0.9), 500) is { Places.Count: 501 } walked ? walked.SettledWithin(0.01) ?? int.MaxValue : long.MaxValue);
        Assert.Equal((best, 7), (path.GetProperty("learningRate").GetDouble(), path.GetProperty("learningRatesTried").GetInt32()));
    }

    [Fact]
    public void A_path_that_diverges_is_said_to()
    {
        var said = prompt.Run("surface bowl --optimizer sgd,learning-rate=1e200 --steps 20");
        Assert.Contains("On bowl SGD diverges.", said.Output, StringComparison.Ordinal);
        Assert.Contains("diverged at step 2", said.Output, StringComparison.Ordinal);
        Assert.Equal(0, said.Code);
    }

    [Theory]
    [InlineData("surface rosenbrock --start 1e76,1")]
    [InlineData("surface beale --start 7e153,0")]
    [InlineData("surface valley --start 0,-1e153")]
    public void A_start_from_which_heights_leave_the_range_is_drawn_all_the_same(string line) => Assert.Equal(0, prompt.Run($"{line} --steps 5").Code);

    [Theory]
    [InlineData("surface bowl --start 1e200,1", "The start is 1e+200, 1, where bowl is not finite; begin nearer to its minimum.")]
    [InlineData("surface", "No function is named; name one of bowl, valley, rosenbrock, beale, himmelblau, rastrigin, saddle, plateau, reddi.")]
    [InlineData("surface rosenbrok", "There is no test function 'rosenbrok'; did you mean rosenbrock?")]
    [InlineData("surface bowl --start 1", "The --start is '1', but bowl takes two finite numbers, such as 0.5,1.")]
    [InlineData("surface bowl --start 1,NaN", "The --start is '1,NaN', but bowl takes two finite numbers, such as 0.5,1.")]
    [InlineData("surface reddi --start 1,1", "The --start is '1,1', but reddi takes a finite number.")]
    [InlineData("surface bowl --noise -1", "The --noise is '-1', but it must lie in [0, ∞).")]
    [InlineData("surface bowl --steps 0", "The --steps is '0', but a whole number of at least 1 was expected.")]
    [InlineData("surface bowl --steps 1000001", "A path is to have 1,000,001 steps, but 1 to 1,000,000 can be walked.")]
    [InlineData("surface bowl --optimizer muon", "The optimizer muon trains matrices, but place is not one.")]
    [InlineData("surface bowl --optimizer adam,beta1=1", "The beta1 of adam is 1, but it must lie in [0, 1).")]
    [InlineData("surface bowl --format csv", "The --format is 'csv', but table or json was expected.")]
    public void What_cannot_be_walked_is_refused_and_nothing_is_left(string line, string sentence)
    {
        prompt.Run(line).IsRefusal(sentence);
        Assert.Empty(prompt.Files);
    }
}
