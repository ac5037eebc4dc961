using System.Globalization;

namespace Steepest;

/// <summary>What something was made from, setting by setting: kept in checkpoints one a line, and told apart by the first that differs.</summary>
internal sealed class Description
{
    // As much of a setting as can be read in a sentence.
    private const int LongestExcerpt = 80;

    private readonly List<(string Name, string Value)> settings = [];

    /// <summary>Reads what <see cref="ToString"/> gave.</summary>
    public static Description Parse(string text)
    {
        var description = new Description();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            description.settings.Add(colon < 0 ? (line, "") : (line[..colon], line[(colon + 2)..]));
        }

        return description;
    }

    /// <summary>Adds a setting, said the same in every country; one that is <see langword="null"/> is none.</summary>
    public Description Add(string name, object? value)
    {
        // A description that someone else wrote may ask for the culture.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            settings.Add((name, (value?.ToString() ?? "none").ReplaceLineEndings(" ")));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        return this;
    }

    /// <summary>What differs first, as in "its seed is 1, expected 2"; <see langword="null"/> if nothing does.</summary>
    public string? DifferenceFrom(Description expected)
    {
        for (var i = 0; i < Math.Max(settings.Count, expected.settings.Count); i++)
        {
            var found = i < settings.Count ? settings[i] : (expected.settings[i].Name, Value: "none");
            var other = i < expected.settings.Count ? expected.settings[i] : (found.Name, Value: "none");
            if (found != other) return $"its {found.Name} is {Excerpt(found.Value, other.Value)}, expected {Excerpt(other.Value, found.Value)}";
        }

        return null;
    }

    /// <summary>Name and value of each, one a line.</summary>
    public override string ToString() => string.Join('\n', settings.Select(setting => $"{setting.Name}: {setting.Value}"));

    /// <summary>Where a value is too long, the part around its first difference from another.</summary>
    private static string Excerpt(string value, string other)
    {
        if (value.Length <= LongestExcerpt) return value;
        var start = Math.Clamp(value.AsSpan().CommonPrefixLength(other) - (LongestExcerpt / 2), 0, value.Length - LongestExcerpt);
        var end = start + LongestExcerpt;
        return $"{(start > 0 ? "…" : "")}{value[start..end]}{(end < value.Length ? "…" : "")}";
    }
}
