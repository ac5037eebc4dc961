using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>A kind of task with the table of its members: how it is read, written, hashed and described.</summary>
internal abstract record TaskKind
{
    /// <summary>The member that tells the kind, such as data.</summary>
    public abstract string Leading { get; }

    /// <summary>The value of the leading member, where only one is of this kind.</summary>
    public string? Word { get; init; }

    /// <summary>Whether an object of these members is a task of this kind.</summary>
    public bool IsMeant(IReadOnlyDictionary<string, JsonPlace> members) =>
        members.TryGetValue(Leading, out var leading) && (Word is null || (leading.Element.ValueKind == JsonValueKind.String && leading.Element.ValueEquals(Word)));

    /// <summary>Reads a task of this kind.</summary>
    public abstract TaskSpec Read(JsonPlace place, IReadOnlyDictionary<string, JsonPlace> members);

    /// <summary>Writes a task of this kind as one object.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="task">The task.</param>
    /// <param name="withLabels">Whether with its name and target, which are no part of a trial.</param>
    public abstract void Write(Utf8JsonWriter json, TaskSpec task, bool withLabels);

    /// <summary>The names and meanings of the members, in order.</summary>
    public abstract IReadOnlyList<(string Name, string Meaning, bool IsRequired)> Members { get; }

    /// <summary>A new JSON schema of the members by name.</summary>
    public abstract JsonObject Properties();
}

/// <summary>A kind of task with the table of its members.</summary>
/// <param name="Defaults">A task with every default; the values of required members do not matter.</param>
/// <param name="Own">The members that are this kind's own, the leading one first; to those all tasks have theirs are added.</param>
internal sealed record TaskKind<T>(T Defaults, IReadOnlyList<JsonMember<T>> Own) : TaskKind
    where T : TaskSpec
{
    private static readonly IReadOnlyList<JsonMember<T>> Labels =
    [
        JsonMember.Of("name", JsonForms.Text, (T task) => task.Name, (task, name) => Copy((TaskSpec)task with { Name = name }), "what reports call it"),
        JsonMember.Of("target", JsonForms.Optional(JsonForms.Number()), (T task) => task.Target, (task, target) => Copy((TaskSpec)task with { Target = target }),
            "the value of the metric that contenders are to reach; without it, it is taken from the baseline's runs"),
    ];

    private static readonly IReadOnlyList<JsonMember<T>> Common =
    [
        JsonMember.Of("epochs", JsonForms.Whole(1, int.MaxValue), (T task) => task.Epochs, (task, epochs) => Copy((TaskSpec)task with { Epochs = epochs }),
            "the budget: passes over the training rows, or steps on a function", isRequired: true),
        JsonMember.Of("metric", TaskForms.Metric, (T task) => task.Metric, (task, metric) => Copy((TaskSpec)task with { Metric = metric }),
            "what is measured at every evaluation: what tuning selects by, and what the target is a value of"),
        JsonMember.Of("precision", TaskForms.Precision, (T task) => task.Precision, (task, precision) => Copy((TaskSpec)task with { Precision = precision }),
            "the precision of parameters and arithmetic"),
    ];

    private readonly JsonMember<T>[] all = [.. Labels, .. Own, .. Common];

    /// <inheritdoc/>
    public override string Leading => Own[0].Name;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, string Meaning, bool IsRequired)> Members => [.. all.Select(member => (member.Name, member.Meaning, member.IsRequired))];

    /// <inheritdoc/>
    public override TaskSpec Read(JsonPlace place, IReadOnlyDictionary<string, JsonPlace> members)
    {
        // Who gives no name calls it by its data or function.
        var name = members.TryGetValue(Leading, out var leading) && leading.Element.ValueKind == JsonValueKind.String ? leading.Name() : Leading;
        return all.Read(Copy((TaskSpec)Defaults with { Name = name }), place, members, "task");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, TaskSpec task, bool withLabels)
    {
        json.WriteStartObject();
        if (withLabels)
        {
            json.WriteString("name", task.Name);
            Labels.Skip(1).Write(json, (T)task, Defaults);
        }

        Own.Concat(Common).Write(json, (T)task, Defaults);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override JsonObject Properties()
    {
        var properties = new JsonObject();
        foreach (var member in all)
        {
            var schema = member.Schema();
            schema["description"] = member.Meaning;
            properties[member.Name] = schema;
        }

        return properties;
    }

    // A copy by a base record is of the type that it was made from.
    private static T Copy(TaskSpec copy) => (T)copy;
}
