using Spectre.Console;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>A description in the terminal.</summary>
internal static class DescriptionText
{
    private const string Indent = "  ";

    /// <summary>Writes it, sentences wrapped at the terminal's width and equations line by line as they stand.</summary>
    public static void Show(CommandHost host, Description description)
    {
        var console = Tables.Console(host);
        console.Write(new Text(description.Name, new Style(decoration: Decoration.Bold)));
        console.Write(new Text($"  {description.KindInWords}{(description.Paper.Length > 0 ? $"; {description.Paper}" : string.Empty)}\n\n{description.Summary}\n"));
        if (description.Equations.Count > 0)
        {
            console.WriteLine();

            // Not through the console, which would break a long line within a term.
            foreach (var equation in description.Equations) host.Output.WriteLine(Indent + equation);
        }

        if (Symbols(description) is { } symbols)
        {
            console.WriteLine();
            Paragraph(console, symbols, new Style(Color.Grey));
        }

        if (description.Settings.Count > 0)
        {
            Heading(console, "Settings");
            Tables.ShowSettings(console, description.Settings);
        }

        if (State(description) is { } state)
        {
            Heading(console, "State");
            Paragraph(console, state);
        }

        if (description.Comment.Differences.Count > 0)
        {
            Heading(console, "In other libraries");
            Differences(console, description.Comment.Differences);
        }

        if (description.Notes.Count > 0) Heading(console, "Notes");
        foreach (var note in description.Notes) Paragraph(console, note);
        if (description.Comment.Sources.Count > 0) Heading(console, "Sources");
        foreach (var source in description.Comment.Sources)
        {
            Paragraph(console, source.Text);
            if (source.Url is { } url) host.Output.WriteLine($"{Indent}{Indent}{url}");
        }
    }

    /// <summary>What the letters of the equations are that are no settings.</summary>
    public static string? Symbols(Description description)
    {
        if (description.Kind is not (DescribedKind.Optimizer or DescribedKind.Wrapper) || description.Equations.Count == 0) return null;
        var looksBack = description.Equations.Any(equation => equation.Contains("₋₁", StringComparison.Ordinal));
        return $"In these equations θ are the parameters, g is the gradient of the loss, and t counts steps from 1{(looksBack ? "; ₋₁ is the step before" : "")}. All other letters are settings or state.";
    }

    /// <summary>The state and its bytes.</summary>
    public static string? State(Description description)
    {
        if (description.BytesPerParameter is not { } bytes) return null;
        var kept = description.Comment.State?.TrimEnd('.') ?? description.StatePerParameter switch
        {
            0 => "none",
            1 => "one number a parameter",
            var count => $"{count} numbers a parameter",
        };
        return description.Kind == DescribedKind.Wrapper || bytes == 0 ? kept : $"{kept}; by default {bytes} bytes a parameter in float";
    }

    /// <summary>How it is written on the command line.</summary>
    public static string Spelling(Description description) => description.Kind switch
    {
        DescribedKind.Wrapper => $"{description.Name}(sgd)",
        DescribedKind.Schedule => $"{description.Name}(…)",
        _ => description.Name,
    };

    private static void Heading(IAnsiConsole console, string heading)
    {
        console.WriteLine();
        console.Write(new Text($"{heading}\n", new Style(decoration: Decoration.Bold)));
    }

    private static void Paragraph(IAnsiConsole console, string text, Style? style = null) => console.Write(new Padder(new Text(text, style), new Padding(2, 0, 0, 0)));

    private static void Differences(IAnsiConsole console, IReadOnlyList<Difference> differences)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 1, 0) });
        grid.AddColumn(new GridColumn());
        foreach (var difference in differences) grid.AddRow([.. Tables.Cells($"{Words.List(difference.Libraries)}:", difference.Text)]);
        console.Write(grid);
    }
}
