using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Steepest.Compare.Store;

namespace Steepest.Lab.Tests;

/// <summary>A lab that listens on a free port, with a store of its own.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    internal const string Article =
        """{"data":"iris","hidden":[10],"epochs":2000,"reach":0.1145,"contenders":[{"name":"sgd","learning-rate":0.01,"momentum":0.9},{"name":"adam","learning-rate":0.01}]}""";

    private readonly string folder = Directory.CreateTempSubdirectory("steepest-lab-").FullName;
    private SqliteTrialStore? store;
    private LabServer? lab;

    public Uri Address => lab!.Address;

    public HttpClient Client { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        store = new SqliteTrialStore(Path.Combine(folder, "steepest.db"));
        lab = await LabServer.Start(0, Optimizers.All, store);
        Client = new HttpClient { BaseAddress = lab.Address };
        Client.DefaultRequestHeaders.Add("Steepest-Tab", "test");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await lab!.DisposeAsync();
        store!.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    internal Task<HttpResponseMessage> Post(string path, string body, string? tab = null, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (tab is not null) request.Headers.Add("Steepest-Tab", tab);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>The sentence with which something was refused.</summary>
    internal static async Task<string> Sentence(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;

    /// <summary>The events of a stream to its end.</summary>
    internal static async Task<List<(string Name, JsonElement Data)>> Events(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var events = new List<(string, JsonElement)>();
        await using var body = await response.Content.ReadAsStreamAsync();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(body).EnumerateAsync()) events.Add((item.EventType, JsonDocument.Parse(item.Data).RootElement));
        return events;
    }
}
