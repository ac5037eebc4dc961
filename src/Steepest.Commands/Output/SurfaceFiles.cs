using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Steepest.Compare;
using Steepest.Compare.Reports;

namespace Steepest.Commands;

/// <summary>The files that paths over a surface leave: the picture as PNG and SVG, every place as CSV, numbers as JSON.</summary>
internal static class SurfaceFiles
{
    public static IReadOnlyList<string> Names { get; } = ["surface.png", "surface.svg", "paths.csv", "surface.json"];

    public static IReadOnlyList<(string Name, byte[] Bytes)> Render(SurfacePlan plan, IReadOnlyList<SurfacePath> paths)
    {
        var arrived = string.Create(CultureInfo.InvariantCulture, $"numbers are learning rates; there: within {SurfacePath.Near} of a minimum, to stay");
        var chart = new SurfaceChart(SurfaceVerdict.Of(plan, paths), SurfaceVerdict.Setting(plan), plan.Function, paths, arrived);
        return
        [
            ("surface.png", chart.ToPng()),
            ("surface.svg", Encoding.UTF8.GetBytes(chart.ToSvg())),
            ("paths.csv", Encoding.UTF8.GetBytes(Csv(plan, paths))),
            ("surface.json", Json(plan, paths)),
        ];
    }

    public static void WriteJson(SurfacePlan plan, IReadOnlyList<SurfacePath> paths, TextWriter output) => output.WriteLine(Encoding.UTF8.GetString(Json(plan, paths)));

    private static string Csv(SurfacePlan plan, IReadOnlyList<SurfacePath> paths)
    {
        var text = new StringBuilder();
        text.Append("optimizer,learning_rate,step,x,").Append(plan.Function.Dimensions == 2 ? "y," : "").Append("value\n");
        foreach (var path in paths)
        {
            var name = path.Contender.Name.Contains(',', StringComparison.Ordinal) ? $"\"{path.Contender.Name}\"" : path.Contender.Name;
            foreach (var (step, (place, value)) in path.Path.Places.Zip(path.Path.Values).Index())
                text.AppendJoin(',', [name, Plain(path.LearningRate), step.ToString(CultureInfo.InvariantCulture), .. place.Select(Plain), Plain(value)]).Append('\n');
        }

        return text.ToString();
    }

    private static string Plain(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Json(SurfacePlan plan, IReadOnlyList<SurfacePath> paths)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("function", plan.Function.Name);
            Write(json, "start", plan.Start ?? plan.Function.Start);
            json.WriteNumber("steps", plan.Steps);
            json.WriteNumber("noise", plan.Noise);
            json.WriteNumber("seed", plan.Seed);
            json.WriteString("precision", plan.Precision == Precision.Float ? "float" : "double");
            json.WriteNumber("near", SurfacePath.Near);
            json.WriteStartArray("paths");
            foreach (var path in paths)
            {
                json.WriteStartObject();
                json.WriteString("optimizer", path.Contender.Name);
                json.WriteNumber("learningRate", path.LearningRate);
                json.WriteNumber("learningRatesTried", path.RatesTried);
                json.WriteNumber("gradientEvaluations", path.Path.GradientEvaluations);
                Write(json, "lastPlace", path.Path.Places[^1]);
                Write(json, "lastValue", path.LastValue);
                Write(json, "distance", path.Path.Distance);
                Write(json, "arrivedAtStep", path.ArrivedAt);
                Write(json, "divergedAtStep", path.DivergedAt);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("verdict", SurfaceVerdict.Of(plan, paths));
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, ValueList<double> place)
    {
        json.WriteStartArray(name);
        foreach (var number in place) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    // A value that is not finite is null, for which JSON has no number.
    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
