using System.Text.Json;

namespace Steepest;

/// <summary>
/// Schedules as JSON: a constant is a number, any other an object <c>{"name":"cosine","from":0.1}</c> with the settings that differ from their defaults, in
/// the order of <see cref="ScheduleInfo.Settings"/>; a schedule inside another stands under its setting's name.
/// </summary>
public static class ScheduleJson
{
    private const string NameMember = "name";

    /// <summary>A schedule as JSON, on one line.</summary>
    /// <param name="schedule">A constant, or one of <see cref="Schedules.All"/>.</param>
    /// <exception cref="SteepestException">The schedule is one of your own, which has no name.</exception>
    public static string Write(Schedule schedule) => JsonPlace.Written(json => Write(schedule, json));

    /// <summary>Writes a schedule.</summary>
    /// <param name="schedule">A constant, or one of <see cref="Schedules.All"/>.</param>
    /// <param name="json">Receives it as one value.</param>
    /// <exception cref="SteepestException">The schedule is one of your own, which has no name.</exception>
    public static void Write(Schedule schedule, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(json);
        if (schedule is Constant constant)
        {
            JsonPlace.Write(json, constant.Value);
            return;
        }

        if (schedule is not { Info: { } info, Settings: { } settings })
            throw new SteepestException($"The schedule {schedule} has no name and settings, so that it cannot be written as JSON.");
        json.WriteStartObject();
        json.WriteString(NameMember, info.Name);
        foreach (var setting in info.Settings)
        {
            if (settings[setting.Name] != setting.Default) JsonPlace.Write(json, setting, settings[setting.Name]);
        }

        if (info.ListSetting is not null)
        {
            json.WriteStartArray(info.ListSetting);
            foreach (var number in settings.List) json.WriteNumberValue(number);
            json.WriteEndArray();
        }

        if (info.InnerSetting is not null)
        {
            json.WritePropertyName(info.InnerSetting);
            Write(settings.Inner, json);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a schedule.</summary>
    /// <param name="json">A document that is one.</param>
    /// <exception cref="SteepestException">It is not JSON, a member is unknown or there twice, or a value is refused; the sentence names the path.</exception>
    public static Schedule Read(string json) => JsonPlace.Read(json, "schedule", Read);

    internal static Schedule Read(JsonPlace place)
    {
        if (place.IsNumber) return place.Number();
        const string Expected = """a number or an object such as {"name":"cosine","from":0.1}""";
        var members = place.Members(Expected);
        if (!members.TryGetValue(NameMember, out var name)) throw new SteepestException($"{place.Where} has no name, but the name of a schedule was expected.");
        var info = name.Named(() => Schedules.Find(name.Name()));
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        ValueList<long>? list = null;
        Schedule? inner = null;
        foreach (var (key, value) in members)
        {
            if (key == NameMember) continue;
            if (key == info.ListSetting) list = value.WholeNumbers();
            else if (key == info.InnerSetting) inner = Read(value);
            else numbers[key] = value.ValueOf(info.Settings.FirstOrDefault(setting => setting.Name == key) ?? throw Unknown(value, info, key), info.Name);
        }

        return place.Named(() => info.With(numbers, list, inner));
    }

    private static SteepestException Unknown(JsonPlace place, ScheduleInfo info, string key) =>
        new($"{place.WhereNamed}: {NearestName.Unknown($"{info.Name} setting", key, info.SettingNames).Message}");
}
