using System.Globalization;

namespace Steepest.Commands;

/// <summary>Reads a schedule: a number, or <c>name(key:value;…)</c> such as <c>cosine(from:0.1)</c> or <c>warm-up(steps:10;then:cosine(from:0.1))</c>.</summary>
internal static class ScheduleGrammar
{
    public static Schedule Parse(string place, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        var call = Call.Parse(place, text);
        var info = Schedules.Find(call.Name);
        var numbers = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        ValueList<long>? list = null;
        Schedule? inner = null;
        foreach (var (key, value) in call.Settings)
        {
            var where = $"The {key} of {info.Name}";
            if (Is(key, info.ListSetting)) list = [.. value.Split('/').Select(part => (long)Values.Count(where, part.Trim(), least: 0))];
            else if (Is(key, info.InnerSetting)) inner = Parse(where, value);
            else numbers[key] = Number(info, where, key, value);
        }

        return info.With(numbers, list, inner);
    }

    private static bool Is(string key, string? name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static double Number(ScheduleInfo info, string place, string key, string value) =>
        info.Settings.FirstOrDefault(setting => Is(key, setting.Name)) is { IsSwitch: true }
            ? Values.Choice(place, value, ("on", 1.0), ("off", 0.0), ("true", 1.0), ("false", 0.0))
            : Values.Number(place, value);
}
