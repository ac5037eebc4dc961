using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// Groups of a contender as JSON: <c>{"segments":"bias","weight-decay":0}</c>, <c>{"segments":"layer1.*","frozen":true}</c>,
/// <c>{"segments":"norm","optimizer":"sgd","learning-rate":0.1}</c>. The settings are those of the contender's optimizer, or of the group's own.
/// </summary>
internal static class GroupJson
{
    private const string Segments = "segments", Frozen = "frozen", Own = "optimizer", Rate = "learning-rate";
    private const string Example = """an object such as {"segments":"bias","weight-decay":0}""";

    /// <summary>Writes a group.</summary>
    public static void Write(ContenderGroup group, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(Segments, group.Segments);
        if (group.IsFrozen) json.WriteBoolean(Frozen, true);
        if (group.Other is { } other)
        {
            json.WritePropertyName(Own);
            var optimizer = other.With(new Dictionary<string, double>());
            if (optimizer.Wrapped is null) json.WriteStringValue(other.Name);
            else OptimizerJson.Write(optimizer, json);
        }

        if (group.LearningRate is { } rate)
        {
            json.WritePropertyName(Rate);
            ScheduleJson.Write(rate, json);
        }

        foreach (var (setting, value) in group.Changes) JsonPlace.Write(json, setting, value);
        json.WriteEndObject();
    }

    /// <summary>Reads a group.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="contender">The contender's optimizer.</param>
    /// <param name="known">The optimizers that it may name.</param>
    public static ContenderGroup Read(JsonPlace place, Optimizer contender, IReadOnlyList<OptimizerInfo> known)
    {
        var members = place.Members(Example);
        if (!members.TryGetValue(Segments, out var segments)) throw new SteepestException($"{place.Where} has no {Segments}, but a role or the name of a segment was expected.");
        var group = new ContenderGroup(JsonForms.Text.Read(segments))
        {
            IsFrozen = members.TryGetValue(Frozen, out var frozen) && JsonForms.Switch.Read(frozen),
            Other = members.TryGetValue(Own, out var own) ? Info(own, known) : null,
        };
        var info = group.Other ?? contender.Info;
        foreach (var (name, value) in members)
        {
            if (name is Segments or Frozen or Own) continue;
            if (info.Settings.FirstOrDefault(setting => setting.Name == name) is not { } setting)
            {
                string[] names = [Segments, Frozen, Own, .. info.Settings.Select(one => one.Name)];
                throw new SteepestException($"{value.WhereNamed}: {NearestName.Unknown($"member of a group of {info.Name}", name, names).Message}");
            }

            var given = name == Rate ? ScheduleJson.Read(value) : null;
            group = given is null
                ? group with { Changes = [.. group.Changes, (setting, value.ValueOf(setting, info.Name))] }
                : group with { LearningRate = value.Named(() => info.Checked(given)) };
        }

        if (group.IsFrozen && members.Count > 2) throw new SteepestException($"{place.Where} is frozen, but has settings too; one or the other was expected.");
        if (members.Count == 1 || (members.Count == 2 && frozen.Path is not null && !group.IsFrozen)) throw new SteepestException($"{place.Where} changes nothing, but {Example} was expected.");

        // What single settings allow may not go together.
        place.Named(() => group.For(contender));
        return group;
    }

    /// <summary>A new JSON schema of groups.</summary>
    /// <param name="settings">The schema of each setting that there is, by name.</param>
    /// <param name="optimizers">The names of optimizers.</param>
    public static JsonObject Schema(JsonObject settings, JsonArray optimizers)
    {
        settings[Segments] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["description"] = "a role (weight, bias or norm), or a segment's name in which * stands for any run of characters" };
        settings[Frozen] = new JsonObject { ["type"] = "boolean", ["description"] = "whether they are never changed" };
        settings[Own] = new JsonObject
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = optimizers }, ExperimentSchema.Reference("optimizer")),
            ["description"] = "their optimizer; the contender's unless given",
        };
        var schema = ExperimentSchema.Closed(settings, [Segments]);
        schema["minProperties"] = 2;
        return schema;
    }

    // A wrapper needs its inside told, and has no settings of its own here: those stand in the group.
    private static OptimizerInfo Info(JsonPlace place, IReadOnlyList<OptimizerInfo> known)
    {
        if (place.Element.ValueKind == JsonValueKind.Object) return OptimizerJson.Read(place, known).Info;
        var name = place.Name();
        return known.FirstOrDefault(info => info.Name == name) ?? place.Named<OptimizerInfo>(() => throw NearestName.Unknown("optimizer", name, known.Select(info => info.Name)));
    }
}
