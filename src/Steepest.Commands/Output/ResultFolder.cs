namespace Steepest.Commands;

/// <summary>
/// A folder of results that appears whole or not at all: files are written to a hidden folder beside it, which takes its name at the end.
/// Whether that can be done is tried before any work.
/// </summary>
internal sealed class ResultFolder
{
    private readonly string data;
    private readonly string? asked;
    private readonly string? path;
    private readonly string parent;

    private ResultFolder(CommandHost host, string data, string? asked)
    {
        this.data = data;
        this.asked = asked;
        path = asked is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked, host.Folder));
        parent = path is null ? host.Folder : Path.GetDirectoryName(path) ?? path;
    }

    /// <summary>Prepares the folder that was asked for, or <c>steepest-data-n</c> with the next free n. Nothing stays on the disk yet.</summary>
    /// <param name="host">For the current folder.</param>
    /// <param name="data">The name of the data.</param>
    /// <param name="asked">What <c>--out</c> says, if anything.</param>
    /// <param name="force">Whether files that are already there may be replaced.</param>
    /// <exception cref="SteepestException">The folder is not empty and may not be changed, or cannot be written.</exception>
    public static ResultFolder Prepare(CommandHost host, string data, string? asked, bool force)
    {
        if (string.IsNullOrWhiteSpace(asked) && asked is not null) throw new SteepestException($"The --out is '{asked}', but the name of a folder was expected.");
        var folder = new ResultFolder(host, data, asked);
        folder.Guard(() => folder.Try(force, host.Folder));
        return folder;
    }

    /// <summary>Writes the files and gives the folder its name.</summary>
    /// <param name="write">Writes the files into the folder whose path it is given.</param>
    /// <returns>The folder's path.</returns>
    /// <exception cref="SteepestException">It cannot be written any more; nothing was.</exception>
    public string Publish(Action<string> write)
    {
        var staging = Staging();
        try
        {
            return Guard(() =>
            {
                Directory.CreateDirectory(staging);
                write(staging);
                return path is null ? MoveToNextFree(staging) : MoveTo(staging, path);
            });
        }
        finally
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
    }

    private void Try(bool force, string here)
    {
        for (var ancestor = path; ancestor is not null; ancestor = Path.GetDirectoryName(ancestor))
        {
            if (!File.Exists(ancestor)) continue;
            throw new SteepestException(ancestor == path
                ? $"The --out '{asked}' is a file, but a folder was expected."
                : $"The --out '{asked}' lies in '{Path.GetRelativePath(here, ancestor)}', which is a file, but a folder was expected.");
        }

        if (path is not null && !force && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new SteepestException($"The --out '{asked}' already holds files; name another folder, or add --force to replace them.");
        }

        // The name itself may be too long, so it is the name that is tried where nothing has it yet.
        var created = path is not null && !Directory.Exists(path) && Directory.Exists(parent) ? path : Staging();
        Directory.CreateDirectory(created);
        Directory.Delete(created);
    }

    // On the disk of the results: in their folder if it is there, else in the nearest that is, so that files need only be renamed.
    private string Staging()
    {
        var place = path ?? parent;
        while (!Directory.Exists(place)) place = Path.GetDirectoryName(place) ?? parent;
        return Path.Combine(place, $".steepest-{Environment.ProcessId}-{Environment.TickCount64}");
    }

    private static string MoveTo(string staging, string path)
    {
        if (Directory.Exists(path))
        {
            foreach (var file in Directory.GetFiles(staging)) File.Move(file, Path.Combine(path, Path.GetFileName(file)), overwrite: true);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.Move(staging, path);
        }

        return path;
    }

    private string MoveToNextFree(string staging)
    {
        for (var n = 1; ; n++)
        {
            var next = Path.Combine(parent, $"steepest-{data}-{n}");
            if (Path.Exists(next)) continue;
            try
            {
                Directory.Move(staging, next);
                return next;
            }
            catch (IOException) when (Path.Exists(next))
            {
                // Another race took this number in between.
            }
        }
    }

    private void Guard(Action work) => Guard(() =>
    {
        work();
        return 0;
    });

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new SteepestException(asked is null
                ? $"No folder for the results can be written in '{parent}'{Reason(e)}; name another with --out."
                : $"The --out '{asked}' cannot be written{Reason(e)}; name another folder.", e);
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => ": permission is denied",
        PathTooLongException => ": the name is too long",
        IOException io when IsFull(io) => ": the disk is full",
        _ => string.Empty,
    };

    // ENOSPC on Unix; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsFull(IOException e) => ((e.HResult & 0xFFFF) is 28 && !OperatingSystem.IsWindows()) || (e.HResult & 0xFFFF) is 112 or 39;
}
