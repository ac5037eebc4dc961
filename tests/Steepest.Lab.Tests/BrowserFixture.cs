using Microsoft.Playwright;

namespace Steepest.Lab.Tests;

/// <summary>Debian's Chromium; whoever needs it is skipped where there is none.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string? Chromium = ((string[])["chromium", "chromium-browser", "google-chrome"])
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private IPlaywright? playwright;

    public async ValueTask InitializeAsync()
    {
        if (Chromium is null) return;

        // A machine that builds beside the tests is slow, and that is no fault of the page.
        Assertions.SetDefaultExpectTimeout(60_000);
        playwright = await Playwright.CreateAsync();
    }

    public ValueTask DisposeAsync()
    {
        playwright?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A page of its own, on which whatever the browser complains of fails the test.</summary>
    internal async Task<LabPage> Open(Uri address, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Requires.That(playwright is not null, "There is no Chromium on this machine.");

        // A browser for each page: one that dies takes no other test with it.
        var profile = Directory.CreateTempSubdirectory("steepest-browser-").FullName;
        var context = await playwright!.Chromium.LaunchPersistentContextAsync(profile, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage",
            ],
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
            DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        var lab = new LabPage(context, page, profile);
        await page.GotoAsync(address.AbsoluteUri);
        await Assertions.Expect(page.Locator("#standing tbody tr").First).ToBeVisibleAsync();
        return lab;
    }
}

/// <summary>The lab in a browser.</summary>
internal sealed class LabPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly string profile;

    public LabPage(IBrowserContext context, IPage page, string profile)
    {
        (this.context, this.profile, Page) = (context, profile, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Addresses.Add(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>What the browser complained of: scripts that failed, what the policy forbids.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Where it asked.</summary>
    public List<Uri> Addresses { get; } = [];

    /// <summary>Races to the end, the times of steps with it.</summary>
    public async Task Race()
    {
        await Page.ClickAsync("#race");
        await Assertions.Expect(Page.Locator("#standing tbody tr").First.Locator("td").Nth(5)).Not.ToHaveTextAsync("–");
    }

    /// <summary>The cells of the table.</summary>
    public async Task<string[][]> Rows() => await Page.EvaluateAsync<string[][]>("[...document.querySelectorAll('#standing tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))");

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Directory.Delete(profile, recursive: true);
    }
}
