using Spectre.Console;

namespace Steepest.Commands;

/// <summary>How tables look in the terminal.</summary>
internal static class Tables
{
    // Wide enough that no cell and no sentence wraps where nobody looks at a terminal.
    private const int PipedWidth = 10_000;

    public static Table New(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, UseSafeBorder = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Markup($"[grey]{Markup.Escape(column)}[/]")) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        }

        return table;
    }

    public static IEnumerable<Spectre.Console.Rendering.IRenderable> Cells(params IEnumerable<string> cells) => cells.Select(cell => new Text(cell));

    /// <summary>Settings one a line, indented.</summary>
    /// <param name="console">Where.</param>
    /// <param name="rows">The settings.</param>
    /// <param name="alignedWith">All settings of the same list, whose columns are to be as wide.</param>
    public static void ShowSettings(IAnsiConsole console, IReadOnlyCollection<SettingRow> rows, IReadOnlyCollection<SettingRow>? alignedWith = null)
    {
        if (rows.Count == 0) return;
        alignedWith ??= rows;
        var grid = new Grid();
        grid.AddColumn(new GridColumn { Width = alignedWith.Max(row => row.Name.Length), NoWrap = true, Padding = new Padding(2, 0, 1, 0) });
        grid.AddColumn(new GridColumn { Width = alignedWith.Max(row => row.Default.Length), NoWrap = true });
        grid.AddColumn(new GridColumn { Width = alignedWith.Max(row => row.Range.Length), NoWrap = true });
        grid.AddColumn(new GridColumn());
        foreach (var row in rows) grid.AddRow([.. Cells(row.Name, row.Default, row.Range, row.Meaning)]);
        console.Write(grid);
    }

    public static void Show(CommandHost host, Table table) => Console(host).Write(table);

    public static IAnsiConsole Console(CommandHost host)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(host.Output),
            Ansi = host.OutputIsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = host.OutputIsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!host.OutputIsTerminal) console.Profile.Width = PipedWidth;
        return console;
    }
}
