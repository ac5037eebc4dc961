using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Steepest.Compare.Descriptions;

/// <summary>
/// JSON of which there is one spelling only: no blanks, members sorted by the UTF-16 code units of their names, numbers as ECMAScript writes them. What is equal has equal
/// bytes, and so one hash.
/// </summary>
/// <remarks>Source: RFC 8785, JSON Canonicalization Scheme.</remarks>
internal static class CanonicalJson
{
    // Beyond it neighbours are the same double, and two descriptions would have one spelling.
    private const long LargestWhole = 1L << 53;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The canonical spelling of a document.</summary>
    /// <param name="json">A document: no member twice, no half of a character, no whole number beyond 2⁵³.</param>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json, Strict);
        var text = new StringBuilder(json.Length);
        Append(text, document.RootElement);
        return text.ToString();
    }

    /// <summary>A number as ECMAScript's Number::toString: the fewest digits that tell it apart, with an exponent below 1e-6 and from 1e21.</summary>
    /// <param name="value">A finite number.</param>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number.");
        if (value == 0) return "0";

        // The digits are the same; where the point stands, and when there is an exponent, is not.
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (mantissa, exponent) = text.Split('E') is [var before, var after] ? (before, int.Parse(after, CultureInfo.InvariantCulture)) : (text, 0);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? at : mantissa.Length;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return (value < 0 ? "-" : "") + Placed(digits.TrimEnd('0'), exponent + point - 1 - (all.Length - digits.Length));
    }

    // d.ddd times ten to the exponent.
    private static string Placed(string digits, int exponent) => exponent switch
    {
        >= 21 or < -6 => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent > 0 ? "+" : "-")}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}",
        < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
        _ when exponent >= digits.Length - 1 => digits.PadRight(exponent + 1, '0'),
        _ => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
    };

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var before = '{';
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    text.Append(before);
                    Append(text, member.Name);
                    text.Append(':');
                    Append(text, member.Value);
                    before = ',';
                }

                text.Append(before == '{' ? "{}" : "}");
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (i, item) in element.EnumerateArray().Index())
                {
                    if (i > 0) text.Append(',');
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Append(text, element.GetString()!);
                break;
            case JsonValueKind.Number:
                if (element.TryGetInt64(out var whole) && whole is > LargestWhole or < -LargestWhole)
                    throw new SteepestException($"The number {element.GetRawText()} has no exact place in a key, but a whole number within ±2⁵³ was expected.");
                text.Append(Number(element.GetDouble()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case < ' ':
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
