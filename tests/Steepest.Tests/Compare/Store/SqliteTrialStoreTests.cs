using Dapper;
using Microsoft.Data.Sqlite;
using Steepest.Compare.Store;

namespace Steepest.Tests.Compare.Store;

/// <summary>The store remembers, for threads and processes at once, and refuses what it cannot be sure of.</summary>
public sealed class SqliteTrialStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("steepest-test-").FullName;

    private string Path => System.IO.Path.Combine(folder, "steepest.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_kept_is_found_also_after_it_was_closed()
    {
        var (trial, result) = (MadeTrials.Trial(1), MadeTrials.Result(1));
        using (var store = new SqliteTrialStore(Path))
        {
            Assert.Null(store.Find(trial));
            store.Keep(trial, result);
            Assert.Equal(result, store.Find(trial));
        }

        using var again = new SqliteTrialStore(Path);
        var found = again.Find(trial)!;
        Assert.Equal(result, found);
        Assert.Equal((result.Seconds, result.Machine), (found.Seconds, found.Machine));
        Assert.Null(again.Find(MadeTrials.Trial(2)));
    }

    [Fact]
    public void Of_two_results_of_one_trial_the_first_stays()
    {
        using var store = new SqliteTrialStore(Path);
        var (trial, result) = (MadeTrials.Trial(1), MadeTrials.Result(1));
        store.Keep(trial, result);
        store.Keep(trial, result with { Seconds = 99, Machine = "another" });

        Assert.Equal("a machine", store.Find(trial)!.Machine);
    }

    [Fact]
    public void Several_threads_keep_and_find_at_once()
    {
        using var store = new SqliteTrialStore(Path);
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            store.Keep(MadeTrials.Trial(number / 2, 10), MadeTrials.Result(number / 2, 10));
            Assert.Equal(MadeTrials.Result(number / 2, 10), store.Find(MadeTrials.Trial(number / 2, 10)));
        });

        Assert.Equal(100, store.File.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM curves")));
    }

    [Fact]
    public void An_older_store_becomes_todays_and_keeps_its_trials()
    {
        Keep(1);
        using (var file = new StoreFile(Path, "steepest.db", create: false, versions: [.. StoreSchema.Versions, "ALTER TABLE trials ADD COLUMN note TEXT"]))
        {
            Assert.Equal(StoreSchema.Versions.Count + 1, file.Read(connection => connection.ExecuteScalar<int>("PRAGMA user_version")));
            Assert.Equal(1, file.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM trials WHERE note IS NULL")));
        }

        var before = File.ReadAllBytes(Path);
        IsRefused($"The store 'steepest.db' has version {StoreSchema.Versions.Count + 1}, but this program knows versions up to {StoreSchema.Versions.Count}; take a newer Steepest, or name another store.");
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void An_update_that_fails_leaves_the_older_store_as_it_was()
    {
        Keep(1);
        Assert.Throws<SteepestException>(() => new StoreFile(Path, "steepest.db", create: false, versions: [.. StoreSchema.Versions, "CREATE TABLE other (a); nonsense"]));

        using var store = new SqliteTrialStore(Path);
        Assert.NotNull(store.Find(MadeTrials.Trial(1)));
        Assert.Equal(0, store.File.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM sqlite_schema WHERE name = 'other'")));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("contender,repeat,step,metric\n", 100));
        File.WriteAllText(Path, text);

        IsRefused("The store 'steepest.db' is no SQLite database; name another store.");
        Assert.Equal(text, File.ReadAllText(Path));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        using (var other = new SqliteConnection($"Data Source={Path};Pooling=false"))
        {
            other.Open();
            other.Execute("CREATE TABLE mine (a)");
        }

        var before = File.ReadAllBytes(Path);
        IsRefused("The store 'steepest.db' is a database of another program; name another store.");
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void A_folder_and_a_file_in_no_folder_are_refused()
    {
        Directory.CreateDirectory(Path);
        IsRefused("The store 'steepest.db' is a folder, but a file was expected.");
        IsRefused("The store 'steepest.db' lies in a folder that does not exist.", System.IO.Path.Combine(folder, "none", "steepest.db"));
        Assert.False(Directory.Exists(System.IO.Path.Combine(folder, "none")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        Requires.That(OperatingSystem.IsLinux(), "There is no /proc.");
        IsRefused("The store 'steepest.db' cannot be written: permission is denied to it or to its folder.", "/proc/steepest.db");
    }

    [Fact]
    public void A_store_that_is_not_there_is_not_made_by_who_only_looks()
    {
        IsRefused("There is no store 'steepest.db'; name another with --store.", create: false);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_full_disk_loses_nothing_that_was_kept_before()
    {
        using var store = new SqliteTrialStore(new StoreFile(Path, "steepest.db", create: true));
        store.Keep(MadeTrials.Trial(1), MadeTrials.Result(1));
        store.File.Use(connection => connection.Execute("PRAGMA max_page_count = 1"));

        var bad = Assert.Throws<SteepestException>(() =>
        {
            for (var number = 2; number < 100; number++) store.Keep(MadeTrials.Trial(number), MadeTrials.Result(number));
        });

        Assert.Equal("The disk of the store 'steepest.db' is full; what was kept before is safe.", bad.Message);
        Assert.Equal(MadeTrials.Result(1), store.Find(MadeTrials.Trial(1)));
        var (trials, curves) = store.File.Read(connection => (connection.ExecuteScalar<int>("SELECT count(*) FROM trials"), connection.ExecuteScalar<int>("SELECT count(*) FROM curves")));
        Assert.Equal(trials, curves);
    }

    [Fact]
    public void A_store_that_another_keeps_locked_is_said_to_be()
    {
        Keep(1);
        using var other = new SqliteConnection($"Data Source={Path};Pooling=false");
        other.Open();
        using var transaction = other.BeginTransaction();
        using var store = new SqliteTrialStore(new StoreFile(Path, "steepest.db", create: true, patience: TimeSpan.FromMilliseconds(10)));

        Assert.NotNull(store.Find(MadeTrials.Trial(1)));
        var bad = Assert.Throws<SteepestException>(() => store.Keep(MadeTrials.Trial(2), MadeTrials.Result(2)));
        Assert.Equal("The store 'steepest.db' was locked by another program for 0.01 seconds; end that program, or name another store.", bad.Message);
    }

    [Fact]
    public void A_damaged_store_is_said_to_be_damaged()
    {
        Keep(1);
        using var store = new SqliteTrialStore(new StoreFile(Path, "steepest.db", create: true));
        store.File.Write(connection => connection.Execute("UPDATE curves SET result = x'0102'"));

        Assert.Equal("The store 'steepest.db' is damaged; take a copy from before, or name another store.", Assert.Throws<SteepestException>(() => store.Find(MadeTrials.Trial(1))).Message);
    }

    [Theory]
    [InlineData(DriveType.Network, "nfs4", "nfs4")]
    [InlineData(DriveType.Network, "cifs", "cifs")]
    [InlineData(DriveType.Unknown, "fuse.sshfs", "fuse.sshfs")]
    [InlineData(DriveType.Fixed, "ext4", null)]
    [InlineData(DriveType.Ram, "tmpfs", null)]
    [InlineData(DriveType.Unknown, "fuse.ntfs-3g", null)]
    public void A_drive_of_another_machine_is_known(DriveType type, string format, string? drive) => Assert.Equal(drive, NetworkDrive.Of(type, format));

    [Fact]
    public void The_drive_of_the_test_is_not_another_machines() => Assert.Null(NetworkDrive.Of(folder));

    private void Keep(int number)
    {
        using var store = new SqliteTrialStore(Path);
        store.Keep(MadeTrials.Trial(number), MadeTrials.Result(number));
    }

    private void IsRefused(string sentence, string? path = null, bool create = true) =>
        Assert.Equal(sentence, Assert.Throws<SteepestException>(() => new StoreFile(path ?? Path, "steepest.db", create)).Message);
}
