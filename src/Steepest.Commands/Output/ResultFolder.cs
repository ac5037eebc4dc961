namespace Steepest.Commands;

/// <summary>
/// Where results are kept. A new folder appears whole or not at all: its files are written to a hidden one, which takes its name at the end.
/// Into a folder that is there already they are moved one after another, so an end in between leaves a part of them.
/// Whether the folder can be written is tried before any work.
/// </summary>
internal sealed class ResultFolder
{
    private readonly string data;
    private readonly string? asked;
    private readonly string? path;
    private readonly string parent;
    private readonly bool force;
    private readonly Func<string, bool> isOurs;

    private ResultFolder(CommandHost host, string data, string? asked, bool force, Func<string, bool> isOurs)
    {
        this.data = data;
        this.asked = asked;
        this.force = force;
        this.isOurs = isOurs;
        path = asked is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked, host.Folder));
        parent = path is null ? host.Folder : Path.GetDirectoryName(path) ?? path;
    }

    /// <summary>Prepares the folder that was asked for, or <c>steepest-data-n</c> with the next free n. Nothing stays on the disk yet.</summary>
    /// <param name="host">For the current folder.</param>
    /// <param name="data">The name of the data.</param>
    /// <param name="asked">What <c>--out</c> says, if anything.</param>
    /// <param name="force">Whether files that are already there may be replaced.</param>
    /// <param name="isOurs">Whether a file of this name is one that an earlier run of the command left.</param>
    /// <exception cref="SteepestException">The folder is not empty and may not be changed, or cannot be written.</exception>
    public static ResultFolder Prepare(CommandHost host, string data, string? asked, bool force, Func<string, bool> isOurs)
    {
        if (string.IsNullOrWhiteSpace(asked) && asked is not null) throw new SteepestException($"The --out is '{asked}', but the name of a folder was expected.");
        var folder = new ResultFolder(host, data, asked, force, isOurs);
        return folder.Guard(() =>
        {
            folder.Try(host.Folder);
            return folder;
        });
    }

    /// <summary>
    /// Keeps files in the folder that was asked for. If it was filled by others since it was prepared, and they may not be replaced,
    /// the folder is the first of <c>asked-2</c>, <c>asked-3</c> … that is free. What may be replaced goes: also the files of an earlier race that
    /// this one has not.
    /// </summary>
    /// <param name="files">Their names, without folders, and what they hold.</param>
    /// <returns>The folder's path, and whether it is as it was asked for.</returns>
    /// <exception cref="SteepestException">It cannot be written any more; a new folder was not made.</exception>
    public (string Path, bool IsAsked) Publish(IReadOnlyList<(string Name, byte[] Bytes)> files) => Guard(() =>
    {
        for (var n = 1; ; n++)
        {
            var isAsked = path is not null && n == 1;
            var folder = path is null ? Path.Combine(parent, $"steepest-{data}-{n}") : isAsked ? path : $"{path}-{n}";
            var isFree = isAsked ? !File.Exists(folder) && (force || !IsFilled(folder)) : !Path.Exists(folder);
            if (isFree && TryKeep(files, folder)) return (folder, isAsked || path is null);
        }
    });

    private void Try(string here)
    {
        for (var ancestor = path; ancestor is not null; ancestor = Path.GetDirectoryName(ancestor))
        {
            if (!File.Exists(ancestor)) continue;
            throw new SteepestException(ancestor == path
                ? $"The --out '{asked}' is a file, but a folder was expected."
                : $"The --out '{asked}' lies in '{Path.GetRelativePath(here, ancestor)}', which is a file, but a folder was expected.");
        }

        if (path is not null && !force && IsFilled(path))
        {
            throw new SteepestException($"The --out '{asked}' already holds files; name another folder, or add --force to replace them.");
        }

        // The name itself may be too long, so it is the name that is tried where nothing has it yet.
        var created = path is not null && !Directory.Exists(path) && Directory.Exists(parent) ? path : Staging(path ?? parent);
        Directory.CreateDirectory(created);
        Directory.Delete(created);
    }

    private static bool IsFilled(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    // On the disk of the results: in their folder if it is there, else in the nearest that is, so that files need only be renamed.
    private static string Staging(string folder)
    {
        var place = folder;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } outer) place = outer;
        return Path.Combine(place, $".steepest-{Environment.ProcessId}-{Environment.TickCount64}");
    }

    // False if another took the name in between.
    private bool TryKeep(IReadOnlyList<(string Name, byte[] Bytes)> files, string folder)
    {
        var staging = Staging(folder);
        try
        {
            Directory.CreateDirectory(staging);
            foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(staging, name), bytes);
            if (Directory.Exists(folder))
            {
                Fill(folder, staging, [.. files.Select(file => file.Name)]);
                return true;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            return TryRename(staging, folder);
        }
        finally
        {
            Discard(staging);
        }
    }

    private static bool TryRename(string staging, string folder)
    {
        try
        {
            Directory.Move(staging, folder);
            return true;
        }
        catch (IOException) when (Path.Exists(folder))
        {
            return false;
        }
    }

    // What an earlier race left would show other runs than this one's numbers.
    private void Fill(string folder, string staging, IReadOnlyList<string> names)
    {
        if (force)
        {
            foreach (var stale in Directory.GetFiles(folder).Where(path => Path.GetFileName(path) is var name && isOurs(name) && !names.Contains(name))) File.Delete(stale);
        }

        foreach (var name in names) File.Move(Path.Combine(staging, name), Path.Combine(folder, name), overwrite: force);
    }

    // A hidden folder that cannot be deleted is neither a reason to call kept results lost, nor to hide why they were not kept.
    private static void Discard(string staging)
    {
        try
        {
            if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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
