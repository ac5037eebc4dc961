using System.Text;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>A description as Markdown: the page of the gallery, and <c>steepest describe --format markdown</c>.</summary>
internal static class DescriptionMarkdown
{
    /// <summary>The whole page.</summary>
    /// <param name="description">What is described.</param>
    /// <param name="afterEquations">What the gallery puts between the equations and the settings, such as pictures.</param>
    public static string Of(Description description, string afterEquations = "")
    {
        var page = new StringBuilder();
        page.Append($"# {Words.Capital(description.Title)}\n\n{description.Summary}\n");
        if (description.Equations.Count > 0) page.Append($"\n```text\n{string.Join('\n', description.Equations)}\n```\n");
        if (DescriptionText.Symbols(description) is { } symbols) page.Append($"\n{symbols}\n");
        page.Append(afterEquations);
        page.Append($"\nIn the command `{DescriptionText.Spelling(description)}`, in a program `{description.Type.FullName?.Replace('+', '.')}`.\n");
        if (description.Settings.Count > 0)
        {
            page.Append("\n## Settings\n\n| setting | default | range | what it does |\n| --- | --- | --- | --- |\n");
            foreach (var row in description.Settings) page.Append($"| `{row.Name}` | {row.Default} | {row.Range} | {Cell(row.Meaning)} |\n");
        }

        if (DescriptionText.State(description) is { } state) page.Append($"\n## State\n\n{Words.Capital(state)}.\n");
        Section(page, "In other libraries", description.Comment.Differences.Select(d => $"**{Words.List(d.Libraries)}**: {d.Text}"));
        Section(page, "Notes", description.Notes);
        Section(page, "Sources", description.Comment.Sources.Select(source => source.Url is { } url ? $"[{source.Text}]({url})" : source.Text));
        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, IEnumerable<string> points)
    {
        var lines = points.ToArray();
        if (lines.Length > 0) page.Append($"\n## {heading}\n\n{string.Concat(lines.Select(line => $"- {line}\n"))}");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
