using System.Text;
using System.Text.Json;
using Steepest.Compare;
using Steepest.Compare.Reports;
using static Steepest.Tests.Compare.Races;

namespace Steepest.Tests.Compare;

/// <summary>A race as JSON and as CSV.</summary>
public sealed class RaceReportTests
{
    [Fact]
    public void JSON_holds_each_run_in_the_order_of_the_plan()
    {
        var run = Json(Of(Loss(0.25), 0.1, [Run("B", 0.1, reached: 9), Run("A", 0.001)])).GetProperty("runs")[0];

        Assert.Equal(
            """{"optimizer":"b","learningRate":0.1,"epochs":10,"finalLoss":0.25,"reachedAtEpoch":9,"testRight":49,"testRows":50,"diverged":false,"seconds":0.5}""",
            JsonSerializer.Serialize(run));
    }

    [Fact]
    public void JSON_says_null_where_there_is_no_number()
    {
        var json = Json(Of(null, null, [Run("A", 100, diverged: 3, racing: false)]));
        var run = json.GetProperty("runs")[0];

        Assert.Equal(JsonValueKind.Null, json.GetProperty("target").ValueKind);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("finalLoss").ValueKind);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("reachedAtEpoch").ValueKind);
        Assert.True(run.GetProperty("diverged").GetBoolean());
    }

    [Fact]
    public void JSON_says_null_where_a_number_is_not_finite()
    {
        var run = Run("A", 0.1, loss: double.NaN) with { Seconds = double.PositiveInfinity };

        var json = Json(Of(Loss(double.NegativeInfinity), 0.1, [run]));

        Assert.Equal("null", json.GetProperty("target").GetRawText());
        Assert.Equal("null", json.GetProperty("runs")[0].GetProperty("finalLoss").GetRawText());
        Assert.Equal("null", json.GetProperty("runs")[0].GetProperty("seconds").GetRawText());
    }

    [Fact]
    public void JSON_counts_no_test_row_as_right_for_a_run_that_diverged() =>
        Assert.Equal(0, Json(Of(null, null, [Run("A", 100, diverged: 3)])).GetProperty("runs")[0].GetProperty("testRight").GetInt32());

    [Fact]
    public void JSON_is_UTF8_without_a_mark_and_leaves_letters_as_they_are()
    {
        using var stream = new MemoryStream();
        RaceJson.Write(Of(Loss(0.25), null, [Run("Ångström's \"β\"", 0.1, reached: 9)]), null, stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());

        Assert.Equal((byte)'{', stream.ToArray()[0]);
        Assert.Contains("Ångström's \\\"β\\\" (0.1) reaches loss 0.25", text, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_gives_losses_to_the_last_digit() =>
        Assert.Equal("0.11452406537724454", Json(Of(Loss(0.11452406537724454), null, [Run("A", 1)])).GetProperty("target").GetRawText());

    [Fact]
    public void JSON_of_an_interrupted_race_holds_what_was_finished()
    {
        var json = Json(Of(Loss(0.25), 0.1, [Run("A", 0.1, reached: 9)], Run("B", 0.1)));

        Assert.Equal(1, json.GetProperty("runs").GetArrayLength());
        Assert.Contains("The race was interrupted: 1 of 2 runs were finished.", json.GetProperty("verdict").EnumerateArray().Select(sentence => sentence.GetString()));
    }

    [Fact]
    public void CSV_has_a_header_and_a_row_for_each_epoch_of_each_run()
    {
        var csv = Csv(Of(Loss(0.25), null, [Run("A", 0.001, reached: 1), Run("B", 1, budget: 3, loss: 1e-20)]));

        Assert.Equal(
            """
            optimizer,learning_rate,epochs,epoch,loss
            "a",0.001,2,0,1
            "a",0.001,2,1,0.25
            "b",1,3,0,1
            "b",1,3,1,1
            "b",1,3,2,1e-20

            """.ReplaceLineEndings("\n"),
            csv);
    }

    [Fact]
    public void CSV_quotes_names_with_commas_and_quotes()
    {
        var csv = Csv(Of(Loss(0.25), null, [Run("sgd,momentum=0.9", 1, reached: 0), Run("\"mine\"", 1, reached: 0)]));

        Assert.Equal(["\"sgd,momentum=0.9\",1,1,0,0.25", "\"\"\"mine\"\"\",1,1,0,0.25"], csv.Split('\n')[1..^1]);
    }

    [Fact]
    public void CSV_does_not_change_the_writer_it_is_given()
    {
        using var writer = new StringWriter { NewLine = "\r\n" };

        RaceCsv.Write(Of(Loss(0.25), null, [Run("A", 1, reached: 0)]), writer);

        Assert.Equal("\r\n", writer.NewLine);
        Assert.DoesNotContain('\r', writer.ToString());
    }

    private static JsonElement Json(RaceResult race)
    {
        using var stream = new MemoryStream();
        RaceJson.Write(race, null, stream);
        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }

    private static string Csv(RaceResult race)
    {
        using var writer = new StringWriter();
        RaceCsv.Write(race, writer);
        return writer.ToString();
    }
}
