using Spectre.Console;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>A judgement in the terminal: the verdict, the tables, the warnings.</summary>
internal static class JudgementTable
{
    public static void Show(CommandHost host, Judgement judgement)
    {
        var console = Tables.Console(host);
        console.WriteLine();
        foreach (var sentence in JudgementWords.Of(judgement)) console.Write(new Text($"{sentence}\n", new Style(decoration: Decoration.Bold)));
        ShowTables(console, judgement);
    }

    /// <summary>The tables and the warnings.</summary>
    /// <param name="console">Where.</param>
    /// <param name="judgement">The judgement.</param>
    public static void ShowTables(IAnsiConsole console, Judgement judgement)
    {
        foreach (var task in judgement.Tasks)
        {
            console.WriteLine();
            if (task.Task.Length > 0) console.Write(new Text($"{task.Task}\n", new Style(decoration: Decoration.Bold)));
            foreach (var table in JudgementTables.Of(task)) Show(console, table);
            foreach (var warning in task.Warnings) console.Write(new Text($"! {warning}\n"));
        }

        if (judgement.Profiles.Count > 0) Show(console, JudgementTables.Profiles(judgement));
    }

    private static void Show(IAnsiConsole console, ReportTable report)
    {
        var table = Tables.New([.. report.Head]);
        foreach (var column in table.Columns.Skip(1)) column.Alignment(Justify.Right);
        foreach (var column in table.Columns) column.NoWrap = false;
        foreach (var row in report.Rows) table.AddRow(Tables.Cells(row));
        console.Write(table);
        if (report.Note.Length > 0) console.Write(new Text($"{report.Note}\n\n"));
    }
}
