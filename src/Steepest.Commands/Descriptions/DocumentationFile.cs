using System.Reflection;
using System.Xml.Linq;

namespace Steepest.Commands;

/// <summary>The documentation comments of types: the library's are embedded here, those of another program lie beside it if it was built with them.</summary>
internal static class DocumentationFile
{
    private const string Embedded = "Steepest.xml";

    private static readonly Lazy<XDocument> Library = new(() =>
    {
        using var stream = typeof(DocumentationFile).Assembly.GetManifestResourceStream(Embedded)!;
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
    });

    /// <summary>The comment of a type, <see cref="Comment.None"/> where there is none.</summary>
    /// <param name="type">The type.</param>
    public static Comment CommentOf(Type type)
    {
        var name = $"T:{type.FullName?.Replace('+', '.')}";
        return FileOf(type.Assembly)?.Descendants("member").FirstOrDefault(member => (string?)member.Attribute("name") == name) is { } comment
            ? Read(comment)
            : Comment.None;
    }

    private static XDocument? FileOf(Assembly assembly)
    {
        if (assembly == typeof(Optimizer).Assembly) return Library.Value;

        // A program in one file has no folder of its own.
        if (assembly.Location.Length == 0) return null;
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        try
        {
            return File.Exists(path) ? XDocument.Load(path, LoadOptions.PreserveWhitespace) : null;
        }
        catch (Exception e) when (e is System.Xml.XmlException or IOException or UnauthorizedAccessException)
        {
            // Not worth a refusal: the program's optimizer says the most important itself.
            return null;
        }
    }

    private static Comment Read(XElement comment) => new(
        comment.Element("summary") is { } summary ? Flat(summary) : string.Empty,
        [.. comment.Descendants("code").Take(1).SelectMany(Lines)],
        [.. comment.Elements("remarks").Elements("para").Select(Flat)],
        [.. comment.Elements("seealso").Where(source => source.Attribute("cref") is null).Select(source => new Source(Flat(source), (string?)source.Attribute("href")))]);

    /// <summary>The lines of a block, without the empty ones at both ends and the blanks that all begin with.</summary>
    private static IEnumerable<string> Lines(XElement code)
    {
        var lines = code.Value.Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0)
            .Reverse().ToArray();
        var indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return lines.Select(line => line.Length == 0 ? line : line[indent..]);
    }

    private static string Flat(XElement element) => string.Join(' ', Words(element).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Words(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => (string?)reference.Attribute("name"),
        XElement { IsEmpty: true } reference => NameOf((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? string.Empty),
        XElement inner => Words(inner),
        _ => string.Empty,
    }));

    // T:Steepest.Adam as Adam.
    private static string NameOf(string reference) => reference.Split('(')[0].Split('.', ':')[^1];
}
