using System.Globalization;

namespace Steepest.Compare.Reports;

/// <summary>Numbers as the reports write them: the same in every country.</summary>
internal static class Words
{
    /// <summary>1902 as "1,902".</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The plural of a unit: "step" as "steps".</summary>
    public static string Many(string unit) => $"{unit}s";

    /// <summary>"1 step", "1,902 steps".</summary>
    public static string Count(long value, string unit) => $"{Count(value)} {(value == 1 ? unit : Many(unit))}";

    /// <summary>A learning rate or another setting, as short as it can be said exactly.</summary>
    public static string Number(double value) =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A loss to four significant digits.</summary>
    public static string Loss(double value) => value switch
    {
        0 => "0",
        < 0.001 or >= 1e6 => value.ToString("0.000e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal),
        < 1 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>Any number to three significant digits: "0.0421", "1.2e-7", "-0.25".</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.001 or >= 1e6 => value.ToString("0.0e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    /// <summary>A ratio of at least 1: "53" or "5.3".</summary>
    public static string Ratio(double value) => value.ToString(value >= 9.95 ? "N0" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>"a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> parts) => parts.Count switch
    {
        0 => string.Empty,
        1 => parts[0],
        _ => $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}",
    };

    /// <summary>The sentence with a capital letter at its start.</summary>
    public static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
