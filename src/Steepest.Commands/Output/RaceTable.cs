using System.Globalization;
using Spectre.Console;
using Steepest.Compare;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>A race in the terminal: the verdict, what was raced, and a row a run.</summary>
internal static class RaceTable
{
    public static void Show(CommandHost host, RaceResult race, Judgement? fair)
    {
        var console = Tables.Console(host);
        console.WriteLine();
        foreach (var sentence in (string[])[.. RaceVerdict.Of(race), .. fair is null ? [] : JudgementWords.Of(fair)]) console.Write(new Text($"{sentence}\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        console.Write(new Text($"{Task(race.Task)}\n"));
        foreach (var run in race.Plan.Runs.DistinctBy(run => run.Contender).Where(run => run.Contender != Contender.Of(run.Optimizer)))
        {
            console.Write(new Text($"{run.Contender.Title} stands for {run.Contender.Name}\n"));
        }

        var table = Tables.New("optimizer", "learning\nrate", "epochs\nrun", "final\nloss", "reached\nat epoch", "test rows\nright", "time");
        foreach (var column in table.Columns.Skip(1)) column.Alignment(Justify.Right);

        // On a narrow terminal the epoch of a divergence gives way, on a line of its own.
        table.Columns[3].NoWrap = false;

        // Where nothing was chosen, or nothing reached, or not all has been run, none is the best.
        var best = race.BestRuns.Where(run => race.IsComplete && run.ReachedAt is not null && race.RacingRuns.Count(other => other.Spec.Contender == run.Spec.Contender) > 1).ToHashSet();
        foreach (var contender in race.Plan.Contenders)
        {
            if (table.Rows.Count > 0) table.AddEmptyRow();
            foreach (var run in race.Runs.Where(t => t.Spec.Contender == contender).OrderBy(t => t.Spec.LearningRate).ThenBy(t => t.Epochs))
            {
                table.AddRow(Row(run, best.Contains(run), isFixed: !race.RacingRuns.Contains(run)));
            }
        }

        console.Write(table);
        var loss = IsFullBatch(race.Task) ? "a loss is the one before its epoch's update" : "a loss is the mean of its batches' losses, each before its own update";
        console.Write(new Text($"Reached is the first epoch at the target, counted from 0; {loss}; test rows are counted after the last update.\n"));
        if (best.Count > 0) console.Write(new Text("● marks the run of each contender that reached the target first.\n"));
        if (fair is not null) JudgementTable.ShowTasks(console, fair, withVerdict: false);
    }

    private static bool IsFullBatch(PreparedRace task) => task.Spec.BatchSize is not { } rows || rows >= task.Train.Rows;

    private static IEnumerable<Markup> Row(RunResult run, bool isBest, bool isFixed)
    {
        string[] cells =
        [
            $"{run.Spec.Contender.Title}{(isBest ? " ●" : "")}{(isFixed ? $", {Words.Count(run.Spec.Epochs)} only" : "")}",
            run.Spec.HasSchedule ? "schedule" : Words.Number(run.Spec.LearningRate),
            Words.Count(run.Epochs),
            run.DivergedAt is { } epoch ? $"diverged at {Words.Count(epoch)}" : run.FinalLoss is { } loss ? Loss(loss) : "–",
            run.ReachedAt is { } reached ? Words.Count(reached) : "–",
            run.DivergedAt is not null ? "–" : $"{Words.Count(run.TestRight)} of {Words.Count(run.TestRows)}",
            Time(run.Seconds),
        ];
        return cells.Select(cell => new Markup(isBest ? $"[bold]{Markup.Escape(cell)}[/]" : Markup.Escape(cell)));
    }

    private static string Task(PreparedRace task)
    {
        var spec = task.Spec;
        var scaling = spec.Scaling == Scaling.RowsToLengthOne ? "rows of length 1" : "features standardised";
        var batch = IsFullBatch(task) ? "full batch" : $"batches of {Words.Count(spec.BatchSize!.Value)}";
        return $"{spec.Data}, {scaling}, {Words.Count(task.Train.Rows)} training and {Words.Count(task.Test.Rows)} test rows; network {task.Network}, {spec.Activation}"
            + $"{(spec.Bias ? "" : ", no bias")}; {batch}, {(spec.Precision == Precision.Float ? "float" : "double")}, seed {spec.Seed}";
    }

    // No wider than 0.123456, so that the table fits a terminal.
    private static string Loss(double loss) => loss switch
    {
        0 => "0",
        >= 0.0001 and < 1000 => loss.ToString("0.000000", CultureInfo.InvariantCulture),
        _ => loss.ToString("0.00e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal),
    };

    private static string Time(double seconds) => seconds switch
    {
        < 0.001 => $"{(seconds * 1e6).ToString("0", CultureInfo.InvariantCulture)} µs",
        < 1 => $"{(seconds * 1000).ToString(seconds < 0.01 ? "0.0" : "0", CultureInfo.InvariantCulture)} ms",
        _ => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
    };
}
