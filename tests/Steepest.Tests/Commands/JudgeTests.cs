using System.Globalization;
using System.Text;

namespace Steepest.Tests.Commands;

/// <summary><c>steepest judge</c>, on files whose times are known.</summary>
public sealed class JudgeTests
{
    [Fact]
    public void A_contender_that_needs_half_the_steps_in_ten_repeats_is_better()
    {
        using var prompt = new Prompt();
        Write(prompt, ("slow", repeat => 100 + repeat), ("fast", repeat => 50 + (repeat / 2)));
        var said = prompt.Run("judge runs.csv --reach 0.1");
        Assert.Equal((0, ""), (said.Code, said.Error));
        Assert.Contains("Steps to loss 0.1, 10 repeats, at 95 %:", said.Output, StringComparison.Ordinal);
        Assert.Contains("fast needs 2.0× fewer steps than slow (2.0 to 2.0).", said.Output, StringComparison.Ordinal);
        Assert.Equal(
            "runs.csv steepest-runs-1 steepest-runs-1/curves.png steepest-runs-1/curves.svg steepest-runs-1/judgement.json steepest-runs-1/judgement.md steepest-runs-1/times.png steepest-runs-1/times.svg",
            string.Join(' ', prompt.Files));
    }

    [Fact]
    public void Json_holds_what_the_table_says()
    {
        using var prompt = new Prompt();
        Write(prompt, ("slow", repeat => 100 + repeat), ("fast", repeat => 50 + (repeat / 2)), ("never", _ => 1000));
        var task = prompt.Run("judge runs.csv --reach 0.1 --format json").Json().GetProperty("tasks")[0];
        var (fast, never) = (task.GetProperty("comparisons")[0], task.GetProperty("comparisons")[1]);
        Assert.Equal("better", fast.GetProperty("timesFewer").GetProperty("verdict").GetString());
        Assert.Equal(2, fast.GetProperty("timesFewer").GetProperty("estimate").GetProperty("value").GetDouble(), 0.05);
        Assert.Equal("worse", never.GetProperty("timesFewer").GetProperty("verdict").GetString());
        Assert.True(never.GetProperty("timesFewer").GetProperty("upper").GetProperty("beyond").GetBoolean());
        Assert.Equal(0, task.GetProperty("contenders")[2].GetProperty("reached").GetInt32());
        Assert.Equal(7, task.GetProperty("level").GetProperty("fewestRepeats").GetInt32());
    }

    [Fact]
    public void Markdown_has_the_verdict_the_tables_and_the_warnings()
    {
        using var prompt = new Prompt();
        Write(prompt, ("slow", repeat => 100 + repeat), ("fast|er", repeat => 50 + (repeat / 2)));
        var said = prompt.Run("judge runs.csv --format markdown --out kept").Output;
        Assert.StartsWith("> Steps to loss", said, StringComparison.Ordinal);
        Assert.Contains("| against slow |", said, StringComparison.Ordinal);
        Assert.Contains("| fast\\|er | 2.0 |", said, StringComparison.Ordinal);
        Assert.Contains("- The target, loss", said, StringComparison.Ordinal);
        Assert.Equal(said, File.ReadAllText(Path.Combine(prompt.Folder, "kept", "judgement.md")));
    }

    [Fact]
    public void An_accuracy_rises_to_its_target()
    {
        using var prompt = new Prompt();
        Write(prompt, "contender,repeat,step,accuracy", (repeat, step, time) => Math.Min(1, 0.9 * step / time), ("slow", repeat => 100 + repeat), ("fast", repeat => 40 + repeat));
        Assert.Matches(@"fast needs 2\.[2-5]× fewer steps than slow", prompt.Run("judge runs.csv --reach accuracy=0.9").Output);
    }

    [Fact]
    public void Every_contender_is_compared_with_the_baseline_or_every_two()
    {
        using var prompt = new Prompt();
        Write(prompt, ("a", repeat => 100 + repeat), ("b", repeat => 50 + repeat), ("c", repeat => 25 + repeat));
        Assert.Equal(2, prompt.Run("judge runs.csv --reach 0.1 --baseline b --format json").Json().GetProperty("tasks")[0].GetProperty("comparisons").GetArrayLength());
        Assert.Equal(3, prompt.Run("judge runs.csv --reach 0.1 --all-pairs --format json").Json().GetProperty("tasks")[0].GetProperty("comparisons").GetArrayLength());
        prompt.Run("judge runs.csv --baseline bb").IsRefusal("There is no contender 'bb'; there are a, b, c.");
    }

    [Fact]
    public void Tries_are_selected_from_and_their_width_is_told()
    {
        using var prompt = new Prompt();
        var text = new StringBuilder("contender,repeat,try,setting,step,metric\n");
        for (var repeat = 0; repeat < 10; repeat++)
        {
            foreach (var (name, best) in (ReadOnlySpan<(string, int)>)[("slow", 60), ("fast", 20)])
            {
                foreach (var (number, setting, time) in (ReadOnlySpan<(int, string, int)>)[(1, "0.01", 90), (2, "0.1", best), (3, "1", 2 * best), (4, "10", 500)])
                    Append(text, $"{name},{repeat},{number},{setting},", step => 0.1 * time / step, 100);
                Append(text, $"{name},{repeat},,0.1,", step => 0.1 * (best + repeat) / step, 100);
            }
        }

        File.WriteAllText(Path.Combine(prompt.Folder, "runs.csv"), text.ToString());
        var said = prompt.Run("judge runs.csv --reach 0.1 --format json");
        var contender = said.Json().GetProperty("tasks")[0].GetProperty("contenders")[1];
        Assert.Equal(20 + 4.5, contender.GetProperty("medianTime").GetProperty("value").GetDouble());
        Assert.Equal(2, contender.GetProperty("sensitivity").GetProperty("decades").GetDouble(), 1e-9);
        Assert.Equal(0.1, contender.GetProperty("sensitivity").GetProperty("best").GetDouble());
        Assert.Equal(4, contender.GetProperty("expectedBest").GetArrayLength());
        Assert.DoesNotContain("luck counts", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_tasks_have_profiles()
    {
        using var prompt = new Prompt();
        var text = new StringBuilder("task,contender,repeat,step,metric\n");
        foreach (var (task, slow, fast) in (ReadOnlySpan<(string, int, int)>)[("one", 80, 20), ("two", 80, 40)])
        {
            for (var repeat = 0; repeat < 8; repeat++)
            {
                Append(text, $"{task},slow,{repeat},", step => 0.1 * (slow + repeat) / step, 100);
                Append(text, $"{task},fast,{repeat},", step => 0.1 * (fast + repeat) / step, 100);
            }
        }

        File.WriteAllText(Path.Combine(prompt.Folder, "runs.csv"), text.ToString());
        var said = prompt.Run("judge runs.csv --reach 0.1");
        Assert.Contains("Over 2 tasks: fast 1.00 and slow", said.Output, StringComparison.Ordinal);
        Assert.Contains("steepest-runs-1/task-2-times.png", prompt.Files);
    }

    [Fact]
    public void Too_few_repeats_are_said_to_be_too_few()
    {
        using var prompt = new Prompt();
        Write(prompt, 5, "contender,repeat,step,metric", (_, step, time) => 0.1 * time / step, ("slow", repeat => 100 + repeat), ("fast", repeat => 50 + repeat));
        var said = prompt.Run("judge runs.csv --reach 0.1").Output;
        Assert.Contains("fast against slow: cannot tell, for only 5 repeats say anything and 6 are needed.", said, StringComparison.Ordinal);
        Assert.Contains("5 repeats can show nothing with 1 comparison; 6 or more can.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,1,0,1\nb,1,0,1\na,2,0,1\n", "b lacks repeat 2, which a has, but contenders are compared in pairs: each needs the same repeats.")]
    [InlineData("a,1,0,1\na,2,0,1\n", "There is one contender, a, but a comparison needs two or more.")]
    public void Unpaired_contenders_are_refused_and_nothing_is_written(string rows, string sentence)
    {
        using var prompt = new Prompt();
        File.WriteAllText(Path.Combine(prompt.Folder, "runs.csv"), "contender,repeat,step,metric\n" + rows);
        prompt.Run("judge runs.csv --reach 0.1").IsRefusal(sentence);
        Assert.Equal(["runs.csv"], prompt.Files);
    }

    [Theory]
    [InlineData("--reach much", "The --reach is 'much', but a number was expected.")]
    [InlineData("--reach accuracy=0.9 --metric loss", "The --reach is 'accuracy=0.9', but the --metric is 'loss'; give one metric.")]
    [InlineData("--look 0", "The --look is '0', but a whole number of at least 1 was expected.")]
    [InlineData("--equal 0.9", "The --equal is '0.9', but a finite number above 1 was expected.")]
    [InlineData("--format xml", "The --format is 'xml', but one of table, markdown, json was expected.")]
    [InlineData("--better up", "The --better is 'up', but lower or higher was expected.")]
    public void A_bad_option_is_refused(string options, string sentence)
    {
        using var prompt = new Prompt();
        Write(prompt, ("slow", repeat => 100 + repeat), ("fast", repeat => 50 + repeat));
        prompt.Run($"judge runs.csv {options}").IsRefusal(sentence);
        Assert.Equal(["runs.csv"], prompt.Files);
    }

    [Fact]
    public void The_page_quotes_what_the_command_says_of_the_sample()
    {
        using var prompt = new Prompt();
        File.Copy(Path.Combine(SamplesTests.Root, "samples", "runs.csv"), Path.Combine(prompt.Folder, "runs.csv"));
        var page = File.ReadAllText(Path.Combine(SamplesTests.Root, "docs", "judge.md"));
        var said = prompt.Run("judge runs.csv --reach 0.05 --baseline adam --format markdown").Output.TrimEnd().Split('\n');
        Assert.All(said.Where(line => line.StartsWith('>') || line.StartsWith('|')), line => Assert.Contains(line, page, StringComparison.Ordinal));
    }

    // A loss of 0.1 · time/step is 0.1 at step = time.
    private static void Write(Prompt prompt, params (string Name, Func<int, int> Time)[] contenders) =>
        Write(prompt, "contender,repeat,step,metric", (_, step, time) => 0.1 * time / step, contenders);

    private static void Write(Prompt prompt, string head, Func<int, int, int, double> metric, params (string Name, Func<int, int> Time)[] contenders) =>
        Write(prompt, 10, head, metric, contenders);

    private static void Write(Prompt prompt, int repeats, string head, Func<int, int, int, double> metric, params (string Name, Func<int, int> Time)[] contenders)
    {
        var text = new StringBuilder(head).Append('\n');
        foreach (var (name, time) in contenders)
        {
            for (var repeat = 0; repeat < repeats; repeat++) Append(text, $"{name},{repeat},", step => metric(repeat, step, time(repeat)), 150);
        }

        File.WriteAllText(Path.Combine(prompt.Folder, "runs.csv"), text.ToString());
    }

    private static void Append(StringBuilder text, string start, Func<int, double> metric, int steps)
    {
        for (var step = 1; step <= steps; step++) text.Append(start).Append(CultureInfo.InvariantCulture, $"{step},{metric(step):R}\n");
    }
}
