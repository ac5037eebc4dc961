using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Steepest.Numerics;

namespace Steepest.Tests.Commands;

/// <summary>Programs that share a store, and programs that are killed.</summary>
public sealed class ResumeTests : IDisposable
{
    private const string Line = "compare iris --tries 4 --repeats 7 --epochs 100 --reach 0.3 --name killed --threads 2 --format json --store shared.db --force --out";

    private readonly Prompt prompt = new();

    public void Dispose() => prompt.Dispose();

    [Fact]
    public void Killed_at_twenty_moments_it_ends_with_the_same_trials_and_computes_none_twice()
    {
        CountComputations();
        using var store = new SqliteConnection($"Data Source={Path.Combine(prompt.Folder, "shared.db")};Pooling=false");
        store.Open();
        store.Execute("PRAGMA busy_timeout = 30000");
        var chance = new Pcg64(20);
        var kills = 0;
        for (var kept = Kept(store); kills < 20; kept = Kept(store))
        {
            using var program = Start("results");
            var moment = kept + chance.Uniform(0, 2.0 * (Planned - kept) / (21 - kills));
            while (!program.HasExited && Kept(store) < moment) Assert.False(program.WaitForExit(TimeSpan.FromMilliseconds(1)), "It ended before it was killed.");
            program.Kill();
            program.WaitForExit();
            kills++;
            Assert.Equal("ok", store.ExecuteScalar<string>("PRAGMA integrity_check"));
        }

        Assert.InRange(Kept(store), 1, Planned - 1);
        using (var last = Start("results")) End(last);
        Assert.Equal(Planned, Kept(store));
        Assert.Equal(Planned, store.ExecuteScalar<int>("SELECT count(DISTINCT key) FROM attempts"));
        Assert.Equal(Planned, store.ExecuteScalar<int>("SELECT count(*) FROM attempts"));

        var resumed = Curves();
        File.Delete(Path.Combine(prompt.Folder, "shared.db"));
        Assert.Equal(0, prompt.Run($"{Line} uninterrupted").Code);
        Assert.Equal(Curves(), resumed);
    }

    [Fact]
    public void Several_programs_at_once_make_one_store_and_the_trials_of_one()
    {
        var programs = Enumerable.Range(0, 4).Select(n => Start($"results-{n}")).ToArray();
        var said = programs.Select(End).ToArray();
        foreach (var program in programs) program.Dispose();
        var together = Curves();
        File.Delete(Path.Combine(prompt.Folder, "shared.db"));

        Assert.Equal(0, prompt.Run($"{Line} alone").Code);
        Assert.Equal(Curves(), together);
    }

    // Three contenders, each with 4 tries, 3 × 3 fresh starts, the final run and the one as set, in 7 repeats.
    private static int Planned => 3 * (4 + 9 + 2) * 7;

    // A trial that is there already is ignored by its table, but not by this trigger.
    private void CountComputations()
    {
        using (new Steepest.Compare.Store.SqliteTrialStore(Path.Combine(prompt.Folder, "shared.db")))
        {
        }

        using var store = new SqliteConnection($"Data Source={Path.Combine(prompt.Folder, "shared.db")};Pooling=false");
        store.Open();
        store.Execute("CREATE TABLE attempts (key BLOB); CREATE TRIGGER counting BEFORE INSERT ON trials BEGIN INSERT INTO attempts VALUES (new.key); END");
    }

    private static int Kept(SqliteConnection store) => store.ExecuteScalar<int>("SELECT count(*) FROM trials");

    // All that is kept but time and machine, of every trial, by its place.
    private string[] Curves() =>
    [
        .. prompt.Run("runs export killed --format json --store shared.db").Json().GetProperty("trials").EnumerateArray()
            .Select(trial => string.Join('\n', trial.EnumerateObject().Where(member => member.Name is not ("seconds" or "machine")).Select(member => $"{member.Name} {member.Value.GetRawText()}"))),
    ];

    private Process Start(string results)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Steepest.Cli.exe" : "Steepest.Cli");
        return Process.Start(new ProcessStartInfo(program, $"{Line} {results}")
        {
            UseShellExecute = false,
            WorkingDirectory = prompt.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static string End(Process program)
    {
        var error = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        Assert.Equal((0, ""), (program.ExitCode, error.GetAwaiter().GetResult()));
        return output;
    }
}
