using System.Text.Json;
using Steepest.Compare.Judging;

namespace Steepest.Compare.Reports;

/// <summary>The fair race in the document of the race before it: what most readers want of it. The file beside it has all.</summary>
internal static class FairJson
{
    /// <summary>Writes the member <c>fair</c>; null where there was no fair race.</summary>
    /// <param name="fair">The judgement of the fair race, which has one task.</param>
    /// <param name="json">The document.</param>
    public static void Write(Judgement? fair, Utf8JsonWriter json)
    {
        if (fair is not { Tasks: [var task] })
        {
            json.WriteNull("fair");
            return;
        }

        json.WriteStartObject("fair");
        json.WriteString("procedure", fair.Options.Procedure);
        json.WriteString("unit", fair.Options.Unit);
        json.WriteString("reach", task.Reach.ToString());
        json.WriteNumber("repeats", task.Repeats.Count);
        json.WriteStartArray("contenders");
        foreach (var contender in task.Contenders)
        {
            json.WriteStartObject();
            json.WriteString("contender", contender.Name);
            json.WriteNumber("reached", contender.Reached);
            Write(json, "median", contender.Time.Value);
            Write(json, "lower", contender.Time.Interval?.Lower ?? double.NaN);
            Write(json, "upper", contender.Time.Interval?.Upper ?? double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("comparisons");
        foreach (var contest in task.Contests)
        {
            json.WriteStartObject();
            json.WriteString("contender", contest.Contender);
            json.WriteString("against", contest.Against);
            Write(json, "ratio", contest.Time.Estimate.Value);
            Write(json, "lower", contest.Time.Lower.Value);
            Write(json, "upper", contest.Time.Upper.Value);
            json.WriteBoolean("beyond", contest.Time.Lower.Beyond != 0 || contest.Time.Upper.Beyond != 0);
            json.WriteString("verdict", JudgementWords.Name(contest.Time.Verdict));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("verdict");
        foreach (var sentence in JudgementWords.Of(fair)) json.WriteStringValue(sentence);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
