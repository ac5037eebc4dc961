namespace Steepest;

/// <summary>Some of a network's segments and what they get instead of the run's own: an optimizer, no training at all, or a penalty.</summary>
/// <remarks>
/// Of a run's groups the first that matches a segment takes it; what none takes goes to the run's own optimizer. All segments of a group are trained
/// together, with one state, as if they were a network of their own. Where they are not neighbours, the group works on a copy of them, which costs their
/// memory twice (parameters and gradient) and three copies a step.
/// </remarks>
public sealed record ParameterGroup
{
    private ParameterGroup(ParameterRole? role, string? pattern, Optimizer? optimizer)
    {
        Role = role;
        Pattern = pattern;
        Optimizer = optimizer;
    }

    /// <summary>The role of the segments, or <see langword="null"/> where their names decide.</summary>
    public ParameterRole? Role { get; }

    /// <summary>The pattern of the segments' names, or <see langword="null"/> where their role decides.</summary>
    public string? Pattern { get; }

    /// <summary>The optimizer of these segments, usually the run's own with another learning rate; <see langword="null"/> freezes them: they are never changed.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>
    /// The penalty on these segments' weights instead of the run's; <see langword="null"/> for the run's, <c>new Penalty()</c> for none. Weights that
    /// are frozen count too: a constant in the loss, which changes nothing else.
    /// </summary>
    public Penalty? Penalty { get; init; }

    /// <summary>The segments of one role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="optimizer">Their optimizer; <see langword="null"/> freezes them.</param>
    public static ParameterGroup Of(ParameterRole role, Optimizer? optimizer) => new(role, null, optimizer);

    /// <summary>The segments whose names match a pattern.</summary>
    /// <param name="pattern">A name, in any case, in which <c>*</c> stands for any run of characters, none too: <c>layer1.*</c>.</param>
    /// <param name="optimizer">Their optimizer; <see langword="null"/> freezes them.</param>
    /// <exception cref="SteepestException">The pattern is empty.</exception>
    public static ParameterGroup Named(string pattern, Optimizer? optimizer)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (pattern.Length == 0) throw new SteepestException("The pattern of a parameter group is empty, but it must match the name of a segment, such as layer1.*.");
        return new(null, pattern, optimizer);
    }

    /// <summary>The segments whose names match a pattern, never to be changed.</summary>
    /// <param name="pattern">A name, in any case, in which <c>*</c> stands for any run of characters, none too: <c>layer1.*</c>.</param>
    /// <exception cref="SteepestException">The pattern is empty.</exception>
    public static ParameterGroup Frozen(string pattern) => Named(pattern, null);

    /// <summary>How a sentence names it.</summary>
    internal string Title => Pattern is null ? $"of role {Role}" : $"'{Pattern}'";

    /// <summary>Whether the segment is one of those meant, whoever else means it too.</summary>
    internal bool Matches(ParameterSegment segment) => Pattern is null ? segment.Role == Role : Matches(Pattern.Split('*'), segment.Name);

    private static bool Matches(ReadOnlySpan<string> pieces, ReadOnlySpan<char> name)
    {
        const StringComparison Ordinal = StringComparison.OrdinalIgnoreCase;
        if (pieces.Length == 1) return name.Equals(pieces[0], Ordinal);
        if (!name.StartsWith(pieces[0], Ordinal)) return false;

        // What stands between two stars may as well be found as early as it comes: what follows has the more room.
        name = name[pieces[0].Length..];
        foreach (var piece in pieces[1..^1])
        {
            var found = name.IndexOf(piece, Ordinal);
            if (found < 0) return false;
            name = name[(found + piece.Length)..];
        }

        return name.EndsWith(pieces[^1], Ordinal);
    }
}
