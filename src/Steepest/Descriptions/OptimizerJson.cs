using System.Text.Json;

namespace Steepest;

/// <summary>
/// Optimizers as JSON: <c>{"name":"adam","learning-rate":0.01,"beta1":0.95}</c>, the learning rate and the settings that differ from their defaults, in the order of
/// <see cref="OptimizerInfo.Settings"/>. A schedule stands in the place of the learning rate (<see cref="ScheduleJson"/>); a wrapper has the optimizer inside under
/// <c>around</c>: <c>{"name":"lookahead","around":{"name":"sgd","learning-rate":0.1},"k":5}</c>. What is left out takes its default, so that a setting that comes
/// later changes no description.
/// </summary>
public static class OptimizerJson
{
    private const string NameMember = "name", RateMember = "learning-rate", AroundMember = "around";

    /// <summary>An optimizer as JSON, on one line.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="SteepestException">Its schedule is one of your own, which has no name.</exception>
    public static string Write(Optimizer optimizer) => JsonPlace.Written(json => Write(optimizer, json));

    /// <summary>Writes an optimizer.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="json">Receives it as one object.</param>
    /// <exception cref="SteepestException">Its schedule is one of your own, which has no name.</exception>
    public static void Write(Optimizer optimizer, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        if (optimizer.Wrapped is { } inner)
        {
            json.WriteString(NameMember, optimizer.Info.Name[..optimizer.Info.Name.IndexOf('(', StringComparison.Ordinal)]);
            json.WritePropertyName(AroundMember);
            Write(inner, json);
        }
        else
        {
            json.WriteString(NameMember, optimizer.Info.Name);
            json.WritePropertyName(RateMember);
            ScheduleJson.Write(optimizer.LearningRate, json);
        }

        var settings = optimizer.Settings;
        foreach (var setting in optimizer.Info.Settings.Skip(1))
        {
            if (settings[setting.Name] is var value && value != setting.Default) JsonPlace.Write(json, setting, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads an optimizer.</summary>
    /// <param name="json">A document that is one.</param>
    /// <param name="known">The optimizers that it may name, your own among them; <see cref="Optimizers.All"/> unless given.</param>
    /// <exception cref="SteepestException">It is not JSON, a member is unknown or there twice, or a value is refused; the sentence names the path.</exception>
    public static Optimizer Read(string json, IReadOnlyList<OptimizerInfo>? known = null) => JsonPlace.Read(json, "optimizer", place => Read(place, known ?? Optimizers.All));

    internal static Optimizer Read(JsonPlace place, IReadOnlyList<OptimizerInfo> known)
    {
        var members = place.Members("""an object such as {"name":"adam","learning-rate":0.01}""");
        if (!members.TryGetValue(NameMember, out var name)) throw new SteepestException($"{place.Where} has no name, but the name of an optimizer was expected.");
        var inner = members.TryGetValue(AroundMember, out var around) ? Read(around, known) : null;
        var info = Info(place, name, inner, around, known);
        var rate = inner?.LearningRate;
        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            if (key is NameMember or AroundMember) continue;
            if (key != RateMember)
            {
                settings[key] = value.ValueOf(info.Settings.Skip(1).FirstOrDefault(setting => setting.Name == key) ?? throw Unknown(value, info, key), info.Name);
                continue;
            }

            if (inner is not null) throw new SteepestException($"{value.Where}: {name.Name()} has the learning rate of the optimizer that it is around.");
            var given = ScheduleJson.Read(value);
            rate = value.Named(() => info.Checked(given));
        }

        // What single settings allow may not go together.
        return place.Named(() => rate is null ? info.With(settings) : info.With(rate, settings));
    }

    private static OptimizerInfo Info(JsonPlace place, JsonPlace name, Optimizer? inner, JsonPlace around, IReadOnlyList<OptimizerInfo> known)
    {
        var word = name.Name();
        if (Wrappers.All.FirstOrDefault(wrapper => wrapper.Name == word) is { } wrapper)
        {
            return inner is not null
                ? wrapper.Around(inner)
                : throw new SteepestException($"{place.Where} is the wrapper {word}, but under {AroundMember} there is no optimizer for it.");
        }

        if (inner is not null) throw new SteepestException($"{around.Where}: {word} is no wrapper; {string.Join(" and ", Wrappers.All.Select(w => w.Name))} are.");
        return known.FirstOrDefault(info => info.Name == word)
            ?? throw new SteepestException($"{name.Where}: {NearestName.Unknown("optimizer", word, [.. known.Select(info => info.Name), .. Wrappers.All.Select(w => w.Name)]).Message}");
    }

    private static SteepestException Unknown(JsonPlace place, OptimizerInfo info, string key) =>
        new($"{place.WhereNamed}: {NearestName.Unknown($"{info.Name} setting", key, info.Settings.Select(setting => setting.Name)).Message}");
}
