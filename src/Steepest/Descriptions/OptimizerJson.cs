using System.Buffers;
using System.Text;
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
    public static string Write(Optimizer optimizer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) Write(optimizer, json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

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

        foreach (var setting in optimizer.Info.Settings.Skip(1))
        {
            if (optimizer.Settings[setting.Name] is var value && value != setting.Default) JsonPlace.Write(json, setting, value);
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
        if (!members.TryGetValue(NameMember, out var name)) throw new SteepestException($"{place.Path} has no name, but the name of an optimizer was expected.");
        var info = Info(place, name, members, known);
        var isWrapper = members.ContainsKey(AroundMember);
        Schedule? rate = null;
        var settings = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            if (key is NameMember or AroundMember) continue;
            if (key == RateMember && isWrapper) throw new SteepestException($"{value.Path}: {name.Name()} has the learning rate of the optimizer that it is around.");
            if (key == RateMember) rate = ScheduleJson.Read(value);
            else settings[key] = value.ValueOf(value.Named(() => info.Settings.FirstOrDefault(setting => setting.Name == key) ?? info.FindSetting(key)));
        }

        return place.Named(() => rate is not null ? info.With(rate, settings) : isWrapper ? info.With(Around(members, known).LearningRate, settings) : info.With(settings));
    }

    private static OptimizerInfo Info(JsonPlace place, JsonPlace name, IReadOnlyDictionary<string, JsonPlace> members, IReadOnlyList<OptimizerInfo> known)
    {
        var word = name.Name();
        if (Wrappers.All.Any(wrapper => wrapper.Name == word))
        {
            if (!members.ContainsKey(AroundMember)) throw new SteepestException($"{place.Path} is the wrapper {word}, but under {AroundMember} there is no optimizer for it.");
            return Wrappers.Find(word).Around(Around(members, known));
        }

        if (members.TryGetValue(AroundMember, out var around)) throw new SteepestException($"{around.Path}: {word} is no wrapper; {string.Join(" and ", Wrappers.All.Select(w => w.Name))} are.");
        return known.FirstOrDefault(info => info.Name == word)
            ?? throw new SteepestException($"{name.Path}: {NearestName.Unknown("optimizer", word, [.. known.Select(info => info.Name), .. Wrappers.All.Select(w => w.Name)]).Message}");
    }

    private static Optimizer Around(IReadOnlyDictionary<string, JsonPlace> members, IReadOnlyList<OptimizerInfo> known) => Read(members[AroundMember], known);
}
