namespace Steepest.Compare.Store;

/// <summary>
/// Whether a folder lies on another machine, where programs cannot share a database: its write-ahead log needs memory that all of them see, and locks that hold.
/// A drive that the same machine serves to a guest of its own, such as 9p, is none; if it cannot share memory, SQLite says so itself.
/// </summary>
internal static class NetworkDrive
{
    // Those that the runtime does not know for what they are: in user space all look alike to it.
    private static readonly string[] Others = ["ceph", "smb3", "fuse.ceph", "fuse.cifs", "fuse.davfs2", "fuse.glusterfs", "fuse.nfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"];

    /// <summary>What the drive of a folder is called, such as nfs4, if it is another machine's; else <see langword="null"/>.</summary>
    /// <param name="folder">A folder that exists; links are followed.</param>
    public static string? Of(string folder)
    {
        // A drive letter on Windows; elsewhere any folder tells of the drive under it.
        var drive = OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder;
        if (drive.StartsWith(@"\\", StringComparison.Ordinal)) return "shared folder";
        try
        {
            var info = new DriveInfo(drive);
            return Of(info.DriveType, info.DriveFormat);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same, of what the system says.</summary>
    /// <param name="type">The kind of drive.</param>
    /// <param name="format">The file system.</param>
    public static string? Of(DriveType type, string format) => type == DriveType.Network || Others.Contains(format, StringComparer.OrdinalIgnoreCase) ? format : null;
}
