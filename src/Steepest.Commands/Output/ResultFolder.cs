namespace Steepest.Commands;

/// <summary>
/// A folder of results that appears whole or not at all: files are written to a hidden folder beside it, which takes its name at the end.
/// Making it proves, before any work is done, that it can be written.
/// </summary>
internal sealed class ResultFolder : IDisposable
{
    private readonly string parent;
    private readonly string data;
    private readonly string? asked;
    private readonly string staging;

    private ResultFolder(string parent, string data, string? asked)
    {
        this.parent = parent;
        this.data = data;
        this.asked = asked;
        var ancestor = parent;
        while (!Directory.Exists(ancestor)) ancestor = Path.GetDirectoryName(ancestor) ?? parent;
        staging = Path.Combine(ancestor, $".steepest-{Environment.ProcessId}-{Environment.TickCount64}");
    }

    /// <summary>Prepares the folder that was asked for, or <c>steepest-data-n</c> with the next free n.</summary>
    /// <param name="host">For the current folder.</param>
    /// <param name="data">The name of the data.</param>
    /// <param name="asked">What <c>--out</c> says, if anything.</param>
    /// <param name="force">Whether files that are already there may be replaced.</param>
    /// <exception cref="SteepestException">The folder is not empty and may not be changed, or cannot be written.</exception>
    public static ResultFolder Prepare(CommandHost host, string data, string? asked, bool force)
    {
        var path = asked is null ? null : Path.GetFullPath(asked, host.Folder);
        if (File.Exists(path)) throw new SteepestException($"The --out '{asked}' is a file, but a folder was expected.");
        if (path is not null && !force && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new SteepestException($"The --out '{asked}' already holds files; name another folder, or add --force to replace them.");
        }

        var folder = new ResultFolder(path is null ? host.Folder : Path.GetDirectoryName(path) ?? path, data, path);
        try
        {
            Guard(path ?? host.Folder, () =>
            {
                Directory.CreateDirectory(folder.staging);
                if (Directory.Exists(path)) ProveWritable(path);
            });
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The path of a file in the making.</summary>
    public string this[string file] => Path.Combine(staging, file);

    /// <summary>Gives the folder its name.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="SteepestException">It cannot be written any more.</exception>
    public string Publish()
    {
        var path = asked;
        Guard(asked ?? parent, () =>
        {
            Directory.CreateDirectory(parent);
            if (asked is not null && Directory.Exists(asked))
            {
                foreach (var file in Directory.GetFiles(staging)) File.Move(file, Path.Combine(asked, Path.GetFileName(file)), overwrite: true);
                return;
            }

            for (var n = 1; asked is null && Path.Exists(path = Path.Combine(parent, $"steepest-{data}-{n}")); n++)
            {
            }

            Directory.Move(staging, path!);
        });
        return path!;
    }

    public void Dispose()
    {
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
    }

    private static void ProveWritable(string folder)
    {
        var probe = Path.Combine(folder, $".steepest-{Environment.ProcessId}");
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    }

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new SteepestException($"The folder '{path}' for the results cannot be written: {e.Message}", e);
        }
    }
}
