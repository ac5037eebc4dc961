namespace Steepest.Tests.Commands;

/// <summary>Races that do not end well: runs that diverge, and Ctrl-C.</summary>
public sealed class CompareEndingTests
{
    private const string Spike = "compare --optimizer gradient-descent,learning-rate=5/100 --reach 0.1145240653772";

    [Fact]
    public void A_run_that_spikes_may_arrive_and_one_that_diverges_is_a_result()
    {
        using var prompt = new Prompt();

        var json = prompt.Run($"{Spike} --format json").Json();

        Assert.Collection(
            Run.Of(json),
            run => Assert.Equal((5.0, 3_690, false), (run.LearningRate, run.ReachedAtEpoch, run.Diverged)),
            run =>
            {
                Assert.Equal((100.0, null, null, true), (run.LearningRate, run.ReachedAtEpoch, run.FinalLoss, run.Diverged));
                Assert.InRange(run.Epochs, 150, 170);
            });
        Assert.Equal("null", json.GetProperty("runs")[1].GetProperty("finalLoss").GetRawText());
        Assert.Equal(
            "The best of 2 learning rates (5 to 100): gradient descent (5) reaches loss 0.1145 in 3,691 epochs.", json.GetProperty("verdict")[0].GetString());
    }

    [Fact]
    public void A_run_that_diverges_is_a_row_that_says_so()
    {
        using var prompt = new Prompt();

        var said = prompt.Run(Spike);
        var row = Assert.Single(said.Output.Split(Environment.NewLine), line => line.Contains("diverged", StringComparison.Ordinal));

        Assert.Equal(0, said.Code);
        Assert.Matches(@"^ *gradient descent +100 +1[56]\d +diverged at 1[56]\d +– +– +\d", row);
        Assert.DoesNotContain("●", row, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_target_of_its_own_a_race_whose_pace_setter_diverges_has_none()
    {
        using var prompt = new Prompt();

        var said = prompt.Run("compare --optimizer gradient-descent,learning-rate=100 --optimizer adam,learning-rate=100/0.1 --epochs 200 --format json");
        var json = said.Json();

        Assert.Equal(0, said.Code);
        Assert.Equal("null", json.GetProperty("target").GetRawText());
        Assert.Equal(2, json.GetProperty("verdict").GetArrayLength());
        Assert.Matches(
            @"^There is no target: gradient descent at 100, whose last loss was to be it, diverged after 1[56]\d epochs\.$", json.GetProperty("verdict")[0].GetString());
        Assert.Equal(200, Run.Of(json).Single(run => run.LearningRate == 0.1).Epochs);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public void Ctrl_C_during_a_race_prints_and_saves_what_was_finished(string format)
    {
        using var source = new CancellationTokenSource();
        using var prompt = new Prompt { Interrupt = source.Token, Own = [CancelsInRun(1, source)] };

        var said = prompt.Run($"compare --epochs 20 --optimizer adam,learning-rate=0.1 --optimizer watched,learning-rate=0.1/0.2 --threads 1 --format {format}");

        Assert.Equal(130, said.Code);
        Assert.Equal(string.Empty, said.Error);
        Assert.Contains("The race was interrupted: 1 of 3 runs were finished.", said.Output, StringComparison.Ordinal);
        Assert.Contains("adam", said.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("watched", said.Output, StringComparison.Ordinal);
        Assert.Equal(["steepest-iris-1", .. ResultFiles.Both.Where(file => !file.StartsWith("best", StringComparison.Ordinal)).Select(file => $"steepest-iris-1/{file}")], prompt.Files);
        if (format == "json") Assert.Single(Run.Of(said.Json()));
    }

    [Fact]
    public void Ctrl_C_before_any_run_is_finished_saves_nothing_and_says_so()
    {
        using var source = new CancellationTokenSource();
        using var prompt = new Prompt { Interrupt = source.Token, Own = [CancelsInRun(1, source)] };

        var said = prompt.Run("compare --epochs 20 --optimizer watched,learning-rate=0.1/0.2 --format json");

        Assert.Equal((130, string.Empty, "Interrupted before a run was finished; nothing was saved." + Environment.NewLine), (said.Code, said.Output, said.Error));
        Assert.Empty(prompt.Files);
    }

    [Fact]
    public void Ctrl_C_while_warming_up_does_not_start_the_race()
    {
        using var source = new CancellationTokenSource();
        var begun = 0;
        using var prompt = new Prompt
        {
            Interrupt = source.Token,
            Own = [Watched.About((run, _) =>
            {
                begun = Math.Max(begun, run);
                source.Cancel();
            })],
        };

        var said = prompt.Run("compare --optimizer watched");

        Assert.Equal((130, string.Empty), (said.Code, said.Output));
        Assert.Equal(0, begun);
        Assert.Empty(prompt.Files);
    }

    private static OptimizerInfo CancelsInRun(int cancelled, CancellationTokenSource source) => Watched.About((run, step) =>
    {
        if (run == cancelled && step == 3) source.Cancel();
    });
}
