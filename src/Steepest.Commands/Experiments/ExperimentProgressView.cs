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
    private readonly Dictionary<string, List<ExperimentTrial>> finals = [];
    private readonly Dictionary<string, int> tries = [];
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
                while (!ended.Wait(Frame)) live.UpdateTarget(view.Picture());
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
            if (trial.Task.Name != task.Name)
            {
                task = trial.Task;
                finals.Clear();
                tries.Clear();
            }

            var name = trial.Contender.Contender.Name;
            tries[name] = tries.GetValueOrDefault(name) + 1;
            if (trial.Purpose != TrialPurpose.Final) return;
            if (!finals.TryGetValue(name, out var own)) finals[name] = own = [];
            own.Add(trial);
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
                var name = contender.Contender.Name;
                var own = finals.GetValueOrDefault(name) ?? [];
                table.AddRow(Tables.Cells(contender.Contender.Title, Words.Count(tries.GetValueOrDefault(name)), $"{own.Count} of {experiment.Repeats}", Reached(own), MedianOf(own)));
            }

            var share = progress.Planned == 0 ? 0 : progress.Done / (double)progress.Planned;
            var bar = new string('━', (int)(share * BarWidth)).PadRight(BarWidth, '┈');
            var left = progress.Left is { } time ? $", {Left(time)} left" : "";
            var line = $"{bar} {Words.Count(progress.Done)} of {Words.Count(progress.Planned)} trials{left}";
            return new Rows((IRenderable[])[new Text($"{task.Name}{(task.Reach is { } reach ? $" to {reach}" : "")}"), table, new Text(line)]);
        }
    }

    private static string Reached(List<ExperimentTrial> own) =>
        own.Count == 0 || own[0].Task.Reach is not { } reach ? "–" : own.Count(trial => !trial.Curve().TimeTo(reach).IsCensored).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string MedianOf(List<ExperimentTrial> own)
    {
        if (own.Count == 0) return "–";
        if (own[0].Task.Reach is not { } reach) return Words.Loss(Median.Of(own.Select(trial => trial.Result.Metric[^1])).Value);
        var median = Median.Of(own.Select(trial => trial.Curve().TimeTo(reach).OrInfinity)).Value;
        return double.IsInfinity(median) ? "not reached" : Words.Count((long)Math.Round(median));
    }

    private static string Left(TimeSpan left) => left.TotalSeconds < 100 ? $"{Math.Ceiling(left.TotalSeconds)} s" : left.TotalMinutes < 100 ? $"{Math.Ceiling(left.TotalMinutes)} min" : $"{left.TotalHours:0.0} h";
}
