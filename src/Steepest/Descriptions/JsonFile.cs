using System.Text;
using System.Text.Json;

namespace Steepest;

/// <summary>A JSON file that somebody wrote by hand: it may have comments and trailing commas, and whoever complains of it names file, line and column.</summary>
internal sealed class JsonFile
{
    /// <summary>The largest file that is read: far more than anybody writes.</summary>
    public const long MostBytes = 4 << 20;

    private const int Deepest = 64;

    // Strict both ways: half a character is told, not replaced.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly string name;
    private readonly string text;
    private readonly byte[] bytes;

    /// <summary>A file that was read already.</summary>
    /// <param name="name">Its name, for sentences.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="example">What was expected, such as an example, for a file that is empty.</param>
    /// <exception cref="SteepestException">It is empty, too large or holds half a character.</exception>
    public JsonFile(string name, string text, string example)
    {
        (this.name, this.text) = (name, text.StartsWith('\uFEFF') ? text[1..] : text);
        if (text.Length > MostBytes) throw TooLarge(name, text.Length);
        if (string.IsNullOrWhiteSpace(this.text)) throw new SteepestException($"'{name}' is empty, but {example} was expected.");
        try
        {
            bytes = Utf8.GetBytes(this.text);
        }
        catch (EncoderFallbackException e)
        {
            throw new SteepestException($"'{name}', {At(e.Index)}: found half a surrogate pair, but whole characters were expected.", e);
        }
    }

    /// <summary>Reads a file's text; UTF-8, or what its byte order mark says.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it is to be, such as "an experiment".</param>
    /// <param name="name">What sentences call it; its path unless given.</param>
    /// <exception cref="SteepestException">There is none, it cannot be read, it is too large or no text.</exception>
    public static string TextOf(string path, string expected, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path)) throw new SteepestException($"'{name ?? path}' is a folder, but the file of {expected} was expected.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.Length > MostBytes) throw TooLarge(name ?? path, stream.Length);
            using var reader = new StreamReader(stream, Utf8);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new SteepestException($"'{name ?? path}' holds bytes that are not UTF-8, but the text of {expected} was expected.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SteepestException($"'{name ?? path}': there is no such file, but that of {expected} was expected.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new SteepestException($"'{name ?? path}': the file cannot be opened, but one that can be read was expected.", e);
        }
    }

    /// <summary>Reads the document.</summary>
    /// <param name="read">Reads it, or refuses what it finds.</param>
    /// <exception cref="SteepestException">It is not JSON, or the reader refuses it.</exception>
    public T Read<T>(Func<JsonPlace, T> read)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest });
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }

        using (document) return read(new(document.RootElement, "$", this));
    }

    /// <summary>Where the value of a path stands, and the path; of a path that leads nowhere, what is there of it.</summary>
    /// <param name="path">A path as <see cref="JsonPlace"/> makes them.</param>
    public string Where(string path) => $"'{name}', {At(Find(path, ofName: false))}: {path}";

    /// <summary>Where the name of a member stands, the last of that name, and its path.</summary>
    /// <param name="path">A path as <see cref="JsonPlace"/> makes them.</param>
    public string WhereNamed(string path) => $"'{name}', {At(Find(path, ofName: true))}: {path}";

    private static SteepestException TooLarge(string name, long bytes) =>
        new($"'{name}' has {Text.Of(bytes)} bytes, but a file of at most {Text.Of(MostBytes)} was expected.");

    // Only an error needs a place: the document is gone through once more then, and no one else pays for it.
    private int Find(string path, bool ofName)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest });
        var parents = new Stack<(string Path, int Items)>();
        var (next, found, longest) = ("$", 0L, 0);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                parents.Pop();
                continue;
            }

            var isName = reader.TokenType == JsonTokenType.PropertyName;
            if (isName)
            {
                next = parents.Peek().Path + JsonPlace.Step(NameOf(ref reader));
            }
            else if (parents.TryPeek(out var parent) && parent.Items >= 0)
            {
                parents.Pop();
                parents.Push((parent.Path, parent.Items + 1));
                next = $"{parent.Path}[{parent.Items.ToString(System.Globalization.CultureInfo.InvariantCulture)}]";
            }

            if ((!isName || (ofName && next == path)) && next.Length >= longest && Leads(next, path) && !(ofName && !isName && next == path))
                (found, longest) = (reader.TokenStartIndex, next.Length);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) parents.Push((next, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }

        return Utf8.GetCharCount(bytes.AsSpan(0, (int)found));
    }

    private static bool Leads(string part, string path) =>
        path.StartsWith(part, StringComparison.Ordinal) && (path.Length == part.Length || path[part.Length] is '.' or '[');

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private string At(int index)
    {
        var before = text.AsSpan(0, index);
        return $"line {Text.Of(before.Count('\n') + 1L)}, column {Text.Of(index - before.LastIndexOf('\n'))}";
    }

    private SteepestException NotJson(JsonException e)
    {
        // The reader counts bytes of a line, and people characters.
        var start = 0;
        for (var line = e.LineNumber ?? 0; line > 0; line--) start = bytes.AsSpan(start).IndexOf((byte)'\n') + start + 1;
        var end = (int)Math.Min(start + (e.BytePositionInLine ?? 0), bytes.Length);
        while (end < bytes.Length && end > start && (bytes[end] & 0xC0) == 0x80) end--;
        var index = Utf8.GetCharCount(bytes.AsSpan(0, end));
        var found = e.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"found values nested more than {Deepest} deep, but fewer were"
            : index < text.Length ? $"found {Shown(index)}, but JSON would go on otherwise there; quotes, commas and brackets in their places were"
            : "the file ends, but the rest of it was";
        return new($"'{name}', {At(index)}: {found} expected.", e);
    }

    private string Shown(int index) => text[index] switch
    {
        '\n' or '\r' => "the end of the line",
        ' ' or '\t' => "a blank",
        var c when char.IsHighSurrogate(c) => $"'{text.Substring(index, 2)}'",
        var c => $"'{c}'",
    };
}
