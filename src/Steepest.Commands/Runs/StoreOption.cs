using System.CommandLine;
using Steepest.Compare.Store;

namespace Steepest.Commands.Runs;

/// <summary>Which store a command uses: <c>--store</c>, else the environment variable STEEPEST_STORE, else steepest.db in the current folder.</summary>
internal sealed class StoreOption() : Option<string?>("--store")
{
    public const string Variable = "STEEPEST_STORE";

    /// <summary>What <c>--store</c> says to remember nothing, where that is possible.</summary>
    public const string None = "none";

    /// <summary>The option of a command that may do without a store.</summary>
    public static StoreOption CreateOptional() => new()
    {
        Description = $"The file in which trials are remembered, so that none is computed twice; {None} remembers nothing. Without it the environment variable {Variable} names it, or it is {SqliteTrialStore.UsualName} in the current folder.",
        HelpName = "file",
    };

    /// <summary>The option with its words for the help.</summary>
    public static StoreOption Create() => new()
    {
        Description = $"The file of the store. Without it the environment variable {Variable} names it, or it is {SqliteTrialStore.UsualName} in the current folder.",
        HelpName = "file",
    };

    /// <summary>Opens the store.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="host">For the current folder.</param>
    /// <param name="create">Whether it is made if it is not there.</param>
    public SqliteTrialStore Open(ParseResult parsed, CommandHost host, bool create)
    {
        var asked = parsed.GetValue(this);
        if (string.IsNullOrWhiteSpace(asked) && asked is not null) throw new SteepestException($"The --store is '{asked}', but the name of a file was expected.");
        var name = asked ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : SqliteTrialStore.UsualName);
        return new SqliteTrialStore(new StoreFile(Path.GetFullPath(name, host.Folder), name, create));
    }
}
