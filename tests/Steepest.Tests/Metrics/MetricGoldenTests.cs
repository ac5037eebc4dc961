using System.Globalization;
using System.Text.Json;

namespace Steepest.Tests.Metrics;

/// <summary>Every metric against scikit-learn's numbers; the calibration error against its definition in NumPy.</summary>
public sealed class MetricGoldenTests
{
    private const double Accuracy = 1e-12;

    private static readonly JsonElement Root = Golden.Load("metrics");

    public static TheoryData<string> OfClasses => [.. Names("classification")];

    public static TheoryData<string> OfNumbers => [.. Names("regression")];

    [Fact]
    public void Every_case_of_the_reference_is_compared() => Assert.Equal((17, 21), (OfClasses.Count, OfNumbers.Count));

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void Metrics_of_classes_are_those_of_the_reference(string name)
    {
        var expected = Case("classification", name);
        var predictions = Predictions.Classification(
            expected.GetProperty("probabilities").Flat(),
            expected.GetProperty("classes").GetInt32(),
            expected.GetProperty("labels").Integers(),
            Weights(expected));

        Compare(expected.GetProperty("accuracy"), Metric.Accuracy, predictions);
        Compare(expected.GetProperty("macro_f1"), Metric.MacroF1, predictions);
        Compare(expected.GetProperty("log_loss"), Metric.LogLoss, predictions);
        foreach (var (k, value) in BySetting(expected.GetProperty("top_accuracy")))
            Compare(value, Metric.TopAccuracy(k), predictions);
        foreach (var (bins, value) in BySetting(expected.GetProperty("calibration_error")))
            Compare(value, Metric.CalibrationError(bins), predictions);
        if (expected.GetProperty("auc") is { ValueKind: JsonValueKind.Number } auc)
            Compare(auc, Metric.Auc, predictions);
        else
            Assert.Throws<SteepestException>(() => Metric.Auc.Of(predictions));
    }

    [Theory]
    [MemberData(nameof(OfNumbers))]
    public void Metrics_of_numbers_are_those_of_the_reference(string name)
    {
        var expected = Case("regression", name);
        var targets = expected.GetProperty("targets");
        var predictions = Predictions.Regression(
            expected.GetProperty("predicted").Flat(), targets[0].GetArrayLength(), targets.Flat(), Weights(expected));

        Compare(expected.GetProperty("rmse"), Metric.Rmse, predictions);
        Compare(expected.GetProperty("mae"), Metric.Mae, predictions);
        Compare(expected.GetProperty("r2"), Metric.R2, predictions);
    }

    private static void Compare(JsonElement expected, Metric metric, Predictions predictions) =>
        Difference.AssertEachWithin(Accuracy, Accuracy, [expected.Number()], [metric.Of(predictions)], metric.ToString());

    private static double[] Weights(JsonElement expected) =>
        expected.GetProperty("weights") is { ValueKind: JsonValueKind.Array } weights ? weights.Vector() : [];

    private static IEnumerable<(int Setting, JsonElement Value)> BySetting(JsonElement values) =>
        values.EnumerateObject().Select(value => (int.Parse(value.Name, CultureInfo.InvariantCulture), value.Value));

    private static IEnumerable<string> Names(string kind) =>
        Root.GetProperty(kind).EnumerateArray().Select(c => c.GetProperty("name").GetString()!);

    private static JsonElement Case(string kind, string name) =>
        Root.GetProperty(kind).EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
}
