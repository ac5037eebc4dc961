using Steepest.Figures;

namespace Steepest.Tests;

/// <summary>The pages of docs/optimizers say what the command and our own runs say.</summary>
public sealed class GalleryTests
{
    private const int LargestPictures = 60 * 1024;

    private static readonly string Folder = Path.Combine(SamplesTests.Root, "docs", Gallery.Folder);

    public static TheoryData<string> Names => [.. Exhibit.All.Select(exhibit => exhibit.Name)];

    [Fact]
    public void Its_pages_are_what_the_command_writes_now()
    {
        const string Remedy = "run: dotnet run -c Release --project docs/figures -- gallery";
        var pages = new Gallery().Pages.ToArray();

        Assert.Equal(pages.Select(page => page.File).Order(), Directory.GetFiles(Folder, "*.md").Select(Path.GetFileName).Order());
        Assert.All(pages, page => Assert.True(page.Text == File.ReadAllText(Path.Combine(Folder, page.File)).ReplaceLineEndings("\n"), $"{page.File} is not up to date; {Remedy}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_shows_its_pictures_which_are_small(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{name}.md"));
        var pictures = Directory.GetFiles(Folder, $"{name}-*.png").Where(file => Path.GetFileName(file) is var own && (own == $"{name}-race.png" || own == $"{name}-paths.png")).ToArray();

        Assert.Contains(Path.Combine(Folder, $"{name}-race.png"), pictures);
        Assert.All(pictures, picture => Assert.Contains($"]({Path.GetFileName(picture)})", text, StringComparison.Ordinal));
        Assert.InRange(pictures.Sum(picture => new FileInfo(picture).Length), 5_000, LargestPictures);
        Assert.Contains($"]({name}.md)", File.ReadAllText(Path.Combine(Folder, "README.md")), StringComparison.Ordinal);
    }
}
