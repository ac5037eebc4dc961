namespace Steepest.Commands;

/// <summary>What a command needs of the world around it.</summary>
/// <param name="Output">Receives results.</param>
/// <param name="Error">Receives errors and progress.</param>
/// <param name="Folder">The folder in which results are kept unless an option says otherwise.</param>
/// <param name="Optimizers">The optimizers that may be named.</param>
public sealed record CommandHost(TextWriter Output, TextWriter Error, string Folder, IReadOnlyList<OptimizerInfo> Optimizers)
{
    /// <summary>Whether <see cref="Error"/> is a terminal that a person looks at, on which a progress bar may move.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal, with its own width and colours.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>The console and the current folder.</summary>
    /// <param name="own">Optimizers of the program's own, to be named beside Steepest's.</param>
    public static CommandHost Console(params ReadOnlySpan<OptimizerInfo> own) =>
        new(System.Console.Out, System.Console.Error, Directory.GetCurrentDirectory(), [.. Steepest.Optimizers.All, .. own])
        {
            ShowsProgress = !System.Console.IsErrorRedirected,
            OutputIsTerminal = !System.Console.IsOutputRedirected,
        };

    /// <summary>Refuses optimizers that cannot be told apart, or be written, on a command line.</summary>
    /// <exception cref="SteepestException">Two have the same name, or one has no name in kebab-case.</exception>
    internal void CheckNames()
    {
        var taken = new HashSet<string>(Wrappers.All.Select(wrapper => wrapper.Name), StringComparer.OrdinalIgnoreCase);
        foreach (var name in Optimizers.Select(optimizer => optimizer.Name))
        {
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
                throw new SteepestException($"An optimizer of the program has the name '{name}', but letters, digits and hyphens were expected, such as sign-descent.");
            if (!taken.Add(name)) throw new SteepestException($"An optimizer of the program has the name {name}, but there is another of that name.");
        }
    }
}
