using Steepest.Commands;

namespace Steepest.Tests.Commands;

/// <summary>Where <c>steepest compare</c> keeps its results.</summary>
public sealed class CompareFolderTests : IDisposable
{
    private const string Short = "compare --epochs 2 --optimizer adam,learning-rate=0.1";

    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Fact]
    public void A_second_race_takes_the_next_free_number()
    {
        Directory.CreateDirectory(Path.Combine(prompt.Folder, "steepest-iris-2"));

        var said = new[] { prompt.Run(Short), prompt.Run(Short) };

        Assert.All(said, race => Assert.Equal(0, race.Code));
        Assert.Contains($"in steepest-iris-1{Path.DirectorySeparatorChar}", said[0].Output, StringComparison.Ordinal);
        Assert.Contains($"in steepest-iris-3{Path.DirectorySeparatorChar}", said[1].Output, StringComparison.Ordinal);
        Assert.Equal(["steepest-iris-1", "steepest-iris-2", "steepest-iris-3"], prompt.Files.Where(file => !file.Contains('/', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("kept")]
    [InlineData("kept/")]
    [InlineData("a/b/kept")]
    [InlineData("./a/../kept")]
    public void A_new_folder_is_made_where_it_was_asked_for(string folder)
    {
        var said = prompt.Run($"{Short} --out {folder}");

        Assert.Equal(0, said.Code);
        Assert.Equal(ResultFiles.BestOnly, Directory.GetFiles(Path.Combine(prompt.Folder, folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_absolute_folder_is_where_it_says()
    {
        using var elsewhere = new Prompt();

        Assert.Equal(0, prompt.Run($"{Short} --out {Path.Combine(elsewhere.Folder, "kept")}").Code);

        Assert.Empty(prompt.Files);
        Assert.Contains("kept/race.json", elsewhere.Files);
    }

    [Fact]
    public void An_empty_folder_is_filled()
    {
        Directory.CreateDirectory(Path.Combine(prompt.Folder, "empty"));

        Assert.Equal(0, prompt.Run($"{Short} --out empty").Code);

        Assert.Equal(["empty", .. ResultFiles.BestOnly.Select(file => $"empty/{file}")], prompt.Files);
    }

    [Fact]
    public void A_folder_with_files_is_left_alone_unless_forced()
    {
        Directory.CreateDirectory(Path.Combine(prompt.Folder, "full"));
        File.WriteAllText(Path.Combine(prompt.Folder, "full", "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(prompt.Folder, "full", "race.json"), "old");

        prompt.Run($"{Short} --out full").IsRefusal("The --out 'full' already holds files; name another folder, or add --force to replace them.");
        Assert.Equal(["full", "full/notes.txt", "full/race.json"], prompt.Files);

        Assert.Equal(0, prompt.Run($"{Short} --out full --force").Code);
        Assert.Equal(["full", .. ResultFiles.BestOnly.Append("notes.txt").Order(StringComparer.Ordinal).Select(file => $"full/{file}")], prompt.Files);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(prompt.Folder, "full", "notes.txt")));
        Assert.StartsWith("{", File.ReadAllText(Path.Combine(prompt.Folder, "full", "race.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Force_leaves_no_picture_of_an_earlier_race_beside_the_new_numbers()
    {
        Assert.Equal(0, prompt.Run("compare --epochs 2 --out kept").Code);
        Assert.Equal(["kept", .. ResultFiles.Both.Select(file => $"kept/{file}")], prompt.Files);

        Assert.Equal(0, prompt.Run($"{Short} --out kept --force").Code);

        Assert.Equal(["kept", .. ResultFiles.BestOnly.Select(file => $"kept/{file}")], prompt.Files);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public void A_folder_that_is_filled_while_the_race_runs_is_left_alone(string format)
    {
        Directory.CreateDirectory(Path.Combine(prompt.Folder, "kept-2"));
        using var filled = During(() =>
        {
            Directory.CreateDirectory(Path.Combine(prompt.Folder, "kept"));
            File.WriteAllText(Path.Combine(prompt.Folder, "kept", "race.json"), "another's");
        });

        var said = filled.Run($"compare --epochs 20 --optimizer watched,learning-rate=0.1 --out {Path.Combine(prompt.Folder, "kept")} --format {format}");

        Assert.Equal(0, said.Code);
        Assert.Equal("another's", File.ReadAllText(Path.Combine(prompt.Folder, "kept", "race.json")));
        Assert.Equal(["kept", "kept-2", "kept-3", .. ResultFiles.BestOnly.Select(file => $"kept-3/{file}"), "kept/race.json"], prompt.Files);
        Assert.EndsWith(
            $"kept-3{Path.DirectorySeparatorChar}, for '{Path.Combine(prompt.Folder, "kept")}' was filled while the race ran.{Environment.NewLine}",
            format == "json" ? said.Error : said.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_can_no_longer_be_written_is_told_after_the_results()
    {
        using var blocked = During(() => File.WriteAllText(Path.Combine(prompt.Folder, "a"), "mine"));
        var asked = Path.Combine(prompt.Folder, "a", "kept");

        var said = blocked.Run($"compare --epochs 20 --optimizer watched,learning-rate=0.1 --out {asked}");

        Assert.Equal((2, $"The --out '{asked}' cannot be written; name another folder.{Environment.NewLine}"), (said.Code, said.Error));
        Assert.Contains("watched", said.Output, StringComparison.Ordinal);
        Assert.Equal(["a"], prompt.Files);
    }

    [Fact]
    public void A_mistake_of_the_program_is_not_blamed_on_the_folder()
    {
        var folder = ResultFolder.Prepare(new CommandHost(TextWriter.Null, TextWriter.Null, prompt.Folder, Optimizers.All), "iris", "kept", force: false, RaceFiles.Names.Contains);

        Assert.Throws<ArgumentException>(() => folder.Publish([("no\0name", [])]));

        Assert.Empty(prompt.Files);
    }

    [Fact]
    public void Force_does_no_harm_where_nothing_is_to_be_replaced() =>
        Assert.Equal(0, prompt.Run($"{Short} --out new --force").Code);

    [Fact]
    public void A_file_is_no_folder_and_holds_none()
    {
        File.WriteAllText(Path.Combine(prompt.Folder, "file"), "mine");

        prompt.Run($"{Short} --out file").IsRefusal("The --out 'file' is a file, but a folder was expected.");
        prompt.Run($"{Short} --out file --force").IsRefusal("The --out 'file' is a file, but a folder was expected.");
        prompt.Run($"{Short} --out file/a/b").IsRefusal("The --out 'file/a/b' lies in 'file', which is a file, but a folder was expected.");

        Assert.Equal(["file"], prompt.Files);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(prompt.Folder, "file")));
    }

    [Fact]
    public void A_folder_without_a_name_is_refused() =>
        prompt.Run("compare", "--out", "").IsRefusal("The --out is '', but the name of a folder was expected.");

    [Fact]
    public void A_name_that_is_too_long_is_refused_before_the_race()
    {
        var name = new string('x', 300);

        prompt.Run($"compare --out {name}").IsRefusal($"The --out '{name}' cannot be written: the name is too long; name another folder.");

        Assert.Empty(prompt.Files);
    }

    [Theory]
    [InlineData("/proc/nope")]
    [InlineData("/proc/nope/nested")]
    public void A_place_that_cannot_be_written_is_refused_before_the_race(string folder)
    {
        Requires.That(OperatingSystem.IsLinux(), "There is no /proc.");

        prompt.Run($"compare --out {folder}").IsRefusal($"The --out '{folder}' cannot be written; name another folder.");
    }

    [Fact]
    public void A_current_folder_that_cannot_be_written_is_refused_before_the_race()
    {
        Requires.That(OperatingSystem.IsLinux(), "There is no /proc.");
        using var error = new StringWriter();

        var code = SteepestCommand.Run(["compare"], new CommandHost(TextWriter.Null, error, "/proc", Optimizers.All), TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.Equal("No folder for the results can be written in '/proc'; name another with --out." + Environment.NewLine, error.ToString());
    }

    [Fact]
    public void The_JSON_in_the_folder_is_the_JSON_on_standard_output()
    {
        var said = prompt.Run($"{Short} --format json");

        Assert.Equal(said.Output.TrimEnd(), File.ReadAllText(Path.Combine(prompt.Folder, "steepest-iris-1", "race.json")));
    }

    private static Prompt During(Action race) => new()
    {
        Own = [Watched.About((run, step) =>
        {
            if (run == 1 && step == 3) race();
        })],
    };
}
