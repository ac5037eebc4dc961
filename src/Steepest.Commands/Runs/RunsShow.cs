using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Steepest.Compare.Reports;
using Steepest.Compare.Store;

namespace Steepest.Commands.Runs;

/// <summary><c>steepest runs show</c>: an experiment and how far it is, or a trial.</summary>
internal static class RunsShow
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Verb Create(CommandHost host)
    {
        var (name, file) = (RunsCommand.Name("An experiment, or the first digits of a trial's key."), StoreOption.Create());
        var verb = new Verb(
            "show",
            "Show the description of an experiment and how far each task and contender is, or the description of a trial and what it gave.",
            "steepest runs show adam-or-momentum",
            "steepest runs show 3fa9c2")
        {
            name,
            file,
        };
        verb.SetAction(parsed =>
        {
            using var store = StoreOption.Open(parsed.GetValue(file), host, create: false);
            var (experiment, trial) = RunsCommand.Find(store, parsed.GetValue(name)!);
            if (experiment is not null) Show(host, store, experiment);
            else Show(host, store, trial!);
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Show(CommandHost host, SqliteTrialStore store, StoredExperiment experiment)
    {
        host.Output.WriteLine(experiment.Description.ToJsonString(Indented));
        host.Output.WriteLine();
        var places = store.Experiments.Places(experiment).ToLookup(place => (place.Task, place.Contender));
        Columns.Write(
            host.Output,
            [("task", false), ("contender", false), ("trials", true), ("repeats done", true)],
            [
                .. from task in experiment.Tasks
                   from contender in experiment.Contenders
                   let own = places[(task, contender)]
                   select new[] { task, contender, Words.Count(own.Count()), $"{Words.Count(own.Count(place => place.Role == "final"))} of {Words.Count(experiment.Repeats)}" },
            ]);
        host.Output.WriteLine();
        foreach (var (n, look) in experiment.Looks.Index())
            host.Output.WriteLine($"Look {n + 1}: {Words.Count(look.Repeats, "repeat")}, {look.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        host.Output.WriteLine($"{Words.Count(experiment.Kept)} of {Words.Count(experiment.Planned)} trials are kept, in {RunsList.Size(experiment.Bytes)}");
    }

    private static void Show(CommandHost host, SqliteTrialStore store, StoredTrial trial)
    {
        var (description, experiments) = store.Trials.Describe(trial);
        host.Output.WriteLine(JsonNode.Parse(description)!.ToJsonString(Indented));
        host.Output.WriteLine();
        (string Name, string Value)[] rows =
        [
            ("key", trial.Id),
            ("task", trial.Task),
            ("optimizer", trial.Optimizer),
            ("learning rate", trial.Rate),
            ("final metric", trial.Final is { } final ? Words.Number(final) : "not finite"),
            ("best metric", trial.Best is { } best ? Words.Number(best) : "none"),
            ("epochs", Words.Count(trial.Epochs + 1)),
            ("diverged", trial.Diverged is { } epoch ? $"at epoch {Words.Count(epoch)}" : "no"),
            ("seconds", Words.Short(trial.Seconds)),
            ("machine", trial.Machine),
            ("kept at", trial.KeptAt),
            ("experiments", experiments.Count == 0 ? "none" : Words.List(experiments)),
        ];
        foreach (var (name, value) in rows) host.Output.WriteLine($"{name,-15}{value}");
    }
}
