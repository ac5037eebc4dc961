using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// The JSON schema (draft 2020-12) of experiment files, made of the registries of optimizers, schedules, activations, initializers and tasks, so that an editor completes
/// names and settings and marks what is wrong. Optimizers of one's own are not in it.
/// </summary>
public static class ExperimentSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, as its file has it.</summary>
    public static string Write() => Make().ToJsonString(Indented) + "\n";

    private static JsonObject Make()
    {
        var members = ExperimentJson.Members(new ExperimentWords(_ => []));
        var properties = new JsonObject { [ExperimentJson.SchemaMember] = new JsonObject { ["type"] = "string", ["description"] = "this schema, for editors" } };
        foreach (var member in members)
        {
            var schema = member.Schema();
            schema["description"] = member.Meaning;
            properties[member.Name] = schema;
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "An experiment of Steepest",
            ["description"] = "Tasks × contenders × repeats: each contender tuned with the same number of tries on each task, in every repeat anew, and then run.",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Names(members.Where(member => member.IsRequired).Select(member => member.Name)),
            ["additionalProperties"] = false,
            ["$defs"] = new JsonObject
            {
                ["task"] = TaskJson.Schema(),
                ["contender"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["minLength"] = 1 }, ContenderJson.Schema()) },
                ["group"] = GroupJson.Schema(AllSettings(), Names(Steepest.Optimizers.All.Select(info => info.Name))),
                ["space"] = SpaceJson.Schema(),
                ["optimizer"] = new JsonObject
                {
                    ["anyOf"] = new JsonArray([.. Steepest.Optimizers.All.Select(info => Optimizer(info.Name, info)), .. Wrappers.All.Select(wrapper => Optimizer(wrapper.Name, wrapper.Around(new Sgd(0.1))))]),
                },
                ["schedule"] = new JsonObject { ["anyOf"] = new JsonArray([Number(), .. Schedules.All.Select(Schedule)]) },
            },
        };
    }

    // A wrapper is around another optimizer, which has the learning rate.
    private static JsonObject Optimizer(string name, OptimizerInfo info)
    {
        var isWrapper = info.Name != name;
        var properties = new JsonObject { ["name"] = new JsonObject { ["const"] = name, ["description"] = isWrapper ? "around another optimizer" : $"{info.Title} ({info.Source})" } };
        if (isWrapper) properties["around"] = Reference("optimizer");
        else properties[info.Settings[0].Name] = Reference("schedule", info.Settings[0].Meaning);
        foreach (var setting in info.Settings.Skip(1)) properties[setting.Name] = Of(setting);
        return Closed(properties, isWrapper ? ["name", "around"] : ["name"]);
    }

    private static JsonObject Schedule(ScheduleInfo info)
    {
        var properties = new JsonObject { ["name"] = new JsonObject { ["const"] = info.Name, ["description"] = info.Summary } };
        foreach (var setting in info.Settings) properties[setting.Name] = Of(setting);
        if (info.ListSetting is { } list) properties[list] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "integer" } };
        if (info.InnerSetting is { } inner) properties[inner] = Reference("schedule");
        string?[] required = ["name", .. info.Settings.Where(setting => double.IsNaN(setting.Default)).Select(setting => setting.Name), info.ListSetting, info.InnerSetting];
        return Closed(properties, required.OfType<string>());
    }

    private static JsonObject Of(Setting setting)
    {
        if (setting.IsSwitch) return new JsonObject { ["type"] = "boolean", ["default"] = setting.Default != 0, ["description"] = setting.Meaning };
        var range = setting.Range;
        var schema = new JsonObject { ["type"] = range.IsWhole ? "integer" : "number" };
        if (double.IsFinite(range.Low)) schema[range.IncludesLow ? "minimum" : "exclusiveMinimum"] = range.Low;
        if (double.IsFinite(range.High)) schema[range.IncludesHigh ? "maximum" : "exclusiveMaximum"] = range.High;
        if (range.Contains(double.PositiveInfinity)) schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["const"] = "Infinity" }) };
        if (double.IsInfinity(setting.Default)) schema["default"] = "Infinity";
        else if (!double.IsNaN(setting.Default)) schema["default"] = setting.Default;
        schema["description"] = setting.Meaning;
        return schema;
    }

    // A group may have another optimizer: whose settings they are, and their ranges, is for the reader to say.
    private static JsonObject AllSettings()
    {
        var settings = new JsonObject();
        var names = Steepest.Optimizers.All.Concat(Wrappers.All.Select(wrapper => wrapper.Around(new Sgd(0.1)))).SelectMany(info => info.Settings).Select(setting => setting.Name);
        foreach (var name in names.Distinct())
            settings[name] = name == "learning-rate" ? Reference("schedule") : new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "boolean" }, Number()) };
        return settings;
    }

    private static JsonObject Number() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "number" }, new JsonObject { ["enum"] = Names(["Infinity", "-Infinity"]) }) };

    /// <summary>A reference to a definition of the schema.</summary>
    internal static JsonObject Reference(string definition, string? meaning = null)
    {
        var schema = new JsonObject { ["$ref"] = $"#/$defs/{definition}" };
        if (meaning is not null) schema["description"] = meaning;
        return schema;
    }

    /// <summary>An object of these members and no others.</summary>
    internal static JsonObject Closed(JsonObject properties, IEnumerable<string> required) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = Names(required),
        ["additionalProperties"] = false,
    };

    /// <summary>A list of names.</summary>
    internal static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
