using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// Tasks as JSON: <c>{"name":"my digits","data":"digits","hidden":[64,32],"epochs":50}</c>, with the members that differ from their defaults. Which member leads, such as
/// <c>data</c>, tells the kind.
/// </summary>
internal static class TaskJson
{
    /// <summary>An example, for sentences.</summary>
    public const string Example = """{"data":"digits","hidden":[64],"epochs":50}""";

    /// <summary>Writes a task with name and target.</summary>
    public static void Write(TaskSpec task, Utf8JsonWriter json) => task.Kind.Write(json, task, withLabels: true);

    /// <summary>Reads a task: a name, or an object.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="known">The tasks that may be named.</param>
    public static TaskSpec Read(JsonPlace place, IReadOnlyList<TaskSpec> known)
    {
        if (place.Element.ValueKind == JsonValueKind.String)
        {
            var name = place.Name();
            return known.FirstOrDefault(task => task.Name == name) ?? place.Named<TaskSpec>(() => throw NearestName.Unknown("task", name, known.Select(task => task.Name)));
        }

        var members = place.Members($"the name of a task or an object such as {Example}");
        var kind = TaskKinds.All.FirstOrDefault(kind => kind.IsMeant(members))
            ?? throw new SteepestException($"{place.Where} has no {string.Join(" and no ", TaskKinds.All.Select(kind => kind.Leading).Distinct())}, but a task needs one of them, such as {Example}.");
        return kind.Read(place, members);
    }

    /// <summary>A new JSON schema of tasks.</summary>
    public static JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            [
                new JsonObject { ["enum"] = ExperimentSchema.Names(TaskCatalog.All.Select(one => one.Task.Name)) },
                .. TaskKinds.All.Select(kind => ExperimentSchema.Closed(kind.Properties(), kind.Members.Where(member => member.IsRequired).Select(member => member.Name))),
            ]),
    };
}
