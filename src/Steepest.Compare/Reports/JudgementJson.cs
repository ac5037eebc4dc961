using System.Text.Encodings.Web;
using System.Text.Json;
using Steepest.Compare.Judging;
using Steepest.Compare.Statistics;

namespace Steepest.Compare.Reports;

/// <summary>
/// A judgement as one JSON document: <c>{ "verdict": [sentences], "tasks": [ { "task", "summary", "unit", "reach", "repeats", "baseline", "level", "contenders",
/// "comparisons", "spaceCuts", "warnings" } ], "profiles", "rankingDependsOn" }</c>. A time that is not known, for the target was not reached, is null; a bound is <c>{ "value", "beyond" }</c>,
/// where beyond tells that it is only known to be farther from no difference; a number that is not finite is null.
/// </summary>
public static class JudgementJson
{
    /// <summary>Writes the document.</summary>
    /// <param name="judgement">The judgement.</param>
    /// <param name="stream">Receives UTF-8 without a byte-order mark.</param>
    public static void Write(Judgement judgement, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        Write(json, "verdict", JudgementWords.Of(judgement));
        Each(json, "tasks", judgement.Tasks, Write);
        Each(json, "profiles", judgement.Profiles, Write);
        Write(json, "rankingDependsOn", judgement.RankingDependsOn);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TaskJudgement task)
    {
        json.WriteString("task", task.Task);
        json.WriteString("summary", task.Summary);
        json.WriteString("unit", task.Unit);
        if (task.Procedure is { } procedure) json.WriteString("procedure", procedure);
        json.WriteStartObject("reach");
        json.WriteString("metric", task.Reach.Metric);
        json.WriteBoolean("isHigherBetter", task.Reach.IsHigherBetter);
        json.WriteNumber("value", task.Reach.Value);
        json.WriteBoolean("isFromData", task.IsReachFromData);
        json.WriteEndObject();
        Write(json, "repeats", task.Repeats);
        json.WriteString("baseline", task.Baseline);
        json.WriteStartObject("level");
        json.WriteNumber("ofTask", task.Level.OfLook);
        json.WriteNumber("comparisons", task.Level.Comparisons);
        json.WriteNumber("look", task.Level.Look);
        json.WriteNumber("fewestRepeats", task.Level.FewestRepeats);
        json.WriteEndObject();
        Each(json, "contenders", task.Contenders, (_, contender) => Write(json, contender));
        Each(json, "comparisons", task.Contests, (_, contest) =>
        {
            json.WriteString("contender", contest.Contender);
            json.WriteString("against", contest.Against);
            json.WriteString("sentence", JudgementWords.Of(contest, task.Unit));
            Write(json, "timesFewer", contest.Time);
            Write(json, task.HasTest ? "testDifference" : "finalDifference", contest.Final);
        });
        Each(json, "spaceCuts", task.SpaceCuts, (_, cut) =>
        {
            json.WriteString("without", cut.IsLowest ? "lowest half decade" : "highest half decade");
            Each(json, "changes", cut.Changes, (_, change) =>
            {
                json.WriteString("contender", change.Contender);
                json.WriteString("against", change.Against);
                json.WriteString("was", JudgementWords.Name(change.Whole));
                Write(json, "timesFewer", change.Cut);
            });
        });
        Write(json, "warnings", task.Warnings);
    }

    private static void Write(Utf8JsonWriter json, ContenderResult contender)
    {
        json.WriteString("contender", contender.Name);
        json.WriteNumber("reached", contender.Reached);
        json.WriteNumber("budget", contender.Budget);
        Numbers(json, "times", contender.Times.Select(time => time.OrInfinity));
        Write(json, "medianTime", contender.Time);
        Write(json, "medianFinal", contender.Final);
        if (contender.Epochs is { } epochs) Write(json, "medianEpochs", epochs);
        if (contender.Test is { } test) Write(json, "medianTest", test);
        if (contender.TestRows is { } rows)
        {
            json.WriteStartObject("testRows");
            json.WriteNumber("right", rows.Right);
            json.WriteNumber("rows", rows.Rows);
            json.WriteEndObject();
        }

        if (contender.AsSet is { } asSet)
        {
            json.WriteStartObject("asSet");
            json.WriteNumber("reached", asSet.Reached);
            Numbers(json, "times", asSet.Times.Select(time => time.OrInfinity));
            Write(json, "medianTime", asSet.Time);
            json.WriteEndObject();
        }

        json.WriteNumber("tuningBudget", contender.TuningBudget);
        if (contender.StateBytesPerParameter is { } bytes) json.WriteNumber("stateBytesPerParameter", bytes);
        Number(json, "millisecondsPerStep", contender.MillisecondsPerStep ?? double.NaN);
        Numbers(json, "expectedBest", contender.ExpectedBest);
        if (contender.Sensitivity is not { } sensitivity) return;
        json.WriteStartObject("sensitivity");
        json.WriteNumber("decades", sensitivity.Decades);
        Number(json, "best", sensitivity.Best ?? double.NaN);
        Number(json, "divergesFrom", sensitivity.DivergesFrom ?? double.NaN);
        json.WriteNumber("lowest", sensitivity.Lowest);
        json.WriteNumber("highest", sensitivity.Highest);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Comparison comparison)
    {
        json.WriteStartObject(name);
        json.WriteString("verdict", JudgementWords.Name(comparison.Verdict));
        Write(json, "estimate", comparison.Estimate);
        Write(json, "lower", comparison.Lower);
        Write(json, "upper", comparison.Upper);
        json.WriteNumber("pValue", comparison.PValue);
        json.WriteNumber("informative", comparison.Informative);
        json.WriteNumber("leftOut", comparison.LeftOut);
        json.WriteNumber("ahead", comparison.Ahead);
        if (comparison.Advice is { } advice) Numbers(json, "repeatsToDecide", [advice.Least, advice.About, advice.Most]);
        else json.WriteNull("repeatsToDecide");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PerformanceProfile profile)
    {
        json.WriteString("contender", profile.Contender);
        json.WriteNumber("score", profile.Score);
        Numbers(json, "ratios", profile.Ratios);
    }

    private static void Write(Utf8JsonWriter json, string name, Bound bound)
    {
        json.WriteStartObject(name);
        Number(json, "value", bound.Value);
        json.WriteBoolean("beyond", bound.Beyond != 0);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Median median)
    {
        json.WriteStartObject(name);
        Number(json, "value", median.Value);
        Number(json, "lower", median.Interval?.Lower ?? double.NaN);
        Number(json, "upper", median.Interval?.Upper ?? double.NaN);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            if (double.IsFinite(number)) json.WriteNumberValue(number);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
