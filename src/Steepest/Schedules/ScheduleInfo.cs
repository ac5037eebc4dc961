namespace Steepest;

/// <summary>What the command and the documentation say of a schedule.</summary>
/// <param name="Name">Its name in kebab-case.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Source">Where it comes from, and what PyTorch calls it.</param>
/// <param name="Settings">Its settings; one whose default is NaN must be given.</param>
/// <param name="Create">Makes it from the values of all settings.</param>
public sealed record ScheduleInfo(string Name, string Summary, string Source, ValueList<Setting> Settings, Func<ScheduleSettings, Schedule> Create)
{
    /// <summary>Whether it drives the momentum too.</summary>
    public bool DrivesMomentum { get; init; }

    /// <summary>The name of the setting that is a list of whole numbers, if there is one.</summary>
    public string? ListSetting { get; init; }

    /// <summary>The name of the setting that is another schedule, if there is one.</summary>
    public string? InnerSetting { get; init; }

    /// <summary>Every name that a setting may have.</summary>
    public IEnumerable<string> SettingNames =>
        [.. Settings.Select(setting => setting.Name), .. ListSetting is null ? (string[])[] : [ListSetting], .. InnerSetting is null ? (string[])[] : [InnerSetting]];

    /// <summary>Makes the schedule.</summary>
    /// <param name="settings">Values by name; a setting that is not named takes its default.</param>
    /// <param name="list">The list of <see cref="ListSetting"/>.</param>
    /// <param name="inner">The schedule of <see cref="InnerSetting"/>.</param>
    /// <exception cref="SteepestException">A name is unknown, a value out of its range, or one that must be given is missing.</exception>
    public Schedule With(IReadOnlyDictionary<string, double> settings, ValueList<long>? list = null, Schedule? inner = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var all = Settings.ToDictionary(setting => setting.Name, setting => setting.Default, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings)
        {
            if (!all.ContainsKey(name)) throw NearestName.Unknown($"{Name} setting", name, SettingNames);
            all[name] = value;
        }

        if (Settings.FirstOrDefault(setting => double.IsNaN(all[setting.Name])) is { } missing)
            throw new SteepestException($"The schedule {Name} needs {missing.Name}: {missing.Meaning}.");
        foreach (var setting in Settings) setting.Checked(all[setting.Name], Name);
        if (ListSetting is not null && list is null) throw new SteepestException($"The schedule {Name} needs {ListSetting}, such as {ListSetting}:30/60.");
        if (InnerSetting is not null && inner is null) throw new SteepestException($"The schedule {Name} needs {InnerSetting}, such as {InnerSetting}:cosine(from:0.1).");
        return Create(new ScheduleSettings(all, list ?? [], inner ?? 0));
    }

    /// <summary>The value itself if it lies in the setting's range.</summary>
    internal double Checked(string setting, double value) => Settings.First(s => s.Name == setting).Checked(value, Name);

    /// <summary>The number of steps itself if there is at least one.</summary>
    internal long? Checked(string setting, long? steps) => steps is null or > 0
        ? steps
        : throw new SteepestException($"The {setting} of {Name} is {Text.Of(steps.Value)}, but it must be at least 1.");

    /// <summary>The number of steps itself if there is at least one.</summary>
    internal long Checked(string setting, long steps) => Checked(setting, (long?)steps)!.Value;

    /// <summary>The command's spelling: the settings that differ from their defaults.</summary>
    internal string Spelled(ScheduleSettings settings)
    {
        var parts = Settings.Where(setting => settings[setting.Name] != setting.Default)
            .Select(setting => $"{setting.Name}:{(setting.IsSwitch ? settings.IsOn(setting.Name) ? "on" : "off" : Text.Of(settings[setting.Name]))}").ToList();
        if (ListSetting is not null) parts.Add($"{ListSetting}:{string.Join('/', settings.List)}");
        if (InnerSetting is not null) parts.Add($"{InnerSetting}:{settings.Inner}");
        return $"{Name}({string.Join(';', parts)})";
    }
}

/// <summary>The values of a schedule's settings.</summary>
/// <param name="Numbers">Every number by name; a switch is 1 or 0.</param>
/// <param name="List">The list, empty where there is none.</param>
/// <param name="Inner">The schedule inside, a constant 0 where there is none.</param>
public sealed record ScheduleSettings(IReadOnlyDictionary<string, double> Numbers, ValueList<long> List, Schedule Inner)
{
    /// <summary>The settings of a schedule that is there, for its description.</summary>
    internal static ScheduleSettings Of(ReadOnlySpan<(string Name, double Value)> numbers, ValueList<long>? list = null, Schedule? inner = null)
    {
        var all = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in numbers) all.Add(name, value);
        return new(all, list ?? [], inner ?? 0);
    }

    /// <summary>A number by name.</summary>
    /// <param name="name">The setting's name.</param>
    public double this[string name] => Numbers[name];

    /// <summary>A whole number of steps.</summary>
    /// <param name="name">The setting's name.</param>
    public long Count(string name) => (long)Numbers[name];

    /// <summary>A whole number of steps; <see langword="null"/> for 0, which means all steps of the run.</summary>
    /// <param name="name">The setting's name.</param>
    public long? CountOrRun(string name) => Numbers[name] == 0 ? null : Count(name);

    /// <summary>Whether a switch is on.</summary>
    /// <param name="name">The setting's name.</param>
    public bool IsOn(string name) => Numbers[name] != 0;
}

/// <summary>All schedules there are.</summary>
public static class Schedules
{
    /// <summary>The schedules, from simple to involved. A constant is a plain number and needs no name.</summary>
    public static IReadOnlyList<ScheduleInfo> All { get; } =
    [
        StepDecay.About, MultiStepDecay.About, ExponentialDecay.About, PolynomialDecay.About, LinearChange.About, CosineDecay.About,
        CosineRestarts.About, OneCycle.About, Cyclic.About, ReduceOnPlateau.About, WarmUp.About, EachEpoch.About,
    ];

    /// <summary>The schedule of that name.</summary>
    /// <param name="name">A name of <see cref="All"/>, in any case.</param>
    /// <exception cref="SteepestException">There is none of that name.</exception>
    public static ScheduleInfo Find(string name) => All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown("schedule", name, All.Select(s => s.Name));
}
