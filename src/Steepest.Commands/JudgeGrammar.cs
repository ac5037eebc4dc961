using System.CommandLine;
using Steepest.Compare.Judging;

namespace Steepest.Commands;

/// <summary>The options of <c>steepest judge</c>.</summary>
internal sealed class JudgeGrammar
{
    // Of these more is better; of any other metric, as of a loss, less.
    private static readonly string[] Rising = ["accuracy", "acc", "auc", "f1", "macro-f1", "precision", "recall", "r2", "score", "reward", "bleu"];

    private readonly Option<string?> reach = Option<string?>("--reach", "target", "The target: a loss such as 0.1, or a metric with its target such as accuracy=0.95. Without it the worst value at which a run of the baseline ended.");
    private readonly Option<string?> metric = Option<string?>("--metric", "name", "What the metric is, such as loss or accuracy; also the column to read where none is called metric. Without it loss.");
    private readonly Option<string?> better = Option<string?>("--better", "side", "lower or higher. Without it higher for accuracy and its kin, such as validation-accuracy, else lower.");
    private readonly Option<string?> baseline = Option<string?>("--baseline", "contender", "The contender that all others are compared with. Without it the first in the file.");
    private readonly Option<bool> allPairs = Option<bool>("--all-pairs", null, "Compare every two contenders, at the stricter level that so many comparisons need.");
    private readonly Option<string?> look = Option<string?>("--look", "number", "If repeats may be added until it is decided: 1 for the first look at them, 2 for the next. Look j is tested at 0.05/2ʲ. Without it the number of repeats was fixed beforehand.");
    private readonly Option<string?> equal = Option<string?>("--equal", "ratio", "The largest ratio of times that makes no practical difference. Without it 1.1.");
    private readonly Option<string?> equalMetric = Option<string?>("--equal-metric", "difference", "The largest difference of the metric at the end that makes no practical difference. Without it 0.01.");

    public Argument<string> File { get; } = new("file") { Description = "A CSV file of curves.", HelpName = "runs.csv" };

    public Option<string?> Out { get; } = Option<string?>("--out", "folder", "Where pictures, report and numbers are kept. Without it steepest-<file>-<n>, the next free n.");

    public Option<bool> Force { get; } = Option<bool>("--force", null, "Replace results that are already in --out.");

    public Option<string?> Format { get; } = Option<string?>("--format", "name", "table, markdown, or json for one JSON document and nothing else on standard output. Without it table.");

    public void AddTo(Command command)
    {
        command.Add(File);
        foreach (var option in (Option[])[reach, metric, better, baseline, allPairs, look, equal, equalMetric, Out, Force, Format]) command.Add(option);
    }

    /// <summary>How to judge.</summary>
    public JudgeOptions Read(ParseResult parsed)
    {
        var (name, target) = Target(parsed.GetValue(reach), parsed.GetValue(metric));
        var isHigherBetter = parsed.GetValue(better) is { } side
            ? Values.Choice("The --better", side, ("lower", false), ("higher", true))
            : name.Split('-', '_', ' ').Concat([name]).Any(word => Rising.Contains(word, StringComparer.OrdinalIgnoreCase));
        return new JudgeOptions(name, isHigherBetter)
        {
            Target = target,
            Baseline = parsed.GetValue(baseline),
            AllPairs = parsed.GetValue(allPairs),
            Look = parsed.GetValue(look) is { } number ? Values.Count("The --look", number) : 0,
            RatioMargin = parsed.GetValue(equal) is { } ratio ? Above("The --equal", ratio, 1) : Compare.Statistics.Comparison.UsualRatioMargin,
            MetricMargin = parsed.GetValue(equalMetric) is { } difference ? Above("The --equal-metric", difference, 0) : Compare.Statistics.Comparison.UsualMetricMargin,
        };
    }

    private static (string Metric, double? Target) Target(string? text, string? metric)
    {
        if (text is null) return (metric ?? "loss", null);
        var (name, value) = text.Split('=', 2) is [var before, var after] ? (before.Trim(), after.Trim()) : (metric ?? "loss", text);
        if (metric is not null && !metric.Equals(name, StringComparison.OrdinalIgnoreCase))
            throw new SteepestException($"The --reach is '{text}', but the --metric is '{metric}'; give one metric.");
        var target = Values.Number(!text.Contains('=', StringComparison.Ordinal) ? "The --reach" : $"The {name} of --reach", value);
        return double.IsFinite(target) ? (name, target) : throw new SteepestException($"The --reach is '{text}', but a finite number was expected.");
    }

    private static double Above(string place, string text, double least) => Values.Number(place, text) is var number && double.IsFinite(number) && number > least
        ? number
        : throw new SteepestException($"{place} is '{text}', but a finite number above {least} was expected.");

    private static Option<T> Option<T>(string name, string? value, string description) => new(name) { Description = description, HelpName = value };
}
