using Steepest.Compare.Reports;

namespace Steepest.Figures;

/// <summary>The pictures and the numbers of the page on the test functions: three optimizers, each at its best learning rate.</summary>
internal sealed class FunctionPaths
{
    public const string Name = "test-functions";

    private const int ReddiSteps = 10_000;

    private static readonly (string Title, Optimizer Optimizer)[] Optimizers =
        [("gradient descent", new GradientDescent(0.01)), ("momentum 0.9", new Sgd(0.01, Momentum: 0.9)), ("Adam", new Adam(0.01))];

    private readonly IReadOnlyList<(TestFunction Function, BestPath[] Paths)> walks =
    [
        .. TestFunction.All.Where(function => function.Dimensions == 2).AsParallel().AsOrdered()
            .Select(function => (function, Optimizers.Select(one => BestPath.Of(function, one.Optimizer)!).ToArray())),
    ];

    /// <summary>The pictures by their file's name: valleys to follow, and several minima to choose from.</summary>
    public IEnumerable<(string File, byte[] Png)> Pictures =>
    [
        ($"{Name}.png", PathPicture.ToPng([Panel("rosenbrock"), Panel("beale")])),
        ($"{Name}-minima.png", PathPicture.ToPng([Panel("himmelblau"), Panel("saddle")])),
    ];

    /// <summary>Lines of the page that have the runs' numbers in them, word for word.</summary>
    public IEnumerable<string> Lines =>
    [
        .. walks.Select(walk => $"| {walk.Function.Name} | {string.Join(" | ", walk.Paths.Select(path => $"{Words.Number(path.Rate)}: {Steps(path)}"))} |"),
        .. new[] { ("Adam", (Optimizer)new Adam(0.01, Beta1: 0, Beta2: 0.9)), ("AMSGrad", new AmsGrad(0.01, Beta1: 0, Beta2: 0.9)) }.Select(one =>
            $"| {one.Item1} | {Words.Short(new ReddiFunction().Descend<double>(one.Item2, ReddiSteps).Places[^1][0])} |"),
    ];

    /// <summary>Writes the pictures and prints the lines.</summary>
    /// <param name="docs">The folder of all pages.</param>
    public void Write(string docs)
    {
        foreach (var (file, png) in Pictures)
        {
            File.WriteAllBytes(Path.Combine(docs, file), png);
            Console.WriteLine($"{file}, {png.Length / 1024} KB");
        }

        foreach (var line in Lines) Console.WriteLine($"  {line}");
    }

    private (string Heading, IReadOnlyList<(string Text, ScottPlot.Color Colour)> Line, IReadOnlyList<FunctionPath> Paths) Panel(string name)
    {
        var (function, paths) = walks.Single(walk => walk.Function.Name == name);
        return (
            $"{Words.Capital(function.Name)}, {Words.Count(BestPath.Steps)} steps",
            [.. paths.Select((path, place) => ($"{Optimizers[place].Title} {Steps(path)}", ChartStyle.TextColour(place)))],
            [.. paths.Select(path => path.Path)]);
    }

    private static string Steps(BestPath path) => path.ArrivedAt is { } step ? Words.Count(step) : "–";
}
