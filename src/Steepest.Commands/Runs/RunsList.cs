using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Steepest.Compare.Reports;
using Steepest.Compare.Store;

namespace Steepest.Commands.Runs;

/// <summary><c>steepest runs list</c>: the experiments of the store, or its trials.</summary>
internal static class RunsList
{
    /// <summary>Digits of a key that are shown: with a million trials two have the same in one store of eight million.</summary>
    public const int Digits = 16;

    public static Verb Create(CommandHost host)
    {
        var trials = new Option<bool>("--trials") { Description = "List the trials instead." };
        var task = new Option<string?>("--task") { Description = "Only trials on this task: its name in an experiment, or a part of its description.", HelpName = "name" };
        var optimizer = new Option<string?>("--optimizer") { Description = "Only trials of this optimizer, with whatever settings.", HelpName = "name" };
        var experiment = new Option<string?>("--experiment") { Description = "Only trials that this experiment uses.", HelpName = "name" };
        var format = new Option<string>("--format") { Description = "table or json.", DefaultValueFactory = _ => "table", HelpName = "name" };
        var file = StoreOption.Create();
        var verb = new Verb(
            "list",
            "List the experiments of the store: their tasks and contenders, how many of their trials are kept, and how often they were looked at. With --trials its trials.",
            "steepest runs list",
            "steepest runs list --trials --optimizer adam --task iris",
            "steepest runs list --trials --experiment adam-or-momentum",
            "steepest runs list --store ~/steepest.db --format json")
        {
            trials,
            task,
            optimizer,
            experiment,
            format,
            file,
        };
        verb.SetAction(parsed =>
        {
            var isJson = Values.Choice("The --format", parsed.GetValue(format)!, ("table", false), ("json", true));
            using var store = StoreOption.Open(parsed.GetValue(file), host, create: false);
            var (onlyTask, onlyOptimizer, onlyExperiment) = (parsed.GetValue(task), parsed.GetValue(optimizer), parsed.GetValue(experiment));
            if (parsed.GetValue(trials))
            {
                if (onlyExperiment is not null && store.Experiments.Find(onlyExperiment) is null) throw RunsCommand.Unknown(store, onlyExperiment);
                Trials(host, store.Trials.List(onlyTask, onlyOptimizer, onlyExperiment), isJson);
                return ExitCode.Done;
            }

            if ((onlyTask ?? onlyOptimizer ?? onlyExperiment) is not null)
                throw new SteepestException($"The {(onlyTask is not null ? task : onlyOptimizer is not null ? optimizer : experiment).Name} chooses among trials; add --trials.");
            Experiments(host, store, isJson);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Bytes as people say them.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 10_000 => $"{Words.Count(bytes)} bytes",
        < 10_000_000 => $"{Words.Count(bytes / 1000)} kB",
        _ => $"{Words.Count(bytes / 1_000_000)} MB",
    };

    /// <summary>The looks as they are told: the repeats at each.</summary>
    public static string Looks(StoredExperiment experiment) => experiment.Looks.Count == 1 ? "1" : $"{experiment.Looks.Count} ({string.Join(", ", experiment.Looks.Select(look => Words.Count(look.Repeats)))})";

    private static void Experiments(CommandHost host, SqliteTrialStore store, bool isJson)
    {
        var all = store.Experiments.All();
        if (isJson)
        {
            Json.Write(host, all.Select(one => new { one.Name, one.Tasks, one.Contenders, one.Repeats, one.Kept, one.Planned, one.Looks, one.Bytes }));
            return;
        }

        if (all.Count > 0)
        {
            var table = Tables.New("experiment", "tasks", "contenders", "repeats", "trials kept", "looks", "size");
            foreach (var column in table.Columns.Skip(3)) column.Alignment(Justify.Right);
            foreach (var column in table.Columns.Take(3)) column.NoWrap = false;
            foreach (var one in all)
            {
                table.AddRow(Tables.Cells(
                    one.Name, string.Join(", ", one.Tasks), string.Join(", ", one.Contenders), Words.Count(one.Repeats), $"{Words.Count(one.Kept)} of {Words.Count(one.Planned)}", Looks(one), Size(one.Bytes)));
            }

            Tables.Show(host, table);
        }

        host.Output.WriteLine($"{Words.Count(all.Count, "experiment")} and {Words.Count(store.Trials.Count(), "trial")} in {Size(store.File.Bytes)}");
    }

    private static void Trials(CommandHost host, IReadOnlyList<StoredTrial> trials, bool isJson)
    {
        if (isJson)
        {
            Json.Write(host, trials.Select(one => new { Key = one.Id, one.Task, one.Optimizer, LearningRate = one.Rate, one.Final, one.Best, DivergedAt = one.Diverged, one.Epochs, one.Seconds, one.Machine, one.KeptAt }));
            return;
        }

        Columns.Write(
            host.Output,
            [("trial", false), ("task", false), ("optimizer", false), ("learning rate", true), ("final", true), ("best", true), ("epochs", true), ("seconds", true), ("kept at", false)],
            [.. trials.Select(one => new[]
            {
                one.Id[..Digits], one.Task, one.Optimizer, one.Rate, Metric(one, one.Final), Metric(one, one.Best), Words.Count(one.Epochs + 1),
                one.Seconds.ToString("0.00", CultureInfo.InvariantCulture), one.KeptAt,
            })]);
        host.Output.WriteLine(Words.Count(trials.Count, "trial"));
    }

    private static string Metric(StoredTrial trial, double? value) => value is { } number ? Words.Short(number) : trial.Diverged is null ? "–" : "diverged";
}
