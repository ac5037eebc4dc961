using System.Text;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>A judgement as Markdown: the verdict, the tables, the warnings; with several tasks first what holds over them, then a section for each.</summary>
public static class JudgementMarkdown
{
    /// <summary>The whole report.</summary>
    /// <param name="judgement">The judgement.</param>
    public static string Of(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var text = new StringBuilder();
        if (judgement.Profiles.Count > 0)
        {
            Quote(text, JudgementWords.Across(judgement));
            Head(text, "Across tasks");
            foreach (var table in JudgementTables.Across(judgement)) Append(text, table);
        }

        foreach (var task in judgement.Tasks)
        {
            if (task.Task.Length > 0 && judgement.Tasks.Count > 1)
            {
                Head(text, task.Task);
                text.Append('\n');
            }

            Quote(text, JudgementWords.Of(task));
            foreach (var table in JudgementTables.Of(task)) Append(text, table);
            string[] remarks = [.. JudgementWords.Robustness(task), .. task.Warnings];
            if (remarks.Length > 0) text.Append('\n');
            foreach (var remark in remarks) text.Append("- ").Append(Escaped(remark)).Append('\n');
        }

        foreach (var note in judgement.Options.Notes)
        {
            Head(text, note.Title);
            text.Append('\n').Append(note.Markdown.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static void Head(StringBuilder text, string title) => text.Append("\n## ").Append(Escaped(title)).Append('\n');

    private static void Quote(StringBuilder text, IEnumerable<string> sentences)
    {
        text.AppendJoin(">\n", sentences.Select(sentence => $"> {Escaped(sentence)}\n"));
    }

    private static void Append(StringBuilder text, ReportTable table)
    {
        text.Append("\n| ").AppendJoin(" | ", table.Head.Select(Escaped)).Append(" |\n|").Append(" --- |");
        for (var i = 1; i < table.Head.Count; i++) text.Append(" ---: |");
        text.Append('\n');
        foreach (var row in table.Rows) text.Append("| ").AppendJoin(" | ", row.Select(Escaped)).Append(" |\n");
        if (table.Note.Length > 0) text.Append('\n').Append(Escaped(table.Note)).Append('\n');
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
