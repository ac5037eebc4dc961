using System.Globalization;
using System.Text.Json;
using Steepest.Compare.Reports;

namespace Steepest.Compare.Store;

/// <summary>The curves of an experiment for other programs. Only trials that are kept are written.</summary>
internal static class StoredCurves
{
    /// <summary>
    /// Writes the CSV that <see cref="CurveCsv"/> reads: a row for each evaluation, whose step is the number of gradient evaluations until then. The seconds are the trial's,
    /// spread over its steps; they were taken while other trials ran.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="task">Only this task; <see langword="null"/> for all.</param>
    /// <param name="writer">Receives the lines.</param>
    public static void WriteCsv(SqliteTrialStore store, StoredExperiment experiment, string? task, TextWriter writer)
    {
        writer.Write("task,contender,repeat,role,try,setting,step,metric,seconds\n");
        foreach (var (place, result) in Trials(store, experiment, task))
        {
            var attempt = place.Role is "try" or "confirmation" ? Text(place.N) : "";
            var start = $"{Quoted(place.Task)},{Quoted(place.Contender)},{Text(place.Repeat)},{place.Role},{attempt},{Quoted(place.Setting)},";
            var perStep = result.Seconds / Math.Max(1, result.Evaluations[^1]);
            for (var i = 0; i < result.Metric.Count; i++)
            {
                writer.Write(start);
                writer.Write(Text(result.Evaluations[i]));
                writer.Write(',');
                writer.Write(Words.Number(result.Metric[i]));
                writer.Write(',');
                writer.Write((perStep * result.Evaluations[i]).ToString("0.######", CultureInfo.InvariantCulture));
                writer.Write('\n');
            }
        }
    }

    /// <summary>Writes one document: the description, and all that is kept of each trial.</summary>
    /// <param name="store">The store.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="task">Only this task; <see langword="null"/> for all.</param>
    /// <param name="stream">Receives it.</param>
    public static void WriteJson(SqliteTrialStore store, StoredExperiment experiment, string? task, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WritePropertyName("experiment");
        experiment.Description.WriteTo(json);
        json.WriteStartArray("trials");
        foreach (var (place, result) in Trials(store, experiment, task))
        {
            json.WriteStartObject();
            json.WriteString("key", Convert.ToHexStringLower(place.Key));
            json.WriteString("task", place.Task);
            json.WriteString("contender", place.Contender);
            json.WriteNumber("repeat", place.Repeat);
            json.WriteString("role", place.Role);
            json.WriteNumber("n", place.N);
            json.WriteString("setting", place.Setting);
            if (result.DivergedAt is { } epoch) json.WriteNumber("divergedAt", epoch);
            if (result.TestLoss is { } loss) Number(json, "testLoss", loss);
            if (result.TestRight is { } right) json.WriteNumber("testRight", right);
            json.WriteNumber("testRows", result.TestRows);
            json.WriteNumber("stepsPerEpoch", result.StepsPerEpoch);
            Number(json, "seconds", result.Seconds);
            json.WriteString("machine", result.Machine);
            json.WriteStartArray("epochs");
            foreach (var one in result.Epochs) json.WriteNumberValue(one);
            json.WriteEndArray();
            json.WriteStartArray("evaluations");
            foreach (var one in result.Evaluations) json.WriteNumberValue(one);
            json.WriteEndArray();
            Curve(json, "metric", result.Metric);
            if (result.TrainingLoss.Count > 0) Curve(json, "trainingLoss", result.TrainingLoss);
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<(TrialPlace Place, TrialResult Result)> Trials(SqliteTrialStore store, StoredExperiment experiment, string? task)
    {
        foreach (var place in store.Experiments.Places(experiment))
        {
            // One may have been deleted meanwhile.
            if ((task is null || place.Task == task) && store.Find(place.Key) is { } result) yield return (place, result);
        }
    }

    private static void Curve(Utf8JsonWriter json, string name, ValueList<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) Number(json, value);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    // JSON has no number that is not finite.
    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(Words.Number(value));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string name) => name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
