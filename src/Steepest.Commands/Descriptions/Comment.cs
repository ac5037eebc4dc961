namespace Steepest.Commands;

/// <summary>What a documentation comment says of a type, in the form that optimizers, wrappers and schedules have theirs in.</summary>
/// <param name="Summary">Its summary.</param>
/// <param name="Equations">The lines of its block of code.</param>
/// <param name="Paragraphs">Its paragraphs, blanks and line ends each one blank.</param>
/// <param name="Sources">What it refers to.</param>
internal sealed record Comment(string Summary, IReadOnlyList<string> Equations, IReadOnlyList<string> Paragraphs, IReadOnlyList<Source> Sources)
{
    private static readonly string[] Libraries = ["PyTorch", "Keras", "optax"];

    /// <summary>What it says of a type without a comment.</summary>
    public static Comment None { get; } = new(string.Empty, [], [], []);

    /// <summary>The paragraphs that begin with the names of other libraries and a colon: what differs there.</summary>
    public IReadOnlyList<Difference> Differences => [.. Paragraphs.Select(DifferenceOf).OfType<Difference>()];

    /// <summary>The paragraph about the state, without its first word; <see langword="null"/> where there is none.</summary>
    public string? State => Paragraphs.Where(IsState).Select(text => text["State:".Length..].Trim()).FirstOrDefault();

    /// <summary>All other paragraphs.</summary>
    public IReadOnlyList<string> Notes => [.. Paragraphs.Where(text => !IsState(text) && DifferenceOf(text) is null)];

    private static bool IsState(string paragraph) => paragraph.StartsWith("State:", StringComparison.Ordinal);

    private static Difference? DifferenceOf(string paragraph)
    {
        if (!Libraries.Any(name => paragraph.StartsWith(name, StringComparison.Ordinal))) return null;
        var colon = paragraph.IndexOf(':', StringComparison.Ordinal);
        var named = colon < 0 ? [] : paragraph[..colon].Split([", ", " and "], StringSplitOptions.TrimEntries);
        return named.Length > 0 && named.All(Libraries.Contains) ? new Difference(named, paragraph[(colon + 1)..].Trim()) : null;
    }
}

/// <summary>What is otherwise in other libraries.</summary>
/// <param name="Libraries">Their names.</param>
/// <param name="Text">What is otherwise.</param>
internal sealed record Difference(IReadOnlyList<string> Libraries, string Text);

/// <summary>Where something comes from.</summary>
/// <param name="Text">Authors, year and title, as in <c>Kingma &amp; Ba 2015: Adam</c>, or whose documentation of what.</param>
/// <param name="Url">Where it can be read, if that is known.</param>
internal sealed record Source(string Text, string? Url);
