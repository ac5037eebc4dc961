using System.Net;
using System.Text.Json;
using Steepest.Compare;
using Steepest.Compare.Reports;
using Steepest.Compare.Running;

namespace Steepest.Lab.Tests;

/// <summary>Races as the page asks for them.</summary>
public sealed class RaceStreamTests(LabFixture lab) : IClassFixture<LabFixture>
{
    // Digits for so many epochs is a minute or more on any machine.
    private const string Long = """{"data":"digits","hidden":[256],"batch-size":16,"epochs":100000,"reach":0.1,"contenders":[{"name":"adam","learning-rate":0.001},{"name":"sgd","learning-rate":0.001}]}""";

    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_race_gives_the_bits_and_the_words_of_the_command()
    {
        using var response = await lab.Post("/api/race", LabFixture.Article, "words", cancellation);
        var events = await LabFixture.Events(response);
        var momentum = new Contender("sgd,momentum=0.9", "momentum 0.9");
        var plan = new RacePlan(
            RaceTask.Article, [new(momentum, new Sgd(0.01, Momentum: 0.9), 2000), new(new("adam", "Adam"), new Adam(0.01), 2000)])
        { Target = new(TargetMetric.Loss, 0.1145), CommonRate = 0.01 };
        var expected = Race.Run(plan, threads: 1, cancellation: cancellation);

        var end = events.Single(one => one.Name == "end").Data;
        Assert.Equal(RaceVerdict.Of(expected)[0], end.GetProperty("verdict")[0].GetString());
        Assert.Equal(expected.Runs.Select(run => run.EpochsToTarget), end.GetProperty("runs").EnumerateArray().Select(run => (int?)run.GetProperty("reached").GetInt32()));
        Assert.Equal(["start", "frame", "end", "times"], events.Select(one => one.Name).Distinct());
        Assert.All(events[^1].Data.EnumerateArray(), time => Assert.True(time.GetProperty("milliseconds").GetDouble() > 0));
    }

    [Fact]
    public async Task A_curve_comes_in_order_and_thinned_to_the_columns()
    {
        using var response = await lab.Post("/api/race", LabFixture.Article.Replace("\"epochs\":2000", "\"epochs\":20000,\"columns\":200", StringComparison.Ordinal), "thin", cancellation);
        var frames = (await LabFixture.Events(response)).Where(one => one.Name == "frame").Select(one => one.Data.GetProperty("curves")[1]);
        int[] epochs = [.. frames.SelectMany(curve => curve.GetProperty("x").EnumerateArray().Select(x => x.GetInt32()))];

        Assert.Equal(epochs.Order().Distinct(), epochs);
        Assert.Equal((1, 20_000), (epochs[0], epochs[^1]));
        Assert.InRange(epochs.Length, 200, 6 * 200);
    }

    [Fact]
    public async Task The_target_can_be_moved_once_the_race_is_over()
    {
        using var response = await lab.Post("/api/race", LabFixture.Article, "moved", cancellation);
        await LabFixture.Events(response);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/race/standing?reach=0.5");
        request.Headers.Add("Steepest-Tab", "moved");
        using var answer = await lab.Client.SendAsync(request, cancellation);
        var standing = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation)).RootElement;

        Assert.Contains("reaches loss 0.5 in", standing.GetProperty("verdict")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_race_that_is_held_takes_one_epoch_at_a_time()
    {
        using var response = await lab.Post("/api/race", LabFixture.Article.Replace("\"epochs\":2000", "\"epochs\":3,\"paused\":true", StringComparison.Ordinal), "held", cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var reached = new SortedSet<int>();
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(body).EnumerateAsync(cancellation))
        {
            if (item.EventType != "frame") continue;
            int[] epochs = [.. JsonDocument.Parse(item.Data).RootElement.GetProperty("standing").GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("epochs").GetInt32())];

            // Both have come to the epoch at which they are held, and this was not known before: another one.
            if (epochs.Min() == epochs.Max() && reached.Add(epochs.Min()) && epochs.Min() < 3) (await lab.Post("/api/race/step", "{}", "held", cancellation)).Dispose();
        }

        Assert.Equal([1, 2, 3], reached);
    }

    [Fact]
    public async Task A_client_that_goes_ends_its_race()
    {
        using (await lab.Post("/api/race", Long, "gone", cancellation))
        {
        }

        await RaceEnds("gone");
    }

    [Fact]
    public async Task A_new_race_of_a_tab_ends_the_one_before()
    {
        using var first = await lab.Post("/api/race", Long, "again", cancellation);
        var ended = LabFixture.Events(first);
        using var second = await lab.Post("/api/race", LabFixture.Article, "again", cancellation);

        Assert.DoesNotContain("end", (await ended.WaitAsync(TimeSpan.FromSeconds(20), cancellation)).Select(one => one.Name));
        Assert.Contains("end", (await LabFixture.Events(second)).Select(one => one.Name));
    }

    [Fact]
    public async Task Two_tabs_race_at_once_and_each_has_its_own()
    {
        var races = await Task.WhenAll(lab.Post("/api/race", LabFixture.Article, "left", cancellation), lab.Post("/api/race", LabFixture.Article, "right", cancellation));
        var ends = await Task.WhenAll(races.Select(LabFixture.Events));

        Assert.Equal(ends[0].Single(one => one.Name == "end").Data.ToString(), ends[1].Single(one => one.Name == "end").Data.ToString());
    }

    [Fact]
    public async Task The_fair_race_has_the_words_of_the_command()
    {
        // The smallest that a verdict is possible of would still be minutes: the words of one are taken from an experiment of the same kind.
        const string Small = """{"data":"wine","hidden":[4],"epochs":20,"reach":0.5,"contenders":[{"name":"sgd","learning-rate":0.01,"momentum":0.9},{"name":"adam","learning-rate":0.01}]}""";
        using var response = await lab.Post("/api/fair", Small, "fair", cancellation);
        var events = await LabFixture.Events(response);
        var experiment = Races.FairRace.Of(Races.RaceRequest.Read(Small, Optimizers.All));
        var judgement = ExperimentJudge.Of(ExperimentRunner.Run(experiment, null, Environment.ProcessorCount, cancellation: cancellation), []);

        Assert.Equal(JudgementWords.Of(judgement), events.Single(one => one.Name == "end").Data.GetProperty("verdict").EnumerateArray().Select(sentence => sentence.GetString()!));
    }

    // The race itself tells that it was ended; a race that goes on would do so for minutes.
    private async Task RaceEnds(string tab)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/race/standing?reach=0.1");
            request.Headers.Add("Steepest-Tab", tab);
            using var answer = await lab.Client.SendAsync(request, cancellation);
            patience.Token.ThrowIfCancellationRequested();
            var ended = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation)).RootElement.GetProperty("ended").GetBoolean();
            if (ended) return;
        }
    }
}

/// <summary>A lab of its own, for its queue is filled.</summary>
public sealed class QueueTests(LabFixture lab) : IClassFixture<LabFixture>
{
    [Fact]
    public async Task Of_a_hundred_races_a_few_run_a_few_wait_and_the_rest_are_sent_away()
    {
        const string Held = """{"data":"iris","epochs":2,"reach":0.1,"paused":true,"contenders":[{"name":"adam","learning-rate":0.01}]}""";
        var cancellation = TestContext.Current.CancellationToken;
        var answers = new List<HttpResponseMessage>();
        var waiting = new List<Task<HttpResponseMessage>>();
        for (var n = 0; n < 100; n++) waiting.Add(lab.Post("/api/race", Held, $"tab-{n}", cancellation));
        var sentAway = 100 - 16 - Math.Max(4, Environment.ProcessorCount);
        while (answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests) < sentAway)
        {
            var next = await Task.WhenAny(waiting);
            waiting.Remove(next);
            answers.Add(await next);
        }

        Assert.Equal(sentAway, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Contains("races wait already", await LabFixture.Sentence(answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests)), StringComparison.Ordinal);
        foreach (var answer in answers) answer.Dispose();
    }
}
