using System.Globalization;
using Steepest.Compare.Reports;

namespace Steepest.Compare;

/// <summary>What a target is measured in.</summary>
public enum TargetMetric
{
    /// <summary>The training loss, to fall to the target or below.</summary>
    Loss,

    /// <summary>The share of training rows predicted right, to rise to the target or above.</summary>
    Accuracy,
}

/// <summary>What contenders race to reach.</summary>
/// <param name="Metric">What is measured, at each epoch before its update.</param>
/// <param name="Value">The value to reach.</param>
public sealed record Target(TargetMetric Metric, double Value)
{
    /// <summary>The target in a sentence, such as "loss 0.1145".</summary>
    public override string ToString() => Metric == TargetMetric.Loss
        ? $"loss {(Value is >= 0.001 and < 1e6 ? Value.ToString("G4", CultureInfo.InvariantCulture) : Words.Loss(Value))}"
        : $"accuracy {Value.ToString("G4", CultureInfo.InvariantCulture)}";

    internal bool IsReached(double loss, long right, long rows) => Metric == TargetMetric.Loss
        ? History.Reaches(loss, Value)
        : right >= Value * rows;
}
