using System.Text.Encodings.Web;
using System.Text.Json;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>
/// A race as one JSON document: <c>{ "data", "seed", "target", "runs": [ { "optimizer", "learningRate", "epochs", "finalLoss", "reachedAtEpoch",
/// "testRight", "testRows", "diverged", "seconds" } ], "verdict": [sentences], "fair" }</c>. <c>reachedAtEpoch</c> counts from 0 and is null where the
/// target was not reached; <c>finalLoss</c> is null where the run diverged; <c>target</c> is null where there is none. A number that is not finite is
/// null, for JSON has no word for it. <c>testRight</c> of a run that diverged is 0: a network whose numbers are no longer finite predicts nothing.
/// <c>fair</c> is the fair race after it, null where there was none: <c>{ "procedure", "unit", "reach", "repeats", "contenders": [ { "contender", "reached", "median", "lower",
/// "upper" } ], "comparisons": [ { "contender", "against", "ratio", "lower", "upper", "beyond", "verdict" } ], "verdict": [sentences] }</c>.
/// </summary>
public static class RaceJson
{
    /// <summary>Writes the document.</summary>
    /// <param name="race">A race, finished or not.</param>
    /// <param name="fair">The fair race after it, if there was one.</param>
    /// <param name="stream">Receives UTF-8 without a byte-order mark.</param>
    public static void Write(RaceResult race, Judgement? fair, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(race);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("data", race.Plan.Task.Data);
        json.WriteNumber("seed", race.Plan.Task.Seed);
        Write(json, "target", race.Target?.Value);
        json.WriteStartArray("runs");
        foreach (var run in race.Runs)
        {
            json.WriteStartObject();
            json.WriteString("optimizer", run.Spec.Contender.Name);
            json.WriteNumber("learningRate", run.Spec.LearningRate);
            json.WriteNumber("epochs", run.Epochs);
            Write(json, "finalLoss", run.FinalLoss);
            Write(json, "reachedAtEpoch", run.ReachedAt);
            json.WriteNumber("testRight", run.DivergedAt is null ? run.TestRight : 0);
            json.WriteNumber("testRows", run.TestRows);
            json.WriteBoolean("diverged", run.DivergedAt is not null);
            Write(json, "seconds", Math.Round(run.Seconds, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("verdict");
        foreach (var sentence in RaceVerdict.Of(race)) json.WriteStringValue(sentence);
        json.WriteEndArray();
        FairJson.Write(fair, json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
