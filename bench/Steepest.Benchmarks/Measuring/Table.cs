using System.Globalization;
using System.Text;

namespace Steepest.Benchmarks;

/// <summary>A table in Markdown: the first column to the left, all others to the right.</summary>
internal sealed class Table(params string[] head)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells.Length == head.Length ? cells : throw new ArgumentException("A row has a cell for every column.", nameof(cells)));

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", head).AppendLine(" |");
        text.Append("| --- |").AppendJoin("", head.Skip(1).Select(_ => " ---: |")).AppendLine();
        foreach (var row in rows) text.Append("| ").AppendJoin(" | ", row).AppendLine(" |");
        return text.ToString();
    }
}

/// <summary>Figures as the tables show them: three digits are all that a shared machine allows.</summary>
internal static class Figures
{
    public static string Of(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("F2", CultureInfo.InvariantCulture),
        0 => "0",
        >= 0.001 => value.ToString("F" + (int)(2 - Math.Floor(Math.Log10(Math.Abs(value)))), CultureInfo.InvariantCulture),
        _ => value.ToString("0.0e0", CultureInfo.InvariantCulture),
    };

    public static string Share(double value) => value.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "\u00A0", StringComparison.Ordinal);

    /// <summary>As in 2.31 (2.29 to 2.40).</summary>
    public static string Spread(Times times) => times.PerRound.Count == 1 ? Of(times.Median) : $"{Of(times.Median)} ({Of(times.Least)} to {Of(times.Most)})";
}
