namespace Steepest.Compare;

/// <summary>The data that tasks are made of: what comes with the library, and the mails.</summary>
public static class TaskData
{
    /// <summary>Every set, the smallest first.</summary>
    public static IReadOnlyList<BundledDataset> All { get; } =
    [
        .. Datasets.All,
        new(
            "mails",
            "wanted or spam, for 6,046 mails, from the logarithms of how often they use 3,519 words",
            Rows: 6046,
            FeatureCount: 3519,
            Classes: 2,
            "SpamAssassin public mail corpus, 2002 to 2005, as word counts",
            "CC0 1.0",
            MailData.Load),
    ];

    /// <summary>The set of the given name.</summary>
    /// <param name="name">A name as in <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name; the message says which name is nearest, or which there are.</exception>
    public static BundledDataset Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(data => data.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw NearestName.Unknown("data set", name, All.Select(data => data.Name));
    }
}
