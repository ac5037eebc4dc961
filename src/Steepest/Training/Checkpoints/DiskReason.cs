namespace Steepest;

/// <summary>Why the disk refused, in words that need no manual.</summary>
internal static class DiskReason
{
    /// <summary>The end of a sentence, such as ": the disk is full"; empty if the reason is none of the common ones.</summary>
    public static string Of(Exception e) => e switch
    {
        UnauthorizedAccessException => ": permission is denied",
        PathTooLongException => ": the name is too long",
        IOException io when IsAny(io, onUnix: [NoSpaceLeft], onWindows: [ErrorHandleDiskFull, ErrorDiskFull]) => ": the disk is full",
        IOException io when IsAny(io, onUnix: [ReadOnlyDisk], onWindows: [ErrorWriteProtect]) => ": the disk is read-only",
        IOException io when IsAny(io, onUnix: [WouldBlock], onWindows: [ErrorSharingViolation]) => ": another program is using it",
        _ => string.Empty,
    };

    // Unix's ENOSPC, EROFS and EWOULDBLOCK.
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyDisk = 30;

    private const int ErrorWriteProtect = 19;
    private const int ErrorSharingViolation = 32;
    private const int ErrorHandleDiskFull = 39;
    private const int ErrorDiskFull = 112;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    private static bool IsAny(IOException e, ReadOnlySpan<int> onUnix, ReadOnlySpan<int> onWindows) =>
        (OperatingSystem.IsWindows() ? onWindows : onUnix).Contains(e.HResult & 0xFFFF);
}
