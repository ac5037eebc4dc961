using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using System.Text;
using Steepest.Commands.Runs;

namespace Steepest.Commands;

/// <summary>The command <c>steepest</c>: its verbs, and how errors and Ctrl-C end it.</summary>
public static class SteepestCommand
{
    private const int PipedHelpWidth = 120;

    /// <summary>Runs the command in the console. Ctrl-C ends it cleanly; a second one at once.</summary>
    /// <param name="args">What was typed after <c>steepest</c>.</param>
    /// <param name="own">Optimizers of the program's own.</param>
    /// <returns>The exit code: 0 done, 2 bad input or an output that cannot be written, 130 interrupted.</returns>
    public static int Run(string[] args, params ReadOnlySpan<OptimizerInfo> own)
    {
        using var interrupt = new CancellationTokenSource();
        void End(PosixSignalContext context)
        {
            context.Cancel = !interrupt.IsCancellationRequested;
            if (context.Cancel && !Console.IsErrorRedirected) Tell("Stopping after this step; Ctrl-C again quits at once.");
            interrupt.Cancel();
        }

        using var onCtrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        SpeakUtf8();
        var host = CommandHost.Console(own);
        try
        {
            return Run(args, host, interrupt.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Folders are guarded where they are written, so it is standard output or standard error that failed.
            if (e is IOException) Tell($"The output cannot be written: {e.Message}.");
            return ExitCode.BadInput;
        }
    }

    /// <summary>Runs the command.</summary>
    /// <param name="args">What was typed after <c>steepest</c>.</param>
    /// <param name="host">Where it reads and writes.</param>
    /// <param name="interrupt">Ends it as Ctrl-C does.</param>
    /// <returns>The exit code: 0 done, 2 bad input, 130 interrupted.</returns>
    public static int Run(string[] args, CommandHost host, CancellationToken interrupt = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var root = new RootCommand("See, measure and choose gradient-descent optimizers on a real neural network.")
        {
            CompareCommand.Create(host, interrupt),
            SurfaceCommand.Create(host),
            JudgeCommand.Create(host),
            RunsCommand.Create(host),
            ListCommand.Create(host),
            DescribeCommand.Create(host),
            LabCommand.Create(host, interrupt),
        };
        root.HelpName = "steepest";
        var help = root.Options.OfType<HelpOption>().Single();
        var usual = (HelpAction)help.Action!;
        if (!host.OutputIsTerminal) usual.MaxWidth = PipedHelpWidth;
        help.Action = new HelpWithExamples(usual);

        try
        {
            host.CheckNames();
            var parsed = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is not HelpWithExamples && BadArguments.Of(parsed) is { } bad) throw bad;
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = host.Output,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (SteepestException bad)
        {
            host.Error.WriteLine(bad.Message);
            return ExitCode.BadInput;
        }
        catch (OutOfMemoryException)
        {
            host.Error.WriteLine("The memory of this machine does not suffice; ask for smaller layers, fewer runs at once or fewer epochs.");
            return ExitCode.BadInput;
        }
    }

    // A reader that has gone, such as head, is no error to the runtime; output that was closed from the start is a denied access.
    private static void Tell(string sentence)
    {
        try
        {
            Console.Error.WriteLine(sentence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to be told.
        }
    }

    // JSON is UTF-8 and the settings' meanings hold Greek letters, whatever the system's own encoding.
    private static void SpeakUtf8()
    {
        try
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
        catch (IOException)
        {
            // There is no console whose encoding could be set.
        }
    }
}
