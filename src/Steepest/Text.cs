using System.Globalization;
using System.Numerics;

namespace Steepest;

/// <summary>Values in sentences: the same in every country.</summary>
internal static class Text
{
    /// <summary>As short as it can be said exactly, such as 0.01 or 5e-324.</summary>
    public static string Of(double value) => Of<double>(value);

    /// <summary>As short as it can be said exactly in its own precision.</summary>
    public static string Of<T>(T value)
        where T : IBinaryFloatingPointIeee754<T> =>
        value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);

    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things: 1 row, 2,000 rows.</summary>
    public static string Count(long count, string one, string? many = null) => $"{Of(count)} {(count == 1 ? one : many ?? (one + "s"))}";

    public static string PrecisionOf<T>() => typeof(T) == typeof(float) ? "float" : "double";
}
