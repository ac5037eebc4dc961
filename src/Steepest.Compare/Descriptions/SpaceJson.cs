using System.Text.Json;
using System.Text.Json.Nodes;
using Steepest.Compare.Tuning;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// Search spaces as JSON: <c>{"learning-rate":[1e-4,1],"momentum":[0.5,0.99]}</c>, for each setting the least and the greatest value, and as a third item how it is spread
/// where that is not the usual way; or a word: <c>usual</c>, <c>wide</c>, or <c>none</c> for a contender that runs as it is set.
/// </summary>
internal static class SpaceJson
{
    /// <summary>The word for nothing to tune.</summary>
    public const string None = "none";

    private const string Expected = """a list of the least and the greatest value such as [1e-4, 1]""";

    private static readonly JsonForm<SpaceScale> Scale = JsonForms.Choice(
        "scale", ("log", SpaceScale.Log), ("linear", SpaceScale.Linear), ("log-from-one", SpaceScale.LogFromOne), ("whole", SpaceScale.Whole));

    /// <summary>Writes a space.</summary>
    public static void Write(SearchSpace space, Optimizer optimizer, Utf8JsonWriter json)
    {
        if (space.IsAsSet)
        {
            json.WriteStringValue(None);
            return;
        }

        json.WriteStartObject();
        foreach (var dimension in space.Dimensions)
        {
            json.WriteStartArray(dimension.Setting);
            JsonPlace.Write(json, dimension.Low);
            JsonPlace.Write(json, dimension.High);
            if (dimension.Scale != UsualScale(optimizer.Info, dimension.Setting)) Scale.Write(json, dimension.Scale);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a space.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="contender">Whose it is.</param>
    public static SearchSpace Read(JsonPlace place, ExperimentContender contender)
    {
        if (place.Element.ValueKind == JsonValueKind.String)
        {
            return JsonForms.Choice<Func<Optimizer, SearchSpace>>("search space", ("usual", SearchSpaces.UsualFor), ("wide", SearchSpaces.WideFor), (None, _ => SearchSpace.AsSet))
                .Read(place)(contender.Optimizer);
        }

        var dimensions = new List<SpaceDimension>();
        foreach (var (name, value) in place.Members("""usual, wide, none or an object such as {"learning-rate":[1e-4,1]}"""))
        {
            var dimension = Dimension(name, value, contender.Optimizer.Info);

            // By itself, so that the sentence is about the right one.
            value.Named(() => Checked(new SearchSpace([dimension]), contender));
            dimensions.Add(dimension);
        }

        if (dimensions.Count == 0) throw new SteepestException($"{place.Where} is empty, but a setting with its range was expected, or {None} for a contender that runs as it is set.");
        return place.Named(() => Checked(new SearchSpace([.. dimensions]), contender));
    }

    /// <summary>A new JSON schema of spaces.</summary>
    public static JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray("usual", "wide", None) },
            new JsonObject
            {
                ["type"] = "object",
                ["minProperties"] = 1,
                ["additionalProperties"] = new JsonObject
                {
                    ["type"] = "array",
                    ["prefixItems"] = new JsonArray(new JsonObject { ["type"] = "number" }, new JsonObject { ["type"] = "number" }, Scale.Schema()),
                    ["items"] = false,
                    ["minItems"] = 2,
                },
            }),
    };

    private static SpaceDimension Dimension(string name, JsonPlace place, OptimizerInfo info)
    {
        string[] names = [.. info.Settings.Select(setting => setting.Name), SpacePoint.Cosine];
        if (!names.Contains(name)) throw new SteepestException($"{place.WhereNamed}: {NearestName.Unknown($"{info.Name} setting", name, names).Message}");
        var items = place.Items(Expected);
        if (items.Count is < 2 or > 3) throw new SteepestException($"{place.Where} has {Text.Count(items.Count, "item")}, but {Expected} was expected.");
        return new(name, JsonForms.Number().Read(items[0]), JsonForms.Number().Read(items[1]), items.Count == 3 ? Scale.Read(items[2]) : UsualScale(info, name));
    }

    // A factor by which old values fade works by its distance from 1.
    private static SpaceScale UsualScale(OptimizerInfo info, string name) => info.Settings.FirstOrDefault(setting => setting.Name == name) switch
    {
        null or { IsSwitch: true } or { Range.IsWhole: true } => SpaceScale.Whole,
        { Range: { High: 1, IncludesHigh: false } } => SpaceScale.LogFromOne,
        _ => SpaceScale.Log,
    };

    private static SearchSpace Checked(SearchSpace space, ExperimentContender contender)
    {
        space.Check(contender);
        return space;
    }
}
