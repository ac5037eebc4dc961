namespace Steepest.Tests.Formats;

/// <summary>Curves from a CSV file.</summary>
public sealed class CurveCsvTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData("contender,repeat,step,metric\nadam,1,0,0.5\nadam,1,10,0.25\n")]
    [InlineData("Metric;extra;STEP;Contender;Repeat\n0.25;x;10;adam;1\n0.5;;0;adam;1\n")]
    [InlineData("repeat\tstep\tloss\tcontender\n1\t0\t0.5\tadam\n1\t10.0\t2.5e-1\t\"adam\"")]
    public void Columns_are_found_by_name_in_any_order_with_any_delimiter(string text)
    {
        var run = Assert.Single(Read(text));
        Assert.Equal(("", "adam", "1", "", ""), (run.Task, run.Contender, run.Repeat, run.Try, run.Setting));
        Assert.Equal([0, 10], run.Steps);
        Assert.Equal([0.5, 0.25], run.Metric);
        Assert.Empty(run.Seconds);
    }

    [Fact]
    public void A_run_is_told_apart_by_task_contender_repeat_try_and_setting()
    {
        var runs = Read("task,contender,repeat,try,setting,step,metric,seconds\na,\"x, y\",1,2,0.1,0,1,0.5\na,\"x, y\",1,2,0.3,0,1,\na,\"x, y\",1,,0.3,0,nan,2\n");
        Assert.Equal([("2", "0.1"), ("2", "0.3"), ("", "0.3")], runs.Select(run => (run.Try, run.Setting)));
        Assert.All(runs, run => Assert.Equal(("a", "x, y", "1"), (run.Task, run.Contender, run.Repeat)));
        Assert.Equal([0.5], runs[0].Seconds);
        Assert.True(double.IsNaN(runs[2].Metric[0]));
    }

    [Theory]
    [InlineData("contender,repeat,step,metric\nadam,1,0,0.5\nadam,1,0,0.25\n", ", row 3: found step 0 of contender adam, repeat 1 a second time, first in row 2.")]
    [InlineData("contender,repeat,step,metric\nadam,1,0,0.5\nadam,1,one,0.25\n", ", row 3, column 'step': found 'one', expected a whole number of at least 0.")]
    [InlineData("contender,repeat,step,metric\nadam,1,-1,0.5\n", ", row 2, column 'step': found '-1', expected a whole number of at least 0.")]
    [InlineData("contender,repeat,step,metric\nadam,1,0,\n", ", row 2, column 'metric': found '', expected a number.")]
    [InlineData("contender,repeat,step,metric\n,1,0,1\n", ", row 2, column 'contender': found '', expected a name or a number.")]
    [InlineData("contender,repeat,step,metric\nadam,1,0\n", ", row 2: found 3 fields, expected 4 as in the header.")]
    [InlineData("contender,repeat,step,metric\nadam,1,0,1,2\n", ", row 2: found 5 fields, expected 4 as in the header.")]
    [InlineData("contender,repeat,step\nadam,1,0\n", ": found the columns contender, repeat, step, but no 'metric' or 'loss'.")]
    [InlineData("name,repeat,step,metric\nadam,1,0,1\n", ": found the columns name, repeat, step, metric, but no 'contender'.")]
    [InlineData("contender,repeat,step,metric\n", ": found a header and no row, expected one for each evaluation.")]
    [InlineData("contender,repeat,step,metric\nadam,1,0,\"1\"2\"\n", ", row 2: the quotes or the length of a field cannot be made sense of, expected CSV.")]
    [InlineData("", ": found no header, expected the columns contender, repeat, step and metric.")]
    public void A_bad_file_is_refused_in_a_sentence_that_says_where(string text, string sentence) =>
        Assert.Equal($"'{path}'{sentence}", Assert.Throws<SteepestException>(() => Read(text)).Message);

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal("'/nowhere/runs.csv': there is no such file, expected a CSV file.", Assert.Throws<SteepestException>(() => CurveCsv.Read("/nowhere/runs.csv", "loss")).Message);

    private IReadOnlyList<LoggedRun> Read(string text)
    {
        File.WriteAllText(path, text);
        return CurveCsv.Read(path, "loss");
    }
}
