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
}

/// <summary>One contender against another on one task.</summary>
/// <param name="Contender">The contender.</param>
/// <param name="Against">The baseline, or the other of a pair.</param>
/// <param name="Time">Their times to the target: the primary measure.</param>
/// <param name="Final">Their metrics at the end: secondary.</param>
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
    ValueList<string> Warnings);

/// <summary>The one result that table, Markdown, JSON, sentences and pictures are made from.</summary>
/// <param name="Options">How it was judged.</param>
/// <param name="Tasks">The tasks in order.</param>
/// <param name="Profiles">The performance profiles over tasks of contenders that ran on all; empty with one task.</param>
/// <param name="RankingDependsOn">The tasks without which the profiles would rank otherwise.</param>
public sealed record Judgement(JudgeOptions Options, ValueList<TaskJudgement> Tasks, ValueList<PerformanceProfile> Profiles, ValueList<string> RankingDependsOn);
