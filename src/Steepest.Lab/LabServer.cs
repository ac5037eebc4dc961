using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Steepest.Compare.Store;
using Steepest.Lab.Races;
using Steepest.Lab.Serving;

namespace Steepest.Lab;

/// <summary>The lab: a page, served to this machine alone, on which optimizers race.</summary>
public sealed class LabServer : IAsyncDisposable
{
    /// <summary>A race is described in fewer bytes.</summary>
    internal const long MostBytes = 64 << 10;

    private const int MostWaiting = 16;
    private const string TabHeader = "Steepest-Tab";

    private readonly WebApplication app;
    private static readonly int AtOnce = Math.Max(4, Environment.ProcessorCount);

    private readonly RaceQueue queue = new(AtOnce, MostWaiting);
    private readonly Tabs tabs = new(2 * (AtOnce + MostWaiting));
    private readonly IReadOnlyList<OptimizerInfo> optimizers;
    private readonly SqliteTrialStore? store;

    private LabServer(int port, IReadOnlyList<OptimizerInfo> optimizers, SqliteTrialStore? store)
    {
        (this.optimizers, this.store) = (optimizers, store);

        // Empty: no settings of the environment or of files in the current folder change whom it listens to.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        app = builder.Build();
        app.UseGuard();
        app.MapGet("/api/catalog", () => Results.Json(Catalog.Of(optimizers)));
        app.MapPost("/api/check", (Delegate)Check);
        app.MapPost("/api/race", (Delegate)Race);
        app.MapPost("/api/fair", (Delegate)Fair);
        app.MapPost("/api/race/pause", (HttpContext context) => Change(context, race => race.Pace.Hold()));
        app.MapPost("/api/race/go-on", (HttpContext context) => Change(context, race => race.Pace.GoOn()));
        app.MapPost("/api/race/step", (HttpContext context) => Change(context, race => race.Pace.Step()));
        app.MapPost("/api/race/end", (HttpContext context) => Change(context, race => race.End()));
        app.MapGet("/api/race/standing", Standing);
        app.MapGet("/{**path}", Page.Answer);
    }

    /// <summary>Where the page is, such as http://127.0.0.1:41873/.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts the lab on this machine.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="optimizers">The optimizers that may race.</param>
    /// <param name="store">Where the trials of fair races are remembered; <see langword="null"/> for nowhere.</param>
    /// <exception cref="SteepestException">The port cannot be had.</exception>
    public static async Task<LabServer> Start(int port, IReadOnlyList<OptimizerInfo> optimizers, SqliteTrialStore? store)
    {
        ArgumentNullException.ThrowIfNull(optimizers);
        var lab = new LabServer(port, optimizers, store);
        try
        {
            await lab.app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or AddressInUseException or System.Net.Sockets.SocketException)
        {
            await lab.DisposeAsync().ConfigureAwait(false);
            throw new SteepestException($"The port {port.ToString(System.Globalization.CultureInfo.InvariantCulture)} cannot be had: another program listens there, or it is reserved; take another with --port, or 0 for a free one.", e);
        }

        lab.Address = new Uri(lab.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return lab;
    }

    /// <summary>Ends all races, and the lab.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        queue.Dispose();
    }

    private async Task<IResult> Check(HttpContext context)
    {
        using var race = new LiveRace(await Read(context).ConfigureAwait(false));
        return Results.Json(race.Summary);
    }

    private async Task<IResult> Race(HttpContext context)
    {
        var tab = Tabs.NameOf(context.Request.Headers[TabHeader]);
        var race = new LiveRace(await Read(context).ConfigureAwait(false));
        if (queue.Enter() is not { } place) return TooMany();
        tabs.Begin(tab, race);
        return TypedResults.ServerSentEvents(Streams.Of(race, place, app.Lifetime.ApplicationStopping));
    }

    private async Task<IResult> Fair(HttpContext context)
    {
        Tabs.NameOf(context.Request.Headers[TabHeader]);
        var experiment = FairRace.Of(await Read(context).ConfigureAwait(false));
        return queue.Enter() is { } place ? TypedResults.ServerSentEvents(Streams.Of(experiment, store, place, app.Lifetime.ApplicationStopping)) : TooMany();
    }

    private IResult Standing(HttpContext context)
    {
        var race = tabs.Of(Tabs.NameOf(context.Request.Headers[TabHeader]));
        var text = context.Request.Query["reach"].ToString();
        return double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var reach) && reach > 0 && double.IsFinite(reach)
            ? Results.Json(race.Standing(race.Request.Target with { Value = reach }))
            : throw new SteepestException($"The target is '{text}', but a finite loss above 0 was expected.");
    }

    private IResult Change(HttpContext context, Action<LiveRace> change)
    {
        change(tabs.Of(Tabs.NameOf(context.Request.Headers[TabHeader])));
        return Results.NoContent();
    }

    private static IResult TooMany() => Results.Json(
        new { error = $"{Text.Of(MostWaiting)} races wait already, more than anybody looks at; try again when some are over." }, statusCode: StatusCodes.Status429TooManyRequests);

    private async Task<RaceRequest> Read(HttpContext context)
    {
        // A form of another site can send text, never JSON.
        if (!context.Request.HasJsonContentType()) throw new SteepestException("What was sent is not said to be JSON; a race comes as application/json.");
        using var reader = new StreamReader(context.Request.Body);
        return RaceRequest.Read(await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false), optimizers);
    }
}
