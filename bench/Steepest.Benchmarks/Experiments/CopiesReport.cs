using System.Globalization;
using System.Text;
using Steepest.Compare;
using Steepest.Compare.Running;
using Steepest.Compare.Statistics;
using Steepest.Compare.Tuning;

namespace Steepest.Benchmarks;

/// <summary>Whether a winner is found where there is none, on real training: Adam against itself with other luck. copies.md. Fails where it is found too often.</summary>
internal static class CopiesReport
{
    private const int Experiments = 200;

    // The most wins that chance alone would exceed in less than 1 of 100 such series, at 5 % each (exact binomial).
    private const int MostWins = 18;

    private static readonly TaskSpec[] Tasks =
    [
        TaskCatalog.Iris with { Epochs = 400 },
        TaskCatalog.Wine with { Epochs = 60 },
        TaskCatalog.TurnedValley,
        TaskCatalog.NoisyQuadratic with { Epochs = 400 },
    ];

    public static int Write(bool quick)
    {
        var text = new StringBuilder();
        text.AppendLine("# Adam against itself").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Today}. `dotnet run -c Release --project bench/Steepest.Benchmarks -- copies`, which fails where a bound is not held.").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Experiments} small experiments of real training: two copies of Adam, of which the second has a salt added to its streams, so that they share rows and differ in starts, orders,");
        text.AppendLine("noise and the settings they try; 10 repeats, 6 tries, the best 2 on 2 fresh starts. The target is the median of what single runs of Adam end with, so that some repeats miss it. Any");
        text.AppendLine(CultureInfo.InvariantCulture, $"verdict but \"cannot tell\" and \"practically equal\" is a win that is not true: at most {MostWins} of {Experiments}, which chance alone exceeds in less than one of a hundred such series at 5 % each.").AppendLine();
        var table = new Table("task", "experiments", "first wins", "second wins", "practically equal", "cannot tell");
        var total = 0;
        foreach (var (place, task) in Tasks.Index())
        {
            var count = (quick ? 4 : Experiments) / Tasks.Length;
            var target = TargetOf(task);
            var verdicts = Enumerable.Range(0, count).AsParallel().Select(n => VerdictOf(task with { Target = target }, (ulong)((1000 * (place + 1)) + n))).ToArray();
            var wins = verdicts.Count(verdict => verdict is Verdict.Better or Verdict.Worse);
            total += wins;
            table.Add(
                task.Name,
                Text(count),
                Text(verdicts.Count(verdict => verdict == Verdict.Worse)),
                Text(verdicts.Count(verdict => verdict == Verdict.Better)),
                Text(verdicts.Count(verdict => verdict == Verdict.PracticallyEqual)),
                Text(verdicts.Count(verdict => verdict == Verdict.CannotTell)));
        }

        var isHeld = total <= MostWins;
        text.Append(table).AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{total} wins: the bound is {(isHeld ? "held" : "not held")}.");
        Results.Write("copies.md", text.ToString(), quick ? Effort.Quick : new(0, 0, 0));
        return isHeld ? 0 : 1;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static Verdict VerdictOf(TaskSpec task, ulong seed)
    {
        var adam = new Adam(0.001);
        ExperimentContender first = new(new("adam", "Adam"), adam, SearchSpaces.UsualFor(adam)), second = first with { Contender = new("adam-again", "Adam again"), Salt = 1 };
        var experiment = new Experiment("copies", [task], [first, second]) { Seed = seed, Tries = 6, Confirmed = 2, Confirmations = 2 };
        return ExperimentJudge.Of(ExperimentRunner.Run(experiment, store: null, threads: 1), []).Tasks[0].Contests[0].Time.Verdict;
    }

    // What tuned Adam comes to in the median of other repeats.
    private static double TargetOf(TaskSpec task)
    {
        var adam = new Adam(0.001);
        ExperimentContender one = new(new("adam", "Adam"), adam, SearchSpaces.UsualFor(adam));
        var experiment = new Experiment("copies", [task with { Target = null }], [one, one with { Contender = new("adam-again", "Adam again"), Salt = 1 }]) { Seed = 7, Tries = 6, Confirmed = 2, Confirmations = 2 };
        var finals = ExperimentRunner.Run(experiment, store: null, Environment.ProcessorCount).Trials.Where(trial => trial.Purpose == TrialPurpose.Final);
        return Median.Of(finals.Select(final => final.Result.Metric.Where(double.IsFinite).Min())).Value;
    }
}
