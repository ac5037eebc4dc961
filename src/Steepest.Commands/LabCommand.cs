using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Steepest.Commands.Runs;
using Steepest.Lab;

namespace Steepest.Commands;

/// <summary><c>steepest lab</c>: a page on this machine on which optimizers race.</summary>
internal static class LabCommand
{
    private const string Description = "Open the lab: a page on which optimizers race while you look. It is served to this machine alone (127.0.0.1), until Ctrl-C.";

    public static Command Create(CommandHost host, CancellationToken interrupt)
    {
        var port = new Option<string?>("--port") { Description = "The port to listen on. Without it a free one.", HelpName = "number" };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address and open no browser." };
        var store = new Option<string?>("--store") { Description = $"Where the trials of fair races are remembered; none remembers nothing. {StoreOption.Usual}", HelpName = "file" };
        var verb = new Verb("lab", Description, "steepest lab", "steepest lab --port 5050 --no-browser") { port, noBrowser, store };
        verb.SetAction(parsed => Run(host, Port(parsed.GetValue(port)), parsed.GetValue(store), opens: !parsed.GetValue(noBrowser), interrupt).GetAwaiter().GetResult());
        return verb;
    }

    private static async Task<int> Run(CommandHost host, int port, string? asked, bool opens, CancellationToken interrupt)
    {
        using var store = asked is "none" ? null : StoreOption.Open(asked, host, create: true);
        var lab = await LabServer.Start(port, host.Optimizers, store).ConfigureAwait(false);
        await using var ends = lab.ConfigureAwait(false);
        host.Output.WriteLine($"The lab is at {lab.Address}  Ctrl-C ends it.");
        host.Output.Flush();
        if (opens && !Open(lab.Address)) host.Error.WriteLine("No browser could be opened; open that address in one.");
        await Task.Delay(Timeout.Infinite, interrupt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode.Done;
    }

    private static int Port(string? text)
    {
        const int Most = 65_535;
        if (text is null) return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= Most
            ? port
            : throw new SteepestException($"The --port is '{text}', but a whole number from 0 to {Most} was expected.");
    }

    private static bool Open(Uri address)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
            return true;
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException or FileNotFoundException)
        {
            return false;
        }
    }
}
