using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Steepest.Compare;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;
using Steepest.Compare.Running;
using Steepest.Compare.Store;

namespace Steepest.Lab.Races;

/// <summary>What a page is told while something runs for it: at most ten frames a second, and nothing more once it is gone.</summary>
internal static class Streams
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    /// <summary>A race: <c>start</c>, <c>frame</c> after <c>frame</c>, <c>end</c> with the verdict, <c>times</c>.</summary>
    /// <param name="race">The race.</param>
    /// <param name="place">Its place in the queue.</param>
    /// <param name="cancellation">The page is gone.</param>
    public static async IAsyncEnumerable<SseItem<object>> Of(LiveRace race, QueuePlace place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var turn = place;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, race.Ended);
        await turn.Wait(over.Token).ConfigureAwait(false);
        yield return Event("start", race.Summary);
        var running = race.Run();
        try
        {
            while (!running.IsCompleted)
            {
                await Either(running, over.Token).ConfigureAwait(false);
                if (over.IsCancellationRequested) yield break;
                yield return Event("frame", FrameOf(race, isLast: running.IsCompleted));
            }
        }
        finally
        {
            if (!running.IsCompleted) race.End();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (running.Exception?.InnerException is { } failed)
        {
            yield return Event("refused", new { error = failed is SteepestException ? failed.Message : "The race could not be run to its end." });
            yield break;
        }

        // A race that was ended has no end to tell of, though its runs are over.
        if (over.IsCancellationRequested) yield break;
        yield return Event("frame", FrameOf(race, isLast: true));
        yield return Event("end", race.Standing(race.Request.Target));
        var times = await Task.Run(() => race.Times(over.Token), CancellationToken.None).ConfigureAwait(false);
        if (over.IsCancellationRequested) yield break;
        yield return Event("times", race.Runs.Select(run => times.FirstOrDefault(time => time.Contender == run.Spec.Contender.Name)));
    }

    /// <summary>A fair race: <c>start</c>, <c>progress</c>, and <c>end</c> with the verdict in the command's words.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="store">Where its trials are remembered; <see langword="null"/> for nowhere.</param>
    /// <param name="place">Its place in the queue.</param>
    /// <param name="cancellation">The page is gone.</param>
    public static async IAsyncEnumerable<SseItem<object>> Of(Experiment experiment, SqliteTrialStore? store, QueuePlace place, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var turn = place;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await turn.Wait(over.Token).ConfigureAwait(false);
        yield return Event("start", new { name = experiment.Name, procedure = ExperimentJudge.Procedure(experiment), trials = FairRace.Trials(experiment) });
        var watch = new ProgressWatch();
        var running = Task.Run(() => Judged(experiment, store, watch, over.Token), CancellationToken.None);
        try
        {
            while (!running.IsCompleted)
            {
                await Either(running, over.Token).ConfigureAwait(false);
                if (over.IsCancellationRequested) yield break;
                var now = watch.Now;
                yield return Event("progress", new { done = now.Done, planned = now.Planned, left = now.Left?.TotalSeconds });
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (running.Exception?.InnerException is { } failed)
            yield return Event("refused", new { error = failed is SteepestException ? failed.Message : "The fair race could not be run to its end." });
        else if (await running.ConfigureAwait(false) is { } judgement)
            yield return Event("end", new { verdict = JudgementWords.Of(judgement), warnings = judgement.Tasks.SelectMany(task => task.Warnings) });
    }

    private static Judgement? Judged(Experiment experiment, SqliteTrialStore? store, ProgressWatch watch, CancellationToken cancellation)
    {
        var begun = store?.Experiments.Begin(experiment);
        var result = ExperimentRunner.Run(experiment, store, Environment.ProcessorCount, begun is null ? [watch] : [begun, watch], cancellation);
        return result.IsComplete ? ExperimentJudge.Of(result, [], begun?.Look ?? 0) : null;
    }

    private static object FrameOf(LiveRace race, bool isLast) => new
    {
        held = !isLast && race.Pace.IsHeld,
        standing = race.Standing(race.Request.Target),
        curves = race.Runs.Select(run => run.News(isLast || race.Pace.IsHeld)).Select(news => new { x = news.Select(point => point.Epoch), y = news.Select(point => Shown(point.Loss)) }),
    };

    // Six digits are more than a screen shows.
    private static double? Shown(double loss) => double.IsFinite(loss) ? double.Parse(loss.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : null;

    private static async Task Either(Task running, CancellationToken cancellation) =>
        await ((Task)Task.WhenAny(running, Task.Delay(Frame, cancellation))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static SseItem<object> Event(string name, object data) => new(data, name);

    private sealed class ProgressWatch : IExperimentObserver
    {
        private readonly Lock gate = new();
        private ExperimentProgress now;

        public ExperimentProgress Now
        {
            get
            {
                lock (gate) return now;
            }
        }

        public void OnTrial(ExperimentTrial trial, ExperimentProgress progress)
        {
            lock (gate) now = progress;
        }
    }
}
