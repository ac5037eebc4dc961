using System.CommandLine;
using Steepest.Compare;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;
using Steepest.Compare.Running;

namespace Steepest.Commands;

/// <summary><c>steepest compare</c>: races optimizers on one task and says what the numbers allow.</summary>
internal static class CompareCommand
{
    private const string Description =
        "Compare optimizers. Without anything else it runs the article's race on iris: gradient descent for 19,000 epochs, then momentum and Adam until they reach its loss, "
        + "all at learning rate 0.01; then all three at seven learning rates; and then the fair race of the three: each tuned with 25 tries, in ten repeats on other rows and starts. "
        + "A task, a suite, the file of an experiment, or --repeats asks for such an experiment alone; a data set with contenders for a race alone.";

    public static Command Create(CommandHost host, CancellationToken interrupt)
    {
        var options = new CompareOptions();
        var command = new Verb(
            "compare",
            Description,
            "steepest compare",
            "steepest compare digits --repeats 10 --optimizer adam --optimizer sgd,momentum=0.9",
            "steepest compare digits --hidden 64,32 --batch-size 64 --epochs 20",
            "steepest compare --optimizer adam,learning-rate=0.01/0.1 --reach 0.1145",
            "steepest compare --optimizer 'adamw,weight-decay=0.1' --optimizer 'adamw,weight-decay=0.1,group=bias(weight-decay:0)'",
            "steepest compare --format json > race.json");
        options.AddTo(command);
        command.SetAction(parsed => Run(parsed, options, host, interrupt));
        return command;
    }

    private static int Run(ParseResult parsed, CompareOptions options, CommandHost host, CancellationToken interrupt)
    {
        if (options.Experiment(parsed, host) is { } experiment) return ExperimentRun.Show(parsed, options, experiment, host, interrupt);
        var format = options.ChosenFormat(parsed);
        var plan = options.Plan(parsed, host.Optimizers);
        var fair = options.FairRace(parsed, host.Optimizers);
        var threads = options.Threads(parsed);
        var folder = ResultFolder.Prepare(host, plan.Task.Data, parsed.GetValue(options.Out), parsed.GetValue(options.Force), name => RaceFiles.Names.Contains(name) || JudgementFiles.IsOurs(name, RaceFiles.Fair));
        using var store = fair is null ? null : options.Experiments.Store(parsed, host);

        var race = RaceProgressBar.Around(host, progress => Race.Run(plan, threads, progress, interrupt));
        if (race.Runs.Count == 0)
        {
            host.Error.WriteLine("Interrupted before a run was finished; nothing was saved.");
            return ExitCode.Interrupted;
        }

        Judgement? judgement = null;
        ExperimentResult? trials = null;
        try
        {
            if (fair is not null && race.IsComplete) (trials, judgement) = ExperimentRun.Of(host, fair, store, threads, interrupt);
        }
        finally
        {
            // The race is done, whatever a full disk makes of the one after it.
            Show(parsed, options, host, folder, format, race, judgement);
        }

        if (trials is not null && judgement is null) host.Error.WriteLine(ExperimentRun.Interrupted(trials, store));
        return race.IsComplete && (fair is null || judgement is not null) ? ExitCode.Done : ExitCode.Interrupted;
    }

    private static void Show(ParseResult parsed, CompareOptions options, CommandHost host, ResultFolder folder, OutputFormat format, RaceResult race, Judgement? fair)
    {
        // Shown first and saved whatever comes of it: neither a full disk nor a closed output loses both.
        string path;
        bool isAsked;
        try
        {
            if (format == OutputFormat.Json) RaceFiles.WriteJson(race, fair, host.Output);
            else if (format == OutputFormat.Markdown) host.Output.Write(RaceMarkdown.Of(race, fair));
            else RaceTable.Show(host, race, fair);
        }
        finally
        {
            (path, isAsked) = folder.Publish(RaceFiles.Render(race, fair));
        }

        var where = $"Pictures, curves and numbers are in {Path.GetRelativePath(host.Folder, path)}{Path.DirectorySeparatorChar}";
        if (!isAsked) where += $", for '{parsed.GetValue(options.Out)}' was filled while the race ran.";
        if (format == OutputFormat.Table)
        {
            host.Output.WriteLine();
            host.Output.WriteLine(where);
        }
        else if (!isAsked)
        {
            host.Error.WriteLine(where);
        }
    }
}
