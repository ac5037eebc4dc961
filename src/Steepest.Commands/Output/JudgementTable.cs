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
        Say(console, JudgementWords.Across(judgement));
        foreach (var table in JudgementTables.Across(judgement)) Show(console, table);
        ShowTasks(console, judgement, withVerdict: true);
    }

    /// <summary>Each task: the tables and the warnings, and before them its verdict unless that was said.</summary>
    /// <param name="console">Where.</param>
    /// <param name="judgement">The judgement.</param>
    /// <param name="withVerdict">Whether the verdict is to be said too.</param>
    public static void ShowTasks(IAnsiConsole console, Judgement judgement, bool withVerdict)
    {
        foreach (var task in judgement.Tasks)
        {
            if (judgement.Tasks.Count > 1) console.WriteLine();
            if (withVerdict) Say(console, JudgementWords.Of(task));
            console.WriteLine();
            foreach (var table in JudgementTables.Of(task)) Show(console, table);
            foreach (var remark in JudgementWords.Robustness(task)) console.Write(new Text($"{remark}\n"));
            foreach (var warning in task.Warnings) console.Write(new Text($"! {warning}\n"));
        }
    }

    private static void Say(IAnsiConsole console, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences) console.Write(new Text($"{sentence}\n", new Style(decoration: Decoration.Bold)));
    }

    private static void Show(IAnsiConsole console, ReportTable report)
    {
        var table = Tables.New([.. report.Head.Select((head, column) => Narrow(head, report.Rows.Max(row => row[column].Length)))]);
        foreach (var column in table.Columns.Skip(1)) column.Alignment(Justify.Right);
        foreach (var column in table.Columns.Skip(1)) column.NoWrap = false;
        foreach (var row in report.Rows) table.AddRow(Tables.Cells(row));
        console.Write(table);
        if (report.Note.Length > 0) console.Write(new Text($"{report.Note}\n\n"));
    }

    // A head longer than its cells goes over several lines, so that the table keeps room for names.
    private static string Narrow(string head, int width)
    {
        var lines = new List<string>();
        foreach (var word in head.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width) lines[^1] += $" {word}";
            else lines.Add(word);
        }

        return string.Join('\n', lines);
    }
}
