using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>One contender on one task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Selections">What it did in each repeat, in the order of the task's repeats.</param>
/// <param name="Times">Its times to the target, by repeat.</param>
/// <param name="Time">Their median; a miss is +∞.</param>
/// <param name="Final">The median of the metric at the end; a run that diverged is worse than all.</param>
/// <param name="MillisecondsPerStep">The median, if measured.</param>
/// <param name="Sensitivity">How its tries depend on the setting, where settings are numbers.</param>
/// <param name="ExpectedBest">The metric at the end expected of the best of n = 1 … N tries, the mean over repeats; empty without tries.</param>
public sealed record ContenderResult(
    string Name,
    ValueList<Selection> Selections,
    ValueList<ReachTime> Times,
    Median Time,
    Median Final,
    double? MillisecondsPerStep,
    Sensitivity? Sensitivity,
    ValueList<double> ExpectedBest)
{
    /// <summary>In how many repeats it reached the target.</summary>
    public int Reached => Times.Count(time => !time.IsCensored);

    /// <summary>The longest of its final runs: the index of the last evaluation plus 1.</summary>
    public long Budget => Selections.Max(selection => selection.Final.Curve.Budget);

    /// <summary>What tuning used in all repeats together: the budgets of tries and confirmations; 0 where nothing was tuned.</summary>
    public long TuningBudget => Selections.Sum(selection => selection.Budget);

    /// <summary>The median time to the target in epochs; <see langword="null"/> where epochs were not told.</summary>
    public Median? Epochs { get; init; }

    /// <summary>What it does without tuning; <see langword="null"/> where no repeat has a run as set.</summary>
    public AsSetResult? AsSet { get; init; }

    /// <summary>The median of the metric on the test rows at the end; a run without one, which diverged, is worse than all. <see langword="null"/> on a task without test rows.</summary>
    public Median? Test { get; init; }

    /// <summary>The median of the test rows predicted right at the end, and all test rows; <see langword="null"/> where none can be right, or repeats have not equally many.</summary>
    public (double Right, long Rows)? TestRows { get; init; }

    /// <summary>Bytes of state for each parameter, if told.</summary>
    public double? StateBytesPerParameter { get; init; }
}

/// <summary>A contender with the settings that it has where nobody tunes it.</summary>
/// <param name="Times">The times to the target, by repeat; of repeats that have such a run.</param>
/// <param name="Time">Their median; a miss is +∞.</param>
public sealed record AsSetResult(ValueList<ReachTime> Times, Median Time)
{
    /// <summary>In how many repeats it reached the target.</summary>
    public int Reached => Times.Count(time => !time.IsCensored);
}

/// <summary>One contender against another on one task.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Against">The baseline, or the other of a pair.</param>
/// <param name="Time">Their times to the target: the primary measure.</param>
/// <param name="Final">Their metrics at the end, on the test rows where there are any: secondary.</param>
public sealed record Contest(string Contender, string Against, Comparison Time, Comparison Final);

/// <summary>What the trials of one task show.</summary>
/// <param name="Task">Its name; may be empty.</param>
/// <param name="Reach">The target.</param>
/// <param name="IsReachFromData">Whether the target was taken from the trials themselves.</param>
/// <param name="Repeats">The names of the repeats.</param>
/// <param name="Baseline">The contender that the others are compared with.</param>
/// <param name="Level">The level of each comparison.</param>
/// <param name="Contenders">The contenders in order.</param>
/// <param name="Contests">The comparisons: of each with the baseline, or of all pairs.</param>
/// <param name="MovesWithReach">The targets, easier and harder by 10 %, at which the order of the median times is another.</param>
/// <param name="Warnings">What the reader has to know beside the verdict.</param>
public sealed record TaskJudgement(
    string Task,
    Reach Reach,
    bool IsReachFromData,
    ValueList<string> Repeats,
    string Baseline,
    Level Level,
    ValueList<ContenderResult> Contenders,
    ValueList<Contest> Contests,
    ValueList<Reach> MovesWithReach,
    ValueList<string> Warnings)
{
    /// <summary>The task in a few words, for the head of a report; its name if nobody said more.</summary>
    public string Summary { get; init; } = Task;

    /// <summary>What a step of a curve is.</summary>
    public string Unit { get; init; } = "step";

    /// <summary>How contenders were tuned and how often all was repeated, if told.</summary>
    public string? Procedure { get; init; }

    /// <summary>What becomes of the verdicts where every space lacks half a decade; empty where nothing was tuned by a number.</summary>
    public ValueList<SpaceCut> SpaceCuts { get; init; } = [];

    /// <summary>What was tuned, "learning rate" where it is known to be that.</summary>
    public string Setting => Procedure is not null && Contenders.All(contender => contender.Selections.All(selection => selection.Tries.All(one => one.SettingValue is not null))) ? "learning rate" : "setting";

    /// <summary>Whether there are test rows: then their metric at the end is what is compared beside the times.</summary>
    public bool HasTest => Contenders.Any(contender => contender.Test is not null);

    /// <summary>The metric on test rows, such as "test loss".</summary>
    public string TestMetric => $"test {Reach.Metric[(Reach.Metric.LastIndexOf(' ') + 1)..]}";
}

/// <summary>The one result that table, Markdown, JSON, sentences and pictures are made from.</summary>
/// <param name="Options">How it was judged.</param>
/// <param name="Tasks">The tasks in order.</param>
/// <param name="Profiles">The performance profiles over tasks of contenders that ran on all; empty with one task.</param>
/// <param name="RankingDependsOn">The tasks without which the profiles would rank otherwise.</param>
public sealed record Judgement(JudgeOptions Options, ValueList<TaskJudgement> Tasks, ValueList<PerformanceProfile> Profiles, ValueList<string> RankingDependsOn)
{
    /// <summary>The tasks without which another contender would be the first.</summary>
    public ValueList<string> FirstDependsOn { get; init; } = [];
}
