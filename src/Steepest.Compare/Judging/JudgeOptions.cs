using Steepest.Compare.Statistics;

namespace Steepest.Compare.Judging;

/// <summary>How to judge.</summary>
/// <param name="Metric">The metric's name, such as "loss".</param>
/// <param name="IsHigherBetter">Whether a higher metric is the better one.</param>
public sealed record JudgeOptions(string Metric = "loss", bool IsHigherBetter = false)
{
    /// <summary>The target; <see langword="null"/> for the worst value at which a run of the baseline ended.</summary>
    public double? Target { get; init; }

    /// <summary>The contender that all others are compared with; <see langword="null"/> for the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether every two contenders are compared.</summary>
    public bool AllPairs { get; init; }

    /// <summary>Which look at an experiment this is, where repeats may be added; 0 where they are fixed. See <see cref="Level.Look"/>.</summary>
    public int Look { get; init; }

    /// <summary>The largest ratio of times that makes no practical difference.</summary>
    public double RatioMargin { get; init; } = Comparison.UsualRatioMargin;

    /// <summary>The largest difference of metrics that makes no practical difference.</summary>
    public double MetricMargin { get; init; } = Comparison.UsualMetricMargin;

    /// <summary>The target, with metric and direction, of each task; one that is here wins over metric, direction and target for all.</summary>
    public ValueList<(string Task, Reach Reach)> Reaches { get; init; } = [];

    /// <summary>The metric and its direction of each task; one that is here wins over those for all.</summary>
    public ValueList<(string Task, string Metric, bool IsHigherBetter)> Metrics { get; init; } = [];

    /// <summary>Each task in a few words, such as "iris, 4-10-3, full batch", for the head of its verdict; where there is none, its name.</summary>
    public ValueList<(string Task, string Summary)> Summaries { get; init; } = [];

    /// <summary>What a step of a curve is: "step", "gradient evaluation" or "epoch".</summary>
    public string Unit { get; init; } = "step";

    /// <summary>How contenders were tuned and how often all was repeated, such as "25 tries, 10 repeats", for the head of each verdict; <see langword="null"/> where that is not told.</summary>
    public string? Procedure { get; init; }

    /// <summary>Milliseconds and bytes that were measured apart from the trials; they win over what trials say.</summary>
    public ValueList<Timing> Timings { get; init; } = [];

    /// <summary>What else stands in the Markdown report, at its end.</summary>
    public ValueList<Note> Notes { get; init; } = [];
}

/// <summary>What a step of a contender on a task costs, measured apart from the trials: contenders interleaved, alone on the machine.</summary>
/// <param name="Task">The task.</param>
/// <param name="Contender">The contender.</param>
/// <param name="MillisecondsPerStep">Milliseconds a step; <see langword="null"/> if not measured.</param>
/// <param name="StateBytesPerParameter">Bytes of state that its rule keeps for each parameter; <see langword="null"/> if not known.</param>
public sealed record Timing(string Task, string Contender, double? MillisecondsPerStep, double? StateBytesPerParameter = null);

/// <summary>A section of a report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Markdown">What stands below it, in Markdown.</param>
public sealed record Note(string Title, string Markdown);
