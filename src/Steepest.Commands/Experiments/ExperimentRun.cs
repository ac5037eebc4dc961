using System.CommandLine;
using System.Text;
using Steepest.Compare;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;
using Steepest.Compare.Running;
using Steepest.Compare.Store;

namespace Steepest.Commands;

/// <summary>An experiment in the command: run with a view of its progress, judged, shown and kept.</summary>
internal static class ExperimentRun
{
    /// <summary>Runs an experiment and judges it.</summary>
    /// <param name="host">For the terminal.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="store">Where trials are remembered; <see langword="null"/> for nowhere.</param>
    /// <param name="threads">Trials at once.</param>
    /// <param name="interrupt">Ends it as Ctrl-C does.</param>
    /// <returns>Its trials, and the judgement; no judgement if it was interrupted.</returns>
    public static (ExperimentResult Result, Judgement? Judgement) Of(CommandHost host, Experiment experiment, SqliteTrialStore? store, int threads, CancellationToken interrupt)
    {
        var begun = store?.Experiments.Begin(experiment);
        var result = ExperimentProgressView.Around(host, experiment, view => ExperimentRunner.Run(experiment, store, threads, [.. ((IExperimentObserver?[])[begun, view]).OfType<IExperimentObserver>()], interrupt));
        if (!result.IsComplete) return (result, null);
        return (result, ExperimentJudge.Of(result, StepTimes.Measure(experiment, result.Refusals, interrupt), begun?.Look ?? 0));
    }

    /// <summary>What to say of an experiment that was interrupted.</summary>
    /// <param name="result">Its trials.</param>
    /// <param name="store">The store.</param>
    public static string Interrupted(ExperimentResult result, SqliteTrialStore? store) => store is null
        ? "Interrupted; with --store none nothing was kept."
        : $"Interrupted with {Words.Count(result.Trials.Count)} trials, which are kept; the same command goes on from there.";

    /// <summary>Runs an experiment, shows what came of it and keeps the report.</summary>
    public static int Show(ParseResult parsed, CompareOptions options, Experiment experiment, CommandHost host, CancellationToken interrupt)
    {
        var format = options.ChosenFormat(parsed);
        var folder = ResultFolder.Prepare(host, experiment.Name, parsed.GetValue(options.Out), parsed.GetValue(options.Force), name => JudgementFiles.IsOurs(name));

        // Who cannot enter is said before a store is made.
        ExperimentRunner.Refusals(experiment);
        using var store = options.Experiments.Store(parsed, host);
        var (result, judgement) = Of(host, experiment, store, options.Threads(parsed), interrupt);
        if (judgement is null)
        {
            host.Error.WriteLine(Interrupted(result, store));
            return ExitCode.Interrupted;
        }

        // Shown first and saved whatever comes of it: neither a full disk nor a closed output loses both.
        string path;
        try
        {
            if (format == OutputFormat.Json) host.Output.WriteLine(Encoding.UTF8.GetString(JudgementFiles.Json(judgement)));
            else if (format == OutputFormat.Markdown) host.Output.Write(JudgementMarkdown.Of(judgement));
            else JudgementTable.Show(host, judgement);
        }
        finally
        {
            (path, _) = folder.Publish(JudgementFiles.Render(judgement));
        }

        if (format != OutputFormat.Table) return ExitCode.Done;
        host.Output.WriteLine();
        host.Output.WriteLine($"Pictures, report and numbers are in {Path.GetRelativePath(host.Folder, path)}{Path.DirectorySeparatorChar}");
        return ExitCode.Done;
    }
}
