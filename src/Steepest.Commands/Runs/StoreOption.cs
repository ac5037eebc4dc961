using System.CommandLine;
using Steepest.Compare.Store;

namespace Steepest.Commands.Runs;

/// <summary>Which store a command uses: <c>--store</c>, else the environment variable STEEPEST_STORE, else steepest.db in the current folder.</summary>
internal static class StoreOption
{
    private const string Variable = "STEEPEST_STORE";

    /// <summary>What it is without the option.</summary>
    public const string Usual = $"Without it the environment variable {Variable} names it, or it is {SqliteTrialStore.UsualName} in the current folder.";

    /// <summary>The option of a command that looks into a store.</summary>
    public static Option<string?> Create() => new("--store") { Description = $"The file of the store. {Usual}", HelpName = "file" };

    /// <summary>Opens the store.</summary>
    /// <param name="asked">What the option says, if anything.</param>
    /// <param name="host">For the current folder.</param>
    /// <param name="create">Whether it is made if it is not there.</param>
    /// <exception cref="SteepestException">It cannot be opened.</exception>
    public static SqliteTrialStore Open(string? asked, CommandHost host, bool create)
    {
        if (string.IsNullOrWhiteSpace(asked) && asked is not null) throw new SteepestException($"The --store is '{asked}', but the name of a file was expected.");
        var name = asked ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : SqliteTrialStore.UsualName);
        return new SqliteTrialStore(new StoreFile(Path.GetFullPath(name, host.Folder), name, create));
    }
}
