using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Lab.Tests;

/// <summary>The page in a real browser, with real training behind it.</summary>
public sealed class RacePageTests(LabFixture lab, BrowserFixture browser) : IClassFixture<LabFixture>, IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task The_first_lesson_is_one_press_and_shows_what_the_library_computes()
    {
        await using var page = await browser.Open(lab.Address);
        Assert.Contains("Press Race", await page.Page.TextContentAsync("#verdict"), StringComparison.Ordinal);
        await page.Race();

        var entrants = RacePlanner.ArticleEntrants(double.Epsilon);
        var plan = new RacePlan(RaceTask.Article, [.. entrants.Select(one => new RunSpec(one.Contender, one.Optimizer with { LearningRate = 0.01 }, 20_000))])
        {
            Target = new(TargetMetric.Loss, 0.1145),
            CommonRate = 0.01,
        };
        var expected = Race.Run(plan, threads: 1, cancellation: TestContext.Current.CancellationToken);
        var rows = await page.Rows();

        Assert.Equal(RaceVerdict.Of(expected)[0], await page.Page.TextContentAsync("#verdict"));
        Assert.Equal(
            expected.Runs.OrderBy(run => run.EpochsToTarget).Select(run => (run.Spec.Contender.Title, run.EpochsToTarget!.Value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture))),
            rows.Select(row => (row[0], row[1])));
        Assert.Equal("1", rows[0][2]);
        Assert.Equal(["16", "8", "0"], rows.Select(row => row[6]));
        Assert.Empty(page.Complaints);
        Assert.All(page.Addresses.Where(address => address.Scheme != "data"), address => Assert.Equal(lab.Address.Authority, address.Authority));
    }

    [Fact]
    public async Task The_target_moves_by_keyboard_and_by_mouse_and_the_table_ranks_anew()
    {
        await using var page = await browser.Open(lab.Address);
        await page.Race();
        var before = await page.Rows();
        var target = page.Page.Locator(".target button");
        await target.FocusAsync();
        for (var n = 0; n < 5; n++) await page.Page.Keyboard.PressAsync("PageUp");
        await Assertions.Expect(page.Page.Locator("#verdict")).ToContainTextAsync("reaches loss 0.285");
        Assert.NotEqual(before, await page.Rows());

        var box = await target.BoundingBoxAsync();
        await page.Page.Mouse.MoveAsync(box!.X + 20, box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + 20, box.Y - 60, new MouseMoveOptions { Steps = 8 });
        await page.Page.Mouse.UpAsync();
        await Assertions.Expect(page.Page.Locator("#verdict")).Not.ToContainTextAsync("reaches loss 0.285");
        Assert.Contains("reach=", page.Page.Url, StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_whole_state_is_in_the_address()
    {
        await using var page = await browser.Open(lab.Address);
        await page.Page.SelectOptionAsync("#data", "wine");
        await page.Page.FillAsync("#hidden", "8, 4");
        await page.Page.PressAsync("#hidden", "Enter");
        await page.Page.FillAsync("#epochs", "50");
        await page.Page.PressAsync("#epochs", "Enter");
        await page.Page.SelectOptionAsync("#add", "rms-prop");
        await page.Page.FillAsync("#s-3-learning-rate", "0.02");
        await page.Page.PressAsync("#s-3-learning-rate", "Enter");
        await page.Page.ClickAsync("label[for=x-linear]");
        await Assertions.Expect(page.Page.Locator("#standing")).ToContainTextAsync("RMSprop");
        var url = page.Page.Url;
        Assert.EndsWith("data=wine&hidden=8,4&activation=leaky-relu&seed=42&epochs=50&reach=0.1145&optimizer=gradient-descent,learning-rate=0.01&optimizer=sgd,learning-rate=0.01,momentum=0.9&optimizer=adam,learning-rate=0.01,epsilon=5e-324&optimizer=rms-prop,learning-rate=0.02&x=linear", url, StringComparison.Ordinal);

        await using var again = await browser.Open(new Uri(url));
        Assert.Equal(url, again.Page.Url);
        Assert.Equal("8, 4", await again.Page.InputValueAsync("#hidden"));
        await again.Race();
        Assert.Equal(4, (await again.Rows()).Length);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_cannot_race_is_told_at_once_in_the_sentence_of_the_library()
    {
        await using var page = await browser.Open(lab.Address);
        await page.Page.ClickAsync("#open-2");
        await page.Page.FillAsync("#s-2-beta1", "2");
        await page.Page.PressAsync("#s-2-beta1", "Enter");

        await Assertions.Expect(page.Page.Locator("#refused")).ToHaveTextAsync("$.contenders[2].beta1: The beta1 of adam is 2, but it must lie in [0, 1).");
    }

    [Fact]
    public async Task One_epoch_at_a_time_then_on_to_the_end_then_reset()
    {
        await using var page = await browser.Open(lab.Address);
        var last = page.Page.Locator("#standing tbody tr").First.Locator("td").Nth(3);
        await page.Page.ClickAsync("#step");
        await Assertions.Expect(last).ToContainTextAsync(" at 1");
        await page.Page.ClickAsync("#step");
        await Assertions.Expect(last).ToContainTextAsync(" at 2");
        await page.Page.ClickAsync("#race");
        await Assertions.Expect(last).ToContainTextAsync(" at 20,000");
        await page.Page.ClickAsync("#reset");
        await Assertions.Expect(last).ToHaveTextAsync("–");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_second_lesson_gives_each_its_own_and_race_that_measures_it()
    {
        await using var page = await browser.Open(lab.Address);
        await page.Page.SelectOptionAsync("#lesson", "own-rates");
        await page.Race();
        Assert.StartsWith("Each at its own learning rate: momentum 0.9 (0.3) reaches loss 0.1145 in 60 epochs", await page.Page.TextContentAsync("#verdict"), StringComparison.Ordinal);
        Assert.Contains("not measured yet", await page.Page.TextContentAsync("#fair"), StringComparison.Ordinal);
        await page.Page.ClickAsync("#race-that");

        var fair = page.Page.Locator("#fair");
        await Assertions.Expect(fair).ToContainTextAsync("(25 tries, 10 repeats): epochs to training loss 0.1145", new LocatorAssertionsToContainTextOptions { Timeout = 300_000 });
        Assert.DoesNotContain("not measured", await fair.TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task It_is_whole_at_either_width_and_theme_and_axe_finds_nothing(int width, ColorScheme scheme)
    {
        await using var page = await browser.Open(lab.Address, width, scheme);
        await page.Race();
        Assert.Empty((await page.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Picture(page, $"race-{width}-{scheme}");

        if (width == 390) await page.Page.ClickAsync("#open-rail");
        await page.Page.ClickAsync("#open-2");
        Assert.Empty((await page.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Picture(page, $"rail-{width}-{scheme}");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Words_explain_themselves_by_keyboard()
    {
        await using var page = await browser.Open(lab.Address);
        await page.Page.FocusAsync("#standing th:nth-child(2) button");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("#explanation")).ToContainTextAsync("The first epoch at which the training loss was at the target");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("#explanation")).ToBeHiddenAsync();
    }

    [Fact]
    public void The_page_weighs_less_than_200_KB() => Assert.InRange(Serving.Page.Weight(compressed: false), 1, 200_000);

    // For whoever wants to look: STEEPEST_SCREENSHOTS names a folder.
    private static async Task Picture(LabPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("STEEPEST_SCREENSHOTS") is { Length: > 0 } folder)
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}
