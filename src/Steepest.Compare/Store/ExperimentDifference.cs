using System.Text.Json.Nodes;

namespace Steepest.Compare.Store;

/// <summary>
/// What stands against going on with an experiment under its name. It may grow: more tasks, contenders and repeats; and a part of it may be asked for. It may be judged
/// against another baseline, for no trial depends on that; but what is selected depends on the target. All else would mix the trials of two experiments.
/// </summary>
internal static class ExperimentDifference
{
    private static readonly string[] Judging = ["$schema", "baseline", "all-pairs"];

    /// <summary>The first difference that matters, such as "there the seed is 1, here 2"; <see langword="null"/> for none.</summary>
    /// <param name="there">The description in the store.</param>
    /// <param name="here">The one that is to go on.</param>
    public static string? Of(JsonObject there, JsonObject here)
    {
        foreach (var name in Members(there, here))
        {
            var difference = name switch
            {
                "tasks" or "contenders" => OfLists(name[..^1], (JsonArray)there[name]!, (JsonArray)here[name]!),
                "repeats" => null,
                _ => OfValues(name, there[name], here[name]),
            };
            if (difference is not null) return difference;
        }

        return ((string[])["tasks", "contenders"]).Select(list => OfNames(list, Names(there, list), Names(here, list))).FirstOrDefault(difference => difference is not null);
    }

    /// <summary>The whole of which both are parts, judged as the second is.</summary>
    /// <param name="there">The description in the store.</param>
    /// <param name="here">One that goes on with it.</param>
    public static JsonObject Union(JsonObject there, JsonObject here)
    {
        var whole = (JsonObject)here.DeepClone();
        whole["repeats"] = Math.Max((int)there["repeats"]!, (int)here["repeats"]!);
        foreach (var list in (string[])["tasks", "contenders"])
        {
            var ours = ((JsonArray)here[list]!).ToDictionary(NameOf);
            string[] names = [.. Names(there, list), .. Names(here, list)];
            var theirs = ((JsonArray)there[list]!).ToDictionary(NameOf);
            whole[list] = new JsonArray([.. names.Distinct().Select(name => (ours.TryGetValue(name, out var own) ? own : theirs[name])!.DeepClone())]);
        }

        return whole;
    }

    /// <summary>The names of an experiment's tasks, or contenders, in order.</summary>
    /// <param name="description">The experiment.</param>
    /// <param name="list">Which list.</param>
    public static IReadOnlyList<string> Names(JsonObject description, string list) => [.. ((JsonArray)description[list]!).Select(NameOf)];

    private static string? OfLists(string what, JsonArray there, JsonArray here)
    {
        var byName = here.ToDictionary(NameOf);
        foreach (var one in there)
        {
            if (byName.TryGetValue(NameOf(one), out var other) && OfValues($"{what} {NameOf(one)}", one, other) is { } difference) return difference;
        }

        return null;
    }

    // What has grown holds all that was there, and a part nothing else.
    private static string? OfNames(string list, IReadOnlyList<string> there, IReadOnlyList<string> here) => there.All(here.Contains) || here.All(there.Contains)
        ? null
        : $"there the {list} are {string.Join(", ", there)}, here {string.Join(", ", here)}";

    private static string? OfValues(string path, JsonNode? there, JsonNode? here)
    {
        if (JsonNode.DeepEquals(there, here)) return null;
        if (there is not JsonObject before || here is not JsonObject after) return Values(path, there, here);
        return Members(before, after).Select(name => OfValues($"{name} of {path}", before[name], after[name])).FirstOrDefault(difference => difference is not null);
    }

    private static IEnumerable<string> Members(JsonObject there, JsonObject here) => there.Concat(here).Select(member => member.Key).Distinct().Where(name => !Judging.Contains(name));

    private static string Values(string path, JsonNode? there, JsonNode? here) => $"there the {path} is {Text(there)}, here {Text(here)}";

    private static string Text(JsonNode? value) => value is null ? "at its default" : value is JsonValue text && text.TryGetValue(out string? name) ? name : value.ToJsonString();

    private static string NameOf(JsonNode? item) => item is JsonObject description ? (string)description["name"]! : (string)item!;
}
