using Spectre.Console;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>A bar that moves while a race runs, on a terminal; nothing anywhere else.</summary>
internal static class RaceProgressBar
{
    public static RaceResult Around(CommandHost host, Func<IProgress<RaceProgress>?, RaceResult> run)
    {
        if (!host.ShowsProgress) return run(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var bar = context.AddTask("warming up");
                return run(new Told(progress =>
                {
                    bar.MaxValue = progress.EpochsPlanned;
                    bar.Value = progress.EpochsDone;
                    bar.Description = $"run {Words.Count(Math.Min(progress.RunsDone + 1, progress.RunsPlanned))} of {Words.Count(progress.RunsPlanned)}";
                }));
            });
    }

    // Not Progress<T>: that one would report on another thread, after the race.
    private sealed class Told(Action<RaceProgress> show) : IProgress<RaceProgress>
    {
        public void Report(RaceProgress value) => show(value);
    }
}
