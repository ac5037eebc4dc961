using System.Globalization;

namespace Steepest;

/// <summary>Values in sentences: the same in every country.</summary>
internal static class Text
{
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Of(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string PrecisionOf<T>() => typeof(T) == typeof(float) ? "float" : "double";
}
