namespace Steepest.Compare.Tuning;

/// <summary>A setting that is tried: a value for each dimension of a space.</summary>
/// <param name="Space">The space.</param>
/// <param name="Values">The values in its order.</param>
public sealed record SpacePoint(SearchSpace Space, ValueList<double> Values)
{
    /// <summary>The dimension that decides whether the learning rate falls along a cosine to 0 (1) or stays (0).</summary>
    internal const string Cosine = "cosine";

    private const string Rate = "learning-rate";

    // What a schedule is in proportion to, and what else of it is a rate.
    private static readonly string[] Peaks = ["from", "peak", "high"], Rates = ["from", "to", "peak", "low", "high", "least"];

    /// <summary>The learning rate where it is all that is tuned; else every setting with its value.</summary>
    public override string ToString() => Values.Count == 1 && Space.Dimensions[0].Setting == Rate
        ? Text.Of(Values[0])
        : string.Join(',', Space.Dimensions.Zip(Values, (dimension, value) => $"{dimension.Setting}={Text.Of(value)}"));

    /// <summary>The point of a space at a place of the unit cube.</summary>
    /// <param name="space">The space.</param>
    /// <param name="place">A number from 0 to 1 for each dimension.</param>
    public static SpacePoint At(SearchSpace space, IReadOnlyList<double> place)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new(space, [.. space.Dimensions.Select((dimension, d) => dimension.At(place[d]))]);
    }

    /// <summary>An optimizer with this setting.</summary>
    /// <param name="optimizer">The optimizer as it is set.</param>
    /// <exception cref="SteepestException">It has no such setting, or a value lies outside its range.</exception>
    public Optimizer Of(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var settings = new Dictionary<string, double>(optimizer.Settings, StringComparer.Ordinal);
        var rate = optimizer.LearningRate;
        foreach (var (dimension, value) in Space.Dimensions.Zip(Values))
        {
            if (dimension.Setting == Rate) rate = WithRate(rate, value);
            else if (dimension.Setting == Cosine && value != 0 && RateOf(rate) is { } start) rate = new CosineDecay(start);
            else if (dimension.Setting != Cosine) settings[optimizer.Info.FindSetting(dimension.Setting).Name] = value;
        }

        return optimizer.Info.With(rate, settings);
    }

    /// <summary>The rate that a schedule is in proportion to: a constant's value, a decay's start, a cycle's peak.</summary>
    /// <exception cref="SteepestException">The schedule is one of the user's own, of which that is not known.</exception>
    internal static double RateOf(Schedule schedule)
    {
        if (schedule is Constant constant) return constant.Value;
        if (schedule is not { Info: { } info, Settings: { } settings }) throw NotKnown(schedule);
        if (info.InnerSetting is not null) return RateOf(settings.Inner);
        return PeakOf(info) is { } peak ? settings[peak] : throw NotKnown(schedule);
    }

    private static string? PeakOf(ScheduleInfo info) => Peaks.FirstOrDefault(name => info.Settings.Any(setting => setting.Name == name));

    private static Schedule WithRate(Schedule schedule, double rate)
    {
        if (schedule is Constant) return rate;
        var factor = rate / RateOf(schedule);
        var (info, settings) = (schedule.Info!, schedule.Settings!);
        var peak = info.InnerSetting is null ? PeakOf(info) : null;

        // The rate itself to the last bit, so that who types it gets the same run.
        var numbers = info.Settings.ToDictionary(
            setting => setting.Name, setting => setting.Name == peak ? rate : Rates.Contains(setting.Name) ? settings[setting.Name] * factor : settings[setting.Name]);
        return info.With(numbers, info.ListSetting is null ? null : settings.List, info.InnerSetting is null ? null : WithRate(settings.Inner, rate));
    }

    private static SteepestException NotKnown(Schedule schedule) =>
        new($"The schedule {schedule} cannot be tuned, for it is not known which rate it is in proportion to; give its contender no space.");
}
