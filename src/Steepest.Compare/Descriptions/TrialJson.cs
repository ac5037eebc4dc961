using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// Trials as JSON in canonical form (RFC 8785): all that decides a result, and nothing else, so that equal trials have equal text. The task's name and target are not in
/// it, nor is a member that has its default, so that a setting that comes later changes no description of today. Beside the trial itself it has the content hash of the
/// data, the version of the numerics, and of every rule from outside Steepest the version of its module, so that no result of an edited rule is served from memory.
/// </summary>
public static class TrialJson
{
    // A task is in thousands of trials.
    private static readonly ConditionalWeakTable<TaskSpec, Described> Tasks = [];

    /// <summary>A trial as JSON, on one line.</summary>
    /// <param name="trial">The trial.</param>
    /// <exception cref="SteepestException">A schedule is one of your own, which has no name, or the task's data is unknown.</exception>
    public static string Write(TrialSpec trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return CanonicalJson.Of(JsonPlace.Written(json => Write(trial, json)));
    }

    private static void Write(TrialSpec trial, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("numerics", NumericsVersion.Current);
        json.WritePropertyName("task");
        var task = Tasks.GetValue(trial.Task, task => new(JsonPlace.Written(own => task.Kind.Write(own, task, withLabels: false)), task.ContentHash));
        json.WriteRawValue(task.Json);
        if (task.Content.Length > 0) json.WriteString("content", task.Content);
        json.WritePropertyName("optimizer");
        OptimizerJson.Write(trial.Optimizer, json);
        if (trial.Groups.Count > 0)
        {
            json.WriteStartArray("groups");
            foreach (var group in trial.Groups) Write(group, json);
            json.WriteEndArray();
        }

        json.WriteNumber("split", trial.Split);

        // As text: JSON's numbers are doubles, in which neighbouring seeds are one.
        json.WriteString("seed", trial.Seed.ToString(CultureInfo.InvariantCulture));
        if (trial.KeepsEveryEpoch) json.WriteBoolean("keeps-every-epoch", true);
        var modules = Optimizers(trial).SelectMany(Parts).Select(part => part.GetType().Module).Where(module => module.Assembly != typeof(Optimizer).Assembly)
            .Select(module => $"{module.Assembly.GetName().Name} {module.ModuleVersionId}").Distinct().Order(StringComparer.Ordinal).ToArray();
        if (modules.Length > 0)
        {
            json.WriteStartArray("modules");
            foreach (var module in modules) json.WriteStringValue(module);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(ParameterGroup group, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (group.Role is { } role) json.WriteString("role", role.ToString().ToLowerInvariant());
        else json.WriteString("segments", group.Pattern);
        if (group.Optimizer is { } optimizer)
        {
            json.WritePropertyName("optimizer");
            OptimizerJson.Write(optimizer, json);
        }

        if (group.Penalty is { } penalty)
        {
            json.WriteStartArray("penalty");
            JsonPlace.Write(json, penalty.L1);
            JsonPlace.Write(json, penalty.L2);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static IEnumerable<Optimizer> Optimizers(TrialSpec trial) => [trial.Optimizer, .. trial.Groups.Select(group => group.Optimizer).OfType<Optimizer>()];

    // An optimizer with all that is inside it: the optimizer that it wraps, and the schedules.
    private static IEnumerable<object> Parts(Optimizer optimizer) =>
        [optimizer, .. Parts(optimizer.LearningRate), .. optimizer.Wrapped is { } inner ? Parts(inner) : []];

    private static IEnumerable<object> Parts(Schedule schedule) =>
        [schedule, .. schedule is { Info.InnerSetting: not null, Settings: { } settings } ? Parts(settings.Inner) : []];

    private sealed record Described(string Json, string Content);
}
