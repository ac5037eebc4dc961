namespace Steepest.Lab.Races;

/// <summary>The race of each tab of the browser, the last one, so that its target can be moved. A new race of a tab ends the one before; of many tabs the latest few are kept.</summary>
/// <param name="mostKept">How many are kept: more than can run and wait.</param>
internal sealed class Tabs(int mostKept)
{
    private const int LongestName = 64;

    private readonly Lock gate = new();
    private readonly LinkedList<(string Tab, LiveRace Race)> races = new();

    /// <summary>The name of a tab, which it made up itself.</summary>
    /// <param name="name">What the request says.</param>
    /// <exception cref="SteepestException">It is no name.</exception>
    public static string NameOf(string? name) => name is { Length: > 0 and <= LongestName } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        ? name
        : throw new SteepestException("The request names no tab, but a name of letters, digits and hyphens was expected in the header Steepest-Tab.");

    /// <summary>The tab's race.</summary>
    /// <param name="tab">The tab.</param>
    /// <exception cref="SteepestException">It has none.</exception>
    public LiveRace Of(string tab)
    {
        lock (gate) return races.FirstOrDefault(one => one.Tab == tab).Race ?? throw new SteepestException("This tab has no race any more; press Race.");
    }

    /// <summary>Begins a race of a tab, and ends the one before.</summary>
    /// <param name="tab">The tab.</param>
    /// <param name="race">The race.</param>
    public void Begin(string tab, LiveRace race)
    {
        lock (gate)
        {
            if (races.FirstOrDefault(one => one.Tab == tab) is { Race: { } before } old)
            {
                before.End();
                races.Remove(old);
            }

            races.AddLast((tab, race));
            if (races.Count <= mostKept) return;
            races.First!.Value.Race.End();
            races.RemoveFirst();
        }
    }
}
