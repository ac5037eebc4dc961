using System.Globalization;
using System.Text;
using Steepest.Commands;
using Steepest.Compare.Reports;

namespace Steepest.Figures;

/// <summary>The pages of docs/optimizers: one for each optimizer and wrapper, and their index.</summary>
internal sealed class Gallery
{
    public const string Name = "gallery", Folder = "optimizers";

    private const string Others = "Others";

    // In the order in which one would learn them; what stands nowhere comes last.
    private static readonly (string Family, string[] Names)[] Families =
    [
        ("Gradient descent and momentum", ["gradient-descent", "sgd", "asgd", "rprop"]),
        ("A step size for every parameter", ["adagrad", "adadelta", "rms-prop"]),
        ("Adam and its kin", ["adam", "amsgrad", "adamw", "adamax", "nadam", "radam", "yogi", "adabelief", "adan", "adafactor"]),
        ("By the sign", ["lion"]),
        ("By layer or matrix", ["lars", "lamb", "muon", "soap"]),
        ("Without a schedule or a learning rate", ["prodigy", "schedule-free-sgd", "schedule-free-adamw"]),
        ("By curvature", ["l-bfgs"]),
        ("Around another optimizer", ["lookahead", "sam"]),
    ];

    private readonly IReadOnlyList<(Exhibit Exhibit, BestPath? Rosenbrock, BestPath? Valley)> exhibits;
    private readonly RaceOfAll race;

    public Gallery()
    {
        exhibits = [.. Exhibit.All.AsParallel().AsOrdered().Select(exhibit =>
            (exhibit, BestPath.Of(new RosenbrockFunction(), exhibit.Optimizer), BestPath.Of(new ValleyFunction(), exhibit.Optimizer)))];
        race = new RaceOfAll(Exhibit.All);
    }

    /// <summary>The text of every page by its file's name.</summary>
    public IEnumerable<(string File, string Text)> Pages =>
    [
        ("README.md", Index()),
        .. exhibits.Select(one => ($"{one.Exhibit.Name}.md", DescriptionMarkdown.Of(one.Exhibit.Description, Pictures(one.Exhibit, one.Rosenbrock, one.Valley)))),
    ];

    /// <summary>Writes pages and pictures and removes what is no longer among them.</summary>
    /// <param name="docs">The folder of all pages.</param>
    public void Write(string docs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(docs, Folder)).FullName;
        foreach (var old in Directory.EnumerateFiles(folder)) File.Delete(old);
        foreach (var (file, text) in Pages) File.WriteAllText(Path.Combine(folder, file), text);
        foreach (var (exhibit, rosenbrock, valley) in exhibits)
        {
            var curve = race.ToPng(exhibit);
            File.WriteAllBytes(Path.Combine(folder, $"{exhibit.Name}-race.png"), curve);
            var size = curve.Length;
            if (rosenbrock is not null && valley is not null)
            {
                var paths = PathPicture.ToPng(
                    ($"Rosenbrock, learning rate {Words.Number(rosenbrock.Rate)}", [(rosenbrock.Outcome, ChartStyle.Muted)], [rosenbrock.Path]),
                    ($"A turned valley, learning rate {Words.Number(valley.Rate)}", [(valley.Outcome, ChartStyle.Muted)], [valley.Path]));
                File.WriteAllBytes(Path.Combine(folder, $"{exhibit.Name}-paths.png"), paths);
                size += paths.Length;
            }

            Console.WriteLine($"{Folder}/{exhibit.Name}.md, pictures of {size / 1024} KB");
        }
    }

    private string Pictures(Exhibit exhibit, BestPath? rosenbrock, BestPath? valley)
    {
        var text = new StringBuilder("\n## What it does\n\n");
        if (rosenbrock is null || valley is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{exhibit.Description.Title} needs a matrix, and the two numbers of a test function are none: there is no path to draw.\n");
        }
        else
        {
            var twice = rosenbrock.Path.GradientEvaluations > BestPath.Steps || valley.Path.GradientEvaluations > BestPath.Steps;
            text.Append(CultureInfo.InvariantCulture, $"![The paths of {exhibit.Spelling} over Rosenbrock's function and over a turned valley]({exhibit.Name}-paths.png)\n\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"`{exhibit.Spelling}` on two test functions, {Words.Count(BestPath.Steps)} steps from the ring, the minimum at the cross; at the best of {BestPath.Rates.Count} learning rates from {Words.Number(BestPath.Rates[0])} to {Words.Number(BestPath.Rates[^1])}. ");
            text.Append(CultureInfo.InvariantCulture, $"Rosenbrock, learning rate {Words.Number(rosenbrock.Rate)}: {rosenbrock.Outcome}. ");
            text.Append(CultureInfo.InvariantCulture, $"The valley, a hundred times as steep across as along, learning rate {Words.Number(valley.Rate)}: {valley.Outcome}.{(twice ? " A step asks for more than one gradient." : "")}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n![Loss against epoch on iris]({exhibit.Name}-race.png)\n\n{race.Caption(exhibit)}\n");
        return text.ToString();
    }

    private string Index()
    {
        var text = new StringBuilder(
            $"""
            # Optimizers

            One page for each optimizer: its equations, its settings, what PyTorch, Keras and optax do otherwise, its sources, its path over two test functions and its curve
            on the article's race. The text is what `steepest describe NAME` says; it and the pictures are made by

            ```bash
            dotnet run -c Release --project docs/figures -- {Name}
            ```

            *State* is what an optimizer keeps for each parameter in float, with its default settings. *Epochs* is how long it takes on the article's race
            ({race.Task})
            to gradient descent's loss after 19,000 epochs at learning rate 0.01, each at the best of seven learning rates: one network, one split and one start, which says
            nothing about another task.

            """.ReplaceLineEndings("\n"));
        var rest = exhibits.Select(one => one.Exhibit.Name).Except(Families.SelectMany(family => family.Names)).ToArray();
        foreach (var (family, names) in Families.Append((Others, rest)))
        {
            var shown = exhibits.Where(one => names.Contains(one.Exhibit.Name)).Select(one => one.Exhibit).ToArray();
            if (shown.Length == 0) continue;
            text.Append(CultureInfo.InvariantCulture, $"\n## {family}\n\n| optimizer | what it does | year | state | epochs |\n| --- | --- | ---: | ---: | ---: |\n");
            foreach (var exhibit in shown) text.Append(Row(exhibit));
        }

        return text.ToString();
    }

    private string Row(Exhibit exhibit)
    {
        var description = exhibit.Description;
        var raced = exhibit.Spelling == exhibit.Name ? string.Empty : $" (`{exhibit.Spelling}`)";
        var bytes = description.StateInWords is { Length: > 0 } state ? state : "none";
        var kept = description.Kind == DescribedKind.Wrapper ? $"the other's{(bytes == "none" ? "" : $" + {bytes}")}" : bytes;
        return $"| [{Words.Capital(description.Title)}]({exhibit.Name}.md) | {description.Essence} | {description.Year} | {kept} | {race.EpochsOf(exhibit)}{raced} |\n";
    }
}
