namespace Steepest.Commands;

/// <summary>A name with settings in brackets, as in <c>uniform(low:0;high:1)</c>: how the command spells initializers, activations and schedules.</summary>
/// <param name="Name">The name.</param>
/// <param name="Settings">Keys and values as they were typed.</param>
internal sealed record Call(string Name, IReadOnlyList<(string Key, string Value)> Settings)
{
    /// <summary>Reads a call; a bare name has no settings.</summary>
    /// <param name="place">Where it stands, for the sentence.</param>
    /// <param name="text">What was typed.</param>
    public static Call Parse(string place, string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return new Call(text.Trim(), []);
        if (open == 0 || !text.EndsWith(')')) throw new SteepestException($"{place} is '{text}', but a name(key:value;key:value) was expected.");

        var settings = new List<(string, string)>();
        foreach (var part in Split(text[(open + 1)..^1], ';').Where(part => part.Length > 0))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new SteepestException($"{place} is '{text}', in which '{part}' is not key:value.");
            settings.Add((part[..colon].Trim(), part[(colon + 1)..].Trim()));
        }

        return new Call(text[..open].Trim(), settings);
    }

    /// <summary>The parts between separators that stand in no brackets, without the blanks around them.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="separator">What stands between two parts.</param>
    public static IReadOnlyList<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] != separator || depth > 0) continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    /// <summary>The numbers of the settings by name, in the order of <paramref name="defaults"/>.</summary>
    public double[] Numbers(string place, params ReadOnlySpan<(string Name, double Default)> defaults)
    {
        var values = new double[defaults.Length];
        var names = new string[defaults.Length];
        for (var i = 0; i < values.Length; i++) (names[i], values[i]) = defaults[i];
        foreach (var (key, value) in Settings)
        {
            var at = Array.FindIndex(names, name => name.Equals(key, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                throw names.Length == 0 ? new SteepestException($"{place} is {Name}, which has no setting '{key}'.") : NearestName.Unknown($"{Name} setting", key, names);
            }

            values[at] = Values.Number($"The {names[at]} of {Name}", value);
        }

        return values;
    }
}
