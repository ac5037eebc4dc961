namespace Steepest;

/// <summary>Finds what somebody probably meant by a mistyped name.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name that takes the fewest slips to turn into <paramref name="word"/>, or null where none is near. A slip is a letter added,
    /// left out or replaced, or two neighbours swapped (Damerau–Levenshtein distance, no letter edited twice); upper and lower case are the
    /// same. Near is one slip, or up to a third of the longer of the two, as long as not every letter is wrong.
    /// </summary>
    /// <param name="word">What was typed.</param>
    /// <param name="known">The names to choose from; of equally near ones, the first wins.</param>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        var typed = word.ToUpperInvariant();
        string? nearest = null;
        var fewest = int.MaxValue;
        foreach (var name in known)
        {
            var slips = Distance(typed, name.ToUpperInvariant());
            if (slips < fewest && IsNear(slips, word.Length, name.Length))
                (nearest, fewest) = (name, slips);
        }

        return nearest;
    }

    /// <summary>An error for a name that is not known, with the nearest one that is.</summary>
    /// <param name="kind">What was to be named, such as "optimizer".</param>
    /// <param name="word">What was typed.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>An exception such as: There is no optimizer 'adma'; did you mean adam?</returns>
    public static SteepestException Unknown(string kind, string word, IEnumerable<string> known)
    {
        string[] names = [.. known];
        var nearest = Of(word, names);
        return new SteepestException(nearest is null
            ? $"There is no {kind} '{word}'; there are {string.Join(", ", names)}."
            : $"There is no {kind} '{word}'; did you mean {nearest}?");
    }

    private static bool IsNear(int slips, int length, int other) =>
        (slips <= Math.Max(1, Math.Max(length, other) / 3) && slips < Math.Min(length, other)) || slips == 0;

    private static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped)
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
