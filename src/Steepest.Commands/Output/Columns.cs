namespace Steepest.Commands;

/// <summary>Columns of text for lists of thousands of rows, which a table would take seconds to lay out.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    /// <summary>Writes a header and rows; every column is as wide as its widest cell.</summary>
    /// <param name="output">Receives the lines.</param>
    /// <param name="columns">The names, and whether the cells stand to the right.</param>
    /// <param name="rows">As many cells each as there are columns.</param>
    public static void Write(TextWriter output, (string Name, bool IsRight)[] columns, IReadOnlyList<string[]> rows)
    {
        var widths = columns.Select((column, c) => rows.Select(row => row[c].Length).Append(column.Name.Length).Max()).ToArray();
        var lines = new System.Text.StringBuilder();
        foreach (var row in rows.Prepend([.. columns.Select(column => column.Name)]))
        {
            for (var c = 0; c < row.Length; c++)
            {
                if (c > 0) lines.Append(Gap);
                var blanks = widths[c] - row[c].Length;
                if (columns[c].IsRight) lines.Append(' ', blanks).Append(row[c]);
                else if (c < row.Length - 1) lines.Append(row[c]).Append(' ', blanks);
                else lines.Append(row[c]);
            }

            lines.AppendLine();
        }

        output.Write(lines);
    }
}
