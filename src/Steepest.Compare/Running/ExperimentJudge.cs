using System.Globalization;
using System.Text;
using Steepest.Compare.Judging;
using Steepest.Compare.Reports;
using Steepest.Compare.Tuning;

namespace Steepest.Compare.Running;

/// <summary>From the trials of an experiment to its judgement.</summary>
public static class ExperimentJudge
{
    /// <summary>Judges an experiment.</summary>
    /// <param name="result">Its trials; of one that was interrupted the repeats that every contender has finished count.</param>
    /// <param name="times">What steps cost, measured apart; may be empty.</param>
    /// <param name="look">Which look at it this is, where repeats were added; 0 where they were fixed.</param>
    /// <exception cref="SteepestException">No repeat is finished, or no target is given and the baseline diverged.</exception>
    public static Judgement Of(ExperimentResult result, ValueList<StepTime> times, int look = 0)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(times);
        var experiment = result.Experiment;
        var repeats = result.Trials.Where(trial => trial.Purpose == TrialPurpose.Final).GroupBy(trial => (trial.Task.Name, trial.Repeat)).ToDictionary(group => group.Key, group => group.Count());
        Trial[] trials =
        [
            .. result.Trials.Where(trial => repeats.TryGetValue((trial.Task.Name, trial.Repeat), out var finals) && finals == Entered(result, trial.Task.Name)).Select(TrialOf),
        ];
        if (trials.Length == 0) throw new SteepestException($"No repeat of {experiment.Name} is finished, so that there is nothing to judge yet.");
        return Judge.Of(trials, new JudgeOptions
        {
            Reaches = [.. experiment.Tasks.Where(task => task.Reach is not null).Select(task => (task.Name, task.Reach!))],
            Metrics = [.. experiment.Tasks.Select(task => (task.Name, task.MetricName, task.IsHigherBetter))],
            Baseline = TitleOf(experiment.BaselineContender),
            AllPairs = experiment.AllPairs,
            Look = look,
            Unit = IsOneEvaluationAnEpoch(result) ? "epoch" : "gradient evaluation",
            Procedure = Procedure(experiment),
            Summaries = [.. experiment.Tasks.Select(task => (task.Name, task.Summary))],
            Timings = [.. times.Select(time => new Timing(
                time.Task, TitleOf(experiment.Contenders.Single(one => one.Contender.Name == time.Contender)), time.Milliseconds, time.StateBytesPerParameter))],
            Notes = [.. Notes(result)],
        });
    }

    /// <summary>The procedure in words, such as "25 tries, 10 repeats".</summary>
    /// <param name="experiment">The experiment.</param>
    public static string Procedure(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var repeats = experiment.Repeats == 1 ? "1 repeat" : $"{Words.Count(experiment.Repeats)} repeats";
        return experiment.Contenders.All(contender => contender.Space.IsAsSet) ? $"as set, {repeats}" : $"{Words.Count(experiment.Tries)} tries, {repeats}";
    }

    private static int Entered(ExperimentResult result, string task) => result.Experiment.Contenders.Count - result.Refusals.Count(refusal => refusal.Task == task);

    private static Trial TrialOf(ExperimentTrial trial)
    {
        var result = trial.Result;
        return new Trial(trial.Task.Name, TitleOf(trial.Contender), (trial.Repeat + 1).ToString(CultureInfo.InvariantCulture), trial.Curve())
        {
            Role = trial.Purpose switch
            {
                TrialPurpose.Try => TrialRole.Try,
                TrialPurpose.Confirmation => TrialRole.Confirmation,
                TrialPurpose.AsSet => TrialRole.AsSet,
                _ => TrialRole.Final,
            },
            Try = trial.Purpose is TrialPurpose.Try or TrialPurpose.Confirmation ? (trial.Number + 1).ToString(CultureInfo.InvariantCulture) : null,
            Setting = trial.Setting.Length == 0 ? null : trial.Setting,
            Epochs = [.. result.Epochs.Select(epoch => (long)epoch)],
            Test = trial.Task.Metric == TaskMetric.ValidationAccuracy ? (double?)result.TestRight / result.TestRows : result.TestLoss,
            TestRows = result.TestRight is { } right ? (right, result.TestRows) : null,
            Schedule = trial.Spec.Optimizer.LearningRate is Constant ? null : trial.Spec.Optimizer.LearningRate.ToString(),
            ScheduleEnd = EndOf(trial.Spec.Optimizer.LearningRate),
            Machine = result.Machine,
        };
    }

    private static long? EndOf(Schedule schedule) =>
        schedule is { Info: { } info, Settings: { } settings } && info.Settings.Any(setting => setting.Name == "steps") && settings["steps"] > 0 ? (long)settings["steps"] : null;

    private static bool IsOneEvaluationAnEpoch(ExperimentResult result) => result.Trials.All(trial =>
        trial.Purpose != TrialPurpose.Final || trial.Result.Epochs.Zip(trial.Result.Evaluations).All(pair => pair.First + 1 == pair.Second));

    private static IEnumerable<Note> Notes(ExperimentResult result)
    {
        var text = new StringBuilder("| contender | tuned | from | to | why |\n| --- | --- | ---: | ---: | --- |\n");
        foreach (var contender in result.Experiment.Contenders)
        {
            var row = SearchSpaces.All.FirstOrDefault(row => row.Optimizers.Contains(SearchSpaces.Innermost(contender.Optimizer).Info.Name));
            var why = row is not null && row.Space == contender.Space ? row.Reason : contender.Space.IsAsSet ? "It runs as it is set." : "Chosen for this experiment.";
            if (contender.Space.IsAsSet) text.Append(CultureInfo.InvariantCulture, $"| {TitleOf(contender)} | nothing | – | – | {why} |\n");
            foreach (var dimension in contender.Space.Dimensions)
                text.Append(CultureInfo.InvariantCulture, $"| {TitleOf(contender)} | {dimension.Setting} | {Words.Number(dimension.Low)} | {Words.Number(dimension.High)} | {why} |\n");
        }

        yield return new Note("Search spaces", text.ToString());
        if (result.Refusals.Count == 0) yield break;
        yield return new Note("Who did not enter", string.Concat(result.Refusals.GroupBy(refusal => (refusal.Contender, refusal.Reason)).Select(group =>
            $"- {group.Key.Contender}: {string.Join(", ", group.Select(refusal => refusal.Task))} ({group.Key.Reason.TrimEnd('.')}).\n")));
    }

    private static string TitleOf(ExperimentContender contender) => contender.Contender.Title;
}
