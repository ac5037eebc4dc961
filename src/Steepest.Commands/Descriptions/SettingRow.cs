using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>A setting as lists and descriptions show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value unless given, in words; a dash where it must be given.</param>
/// <param name="Value">The same for JSON: a number, "infinity", or nothing where it must be given.</param>
/// <param name="Range">What it may be.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record SettingRow(string Name, string Default, object? Value, string Range, string Meaning)
{
    public static SettingRow Of(Setting setting) => new(
        setting.Name,
        setting.IsSwitch ? (setting.Default == 0 ? "off" : "on")
            : double.IsNaN(setting.Default) ? "–"
            : double.IsInfinity(setting.Default) ? "∞"
            : Words.Number(setting.Default),
        double.IsNaN(setting.Default) ? null : double.IsInfinity(setting.Default) ? "infinity" : setting.Default,
        setting.IsSwitch ? "on or off" : setting.Range.ToString(),
        setting.Meaning);

    /// <summary>It in JSON.</summary>
    public object ToJson() => new { Name, Default = Value, Range, Meaning };

    /// <summary>The settings of a schedule, its list and the schedule inside it too.</summary>
    public static IReadOnlyList<SettingRow> Of(ScheduleInfo schedule)
    {
        var rows = schedule.Settings.Select(Of).ToList();
        if (schedule.ListSetting is { } list) rows.Add(new(list, "–", null, "0, 1, …", $"steps from 0, such as {list}:30/60"));
        if (schedule.InnerSetting is { } inner) rows.Add(new(inner, "–", null, "schedule", $"another schedule, such as {inner}:cosine(from:0.1)"));
        return rows;
    }
}
