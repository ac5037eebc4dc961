using System.Globalization;
using System.Text.Json;

namespace Steepest;

/// <summary>A place in a JSON document whose complaints name it by its path, such as <c>$.learning-rate.from</c>.</summary>
internal readonly record struct JsonPlace(JsonElement Element, string Path)
{
    /// <summary>Reads a whole document.</summary>
    /// <exception cref="SteepestException">It is not JSON, or the reader refuses what it finds.</exception>
    public static T Read<T>(string json, string what, Func<JsonPlace, T> read)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(new(document.RootElement, "$"));
        }
        catch (JsonException e)
        {
            throw new SteepestException(
                $"The {what} is not JSON: line {Text.Of((e.LineNumber ?? 0) + 1)}, byte {Text.Of((e.BytePositionInLine ?? 0) + 1)} is not what JSON expects there.", e);
        }
    }

    /// <summary>The members of an object, each once.</summary>
    /// <param name="expected">What was expected, for the sentence.</param>
    public IReadOnlyDictionary<string, JsonPlace> Members(string expected)
    {
        if (Element.ValueKind != JsonValueKind.Object) throw Unexpected(expected);
        var members = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        foreach (var member in Element.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, new(member.Value, $"{Path}.{member.Name}"))) throw new SteepestException($"{Path}.{member.Name} is there twice.");
        }

        return members;
    }

    /// <summary>A number; what is not finite is spelled as a string.</summary>
    public double Number() => Element.ValueKind switch
    {
        JsonValueKind.Number => Element.GetDouble(),
        JsonValueKind.String when Element.GetString() is "Infinity" or "-Infinity" or "NaN" => double.Parse(Element.GetString()!, CultureInfo.InvariantCulture),
        _ => throw Unexpected("a number"),
    };

    /// <summary>A setting's value: a number, or true or false of a switch.</summary>
    public double ValueOf(Setting setting) => !setting.IsSwitch ? Number() : Element.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>A list of whole numbers.</summary>
    public ValueList<long> WholeNumbers()
    {
        if (Element.ValueKind != JsonValueKind.Array) throw Unexpected("a list of whole numbers");
        var (path, numbers) = (Path, new List<long>());
        foreach (var (i, item) in Element.EnumerateArray().Index())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number)) throw new JsonPlace(item, $"{path}[{i}]").Unexpected("a whole number");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>The text of the name.</summary>
    public string Name() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Unexpected("a name");

    /// <summary>Says where something was that is refused.</summary>
    public T Named<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (SteepestException e)
        {
            throw new SteepestException($"{Path}: {e.Message}", e);
        }
    }

    public SteepestException Unexpected(string expected) => new($"{Path} is {Shown(Element)}, but {expected} was expected.");

    /// <summary>Writes a value of a setting.</summary>
    public static void Write(Utf8JsonWriter json, Setting setting, double value)
    {
        json.WritePropertyName(setting.Name);
        if (setting.IsSwitch) json.WriteBooleanValue(value != 0);
        else Write(json, value);
    }

    /// <summary>Writes a number; what is not finite as a string, for which JSON has no number.</summary>
    public static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Shown(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => element.GetRawText(),
    };
}
