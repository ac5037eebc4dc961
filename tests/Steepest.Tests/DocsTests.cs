using Steepest.Figures;

namespace Steepest.Tests;

/// <summary>The pages under docs/ say what their programs say.</summary>
public sealed class DocsTests
{
    private const int LargestPicture = 90 * 1024;

    private static readonly string Docs = Path.Combine(SamplesTests.Root, "docs");

    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_quotes_the_numbers_of_its_runs(string name)
    {
        var text = File.ReadAllText(Path.Combine(Docs, $"{name}.md"));
        using var page = Page.All.Single(p => p.Name == name).Make();
        Assert.NotEmpty(page.Lines);
        Assert.All(page.Lines, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_shows_its_picture_which_is_small(string name)
    {
        Assert.Contains($"]({name}.png)", File.ReadAllText(Path.Combine(Docs, $"{name}.md")), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(Docs, $"{name}.png")).Length, 10_000, LargestPicture);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [InlineData("own-optimizer")]
    public void Every_example_of_a_page_is_part_of_a_program_that_runs(string name)
    {
        string[] folders = [Path.Combine(Docs, "figures"), Path.Combine(SamplesTests.Root, "samples")];
        var programs = folders.SelectMany(folder => Directory.GetFiles(folder, "*.cs")).Select(path => Flat(File.ReadAllText(path))).ToArray();
        var examples = File.ReadAllText(Path.Combine(Docs, $"{name}.md")).Split("```csharp\n").Skip(1).Select(part => part.Split("```")[0]).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(programs, program => program.Contains(Flat(example), StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    [InlineData("own-optimizer")]
    [InlineData(FunctionPaths.Name)]
    public void A_page_links_to_files_that_are_there(string name)
    {
        var links = File.ReadAllText(Path.Combine(Docs, $"{name}.md")).Split("](").Skip(1).Select(part => part.Split(')')[0]);
        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Docs, link)), link));
    }

    [Fact]
    public void The_page_of_the_test_functions_names_all_and_quotes_its_runs()
    {
        var text = File.ReadAllText(Path.Combine(Docs, $"{FunctionPaths.Name}.md"));
        Assert.All(TestFunction.All, function => Assert.Contains($"\n| {function.Name} | ", text, StringComparison.Ordinal));
        var paths = new FunctionPaths();
        Assert.All(paths.Lines, line => Assert.Contains($"\n{line}\n", text, StringComparison.Ordinal));
        Assert.All(paths.Pictures, picture =>
        {
            Assert.Contains($"]({picture.File})", text, StringComparison.Ordinal);
            Assert.InRange(new FileInfo(Path.Combine(Docs, picture.File)).Length, 10_000, LargestPicture);
        });
    }

    // Line by line without what stands before and after each: an example on a page is not indented as far.
    private static string Flat(string code) => "\n" + string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim())) + "\n";
}
