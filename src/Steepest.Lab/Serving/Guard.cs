using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Steepest.Lab.Serving;

/// <summary>
/// Lets in what comes from this machine's own page and nothing else. A page of another site can make a browser send requests here; it cannot make it leave out or forge
/// Host, Origin and Sec-Fetch-Site, and a name of its own that leads to this machine is not one of ours.
/// </summary>
internal static class Guard
{
    /// <summary>No script, style or address but the lab's own; nothing inline, nothing framed.</summary>
    internal const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Names = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Puts the guard before all else.</summary>
    /// <param name="app">The application.</param>
    public static void UseGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (Objection(context) is { } objection)
        {
            await Refusal.Write(context, StatusCodes.Status403Forbidden, objection).ConfigureAwait(false);
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (SteepestException bad) when (!context.Response.HasStarted)
        {
            await Refusal.Write(context, StatusCodes.Status400BadRequest, bad.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            var sentence = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"What was sent has more than {Text.Of(LabServer.MostBytes)} bytes, but a race is described in fewer."
                : "What was sent is no request that the lab understands.";
            await Refusal.Write(context, bad.StatusCode, sentence).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has gone, the tab races anew, or the lab ends.
        }
    });

    private static string? Objection(HttpContext context)
    {
        var request = context.Request;
        var port = context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);
        if (!IsOurs(request.Host.Value ?? "", port)) return "The lab answers to 127.0.0.1 and localhost alone; open it by the address that it printed.";
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !(origin.StartsWith("http://", StringComparison.Ordinal) && IsOurs(origin["http://".Length..], port)))
            return "The lab takes requests from its own page alone.";
        var isOwn = request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        return isOwn || !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? null : "The lab takes requests from its own page alone.";
    }

    private static bool IsOurs(string host, string port) => Names.Any(name => host.Equals($"{name}:{port}", StringComparison.OrdinalIgnoreCase));
}
