using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// Experiments as JSON files that people write: comments and trailing commas are allowed, what is left out takes its default, and whatever is refused is told with file,
/// line, column and path.
/// </summary>
public static class ExperimentJson
{
    /// <summary>The member that names the schema, for editors.</summary>
    internal const string SchemaMember = "$schema";

    private const string Example = """an object such as {"tasks":["digits"],"contenders":["sgd,momentum=0.9","adam"]}""";

    private static readonly JsonForm<int> Count = JsonForms.Whole(1, int.MaxValue);

    private static readonly Experiment Empty = new("experiment", [], []);

    /// <summary>Reads an experiment's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="words">What its words stand for.</param>
    /// <param name="name">What sentences call the file; its path unless given.</param>
    /// <exception cref="SteepestException">There is no such file, it is no text or too large, it is not JSON, or it is no experiment that can be run.</exception>
    public static Experiment ReadFile(string path, ExperimentWords words, string? name = null) => Read(JsonFile.TextOf(path, "an experiment", name), name ?? path, words);

    /// <summary>Reads an experiment.</summary>
    /// <param name="text">What its file holds.</param>
    /// <param name="fileName">The file's name, for sentences.</param>
    /// <param name="words">What its words stand for.</param>
    /// <exception cref="SteepestException">It is not JSON, or it is no experiment that can be run; one sentence says where, what was found and what was expected.</exception>
    public static Experiment Read(string text, string fileName, ExperimentWords words)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(words);
        return new JsonFile(fileName, text, Example).Read(place => Read(place, words));
    }

    /// <summary>An experiment as a JSON file: everything written out that its defaults do not say, so that it reads the same with other words.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <exception cref="SteepestException">A schedule is one of your own, which has no name.</exception>
    public static string Write(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var bytes = new ArrayBufferWriter<byte>();

        // Quotes and signs that a web page would mind are left as they are: this is read by people.
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            json.WriteStartObject();

            // What depends on the rest unless it is given is always written.
            var usual = Empty with { Name = "", Repeats = 0, Confirmed = 0 };
            Members(new ExperimentWords(_ => [])).Write(json, experiment, usual);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n";
    }

    /// <summary>The members of an experiment.</summary>
    /// <param name="words">What words stand for.</param>
    internal static IReadOnlyList<JsonMember<Experiment>> Members(ExperimentWords words) =>
    [
        JsonMember.Of(
            "name", JsonForms.Text, (Experiment one) => one.Name, (one, name) => one with { Name = name }, "its name in the store; made of what decides it unless given"),
        JsonMember.Of("tasks", Tasks(words), (Experiment one) => one.Tasks, (one, tasks) => one with { Tasks = tasks }, "the tasks: names, or objects", isRequired: true),
        JsonMember.Of(
            "contenders", Contenders(words), (Experiment one) => one.Contenders, (one, contenders) => one with { Contenders = contenders },
            "the contenders: the command's spelling, or objects", isRequired: true),
        JsonMember.Of("repeats", Count, (Experiment one) => one.Repeats, (one, repeats) => one with { Repeats = repeats }, "repeats of the whole procedure; 10, or as many as a verdict needs, unless given"),
        JsonMember.Of("tries", JsonForms.Whole(2, int.MaxValue), (Experiment one) => one.Tries, (one, tries) => one with { Tries = tries }, "settings that each contender tries in each repeat"),
        JsonMember.Of("confirmed", Count, (Experiment one) => one.Confirmed, (one, confirmed) => one with { Confirmed = confirmed }, "how many of the best settings are run again on fresh starts"),
        JsonMember.Of("confirmations", Count, (Experiment one) => one.Confirmations, (one, starts) => one with { Confirmations = starts }, "on how many fresh starts each"),
        JsonMember.Of("seed", JsonForms.Whole(0UL, ulong.MaxValue), (Experiment one) => one.Seed, (one, seed) => one with { Seed = seed }, "decides every split, start, order and setting"),
        JsonMember.Of(
            "baseline", JsonForms.OptionalRef(JsonForms.Text), (Experiment one) => one.Baseline, (one, baseline) => one with { Baseline = baseline },
            "the name of the contender that all others are compared with; the first unless given"),
        JsonMember.Of("all-pairs", JsonForms.Switch, (Experiment one) => one.AllPairs, (one, pairs) => one with { AllPairs = pairs }, "whether every two contenders are compared"),
    ];

    private static Experiment Read(JsonPlace place, ExperimentWords words)
    {
        var found = place.Members(Example).ToDictionary(StringComparer.Ordinal);
        if (found.Remove(SchemaMember, out var schema)) JsonForms.Text.Read(schema);
        var experiment = Members(words).Read(Empty, place, found, "experiment");
        if (!found.ContainsKey("repeats")) experiment = experiment with { Repeats = Experiment.UsualRepeats(experiment.Contenders.Count, experiment.AllPairs) };
        if (!found.ContainsKey("confirmed")) experiment = experiment with { Confirmed = Math.Min(experiment.Confirmed, experiment.Tries) };
        if (!found.ContainsKey("name")) experiment = experiment with { Name = ExperimentName.Of(experiment) };

        // The member that a sentence of the check is about, as far as one is to blame.
        var culprit = experiment switch
        {
            { Baseline: { } baseline } when !experiment.Contenders.Any(one => one.Contender.Name == baseline) => "baseline",
            _ when experiment.Confirmed > experiment.Tries => "confirmed",
            _ when experiment.Repeats < experiment.FewestRepeats => "repeats",
            _ => "",
        };
        return found.GetValueOrDefault(culprit, place).Named(() =>
        {
            experiment.Check();
            return experiment;
        });
    }

    private static JsonForm<ValueList<TaskSpec>> Tasks(ExperimentWords words) => new(
        place =>
        {
            var tasks = new List<TaskSpec>();
            foreach (var item in place.Items("a list of tasks"))
            {
                var task = TaskJson.Read(item, words.Tasks);
                if (tasks.Any(other => other.Name.Equals(task.Name, StringComparison.OrdinalIgnoreCase)))
                    throw new SteepestException($"{item.Where} is the second task of the name {task.Name}, but each needs a name of its own.");
                tasks.Add(task);
            }

            return tasks.Count > 0 ? [.. tasks] : throw new SteepestException($"{place.Where} is an empty list, but at least one task was expected.");
        },
        (json, tasks) =>
        {
            json.WriteStartArray();
            foreach (var task in tasks) TaskJson.Write(task, json);
            json.WriteEndArray();
        },
        () => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = ExperimentSchema.Reference("task") });

    private static JsonForm<ValueList<ExperimentContender>> Contenders(ExperimentWords words) => new(
        place =>
        {
            var contenders = new List<ExperimentContender>();
            foreach (var item in place.Items("a list of contenders"))
            {
                foreach (var contender in ContenderJson.Read(item, words))
                {
                    if (contenders.Any(other => other.Contender.Name.Equals(contender.Contender.Name, StringComparison.OrdinalIgnoreCase)))
                        throw new SteepestException($"{item.Where} is the second contender of the name {contender.Contender.Name}, but each needs a name of its own.");
                    contenders.Add(contender);
                }
            }

            return contenders.Count > 1
                ? [.. contenders]
                : throw new SteepestException($"{place.Where} has {(contenders.Count == 0 ? "no contender" : "one contender")}, but a comparison needs two or more.");
        },
        (json, contenders) =>
        {
            json.WriteStartArray();
            foreach (var contender in contenders) ContenderJson.Write(contender, json);
            json.WriteEndArray();
        },
        () => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = ExperimentSchema.Reference("contender") });
}
