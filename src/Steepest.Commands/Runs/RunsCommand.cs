using System.CommandLine;
using Steepest.Compare.Reports;
using Steepest.Compare.Store;

namespace Steepest.Commands.Runs;

/// <summary><c>steepest runs list|show|delete|export</c>: what the store keeps.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandHost host) => new Verb("runs", "List, show, delete or export the experiments and trials that the store keeps.")
    {
        RunsList.Create(host),
        RunsShow.Create(host),
        Delete(host),
        RunsExport.Create(host),
    };

    /// <summary>An experiment's name or the beginning of a trial's key.</summary>
    public static Argument<string> Name(string description) => new("name") { Description = description, HelpName = "name" };

    /// <summary>The experiment of a name, or the one trial whose key begins so.</summary>
    /// <exception cref="SteepestException">There is neither, or there are several trials.</exception>
    public static (StoredExperiment? Experiment, StoredTrial? Trial) Find(SqliteTrialStore store, string name)
    {
        if (store.Experiments.Find(name) is { } experiment) return (experiment, null);
        return store.Trials.Find(name) switch
        {
            [var trial] => (null, trial),
            [] => throw Unknown(store, name),
            var several => throw new SteepestException($"The keys of {Words.Count(several.Count)} trials begin with '{name}'; give more digits."),
        };
    }

    /// <summary>What to say where no experiment has the name.</summary>
    public static SteepestException Unknown(SqliteTrialStore store, string name)
    {
        string[] names = [.. store.Experiments.All().Select(experiment => experiment.Name)];
        return names.Length == 0 ? new SteepestException($"The store has no experiment '{name}'; it has none at all.") : NearestName.Unknown("experiment", name, names);
    }

    private static Verb Delete(CommandHost host)
    {
        var (name, withTrials, file) = (
            Name("An experiment, or the first digits of a trial's key."),
            new Option<bool>("--with-trials") { Description = "Delete an experiment's trials too, but for those that another experiment uses." },
            StoreOption.Create());
        var verb = new Verb(
            "delete",
            "Delete an experiment or a trial, without asking. The trials of an experiment stay, and serve others, unless --with-trials is given.",
            "steepest runs delete adam-or-momentum",
            "steepest runs delete adam-or-momentum --with-trials",
            "steepest runs delete 3fa9c2")
        {
            name,
            withTrials,
            file,
        };
        verb.SetAction(parsed =>
        {
            using var store = StoreOption.Open(parsed.GetValue(file), host, create: false);
            var (experiment, trial) = Find(store, parsed.GetValue(name)!);
            if (experiment is not null)
            {
                var trials = store.Experiments.Delete(experiment.Name, parsed.GetValue(withTrials)) ?? 0;
                host.Output.WriteLine(parsed.GetValue(withTrials)
                    ? $"Deleted the experiment {experiment.Name} and {Words.Count(trials, "trial")}; {Kept(experiment.Kept - trials)}."
                    : $"Deleted the experiment {experiment.Name}; its {Words.Count(experiment.Kept, "trial")} stay.");
            }
            else
            {
                if (parsed.GetValue(withTrials)) throw new SteepestException($"The --with-trials goes with an experiment, but '{parsed.GetValue(name)}' is a trial.");
                var (_, users) = store.Trials.Describe(trial!);
                store.Trials.Delete(trial!);
                host.Output.WriteLine($"Deleted the trial {trial!.Id[..RunsList.Digits]}{(users.Count == 0 ? "" : $", which {Words.List(users)} will compute again")}.");
            }

            if (store.ShrinkIfWorthwhile()) host.Output.WriteLine("The file has shrunk by what they took.");
            return ExitCode.Done;
        });
        return verb;
    }

    private static string Kept(long others) => others == 0 ? "no other experiment used them" : $"{Words.Count(others, "trial")} stay, which other experiments use";
}
