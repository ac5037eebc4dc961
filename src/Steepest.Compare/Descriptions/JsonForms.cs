using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steepest.Compare.Descriptions;

/// <summary>The forms that values of descriptions have in JSON.</summary>
internal static class JsonForms
{
    /// <summary>A text that is not empty.</summary>
    public static JsonForm<string> Text { get; } = new(
        place => place.Name() is { Length: > 0 } text ? text : throw place.Unexpected("a text that is not empty"),
        (json, text) => json.WriteStringValue(text),
        () => new JsonObject { ["type"] = "string", ["minLength"] = 1 });

    /// <summary>Yes or no.</summary>
    public static JsonForm<bool> Switch { get; } = new(
        place => place.Element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw place.Unexpected("true or false"),
        },
        (json, value) => json.WriteBooleanValue(value),
        () => new JsonObject { ["type"] = "boolean" });

    /// <summary>A finite number; what is outside the range is the owner's to refuse.</summary>
    /// <param name="schema">What the schema says of the range, such as minimum and maximum.</param>
    public static JsonForm<double> Number(params (string Keyword, double Limit)[] schema) => new(
        place => place.Element.ValueKind == JsonValueKind.Number && place.Number() is var number && double.IsFinite(number) ? number : throw place.Unexpected("a number"),
        JsonPlace.Write,
        () =>
        {
            var form = new JsonObject { ["type"] = "number" };
            foreach (var (keyword, limit) in schema) form[keyword] = limit;
            return form;
        });

    /// <summary>A whole number of a range that its type has too.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The greatest.</param>
    public static JsonForm<T> Whole<T>(T least, T most)
        where T : IBinaryInteger<T> => new(
        place => place.Element.ValueKind == JsonValueKind.Number
            && T.TryParse(place.Element.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw place.Unexpected(FormattableString.Invariant($"a whole number from {least} to {most}")),
        (json, number) => json.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture)),
        () => new JsonObject { ["type"] = "integer", ["minimum"] = decimal.CreateChecked(least), ["maximum"] = decimal.CreateChecked(most) });

    /// <summary>One of a few names.</summary>
    /// <param name="kind">What is named, such as "metric".</param>
    /// <param name="names">The names of the values.</param>
    public static JsonForm<T> Choice<T>(string kind, params (string Name, T Value)[] names)
        where T : notnull => new(
        place =>
        {
            var word = place.Name();
            foreach (var (name, value) in names)
            {
                if (name == word) return value;
            }

            return place.Named<T>(() => throw NearestName.Unknown(kind, word, names.Select(one => one.Name)));
        },
        (json, value) => json.WriteStringValue(names.First(one => one.Value.Equals(value)).Name),
        () => new JsonObject { ["enum"] = new JsonArray([.. names.Select(one => (JsonNode)one.Name)]) });

    /// <summary>A list.</summary>
    /// <param name="item">The form of its items.</param>
    /// <param name="expected">What it is, such as "a list of whole numbers".</param>
    public static JsonForm<ValueList<T>> ListOf<T>(JsonForm<T> item, string expected) => new(
        place => [.. place.Items(expected).Select(item.Read)],
        (json, list) =>
        {
            json.WriteStartArray();
            foreach (var one in list) item.Write(json, one);
            json.WriteEndArray();
        },
        () => new JsonObject { ["type"] = "array", ["items"] = item.Schema() });

    /// <summary>A value that may be left out, and is null then.</summary>
    /// <param name="form">The form of the value.</param>
    public static JsonForm<T?> Optional<T>(JsonForm<T> form)
        where T : struct => new(place => form.Read(place), (json, value) => form.Write(json, value!.Value), form.Schema);

    /// <summary>A reference that may be left out, and is null then.</summary>
    /// <param name="form">The form of the value.</param>
    public static JsonForm<T?> OptionalRef<T>(JsonForm<T> form)
        where T : class => new(form.Read, (json, value) => form.Write(json, value!), form.Schema);
}
