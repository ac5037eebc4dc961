using System.Text;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>A judgement as Markdown: the verdict, the tables, the warnings.</summary>
public static class JudgementMarkdown
{
    /// <summary>The whole report.</summary>
    /// <param name="judgement">The judgement.</param>
    public static string Of(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var text = new StringBuilder();
        foreach (var sentence in JudgementWords.Of(judgement)) text.Append("> ").Append(Escaped(sentence)).Append("\n>\n");
        if (text.Length > 0) text.Length -= 2;
        foreach (var task in judgement.Tasks)
        {
            if (task.Task.Length > 0) text.Append("\n## ").Append(Escaped(task.Task)).Append('\n');
            foreach (var table in JudgementTables.Of(task)) Append(text, table);
            if (task.Warnings.Count > 0) text.Append('\n');
            foreach (var warning in task.Warnings) text.Append("- ").Append(Escaped(warning)).Append('\n');
        }

        if (judgement.Profiles.Count > 0) Append(text, JudgementTables.Profiles(judgement));
        return text.ToString();
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
