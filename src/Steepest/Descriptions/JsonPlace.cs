using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Steepest;

/// <summary>A place in a JSON document whose complaints name it by its path, such as <c>$.learning-rate.from</c>, and in a file by line and column too.</summary>
internal readonly record struct JsonPlace(JsonElement Element, string Path, JsonFile? File = null)
{
    private const int MostShown = 60;

    /// <summary>The place for a sentence.</summary>
    public string Where => File?.Where(Path) ?? Path;

    /// <summary>The place of a member for a sentence about its name.</summary>
    public string WhereNamed => File?.WhereNamed(Path) ?? Path;

    /// <summary>The document that somebody writes, on one line.</summary>
    public static string Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="SteepestException">It is not JSON, or the reader refuses what it finds.</exception>
    public static T Read<T>(string json, string what, Func<JsonPlace, T> read)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = Parsed(json, what);
        return read(new(document.RootElement, "$"));
    }

    /// <summary>The members of an object, each once.</summary>
    /// <param name="expected">What was expected, for the sentence.</param>
    public IReadOnlyDictionary<string, JsonPlace> Members(string expected)
    {
        if (Element.ValueKind != JsonValueKind.Object) throw Unexpected(expected);
        var members = new Dictionary<string, JsonPlace>(StringComparer.Ordinal);
        foreach (var member in Element.EnumerateObject())
        {
            var name = Whole(() => member.Name);
            var place = new JsonPlace(member.Value, $"{Path}{Step(name)}", File);
            if (!members.TryAdd(name, place)) throw new SteepestException($"{place.WhereNamed} is there twice, but a member can have one value.");
        }

        return members;
    }

    /// <summary>Whether it is a number; what is not finite is spelled as a string.</summary>
    public bool IsNumber => Element.ValueKind == JsonValueKind.Number || Element.GetRawText() is "\"Infinity\"" or "\"-Infinity\"" or "\"NaN\"";

    /// <summary>A number.</summary>
    public double Number() => IsNumber ? double.Parse(Element.GetRawText().Trim('"'), CultureInfo.InvariantCulture) : throw Unexpected("a number");

    /// <summary>A setting's value: a number in its range, or true or false of a switch.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="owner">Whose it is, for the sentence.</param>
    public double ValueOf(Setting setting, string owner)
    {
        if (setting.IsSwitch)
        {
            return Element.ValueKind switch
            {
                JsonValueKind.True => 1,
                JsonValueKind.False => 0,
                _ => throw Unexpected("true or false"),
            };
        }

        var number = Number();
        return Named(() => setting.Checked(number, owner));
    }

    /// <summary>The items of a list.</summary>
    /// <param name="expected">What was expected, for the sentence.</param>
    public IReadOnlyList<JsonPlace> Items(string expected)
    {
        if (Element.ValueKind != JsonValueKind.Array) throw Unexpected(expected);
        var (path, file) = (Path, File);
        return [.. Element.EnumerateArray().Select((item, i) => new JsonPlace(item, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", file))];
    }

    /// <summary>A list of whole numbers.</summary>
    public ValueList<long> WholeNumbers() =>
    [
        .. Items("a list of whole numbers").Select(item =>
            item.Element.ValueKind == JsonValueKind.Number && item.Element.TryGetInt64(out var number) ? number : throw item.Unexpected("a whole number")),
    ];

    /// <summary>The text of the name.</summary>
    public string Name()
    {
        if (Element.ValueKind != JsonValueKind.String) throw Unexpected("a name");
        var element = Element;
        return Whole(() => element.GetString()!);
    }

    /// <summary>Says where something was that is refused.</summary>
    public T Named<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (SteepestException e)
        {
            throw new SteepestException($"{Where}: {e.Message}", e);
        }
    }

    public SteepestException Unexpected(string expected) => new($"{Where} is {Shown(Element)}, but {expected} was expected.");

    /// <summary>The step of a path to a member: a dot and the name, in brackets where a dot would be read otherwise.</summary>
    public static string Step(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '$') ? $".{name}" : $"['{name}']";

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
        if (double.IsFinite(value)) json.WriteRawValue(Text.Of(value));
        else json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private static JsonDocument Parsed(string json, string what)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new SteepestException(
                $"The {what} is not JSON: line {Text.Of((e.LineNumber ?? 0) + 1)}, byte {Text.Of((e.BytePositionInLine ?? 0) + 1)} is not what JSON expects there.", e);
        }
        catch (ArgumentException e)
        {
            throw new SteepestException($"The {what} is not JSON: it holds half a surrogate pair, but whole characters were expected.", e);
        }
    }

    /// <summary>A text of the document, unless half a character is escaped in it.</summary>
    private string Whole(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException e)
        {
            throw new SteepestException($"{Where} has a text with half a surrogate pair, but whole characters were expected.", e);
        }
    }

    private static string Shown(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => element.GetRawText() is { Length: > MostShown } text ? $"{text[..MostShown]}…" : element.GetRawText(),
    };
}
