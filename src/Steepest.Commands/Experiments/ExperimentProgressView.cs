using Spectre.Console;
using Spectre.Console.Rendering;
using Steepest.Compare;
using Steepest.Compare.Reports;
using Steepest.Compare.Running;
using Steepest.Compare.Statistics;

namespace Steepest.Commands;

/// <summary>A table that fills while an experiment runs, with a bar and the time left, on a terminal; nothing anywhere else.</summary>
internal sealed class ExperimentProgressView : IExperimentObserver
{
    private const int BarWidth = 40;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private readonly Experiment experiment;
    private readonly Dictionary<(string Task, string Contender), List<(ReachTime? Time, double Last)>> finals = [];
    private readonly Dictionary<(string Task, string Contender), int> tries = [];
    private ExperimentProgress progress;
    private TaskSpec task;

    private ExperimentProgressView(Experiment experiment) => (this.experiment, task) = (experiment, experiment.Tasks[0]);

    /// <summary>Runs an experiment and shows how far it is.</summary>
    /// <param name="host">For the terminal.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="run">Runs it and tells whoever looks on.</param>
    public static ExperimentResult Around(CommandHost host, Experiment experiment, Func<IExperimentObserver?, ExperimentResult> run)
    {
        if (!host.ShowsProgress) return run(null);
        var view = new ExperimentProgressView(experiment);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        return console.Live(view.Picture()).AutoClear(true).Start(live =>
        {
            using var ended = new ManualResetEventSlim();
            var painter = new Thread(() =>
            {
                try
                {
                    while (!ended.Wait(Frame)) live.UpdateTarget(view.Picture());
                }
                catch (IOException)
                {
                    // The terminal has gone, which is no reason to end an experiment.
                }
            });
            painter.Start();
            try
            {
                return run(view);
            }
            finally
            {
                ended.Set();
                painter.Join();
            }
        });
    }

    /// <inheritdoc/>
    public void OnTrial(ExperimentTrial trial, ExperimentProgress progress)
    {
        lock (gate)
        {
            this.progress = progress;

            // Tasks overlap: the last trials of one end while the next has begun.
            var place = (trial.Task.Name, trial.Contender.Contender.Name);
            if (!tries.TryGetValue(place, out var count) && !tries.Keys.Any(other => other.Task == trial.Task.Name)) task = trial.Task;
            tries[place] = count + 1;
            if (trial.Purpose != TrialPurpose.Final) return;
            if (!finals.TryGetValue(place, out var own)) finals[place] = own = [];
            own.Add((trial.Task.Reach is { } reach ? trial.Curve().TimeTo(reach) : null, trial.Result.Metric[^1]));
        }
    }

    private Rows Picture()
    {
        lock (gate)
        {
            var table = Tables.New("contender", "trials", "repeats", "reached", "median so far");
            foreach (var column in table.Columns.Skip(1)) column.Alignment(Justify.Right);
            foreach (var contender in experiment.Contenders)
            {
                var place = (task.Name, contender.Contender.Name);
                var own = finals.GetValueOrDefault(place) ?? [];
                table.AddRow(Tables.Cells(contender.Contender.Title, Words.Count(tries.GetValueOrDefault(place)), $"{own.Count} of {experiment.Repeats}", Reached(own), MedianOf(own)));
            }

            var share = progress.Planned == 0 ? 0 : progress.Done / (double)progress.Planned;
            var bar = new string('━', (int)(share * BarWidth)).PadRight(BarWidth, '┈');
            var left = progress.Left is { } time ? $", {Left(time)} left" : "";
            var line = progress.Planned == 0 ? $"{bar} preparing" : $"{bar} {Words.Count(progress.Done)} of {Words.Count(progress.Planned)} trials{left}";
            return new Rows((IRenderable[])[new Text($"{task.Name}{(task.Reach is { } reach ? $" to {reach}" : "")}"), table, new Text(line)]);
        }
    }

    private static string Reached(List<(ReachTime? Time, double Last)> own) =>
        own is [] or [{ Time: null }, ..] ? "–" : own.Count(one => one.Time is { IsCensored: false }).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string MedianOf(List<(ReachTime? Time, double Last)> own)
    {
        if (own.Count == 0) return "–";
        if (own[0].Time is null) return Words.Loss(Median.Of(own.Select(one => double.IsNaN(one.Last) ? double.PositiveInfinity : one.Last)).Value);
        var median = Median.Of(own.Select(one => one.Time!.Value.OrInfinity)).Value;
        return double.IsInfinity(median) ? "not reached" : Words.Count((long)Math.Round(median));
    }

    private static string Left(TimeSpan left) => left.TotalSeconds < 100 ? $"{Math.Ceiling(left.TotalSeconds)} s" : left.TotalMinutes < 100 ? $"{Math.Ceiling(left.TotalMinutes)} min" : $"{left.TotalHours:0.0} h";
}
