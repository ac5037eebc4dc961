namespace Steepest.Commands;

/// <summary>How the command ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something given cannot be used; one sentence said what.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted by Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
