using System.Globalization;
using Steepest.Compare.Reports;

namespace Steepest.Compare.Statistics;

/// <summary>The target value of a metric. It is no part of a trial: it can be moved afterwards at no cost.</summary>
/// <param name="Metric">The metric's name, such as "loss".</param>
/// <param name="IsHigherBetter">Whether the metric rises to the target; else it falls to it.</param>
/// <param name="Value">The target, of which a billionth short still counts.</param>
public sealed record Reach(string Metric, bool IsHigherBetter, double Value)
{
    private const double Tolerance = 1e-9;

    /// <summary>Whether a value is at the target or past it; what is not finite never is.</summary>
    /// <param name="value">The metric.</param>
    public bool IsReachedBy(double value)
    {
        var slack = Math.Abs(Value) * Tolerance;
        return double.IsFinite(value) && (IsHigherBetter ? value >= Value - slack : value <= Value + slack);
    }

    /// <summary>The target moved away from the best there is: an accuracy's distance from 1, any other metric itself, times a factor.</summary>
    /// <param name="factor">Above 1 makes a target that falls, and an accuracy, easier.</param>
    public Reach Moved(double factor) => this with { Value = IsHigherBetter && Value is > 0 and <= 1 ? 1 - ((1 - Value) * factor) : Value * factor };

    /// <summary>The target in a sentence, such as "loss 0.1145".</summary>
    public override string ToString() =>
        $"{Metric} {(Math.Abs(Value) is >= 0.001 and < 1e6 ? Value.ToString("G4", CultureInfo.InvariantCulture) : Words.Loss(Value))}";
}
