using System.Text.Json;
using Steepest.Compare;

namespace Steepest.Tests.Commands;

/// <summary>What the command says of itself.</summary>
public sealed class ListAndHelpTests : IDisposable
{
    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Fact]
    public void List_data_shows_each_data_set_with_its_size_and_source()
    {
        var said = prompt.Run("list data");
        var lines = said.Output.Split(Environment.NewLine).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Contains("name rows features classes what", lines);
        foreach (var data in TaskData.All)
        {
            Assert.Contains($"{data.Name} {data.Rows:N0} {data.FeatureCount:N0} {data.Classes} {data.Description}", lines);
            Assert.Contains($"{data.Name}: {data.Source}; {data.Licence}", lines);
        }
    }

    [Fact]
    public void List_data_as_JSON_is_one_document()
    {
        var json = prompt.Run("list data --format json").Json();

        Assert.Equal(TaskData.All.Select(data => data.Name), json.EnumerateArray().Select(data => data.GetProperty("name").GetString()));
        Assert.Equal(["name", "rows", "features", "classes", "description", "source", "licence"], json[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal((1797, 64, 10), (json[3].GetProperty("rows").GetInt32(), json[3].GetProperty("features").GetInt32(), json[3].GetProperty("classes").GetInt32()));
    }

    [Fact]
    public void List_optimizers_shows_settings_with_defaults_and_ranges()
    {
        var said = prompt.Run("list optimizers");
        var lines = said.Output.Split(Environment.NewLine).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Contains("adam Adam, Kingma & Ba 2015; 8 bytes of state a parameter in float", lines);
        Assert.Contains("beta1 0.9 [0, 1) β₁, how slowly the first moment forgets", lines);
        Assert.Contains("nesterov off on or off look ahead along the momentum", lines);
        Assert.All(Optimizers.All, optimizer => Assert.Contains(lines, line => line.StartsWith($"{optimizer.Name} {optimizer.Title}, ", StringComparison.Ordinal)));
    }

    [Fact]
    public void List_optimizers_as_JSON_is_one_document()
    {
        var json = prompt.Run("list optimizers --format JSON").Json();
        var adam = json.EnumerateArray().Single(optimizer => optimizer.GetProperty("name").GetString() == "adam");

        Assert.Equal(Optimizers.All.Select(optimizer => optimizer.Name), json.EnumerateArray().Select(optimizer => optimizer.GetProperty("name").GetString()));
        Assert.Equal((2015, 2, 8), (Whole("year"), Whole("statePerParameter"), Whole("bytesPerParameter")));
        Assert.Equal(
            [("learning-rate", 0.001, "(0, ∞)"), ("beta1", 0.9, "[0, 1)"), ("beta2", 0.999, "[0, 1)"), ("epsilon", 1e-8, "(0, ∞)")],
            adam.GetProperty("settings").EnumerateArray().Take(4).Select(Setting));
        int Whole(string name) => adam.GetProperty(name).GetInt32();
    }

    [Fact]
    public void List_wrappers_schedules_and_functions_name_all()
    {
        (string List, IEnumerable<string> Names)[] lists =
            [("wrappers", Wrappers.All.Select(w => w.Name)), ("schedules", Steepest.Schedules.All.Select(s => s.Name)), ("functions", TestFunction.All.Select(f => f.Name))];
        Assert.All(lists, list =>
        {
            var lines = prompt.Run($"list {list.List}").Output.Split(Environment.NewLine);
            Assert.All(list.Names, name => Assert.Contains(lines, line => line.StartsWith($"{name} ", StringComparison.Ordinal)));
            Assert.Equal(list.Names, prompt.Run($"list {list.List} --format json").Json().EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        });
    }

    [Fact]
    public void List_tasks_shows_each_with_its_purpose_and_the_suites()
    {
        var lines = prompt.Run("list tasks").Output.Split(Environment.NewLine);
        Assert.All(TaskCatalog.All, one => Assert.Contains(lines, line => line.StartsWith($"{one.Task.Name}  ", StringComparison.Ordinal)));
        Assert.All(TaskCatalog.Suites, suite => Assert.Contains(lines, line => line.StartsWith($"{suite.Name}: ", StringComparison.Ordinal)));

        var json = prompt.Run("list tasks --format json").Json();
        Assert.Equal(TaskCatalog.All.Select(one => one.Task.Name), json.EnumerateArray().Select(task => task.GetProperty("name").GetString()));
        Assert.Equal(("training loss", 0.1145, 2000), (json[0].GetProperty("metric").GetString(), json[0].GetProperty("target").GetDouble(), json[0].GetProperty("epochs").GetInt32()));
        Assert.Equal(["quick", "standard"], json[0].GetProperty("suites").EnumerateArray().Select(suite => suite.GetString()));
    }

    [Theory]
    [InlineData("--help", "steepest compare", "steepest runs list", "steepest list data", "steepest list optimizers")]
    [InlineData("", "steepest compare", "steepest list data", "steepest list optimizers")]
    [InlineData("list --help", "steepest list data", "steepest list optimizers")]
    [InlineData("list data --help", "steepest list data", "steepest list data --format json")]
    [InlineData("list optimizers -h", "steepest list optimizers", "steepest list optimizers --format json")]
    [InlineData("runs --help", "steepest runs list", "steepest runs show adam-or-momentum", "steepest runs delete adam-or-momentum", "steepest runs export adam-or-momentum --out runs.csv")]
    [InlineData("runs list --help", "steepest runs list", "steepest runs list --trials --optimizer adam --task iris")]
    [InlineData("runs show --help", "steepest runs show adam-or-momentum")]
    [InlineData("runs delete --help", "steepest runs delete adam-or-momentum --with-trials")]
    [InlineData("runs export --help", "steepest runs export adam-or-momentum --format json --out runs.json")]
    [InlineData("compare --help", "steepest compare", "steepest compare --format json > race.json")]
    [InlineData("compare --hidden 0 --help", "steepest compare")]
    public void Help_ends_with_examples(string line, params string[] examples)
    {
        var said = prompt.Run(line);
        var lines = said.Output.Split(Environment.NewLine);
        var shown = lines.SkipWhile(text => text != "Examples:").Skip(1).Select(text => text.Trim()).ToArray();

        Assert.Equal((0, string.Empty), (said.Code, said.Error));
        Assert.Contains($"  steepest{Usage(line)}", lines.Select(text => text.Split(" [")[0].Split(" <")[0]));
        Assert.All(examples, example => Assert.Contains(example, shown));
        Assert.All(lines, text => Assert.InRange(text.Length, 0, 120));
        Assert.Empty(prompt.Files);
    }

    [Fact]
    public void Every_example_of_the_help_can_be_run()
    {
        var help = prompt.Run("compare --help").Output.Split(Environment.NewLine).SkipWhile(text => text != "Examples:").Skip(1)
            .Select(text => text.Trim()).Where(text => text.Length > 0).ToArray();

        Assert.Equal(6, help.Length);
        Assert.All(help.Select(example => example.Split('>')[0]["steepest ".Length..].Replace("'", "", StringComparison.Ordinal)), line => Assert.Equal(
            0, prompt.Run(line.Contains("--epochs", StringComparison.Ordinal) ? line : $"{line} --epochs 2").Code));
    }

    private static string Usage(string line) => string.Concat(line.Split(' ').TakeWhile(word => word.Length > 0 && word[0] != '-').Select(word => $" {word}"));

    private static (string? Name, double Default, string? Range) Setting(JsonElement setting) =>
        (setting.GetProperty("name").GetString(), setting.GetProperty("default").GetDouble(), setting.GetProperty("range").GetString());
}
