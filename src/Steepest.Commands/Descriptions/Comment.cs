namespace Steepest.Commands;

/// <summary>What a documentation comment says of a type, in the form that optimizers, wrappers and schedules have theirs in.</summary>
/// <param name="Summary">Its summary.</param>
/// <param name="Equations">The lines of its block of code.</param>
/// <param name="Paragraphs">Its paragraphs, blanks and line ends each one blank.</param>
/// <param name="Sources">What it refers to.</param>
internal sealed record Comment(string Summary, IReadOnlyList<string> Equations, IReadOnlyList<string> Paragraphs, IReadOnlyList<Source> Sources)
{
    private static readonly string[] Libraries = ["PyTorch", "Keras", "optax"], Joints = [", ", " and "];

    /// <summary>What it says of a type without a comment.</summary>
    public static Comment None { get; } = new(string.Empty, [], [], []);

    /// <summary>The paragraphs that begin with the names of other libraries: what differs there.</summary>
    public IReadOnlyList<Difference> Differences => [.. Paragraphs.Select(DifferenceOf).OfType<Difference>()];

    /// <summary>The paragraph about the state, without its first word; <see langword="null"/> where there is none.</summary>
    public string? State => Paragraphs.Where(IsState).Select(text => text["State:".Length..].Trim()).FirstOrDefault();

    /// <summary>All other paragraphs.</summary>
    public IReadOnlyList<string> Notes => [.. Paragraphs.Where(text => !IsState(text) && DifferenceOf(text) is null)];

    private static bool IsState(string paragraph) => paragraph.StartsWith("State:", StringComparison.Ordinal);

    // The names that it begins with, as in "PyTorch and optax: the same." or "Keras adds it to the root."
    private static Difference? DifferenceOf(string paragraph)
    {
        var named = new List<string>();
        var rest = paragraph;
        while (Libraries.FirstOrDefault(name => IsWord(name, rest)) is { } library)
        {
            named.Add(library);
            rest = rest[library.Length..];
            var joint = Joints.FirstOrDefault(joint => rest.StartsWith(joint, StringComparison.Ordinal) && Libraries.Any(name => IsWord(name, rest[joint.Length..])));
            if (joint is null) break;
            rest = rest[joint.Length..];
        }

        return named.Count > 0 ? new Difference(named, rest.TrimStart(':', ',', ' ')) : null;
    }

    private static bool IsWord(string word, string text) =>
        text.StartsWith(word, StringComparison.Ordinal) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]));
}

/// <summary>What is otherwise in other libraries.</summary>
/// <param name="Libraries">Their names.</param>
/// <param name="Text">What is otherwise.</param>
internal sealed record Difference(IReadOnlyList<string> Libraries, string Text);

/// <summary>Where something comes from.</summary>
/// <param name="Text">Authors, year and title, as in <c>Kingma &amp; Ba 2015: Adam</c>, or whose documentation of what.</param>
/// <param name="Url">Where it can be read, if that is known.</param>
internal sealed record Source(string Text, string? Url);
