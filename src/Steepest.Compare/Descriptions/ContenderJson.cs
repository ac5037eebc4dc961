using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// Contenders as JSON: the command's spelling such as <c>"sgd,momentum=0.9"</c>, or an object
/// <c>{"name":"warm Adam","optimizer":{"name":"adam"},"groups":[…],"space":"wide"}</c>.
/// </summary>
internal static class ContenderJson
{
    private const string Name = "name", Title = "title", Optimizer = "optimizer", Groups = "groups", Space = "space", Salt = "salt";
    private const string Example = """{"optimizer":"lion","space":"wide"}""";

    /// <summary>The members that an object may have, and what they are.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Members { get; } =
    [
        (Optimizer, "the optimizer: the command's spelling, or an object"),
        (Name, "what it is called; the optimizer's own name unless given"),
        (Title, "what sentences call it; its name unless given"),
        (Groups, "segments that are trained otherwise; the first that matches wins"),
        (Space, "what is tuned: usual, wide, none, or the range of each setting; usual unless given"),
        (Salt, "another number gives other starts, orders and settings on the same splits"),
    ];

    /// <summary>Writes a contender as an object.</summary>
    public static void Write(ExperimentContender contender, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(Name, contender.Contender.Name);
        if (contender.Contender != Named(contender.Contender.Name, null, OwnName(contender.Optimizer, contender.Groups))) json.WriteString(Title, contender.Contender.Title);
        json.WritePropertyName(Optimizer);
        OptimizerJson.Write(contender.Optimizer, json);
        if (contender.Groups.Count > 0)
        {
            json.WriteStartArray(Groups);
            foreach (var group in contender.Groups) GroupJson.Write(group, json);
            json.WriteEndArray();
        }

        json.WritePropertyName(Space);
        SpaceJson.Write(contender.Space, contender.Optimizer, json);
        if (contender.Salt != 0) json.WriteNumber(Salt, contender.Salt);
        json.WriteEndObject();
    }

    /// <summary>Reads the contenders of one item: one, or several where a text lists values.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="words">What words stand for.</param>
    public static IReadOnlyList<ExperimentContender> Read(JsonPlace place, ExperimentWords words)
    {
        if (place.Element.ValueKind == JsonValueKind.String) return Spelled(place, words);
        var members = place.Members($"the command's spelling of an optimizer or an object such as {Example}");
        foreach (var (key, value) in members)
        {
            if (!Members.Any(member => member.Name == key))
                throw new SteepestException($"{value.WhereNamed}: {NearestName.Unknown("member of a contender", key, Members.Select(member => member.Name)).Message}");
        }

        if (!members.TryGetValue(Optimizer, out var optimizer)) throw new SteepestException($"{place.Where} has no {Optimizer}, but a contender needs one, such as {Example}.");
        var contender = Base(optimizer, words);
        if (members.TryGetValue(Groups, out var groups))
        {
            var all = groups.Items("a list of groups");
            contender = contender with { Groups = [.. contender.Groups, .. all.Select(group => GroupJson.Read(group, contender.Optimizer, words.Optimizers))] };
        }

        // The name that the spelling gave tells all that it says; groups that are added are told too.
        var own = optimizer.Element.ValueKind == JsonValueKind.String && !members.ContainsKey(Groups) ? contender.Contender : OwnName(contender.Optimizer, contender.Groups);
        contender = contender with
        {
            Contender = Named(
                members.TryGetValue(Name, out var name) ? JsonForms.Text.Read(name) : null,
                members.TryGetValue(Title, out var title) ? JsonForms.Text.Read(title) : null,
                own),
        };
        if (members.TryGetValue(Space, out var space)) contender = contender with { Space = SpaceJson.Read(space, contender) };
        if (members.TryGetValue(Salt, out var salt)) contender = contender with { Salt = JsonForms.Whole(0UL, ulong.MaxValue).Read(salt) };
        return [contender];
    }

    // Under its own name it has its own title; under another, that name is the title.
    private static Contender Named(string? name, string? title, Contender own) => new(name ?? own.Name, title ?? (name is null || name == own.Name ? own.Title : name));

    /// <summary>A new JSON schema of contenders that are objects.</summary>
    public static JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var (name, meaning) in Members)
        {
            var schema = name switch
            {
                Optimizer => new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["minLength"] = 1 }, ExperimentSchema.Reference("optimizer")) },
                Groups => new JsonObject { ["type"] = "array", ["items"] = ExperimentSchema.Reference("group") },
                Space => ExperimentSchema.Reference("space"),
                Salt => JsonForms.Whole(0UL, ulong.MaxValue).Schema(),
                _ => JsonForms.Text.Schema(),
            };
            schema["description"] = meaning;
            properties[name] = schema;
        }

        return ExperimentSchema.Closed(properties, [Optimizer]);
    }

    private static ExperimentContender Base(JsonPlace place, ExperimentWords words)
    {
        if (place.Element.ValueKind == JsonValueKind.String)
        {
            return Spelled(place, words) is [var one] ? one : throw place.Unexpected("one optimizer without lists of values");
        }

        var optimizer = OptimizerJson.Read(place, words.Optimizers);
        return place.Named(() => new ExperimentContender(OwnName(optimizer, []), optimizer, Tuning.SearchSpaces.UsualFor(optimizer)));
    }

    private static ExperimentContender[] Spelled(JsonPlace place, ExperimentWords words)
    {
        var text = JsonForms.Text.Read(place);
        return place.Named(() => words.Contenders(text).ToArray());
    }

    private static Contender OwnName(Optimizer optimizer, ValueList<ContenderGroup> groups) =>
        (optimizer.LearningRate is Constant rate ? Entrant.Of(optimizer, [rate.Value], groups) : Entrant.With(optimizer, groups)).Contender;
}
