using System.Text.Json;

namespace Steepest.Tests.Commands;

/// <summary><c>steepest runs</c>, on what <c>steepest compare</c> left in a store.</summary>
public sealed class RunsTests : IDisposable
{
    // 2 tries, 2 × 3 fresh starts, the final run and the one as set.
    private const int TrialsARepeat = 2 + (2 * 3) + 2;

    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Fact]
    public void List_shows_each_experiment_with_its_trials_kept()
    {
        Compare("small");
        var said = prompt.Run("runs list");
        var lines = Lines(said.Output);

        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Contains("experiment tasks contenders repeats trials kept looks size", lines);
        Assert.Contains(lines, line => line.StartsWith("small iris adam, gradient-descent 6 120 of 120 1 ", StringComparison.Ordinal));
        Assert.StartsWith("1 experiment and 120 trials in ", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void List_as_JSON_is_one_document()
    {
        Compare("small");
        var experiment = Assert.Single(prompt.Run("runs list --format json").Json().EnumerateArray());

        Assert.Equal(["name", "tasks", "contenders", "repeats", "kept", "planned", "looks", "bytes"], experiment.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("small", 6, 120, 120), (experiment.GetProperty("name").GetString(), Whole(experiment, "repeats"), Whole(experiment, "kept"), Whole(experiment, "planned")));
    }

    [Fact]
    public void List_of_trials_is_filtered_by_task_optimizer_and_experiment()
    {
        Compare("small");
        Compare("other", "--optimizer adamw --optimizer adam,learning-rate=0.5");

        Assert.Equal(120 + (6 * TrialsARepeat) + 6, Count(""));
        Assert.Equal(60 + 6, Count("--optimizer adam"));
        Assert.Equal(60, Count("--optimizer adamw"));
        Assert.Equal(120, Count("--experiment small"));
        Assert.Equal(60, Count("--experiment small --optimizer adam"));
        Assert.Equal(Count(""), Count("--task iris"));
        Assert.Equal(0, Count("--task wine"));
        Assert.Equal(Count(""), prompt.Run("runs list --trials --format json").Json().GetArrayLength());

        int Count(string filters)
        {
            var said = prompt.Run($"runs list --trials {filters}");
            Assert.Equal((0, ""), (said.Code, said.Error));
            var lines = Lines(said.Output);
            Assert.Equal("trial task optimizer learning rate final best epochs seconds kept at", lines[0]);
            Assert.Equal(lines.Length - 3 == 1 ? "1 trial" : $"{lines.Length - 3} trials", lines[^2]);
            return lines.Length - 3;
        }
    }

    [Fact]
    public void Show_tells_of_an_experiment_and_of_a_trial()
    {
        Compare("small");
        var experiment = Lines(prompt.Run("runs show small").Output);
        Assert.Contains("iris adam 60 6 of 6", experiment);
        Assert.StartsWith("Look 1: 6 repeats, 20", experiment[^3], StringComparison.Ordinal);
        Assert.StartsWith("120 of 120 trials are kept, in ", experiment[^2], StringComparison.Ordinal);

        var key = prompt.Run("runs list --trials --optimizer adam --format json").Json()[0].GetProperty("key").GetString()!;
        var trial = Lines(prompt.Run($"runs show {key[..10]}").Output);
        Assert.Contains($"key {key}", trial);
        Assert.Contains("optimizer adam", trial);
        Assert.Contains("epochs 20", trial);
        Assert.Contains("experiments small", trial);
    }

    [Fact]
    public void What_is_not_there_or_several_is_said_to_be()
    {
        Compare("small");
        prompt.Run("runs show smal").IsRefusal("There is no experiment 'smal'; did you mean small?");
        prompt.Run("runs export adam").IsRefusal("There is no experiment 'adam'; there are small.");
        prompt.Run("runs list --trials --experiment smal").IsRefusal("There is no experiment 'smal'; did you mean small?");
        prompt.Run("runs list --optimizer adam").IsRefusal("The --optimizer chooses among trials; add --trials.");
        prompt.Run("runs export small --task iri").IsRefusal("There is no small task 'iri'; did you mean iris?");

        var digit = prompt.Run("runs list --trials --format json").Json().EnumerateArray().Select(trial => trial.GetProperty("key").GetString()![..1]).CountBy(first => first).MaxBy(pair => pair.Value);
        prompt.Run($"runs show {digit.Key}").IsRefusal($"The keys of {digit.Value} trials begin with '{digit.Key}'; give more digits.");
    }

    [Fact]
    public void A_deleted_experiment_leaves_its_trials_unless_they_go_with_it()
    {
        Compare("small");
        Compare("larger", "--optimizer adam --optimizer gradient-descent --optimizer adamw --repeats 7");
        Assert.Equal($"Deleted the experiment small and 0 trials; 120 trials stay, which other experiments use.{Environment.NewLine}", prompt.Run("runs delete small --with-trials").Output);
        Assert.Equal($"Deleted the experiment larger; its 210 trials stay.{Environment.NewLine}", prompt.Run("runs delete larger").Output);
        Assert.Equal(210, prompt.Run("runs list --trials --format json").Json().GetArrayLength());

        // Nothing of it is computed again, so that its trials are its own once more.
        Compare("small");
        Assert.StartsWith("Deleted the experiment small and 120 trials; no other experiment used them.", prompt.Run("runs delete small --with-trials").Output, StringComparison.Ordinal);
        Assert.Equal(90, prompt.Run("runs list --trials --format json").Json().GetArrayLength());
    }

    [Fact]
    public void A_deleted_trial_is_missed_by_its_experiment_until_that_runs_again()
    {
        Compare("small");
        var key = prompt.Run("runs list --trials --format json").Json()[0].GetProperty("key").GetString()!;
        Assert.Equal($"Deleted the trial {key[..16]}, which small will compute again.{Environment.NewLine}", prompt.Run($"runs delete {key}").Output);
        Assert.Contains("119 of 120", string.Join('\n', Lines(prompt.Run("runs list").Output)), StringComparison.Ordinal);

        Compare("small");
        Assert.Contains("120 of 120", string.Join('\n', Lines(prompt.Run("runs list").Output)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_is_judged_as_the_experiment_is()
    {
        var verdict = Compare("small").GetProperty("tasks")[0];
        Assert.Equal((0, ""), (prompt.Run("runs export small --out runs.csv").Code, prompt.Run("runs export small --out runs.csv --force").Error));
        var judged = prompt.Run("judge runs.csv --reach 0.95 --format json").Json().GetProperty("tasks")[0];

        Assert.NotEqual(0, Whole(verdict.GetProperty("contenders")[0], "reached"));
        Assert.Equal(Whole(verdict.GetProperty("contenders")[0], "reached"), Whole(judged.GetProperty("contenders")[0], "reached"));
        Assert.True(JsonElement.DeepEquals(verdict.GetProperty("comparisons")[0].GetProperty("timesFewer"), judged.GetProperty("comparisons")[0].GetProperty("timesFewer")));
        Assert.Equal(File.ReadAllText(Path.Combine(prompt.Folder, "runs.csv")), prompt.Run("runs export small").Output);
        prompt.Run("runs export small --out runs.csv").IsRefusal("The --out 'runs.csv' is there already; name another file, or add --force to replace it.");
    }

    [Fact]
    public void An_export_as_JSON_holds_all_that_is_kept()
    {
        Compare("small");
        var json = prompt.Run("runs export small --format json").Json();
        var trials = json.GetProperty("trials").EnumerateArray().ToArray();

        Assert.Equal("small", json.GetProperty("experiment").GetProperty("name").GetString());
        Assert.Equal(120, trials.Length);
        Assert.Equal(["try", "confirmation", "final", "as-set"], trials.Select(trial => trial.GetProperty("role").GetString()).Distinct());
        var final = trials.First(trial => trial.GetProperty("role").GetString() == "final");
        Assert.Equal((20, 20), (final.GetProperty("metric").GetArrayLength(), final.GetProperty("evaluations").GetArrayLength()));
    }

    [Fact]
    public void An_experiment_may_grow_and_each_look_at_more_repeats_is_written_down()
    {
        Compare("small");
        Compare("small", "--optimizer adam --optimizer gradient-descent --optimizer adamw --repeats 8");
        Compare("small", "--optimizer adam --optimizer gradient-descent --repeats 6 --baseline gradient-descent");

        var line = Lines(prompt.Run("runs list").Output).Single(line => line.StartsWith("small ", StringComparison.Ordinal));
        Assert.StartsWith("small iris adam, gradient-descent, adamw 8 240 of 240 2 (6, 8) ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_experiments_of_one_name_are_refused_and_the_first_stays()
    {
        Compare("small");
        var before = prompt.Run("runs export small").Output;
        prompt.Run($"{Line("small")} --seed 43").IsRefusal(
            "The store has another experiment named small: there the seed is at its default, here 43; give this one another name, or delete that one with: steepest runs delete small");
        Assert.Equal(2, prompt.Run($"{Line("small")} --hidden 5").Code);
        Assert.Equal(before, prompt.Run("runs export small").Output);
    }

    private static string Line(string name, string contenders = "--optimizer adam --optimizer gradient-descent") =>
        $"compare iris {contenders} --epochs 20 --tries 2 --reach 0.95 --name {name} --format json --out results --force --store steepest.db{(contenders.Contains("--repeats", StringComparison.Ordinal) ? "" : " --repeats 6")}";

    private JsonElement Compare(string name, string contenders = "--optimizer adam --optimizer gradient-descent") => prompt.Run(Line(name, contenders)).Json();

    private static string[] Lines(string output) => [.. output.Split(Environment.NewLine).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static int Whole(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
