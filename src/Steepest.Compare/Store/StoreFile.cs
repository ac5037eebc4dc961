using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Steepest.Compare.Store;

/// <summary>
/// The database file of a store, which several threads and processes use at once: readers see the last commit and wait for nobody, and writers take turns. A program that
/// is killed loses what it had not committed and nothing else. Whatever SQLite refuses is a sentence.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    private readonly string path, name;
    private readonly TimeSpan patience;
    private readonly IReadOnlyList<string> versions;
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly Lock writing = new();
    private readonly SqliteOpenMode mode;

    /// <summary>Opens a store.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What sentences call it.</param>
    /// <param name="create">Whether it is made if it is not there.</param>
    /// <param name="patience">How long to wait for others; 30 seconds unless given.</param>
    /// <param name="versions">What makes its tables; those of today unless given.</param>
    /// <exception cref="SteepestException">It is no store, is newer than this program, lies on another machine, or cannot be opened.</exception>
    public StoreFile(string path, string name, bool create, TimeSpan? patience = null, IReadOnlyList<string>? versions = null)
    {
        (this.path, this.name) = (Path.GetFullPath(path), name);
        (this.patience, this.versions) = (patience ?? UsualPatience, versions ?? StoreSchema.Versions);
        mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite;
        CheckPlace(create);
        Use(connection =>
        {
            CheckContent(connection);
            return 0;
        });
        mode = SqliteOpenMode.ReadWrite;
    }

    /// <summary>The bytes that it takes on the disk, its log among them.</summary>
    public long Bytes => ((string[])[path, $"{path}-wal"]).Where(File.Exists).Sum(file => new FileInfo(file).Length);

    /// <summary>Reads, from one state of the store.</summary>
    /// <param name="read">The queries.</param>
    public T Read<T>(Func<SqliteConnection, T> read) => Use(connection =>
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        return read(connection);
    });

    /// <summary>Writes all or nothing.</summary>
    /// <param name="write">The statements.</param>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        // Threads wait for each other here; what is left to SQLite's polling are other processes.
        lock (writing)
        {
            return Use(connection =>
            {
                using var transaction = connection.BeginTransaction();
                var result = write(connection);
                transaction.Commit();
                return result;
            });
        }
    }

    /// <summary>Gives the room of what was deleted back to the disk, if it is much.</summary>
    /// <param name="unused">So many bytes are.</param>
    /// <param name="share">If they are such a share of the file.</param>
    /// <returns>Whether it did.</returns>
    public bool ShrinkIf(long unused, double share) => Use(connection =>
    {
        var (pages, free, size) = (connection.ExecuteScalar<long>("PRAGMA page_count"), connection.ExecuteScalar<long>("PRAGMA freelist_count"), connection.ExecuteScalar<long>("PRAGMA page_size"));
        if (free * size < unused || free < share * pages) return false;
        connection.Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
        return true;
    });

    /// <summary>What to say of a result that cannot be read.</summary>
    public SteepestException Damaged(Exception e) => new($"The store '{name}' is damaged; take a copy from before, or name another store.", e);

    public void Dispose()
    {
        while (idle.TryTake(out var connection)) connection.Dispose();
    }

    /// <summary>Lends a connection, and says in a sentence what SQLite refuses.</summary>
    internal T Use<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            if (!idle.TryTake(out var connection)) connection = Connect();
            try
            {
                var result = work(connection);
                idle.Add(connection);
                return result;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw Sentence(e);
        }
    }

    private void CheckPlace(bool create)
    {
        if (Directory.Exists(path)) throw new SteepestException($"The store '{name}' is a folder, but a file was expected.");
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) throw new SteepestException($"The store '{name}' lies in a folder that does not exist.");
        if (NetworkDrive.Of(folder) is { } drive)
            throw new SteepestException($"The store '{name}' lies on a network drive ({drive}), where programs cannot share it safely; name one on a disk of this machine.");
        if (!create && !File.Exists(path)) throw new SteepestException($"There is no store '{name}'; name another with --store.");
    }

    private SqliteConnection Connect()
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
        };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {(int)patience.TotalMilliseconds}; PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void CheckContent(SqliteConnection connection)
    {
        // From one state, for another program may be making it.
        using (connection.BeginTransaction(deferred: true))
        {
            if (IsToday(connection)) return;
        }

        if (!string.Equals(connection.ExecuteScalar<string>("PRAGMA journal_mode = WAL"), "wal", StringComparison.OrdinalIgnoreCase))
            throw new SteepestException($"The store '{name}' lies on a drive where programs cannot share memory; name one on another disk of this machine.");
        using var transaction = connection.BeginTransaction();
        if (IsToday(connection)) return; // Another program was faster.
        foreach (var version in versions.Skip(connection.ExecuteScalar<int>("PRAGMA user_version"))) connection.Execute(version);
        connection.Execute($"PRAGMA application_id = {StoreSchema.ApplicationId}; PRAGMA user_version = {versions.Count}");
        transaction.Commit();
    }

    private bool IsToday(SqliteConnection connection)
    {
        var (application, version) = (connection.ExecuteScalar<int>("PRAGMA application_id"), connection.ExecuteScalar<int>("PRAGMA user_version"));
        var isNew = application == 0 && version == 0 && connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != StoreSchema.ApplicationId && !isNew) throw new SteepestException($"The store '{name}' is a database of another program; name another store.");
        return version <= versions.Count
            ? version == versions.Count
            : throw new SteepestException($"The store '{name}' has version {version}, but this program knows versions up to {versions.Count}; take a newer Steepest, or name another store.");
    }

    private SteepestException Sentence(SqliteException e) => new(
        e.SqliteErrorCode switch
        {
            SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => $"The store '{name}' was locked by another program for {Text.Of(patience.TotalSeconds)} seconds; end that program, or name another store.",
            SQLitePCL.raw.SQLITE_FULL => $"The disk of the store '{name}' is full; what was kept before is safe.",
            SQLitePCL.raw.SQLITE_NOTADB => $"The store '{name}' is no SQLite database; name another store.",
            SQLitePCL.raw.SQLITE_CORRUPT => Damaged(e).Message,
            SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM => $"The store '{name}' cannot be written: permission is denied to it or to its folder.",
            _ => $"The store '{name}' cannot be used; SQLite says: {e.Message}",
        },
        e);
}
