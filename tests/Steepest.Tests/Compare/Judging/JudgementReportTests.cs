using System.Text.Json;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;

namespace Steepest.Tests.Compare.Judging;

/// <summary>Sentences, tables, JSON and pictures of an experiment.</summary>
public sealed class JudgementReportTests
{
    private static readonly Judgement Small = Judge.Of(MadeExperiment.Trials(3), MadeExperiment.Options(1));

    private static readonly Judgement Large = Judge.Of(MadeExperiment.Trials(14, tasks: 3, tries: 9), MadeExperiment.Options(3));

    [Fact]
    public void The_head_says_task_procedure_unit_and_target()
    {
        var sentences = JudgementWords.Of(Small);
        Assert.Equal("iris, 4-10-3. Each with its own learning rate (25 tries, 10 repeats): gradient evaluations to training loss 0.1, all 2 comparisons together at 95 %:", sentences[0]);
        Assert.Contains("fewer gradient evaluations than", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_is_said_everywhere_with_its_plural()
    {
        var judgement = Judge.Of(MadeExperiment.Trials(2, tries: 5), MadeExperiment.Options(1) with { Baseline = null, Unit = "epoch", Procedure = null });
        var report = JudgementMarkdown.Of(judgement);
        Assert.Contains("Epochs to training loss 0.1, 10 repeats, at 95 %:", report, StringComparison.Ordinal);
        Assert.Contains("| median epochs |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("step", report.Replace("ms a step", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_comparisons_are_grouped_by_verdict_and_none_is_lost()
    {
        var task = Large.Tasks[0];
        string[] groups = [.. JudgementWords.Of(task).Skip(1).Where(sentence => sentence.Contains(" adam: ", StringComparison.Ordinal))];
        Assert.InRange(groups.Length, 1, 4);
        Assert.All(groups, group => Assert.Matches("^(Faster than|Practically equal to|Slower than|Cannot tell from) adam: ", group));
        Assert.All(task.Contests, contest => Assert.Single(groups, group => group.Contains($": {contest.Contender} ", StringComparison.Ordinal) || group.Contains($", {contest.Contender} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_that_always_diverged_is_slower_by_more_than_any_ratio_in_a_group_too()
    {
        var trials = MadeExperiment.Trials(7, tasks: 2, tries: 5).Select(trial => trial is { Contender: "rmsprop", Role: TrialRole.Final } ? trial with { Curve = new([0, 1], [1, double.NaN]) } : trial).ToArray();
        var judgement = Judge.Of(trials, MadeExperiment.Options(2));
        Assert.Contains(JudgementWords.Of(judgement.Tasks[0]), sentence => sentence.StartsWith("Slower than adam: ", StringComparison.Ordinal) && sentence.Contains("rmsprop (by more than any ratio, for it diverged)", StringComparison.Ordinal));
        Assert.Equal(["rmsprop", "−", "−"], JudgementTables.Across(judgement).Last().Rows.Single(row => row[0] == "rmsprop"));
    }

    [Fact]
    public void A_report_of_several_tasks_begins_with_what_holds_over_them_and_ends_with_the_notes()
    {
        var lines = JudgementMarkdown.Of(Large).Split('\n');
        Assert.StartsWith("> Over 3 tasks: ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["## Across tasks", "## iris, 4-10-3", "## digits 1", "## digits 2", "## Search spaces"], lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal("| adam | 1e-4 … 1 | as published |", lines[^2]);
    }

    [Fact]
    public void Every_row_of_a_table_has_a_cell_for_every_column()
    {
        foreach (var table in Large.Tasks.SelectMany(JudgementTables.Of).Concat(JudgementTables.Across(Large)))
        {
            Assert.InRange(table.Head.Count, 2, 13);
            Assert.All(table.Rows, row => Assert.Equal(table.Head.Count, row.Length));
        }
    }

    [Fact]
    public void Tables_show_as_set_beside_tuned_rows_as_rows_state_and_what_tuning_used()
    {
        var tables = JudgementTables.Of(Small.Tasks[0]).ToArray();
        Assert.Equal(["contender", "reached", "median evaluations", "95 % interval", "epochs", "as set"], tables[0].Head);
        Assert.Equal(["contender", "training loss at the end", "95 % interval", "test loss", "95 % interval", "test rows right"], tables[1].Head);
        Assert.Equal(["contender", "tuning evaluations", "ms a step", "state bytes a parameter"], tables[2].Head);
        Assert.Matches(@"^\d+(\.5)? \(10 of 10\)$", tables[0].Rows[2][5]);
        Assert.Matches(@"^4\d(\.5)? of 50$", tables[1].Rows[2][5]);
        Assert.Equal("8", tables[2].Rows[2][3]);
        Assert.Equal("against adam", tables[3].Head[0]);
    }

    [Fact]
    public void What_half_a_decade_changes_is_said_or_that_it_changes_nothing() =>
        Assert.All(JudgementWords.Robustness(Small.Tasks[0]), sentence => Assert.Matches("^By the fresh starts alone, every space without its (lowest|highest) half decade: .*the same", sentence));

    [Fact]
    public void Json_holds_as_set_test_rows_epochs_and_cuts()
    {
        using var buffer = new MemoryStream();
        JudgementJson.Write(Small, buffer);
        using var document = JsonDocument.Parse(buffer.ToArray());
        var task = document.RootElement.GetProperty("tasks")[0];
        var adam = task.GetProperty("contenders")[2];
        Assert.Equal(("gradient evaluation", 10, 50), (task.GetProperty("unit").GetString(), adam.GetProperty("asSet").GetProperty("reached").GetInt32(), adam.GetProperty("testRows").GetProperty("rows").GetInt32()));
        Assert.Equal(2, task.GetProperty("spaceCuts").GetArrayLength());
        Assert.Equal(Small.Tasks[0].Contenders[2].Epochs!.Value, adam.GetProperty("medianEpochs").GetProperty("value").GetDouble());
        Assert.True(task.GetProperty("comparisons")[0].TryGetProperty("testDifference", out _));
    }

    [Fact]
    public void Every_task_has_its_pictures_and_all_together_the_profile()
    {
        string[] ofTask = ["curves", "times", "sensitivity", "tuning"];
        Assert.Equal(ofTask, JudgementPictures.Of(Small).Select(picture => picture.Name));
        string[] names = [.. JudgementPictures.Of(Large).Select(picture => picture.Name)];
        Assert.Equal(["profile", .. from task in (int[])[1, 2, 3] from name in ofTask select $"task-{task}-{name}"], names);
        Assert.All(names, name => Assert.True(JudgementPictures.IsOurs($"{name}.png") && JudgementPictures.IsOurs($"{name}.svg") && !JudgementPictures.IsOurs($"{name}.txt")));
    }

    [Fact]
    public void Pictures_of_three_contenders_and_of_fourteen_are_drawn_with_the_target_and_every_word_within()
    {
        foreach (var (name, picture) in JudgementPictures.Of(Small).Concat(JudgementPictures.Of(Large).Take(5)))
        {
            var svg = picture.ToSvg();
            Assert.Equal(svg, picture.ToSvg());
            Assert.Equal(!name.EndsWith("profile", StringComparison.Ordinal) && !name.EndsWith("times", StringComparison.Ordinal), svg.Contains(">target 0.1<", StringComparison.Ordinal));
        }

        Assert.Contains("8 others", JudgementPictures.Of(Large)[1].Picture.ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain(" others", JudgementPictures.Of(Small)[0].Picture.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_spotlight_are_the_baseline_and_the_best()
    {
        string[] names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        var places = Spotlight.Of(names, [.. names.Reverse()], "a").Places;
        Assert.Equal([0, ChartStyle.Other, ChartStyle.Other, 1, 2, 3, 4, 5], places);
        Assert.Equal([0, 1, 2], Spotlight.Of(["a", "b", "c"], ["c", "b", "a"], "a").Places);
    }
}
